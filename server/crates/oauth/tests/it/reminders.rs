//! Mail about connected apps and ends, and the end by time. The clock is a test's own.

use jiff::Span;
use model::id::GrantId;
use oauth::{
    grants::{EndedBy, expiry, member},
    reminders,
};
use store::{sql, testing::on_each_database};

use crate::world::{App, Person, World, all};

/// One round of the worker; returns the names of the events that wait to be mailed.
async fn round(world: &World<'_>, begin: &str) -> Vec<String> {
    let site = &world.registry.site;
    let mut ctx = world.write().await;
    expiry::close(&mut ctx).await.unwrap();
    reminders::remind(&mut ctx, site).await.unwrap();
    reminders::announce_ends(&mut ctx, site).await.unwrap();
    ctx.commit().await.unwrap();
    let mut ctx = world.read().await;
    let events = sql("SELECT event FROM outbox WHERE event LIKE $1 ORDER BY event").bind(format!("{begin}%"));
    let events: Vec<(String,)> = events.fetch_all(&mut ctx.tx).await.unwrap();
    events.into_iter().map(|(event,)| event).collect()
}

/// Allows an app for so many days.
async fn allow(world: &World<'_>, app: &App, person: &Person, days: u16) -> GrantId {
    let scope = "patient/Patient.read";
    let choice = oauth::consent::Choice { days: Some(days), ..all(scope) };
    world.tokens_for(app, scope, person, &choice).await;
    let list = member::connected(&mut world.read().await, &person.signed_in.account).await.unwrap();
    list.into_iter().find(|connection| connection.grant.application == app.application).unwrap().grant.id
}

#[tokio::test]
async fn every_90_days_one_mail_is_about_all_apps_of_an_account() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (first, second) = (world.confidential().await, world.confidential().await);
        let ann = world.member("ann", &first.partition).await;
        allow(&world, &first, &ann, 365).await;
        test.clock.advance(Span::new().hours(24 * 30));
        allow(&world, &second, &ann, 365).await;

        test.clock.advance(Span::new().hours(24 * 60 - 1));
        assert!(round(&world, "access-reminder:").await.is_empty(), "89 days");
        test.clock.advance(Span::new().hours(1));
        assert_eq!(round(&world, "access-reminder:").await.len(), 1);
        assert_eq!(round(&world, "access-reminder:").await.len(), 1, "once");
        test.clock.advance(Span::new().hours(24 * 31));
        assert_eq!(round(&world, "access-reminder:").await.len(), 1, "the second app waits for the next mail of both");
        test.clock.advance(Span::new().hours(24 * 59));
        assert_eq!(round(&world, "access-reminder:").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_decided_again_or_whose_app_is_blocked_is_not_reminded() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let (app, blocked) = (world.confidential().await, world.confidential().await);
        let (ann, bob) = (world.member("ann", &app.partition).await, world.member("bob", &app.partition).await);
        let grant = allow(&world, &app, &ann, 365).await;
        allow(&world, &blocked, &bob, 365).await;
        let mut ctx = world.write().await;
        let block = sql("UPDATE application SET blocked_at = $1 WHERE id = $2");
        block.bind(test.store.now()).bind(&blocked.application).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(Span::new().hours(24 * 80));
        let mut ctx = world.write().await;
        let (account, site) = (&ann.signed_in.account, &world.registry.site);
        member::change_length(&mut ctx, &world.programs, site, account, &grant, 180).await.unwrap();
        ctx.commit().await.unwrap();

        test.clock.advance(Span::new().hours(24 * 11));

        assert!(round(&world, "access-reminder:").await.is_empty());
        test.clock.advance(Span::new().hours(24 * 79));
        assert_eq!(round(&world, "access-reminder:").await.len(), 1, "90 days after the decision");
    })
    .await;
}

