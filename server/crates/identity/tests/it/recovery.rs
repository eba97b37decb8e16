//! Getting back in.

use std::net::Ipv4Addr;

use identity::{
    change,
    error::Error,
    recovery, sessions,
    sign_up::{self, Place},
};
use jiff::ToSpan;
use model::id::AccountId;
use store::testing::{at_once, on_each_database, racing_on_each_database};

use crate::world::{OTHER_PASSWORD, PASSWORD, World, account, elsewhere, home};

const RESET: &str = "Reset your password";

async fn forget(world: &World, login: &str) {
    let mut ctx = world.write().await;
    recovery::forgot_password(&mut ctx, login, Some(home()), Some("/owner/applications")).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn reset(world: &World, token: &str) -> Result<AccountId, Error> {
    let reset = recovery::reset(&world.identity, token, &OTHER_PASSWORD.parse().unwrap(), Some(home())).await?;
    assert_eq!(reset.next.as_deref(), Some("/owner/applications"), "where they were going");
    Ok(reset.account)
}

#[tokio::test]
async fn a_reset_link_works_once_and_ends_every_session() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let session = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        forget(&world, "ADA@example.org").await;
        let token = world.token(RESET).await;
        assert_eq!(reset(&world, &token).await.unwrap(), ada);
        assert!(matches!(reset(&world, &token).await, Err(Error::LinkInvalid)));
        assert!(sessions::load(&mut world.read().await, &session.token).await.unwrap().is_none());
        assert!(matches!(world.sign_in("ada.lovelace", PASSWORD).await, Err(Error::WrongCredentials)));
        world.sign_in("ada.lovelace", OTHER_PASSWORD).await.unwrap();
        assert_eq!(world.subjects().await, [RESET, "Your password was changed"]);
    })
    .await;
}

#[tokio::test]
async fn of_parallel_resets_with_one_link_one_succeeds() {
    racing_on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        forget(&world, "ada.lovelace").await;
        let token = world.token(RESET).await;
        let results = at_once((0..5).map(|_| reset(&world, &token))).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_ends_after_half_an_hour_or_when_a_newer_is_made() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        forget(&world, "ada.lovelace").await;
        let old = world.token(RESET).await;
        forget(&world, "ada.lovelace").await;
        let new = world.token(RESET).await;
        assert!(matches!(reset(&world, &old).await, Err(Error::LinkInvalid)));
        assert!(recovery::is_link_valid(&mut world.read().await, &new).await.unwrap());
        test.clock.advance(30.minutes());
        assert!(matches!(reset(&world, &new).await, Err(Error::LinkInvalid)));
    })
    .await;
}

#[tokio::test]
async fn who_has_no_account_gets_the_same_answer_and_no_mail() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        for login in ["nobody.here", "nobody@example.org", "", "\0'; --", "a@b@c"] {
            forget(&world, login).await;
        }
        assert!(world.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_reset_leads_past_strangers_guesses() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        for _ in 0..7 {
            let _ = world.sign_in_from("ada.lovelace", "a wrong password", elsewhere()).await;
        }
        assert!(matches!(world.sign_in("ada.lovelace", PASSWORD).await, Err(Error::TooManyAttempts { .. })));
        forget(&world, "ada.lovelace").await;
        reset(&world, &world.token(RESET).await).await.unwrap();
        world.sign_in("ada.lovelace", OTHER_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn however_often_strangers_ask_the_owner_has_a_link_that_works() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        for stranger in 0..90 {
            let mut ctx = world.write().await;
            let address = Ipv4Addr::new(198, 51, 100, stranger).into();
            recovery::forgot_password(&mut ctx, "ada.lovelace", Some(address), None).await.unwrap();
            ctx.commit().await.unwrap();
            let token = world.token(RESET).await;
            assert!(recovery::is_link_valid(&mut world.read().await, &token).await.unwrap());
            test.clock.advance(2.minutes());
        }
        assert!(world.mails().await.len() < 20, "and no mailbox full of them");
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_id_is_mailed_to_its_owner() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        let mut ctx = world.write().await;
        recovery::forgot_id(&mut ctx, "ada@example.org", None, None).await.unwrap();
        ctx.commit().await.unwrap();
        let mails = world.mails().await;
        assert!(mails[0].text.contains("Healthcare ID: ada.lovelace\n"), "{}", mails[0].text);
        assert!(mails[0].text.contains("https://flex.example.org/signin\n"), "{}", mails[0].text);
    })
    .await;
}

#[tokio::test]
async fn a_reminder_leads_on_without_repeating_what_a_stranger_may_have_asked_for() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        let mut ctx = world.write().await;
        let next = Some("/owner/You-won-visit-evil.example");
        recovery::forgot_id(&mut ctx, "ada@example.org", None, next).await.unwrap();
        ctx.commit().await.unwrap();
        let mail = &world.mails().await[0];
        assert!(!mail.text.contains("evil") && !mail.html.contains("evil"), "{}", mail.text);
        let way = mail.text.split_once("?way=").unwrap().1.lines().next().unwrap();
        assert_eq!(recovery::way_of(&mut world.read().await, way).await.unwrap().as_deref(), next);
        test.clock.advance(24.hours());
        assert_eq!(recovery::way_of(&mut world.read().await, way).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn mail_that_waits_does_not_outlive_its_link() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        // Two requests while no mail leaves, and half an hour more.
        for _ in 0..2 {
            forget(&world, "ada.lovelace").await;
            recovery::process(&world.identity.store, &world.identity.site).await.unwrap();
        }
        let waiting = async || {
            let count = store::sql("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND gave_up_at IS NULL");
            let (rows,): (i64,) = count.fetch_one(&mut world.read().await.tx).await.unwrap();
            rows
        };
        assert_eq!(waiting().await, 1, "the first link was replaced, and its mail with it");
        test.clock.advance(30.minutes());
        assert!(world.mails().await.is_empty(), "a dead link is not delivered");
        forget(&world, "ada.lovelace").await;
        let token = world.token(RESET).await;
        assert!(recovery::is_link_valid(&mut world.read().await, &token).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_reset_ends_a_change_of_address_that_somebody_began() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        change::email(&world.identity, &ada, PASSWORD, &"thief@evil.example".parse().unwrap()).await.unwrap();
        let theirs = world.token("Confirm your new email address").await;
        forget(&world, "ada.lovelace").await;
        reset(&world, &world.token(RESET).await).await.unwrap();
        let mut ctx = world.write().await;
        let confirmed = change::confirm_email(&mut ctx, &world.identity.site, &theirs).await;
        assert!(matches!(confirmed, Err(Error::LinkInvalid)), "{confirmed:?}");
    })
    .await;
}

#[tokio::test]
async fn who_never_confirmed_gets_the_link_to_confirm() {
    on_each_database(async |test| {
        let world = World::new(test);
        sign_up::sign_up(&world.identity, &account("ada.lovelace", "ada@example.org"), Place::default()).await.unwrap();
        forget(&world, "ada.lovelace").await;
        assert_eq!(world.subjects().await, ["Confirm your email address", "Confirm your email address"]);
    })
    .await;
}
