//! Client secrets: shown once, two live at most.

use jiff::{SignedDuration, ToSpan};
use model::{
    application::{AccessType::Patient, ClientKind},
    id::{ClientId, SecretId},
    partition::Environment::Sandbox,
};
use registry::{
    applications::Registered,
    credentials::{self, Overlap, Secret},
    error::Error,
    team::Member,
};
use store::{
    sql,
    testing::{at_once, on_each_database, racing_on_each_database},
};

use crate::desk::{Desk, application};

const DAY: Overlap = Overlap::For(SignedDuration::from_hours(24));

async fn generate(
    desk: &Desk<'_>,
    member: &Member,
    registered: &Registered,
    overlap: Overlap,
) -> Result<Secret, Error> {
    let mut ctx = desk.write().await;
    let secret = credentials::generate(&mut ctx, &desk.registry, member, &registered.application.id, overlap).await?;
    ctx.commit().await?;
    Ok(secret)
}

async fn works(desk: &Desk<'_>, client: &ClientId, secret: &str) -> bool {
    desk.secret(client, secret).await.is_some()
}

#[tokio::test]
async fn only_the_right_secret_of_the_right_client_works() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let one = desk.register(&member, &application("One", Sandbox, Patient)).await.unwrap();
        let two = desk.register(&member, &application("Two", Sandbox, Patient)).await.unwrap();
        let (secret, client) = (one.secret.as_ref().unwrap().expose(), &one.application.client_id);
        assert!(works(&desk, client, secret).await);
        assert!(!works(&desk, client, &secret[1..]).await);
        assert!(!works(&desk, client, "").await);
        assert!(!works(&desk, client, "-------------------------------------------").await);
        assert!(!works(&desk, &two.application.client_id, secret).await);
        assert!(!works(&desk, &ClientId::new("unknown"), secret).await);
        let query = sql("SELECT COUNT(*) FROM client_secret WHERE hash = $1").bind(secret);
        assert_eq!(query.fetch_one::<(i64,)>(&mut desk.read().await.tx).await.unwrap(), (0,), "stored in the clear");
        assert!(!format!("{one:?}").contains(secret), "shown in a log");
    })
    .await;
}

#[tokio::test]
async fn the_old_secret_works_until_the_overlap_ends() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let registered = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let (client, old) = (&registered.application.client_id, registered.secret.as_ref().unwrap().expose());
        let new = generate(&desk, &member, &registered, DAY).await.unwrap();
        assert!(works(&desk, client, old).await && works(&desk, client, new.expose()).await);
        assert!(matches!(generate(&desk, &member, &registered, DAY).await, Err(Error::TwoLiveSecrets)));
        test.clock.advance(24.hours());
        assert!(!works(&desk, client, old).await && works(&desk, client, new.expose()).await);
        let newest = generate(&desk, &member, &registered, Overlap::None).await.unwrap();
        assert!(!works(&desk, client, new.expose()).await && works(&desk, client, newest.expose()).await);
        assert_eq!(
            desk.mail_to("acme").await.iter().filter(|line| line.ends_with(" has a new client secret")).count(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn however_many_ask_at_once_two_secrets_live() {
    racing_on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let registered = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let made = at_once((0..5).map(|_| generate(&desk, &member, &registered, DAY))).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        let live = credentials::live(&mut desk.read().await, &member, &registered.application.id).await.unwrap();
        assert_eq!(live.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_secret_can_be_ended_by_its_own_team_alone() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let (member, eve) = (desk.approved_vendor("acme").await, desk.approved_vendor("eve").await);
        let registered = desk.register(&member, &application("Claims", Sandbox, Patient)).await.unwrap();
        let (id, client) = (&registered.application.id, &registered.application.client_id);
        let secret = registered.secret.as_ref().unwrap().expose();
        let which = desk.secret(client, secret).await.unwrap();
        let mut ctx = desk.write().await;
        assert!(matches!(credentials::end(&mut ctx, &eve, id, &which).await, Err(Error::NotFound)));
        assert!(matches!(credentials::end(&mut ctx, &member, id, &SecretId::new("none")).await, Err(Error::NotFound)));
        credentials::end(&mut ctx, &member, id, &which).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(desk.secret(client, secret).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_public_client_never_gets_a_secret() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let member = desk.approved_vendor("acme").await;
        let mut draft = application("Claims", Sandbox, Patient);
        draft.client_kind = ClientKind::Public;
        let registered = desk.register(&member, &draft).await.unwrap();
        assert!(matches!(generate(&desk, &member, &registered, Overlap::None).await, Err(Error::PublicClient)));
        assert!(!works(&desk, &registered.application.client_id, "").await);
    })
    .await;
}