#[tokio::test]
async fn the_end_is_announced_once_and_again_only_for_a_later_end() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let grant = allow(&world, &app, &ann, 90).await;
        test.clock.advance(Span::new().hours(24 * 76 - 1));
        assert!(round(&world, "access-ends:").await.is_empty(), "more than two weeks before");
        test.clock.advance(Span::new().hours(1));
        assert_eq!(round(&world, "access-ends:").await.len(), 1);
        assert_eq!(round(&world, "access-ends:").await.len(), 1, "once");

        let mut ctx = world.write().await;
        let (account, site) = (&ann.signed_in.account, &world.registry.site);
        member::change_length(&mut ctx, &world.programs, site, account, &grant, 30).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(round(&world, "access-ends:").await.is_empty(), "a renewal withdraws what was not sent");
        test.clock.advance(Span::new().hours(24 * 16));
        assert_eq!(round(&world, "access-ends:").await.len(), 1, "about the new end");
        let mut ctx = world.write().await;
        member::revoke(&mut ctx, site, account, &grant).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(round(&world, "access-ends:").await.is_empty(), "none after the end");
    })
    .await;
}

#[tokio::test]
async fn access_whose_time_is_over_is_closed_once_with_a_line_in_the_log() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        let ann = world.member("ann", &app.partition).await;
        let grant = allow(&world, &app, &ann, 30).await;
        test.clock.advance(Span::new().hours(24 * 30));
        let mut ctx = world.write().await;
        assert_eq!(expiry::close(&mut ctx).await.unwrap(), 1);
        assert_eq!(expiry::close(&mut ctx).await.unwrap(), 0);
        ctx.commit().await.unwrap();

        let past = member::past(&mut world.read().await, &ann.signed_in.account).await.unwrap();
        let ended = past[0].grant.ended.unwrap();
        assert_eq!((ended.by, ended.at), (EndedBy::Time, past[0].grant.expires_at));
        let mut ctx = world.read().await;
        let log: Vec<(String,)> = sql("SELECT detail FROM audit WHERE subject_id = $1 AND action = 'grant.ended'")
            .bind(&grant)
            .fetch_all(&mut ctx.tx)
            .await
            .unwrap();
        assert_eq!(log.len(), 1);
        assert!(log[0].0.contains("\"by\":\"time\""), "{}", log[0].0);
    })
    .await;
}

#[tokio::test]
async fn the_mails_are_in_the_members_language_and_name_neither_app_nor_plan() {
    on_each_database(async |test| {
        let world = World::new(test).await;
        let app = world.confidential().await;
        for (name, language, still, ends) in [
            ("ann", "en", "Apps can still read your data", "An app's access ends in 14 days or less"),
            ("bob", "es", "Hay aplicaciones que todavía pueden leer", "El acceso de una aplicación termina en 14 días"),
        ] {
            let person = world.member(name, &app.partition).await;
            let mut ctx = world.write().await;
            let speak = sql("UPDATE account SET language = $1 WHERE id = $2");
            speak.bind(language).bind(&person.signed_in.account).execute(&mut ctx.tx).await.unwrap();
            ctx.commit().await.unwrap();
            let grant = allow(&world, &app, &person, 180).await;
            test.clock.advance(Span::new().hours(24 * 90));
            round(&world, "").await;
            test.clock.advance(Span::new().hours(24 * 80));
            round(&world, "").await;

            let mut ctx = world.read().await;
            let mails = sql("SELECT event, subject, text_body FROM outbox WHERE recipient = $1");
            let mails = mails.bind(format!("{name}@example.org"));
            let mails: Vec<(String, String, String)> = mails.fetch_all(&mut ctx.tx).await.unwrap();
            let find = |begin: &str| mails.iter().find(|(event, ..)| event.starts_with(begin)).unwrap();
            let (_, subject, _) = find("access-reminder:");
            assert!(subject.starts_with(still), "{subject}");
            let (_, subject, text) = find("access-ends:");
            assert!(subject.starts_with(ends), "{subject}");
            assert!(text.contains(&format!("/member/apps/{grant}/renew")), "{text}");
            let plan = &world.programs.get(&app.partition.program).unwrap().payers[0].name;
            for (_, subject, text) in &mails {
                assert!(!text.contains("App ") && !text.contains(plan.as_str()), "{subject}: {text}");
            }
        }
    })
    .await;
}
