//! Members report apps.

use jiff::Span;
use model::{id::GrantId, text::Paragraph};
use oauth::{
    grants::member::{self, Error},
    reports::{self, NewReport, Reason},
};
use store::{Part, sql, testing::on_each_database};

use crate::world::{Person, World};

async fn file(world: &World<'_>, person: &Person, grant: &GrantId) -> Result<(), Error> {
    let mut ctx = world.write().await;
    let comment = Some(Paragraph::parse("It sold <b>my</b> data.\nTwice.").unwrap());
    let new = NewReport { reason: Reason::Shares, comment };
    let account = &person.signed_in.account;
    reports::file(&mut ctx, &world.programs, &world.registry.site, account, grant, &new).await?;
    ctx.commit().await.map_err(Error::from)
}

#[tokio::test]
async fn a_report_is_kept_logged_and_mailed_without_its_words_and_its_author() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        world.tokens(&app, "patient/Patient.read", &ann).await;
        let grant =
            member::connected(&mut world.read().await, &ann.signed_in.account).await.unwrap()[0].grant.id.clone();

        file(&world, &ann, &grant).await.unwrap();

        let mut ctx = world.read().await;
        let list = reports::of_application(&mut ctx, &app.application, Part::ALL).await.unwrap();
        assert_eq!((list.len(), list[0].reason), (1, Reason::Shares));
        assert_eq!(list[0].comment.as_deref(), Some("It sold <b>my</b> data.\nTwice."));
        let mails: Vec<(String, String)> =
            sql("SELECT recipient, text_body FROM outbox WHERE event LIKE 'app-reported:%'")
                .fetch_all(&mut ctx.tx)
                .await
                .unwrap();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].0, world.programs.get(&app.partition.program).unwrap().support.email);
        assert!(!mails[0].1.contains("sold") && !mails[0].1.contains("ann"), "{}", mails[0].1);
        let (logged,): (i64,) =
            sql("SELECT COUNT(*) FROM audit WHERE action = 'application.reported' AND actor_id = $1")
                .bind(&ann.signed_in.account)
                .fetch_one(&mut ctx.tx)
                .await
                .unwrap();
        assert_eq!(logged, 1);
    })
    .await;
}

#[tokio::test]
async fn anothers_access_is_not_reported_and_many_reports_wait() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        world.tokens(&app, "patient/Patient.read", &ann).await;
        let grant =
            member::connected(&mut world.read().await, &ann.signed_in.account).await.unwrap()[0].grant.id.clone();

        assert!(matches!(file(&world, &bob, &grant).await, Err(Error::NotFound)));
        for _ in 0..6 {
            file(&world, &ann, &grant).await.unwrap();
        }
        let early = file(&world, &ann, &grant).await;
        assert!(matches!(early, Err(Error::Identity(identity::error::Error::TooManyAttempts { .. }))), "{early:?}");
        assert_eq!(reports::count(&mut world.read().await, &app.application).await.unwrap(), 6);
        test.clock.advance(Span::new().hours(1));
        file(&world, &ann, &grant).await.unwrap();
    })
    .await;
}
