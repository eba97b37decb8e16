//! Between the password and the code.

use identity::{
    change,
    error::Error,
    half_open, housekeeping,
    second_factor::Given,
    sessions,
    sign_in::code::{self, Code},
};
use jiff::ToSpan;
use model::id::SessionId;
use store::testing::on_each_database;

use crate::{
    enrolled::Enrolled,
    world::{OTHER_PASSWORD, PASSWORD, elsewhere, home},
};

fn is_expired<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::SignInExpired))
}

#[tokio::test]
async fn a_half_open_session_is_nobodys() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let started = world.give_password_in(None).await;
        let mut ctx = world.read().await;
        let session = sessions::load(&mut ctx, &started.token).await.unwrap().unwrap();
        assert_eq!((session.account, session.authenticated_at), (None, None));
        assert_eq!(half_open::find(&mut ctx, &started.id).await.unwrap(), Some(ada.ada.id.clone()));
        assert_eq!(sessions::list(&mut ctx, &ada.ada.id).await.unwrap().len(), 1, "the one that enrolled");
    })
    .await;
}

#[tokio::test]
async fn both_steps_renew_the_token_and_keep_what_was_begun() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let mut ctx = world.write().await;
        let planted = sessions::start_anonymous(&mut ctx).await.unwrap();
        ctx.commit().await.unwrap();
        let half = world.give_password_in(Some(&planted.id)).await;
        let code = ada.app.code(test.store.now());
        let whole = world.give_code(&half.id, &code, home()).await.unwrap().session;
        assert_eq!((&half.id, &whole.id), (&planted.id, &planted.id));
        let mut ctx = world.read().await;
        for worthless in [planted.token, half.token] {
            assert!(sessions::load(&mut ctx, &worthless).await.unwrap().is_none());
        }
        let session = sessions::load(&mut ctx, &whole.token).await.unwrap().unwrap();
        assert_eq!((session.account, session.authenticated_at), (Some(ada.ada.id), Some(ctx.now)));
        assert_eq!(half_open::find(&mut ctx, &whole.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn giving_the_password_again_signs_out_until_the_code_is_given() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let half = world.give_password_in(Some(&ada.session.id)).await;
        assert_ne!(half.id, ada.session.id, "what the session of the account held does not come along");
        let mut ctx = world.read().await;
        assert!(sessions::load(&mut ctx, &ada.session.token).await.unwrap().is_none());
        assert_eq!(sessions::load(&mut ctx, &half.token).await.unwrap().unwrap().account, None);
    })
    .await;
}

#[tokio::test]
async fn the_code_is_awaited_five_minutes_in_that_browser() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let half = world.give_password_in(None).await;
        let code = |ada: &Enrolled| ada.app.code(test.store.now());
        for session in [None, Some(&SessionId::new("another"))] {
            let given = Code { given: Given::Code(&code(&ada)), session, address: Some(home()), user_agent: None };
            assert!(is_expired(&code::sign_in(&world.identity, given).await));
        }
        test.clock.advance(299_999.milliseconds());
        assert!(half_open::find(&mut world.read().await, &half.id).await.unwrap().is_some());
        test.clock.advance(1.millisecond());
        assert!(half_open::find(&mut world.read().await, &half.id).await.unwrap().is_none());
        assert!(is_expired(&world.give_code(&half.id, &code(&ada), home()).await));
        assert!(0 < housekeeping::purge(&mut world.write().await).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_half_opened() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let thief = world.give_password("ada.lovelace", elsewhere()).await;
        let new = OTHER_PASSWORD.parse().unwrap();
        change::password(&world.identity, &ada.ada.id, &ada.session.id, PASSWORD, &new).await.unwrap();
        assert!(is_expired(&world.give_code(&thief, &ada.app.code(test.store.now()), elsewhere()).await));
    })
    .await;
}

#[tokio::test]
async fn the_password_alone_makes_no_network_familiar() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        for _ in 0..6 {
            let session = world.give_password("ada.lovelace", elsewhere()).await;
            assert!(matches!(world.give_code(&session, "000000", elsewhere()).await, Err(Error::WrongCode)));
        }
        // Another network has no guesses of its own: all that the account was never signed in from share them.
        let third = "203.0.113.9".parse().unwrap();
        let session = world.give_password("ada.lovelace", third).await;
        let slow = world.give_code(&session, &ada.app.code(test.store.now()), third).await;
        assert!(matches!(slow, Err(Error::TooManyAttempts { .. })), "{slow:?}");
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_was_completed_is_not_completed_again() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let half = world.give_password_in(None).await;
        world.give_code(&half.id, &ada.app.code(test.store.now()), home()).await.unwrap();
        test.clock.advance(30.seconds());
        assert!(is_expired(&world.give_code(&half.id, &ada.app.code(test.store.now()), home()).await));
    })
    .await;
}
