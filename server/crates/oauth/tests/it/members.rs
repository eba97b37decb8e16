//! The member's own list of apps.

use jiff::Span;
use model::{
    application::Stopped,
    id::PatientId,
    partition::{Environment, Partition},
    text::Paragraph,
};
use oauth::grants::{
    EndedBy,
    ending::Grants,
    member::{self, Connection, Error},
};
use registry::applications;
use store::{sql, testing::on_each_database};

use crate::world::{Person, World};

async fn connected(world: &World<'_>, person: &Person) -> Vec<Connection> {
    member::connected(&mut world.read().await, &person.signed_in.account).await.unwrap()
}

#[tokio::test]
async fn an_app_allowed_twice_is_one_app_and_ends_as_one() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let ann = world.member("ann", &app.partition).await;
        let both = "patient/Patient.read patient/Coverage.read";
        let first = world.tokens(&app, both, &ann).await.access_token;
        test.clock.advance(Span::new().seconds(60));
        let second = world.tokens(&app, "patient/Coverage.read", &ann).await.access_token;
        let untouched = world.tokens(&other, "patient/Patient.read", &ann).await.access_token;

        let list = connected(&world, &ann).await;
        let connection = list.iter().find(|connection| connection.grant.application == app.application).unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(connection.grant.scopes.to_string(), "patient/Coverage.read", "what was chosen last");
        assert_eq!(connection.organization_name, "Acme Inc.");
        let now = test.store.now();
        assert_eq!((connection.grant.last_used_at, connection.grant.changed_at), (Some(now), Some(now)));

        let mut ctx = world.write().await;
        let account = &ann.signed_in.account;
        member::revoke(&mut ctx, &world.registry.site, account, &connection.grant.id).await.unwrap();
        ctx.commit().await.unwrap();
        for token in [&first, &second] {
            assert_eq!(world.refused(token).await, Some("grant_revoked"));
        }
        assert_eq!(world.refused(&untouched).await, None);
        assert_eq!(connected(&world, &ann).await.len(), 1);
        assert_eq!(member::past(&mut world.read().await, account).await.unwrap().len(), 1, "nothing piles up");
    })
    .await;
}

#[tokio::test]
async fn giving_and_taking_access_writes_to_the_member_and_the_log() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        world.tokens(&app, "patient/Patient.read", &ann).await;
        let grant = connected(&world, &ann).await[0].grant.id.clone();
        let mut ctx = world.write().await;
        member::revoke(&mut ctx, &world.registry.site, &ann.signed_in.account, &grant).await.unwrap();
        ctx.commit().await.unwrap();

        let mut ctx = world.read().await;
        let mail: Vec<(String,)> = sql("SELECT event FROM outbox WHERE recipient = 'ann@example.org' ORDER BY event")
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(mail, [(format!("access-granted:{grant}"),), (format!("access-revoked:{grant}"),)]);
        let log: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence")
            .bind(&grant)
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(log, [("grant.given".to_owned(),), ("grant.revoked".to_owned(),)]);
    })
    .await;
}

#[tokio::test]
async fn the_member_chooses_how_long_access_lasts() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        world.tokens(&app, "patient/Patient.read", &ann).await;
        let grant = connected(&world, &ann).await[0].grant.id.clone();
        let change = async |person: &Person, days| {
            let mut ctx = world.write().await;
            member::change_length(
                &mut ctx,
                &world.programs,
                &world.registry.site,
                &person.signed_in.account,
                &grant,
                days,
            )
            .await?;
            ctx.commit().await.map_err(Error::from)
        };

        change(&ann, 30).await.unwrap();
        assert!(matches!(change(&ann, 31).await, Err(Error::NotAChoice)));
        assert!(matches!(change(&bob, 30).await, Err(Error::NotFound)));
        assert_eq!(connected(&world, &ann).await[0].grant.expires_at.to_string(), "2026-04-01T17:00:00Z");

        test.clock.advance(Span::new().hours(24 * 30));
        assert!(connected(&world, &ann).await.is_empty());
        assert!(matches!(change(&ann, 365).await, Err(Error::NotFound)), "what has ended stays ended");
    })
    .await;
}

#[tokio::test]
async fn a_member_whom_the_payer_has_no_more_ends_every_access_to_their_data_and_no_other() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let token = world.tokens(&app, "patient/Patient.read", &ann).await.access_token;
        let others = world.tokens(&app, "patient/Patient.read", &bob).await.access_token;
        let grant = connected(&world, &ann).await[0].grant.clone();
        let gone = async |partition: &Partition| {
            let mut ctx = world.write().await;
            let patients = [PatientId::new("patient-nobody"), PatientId::new("patient-ann")];
            let ended = member::end_as_gone(&mut ctx, &world.registry.site, partition, &patients).await.unwrap();
            ctx.commit().await.unwrap();
            ended
        };
        let elsewhere = Partition { environment: Environment::Production, ..app.partition.clone() };
        assert_eq!(gone(&elsewhere).await, 0);
        assert_eq!(world.refused(&token).await, None);
        assert_eq!((gone(&app.partition).await, gone(&app.partition).await), (1, 0));
        assert_eq!(world.refused(&token).await, Some("grant_revoked"));
        assert_eq!(world.refused(&others).await, None);
        assert!(connected(&world, &ann).await.is_empty());
        let past = member::past(&mut world.read().await, &ann.signed_in.account).await.unwrap();
        assert_eq!(past[0].grant.ended.unwrap().by, EndedBy::Payer);
        let mut ctx = world.read().await;
        let log: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence")
            .bind(&grant.id)
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(log, [("grant.given".to_owned(),), ("grant.ended".to_owned(),)]);
    })
    .await;
}

#[tokio::test]
async fn deleting_an_app_ends_its_access_and_tells_its_members() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, other) = (world.confidential().await, world.confidential().await);
        let ann = world.member("ann", &app.partition).await;
        let token = world.tokens(&app, "patient/Patient.read", &ann).await.access_token;
        world.tokens(&other, "patient/Patient.read", &ann).await;

        let mut ctx = world.write().await;
        let ending = Grants { site: &world.registry.site };
        applications::delete(&mut ctx, &ending, world.vendor(), &app.application).await.unwrap();
        ctx.commit().await.unwrap();

        assert!(world.refused(&token).await.is_some());
        let past = member::past(&mut world.read().await, &ann.signed_in.account).await.unwrap();
        assert_eq!(past.iter().map(|past| past.grant.ended.unwrap().by).collect::<Vec<_>>(), [EndedBy::Vendor]);
        assert_eq!(connected(&world, &ann).await.len(), 1, "the other app goes on");
        let mail: Vec<(String,)> =
            sql("SELECT event FROM outbox WHERE recipient = 'ann@example.org' AND event LIKE 'app-deleted:%'")
                .fetch_all(&mut world.read().await.tx)
                .await
                .unwrap();
        assert_eq!(mail, [(format!("app-deleted:{}", past[0].grant.id),)]);
    })
    .await;
}

#[tokio::test]
async fn a_blocked_or_switched_off_app_has_no_access_now() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        world.tokens(&app, "patient/Patient.read", &ann).await;
        let stopped = async || connected(&world, &ann).await[0].stopped;
        assert_eq!(stopped().await, None);
        let why = Paragraph::parse("Sold data.").unwrap();

        let mut ctx = world.write().await;
        applications::deactivate(&mut ctx, world.vendor(), &app.application).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(stopped().await, Some(Stopped::Deactivated));
        let mut ctx = world.write().await;
        applications::block(&mut ctx, &world.registry, &world.reviewer, &app.application, &why).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(stopped().await, Some(Stopped::Blocked));
    })
    .await;
}

#[tokio::test]
async fn what_only_a_newer_version_knows_of_a_grant_hides_it_not_and_gives_nothing() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let token = world.tokens(&app, "patient/Patient.read", &ann).await.access_token;
        world.tokens(&app, "patient/Patient.read", &bob).await;
        let mut ctx = world.write().await;
        for statement in [
            "UPDATE access_grant SET scope = 'patient/Patient.read genome/*.cruds' WHERE ended_at IS NULL",
            "UPDATE access_grant SET ended_at = expires_at, ended_by = 'court' WHERE account_id = 'account-bob'",
        ] {
            assert_ne!(sql(statement).execute(&mut ctx.tx).await.unwrap(), 0, "{statement}");
        }
        ctx.commit().await.unwrap();
        assert_eq!(connected(&world, &ann).await[0].grant.scopes.to_string(), "patient/Patient.read");
        assert_eq!(world.refused(&token).await, None, "what is known goes on");
        let past = member::past(&mut world.read().await, &bob.signed_in.account).await.unwrap();
        assert_eq!(past[0].grant.ended.unwrap().by, EndedBy::Unknown);
    })
    .await;
}
