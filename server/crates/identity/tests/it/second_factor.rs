//! Codes of an authenticator app.

use std::mem::discriminant;

use identity::{
    accounts,
    error::Error,
    recovery,
    second_factor::{
        self, Given,
        change::{self, Proof},
        enrol,
    },
    sessions,
};
use jiff::ToSpan;
use store::{
    sql,
    testing::{at_once, both, on_each_database, racing_on_each_database},
};

use crate::{
    enrolled::{Enrolled, NONE, app, enrol as enrol_in, signed_in},
    world::{OTHER_PASSWORD, PASSWORD, World, elsewhere, home},
};

fn is_wrong<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::WrongCode))
}

#[tokio::test]
async fn a_secret_counts_once_the_app_gave_its_first_code() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        enrol::begin(&world.identity, &ada, &session, &NONE).await.unwrap();
        let wrong = enrol::confirm(&world.identity, &ada, &session.id, "000000").await;
        assert!(is_wrong(&wrong), "{wrong:?}");
        world.sign_in("ada.lovelace", PASSWORD).await.unwrap();

        let code = app(&world, &ada, &session.id).await.code(test.store.now());
        enrol::confirm(&world.identity, &ada, &session.id, &code).await.unwrap();

        world.give_password("ada.lovelace", home()).await;
        let status = second_factor::find(&mut world.read().await, &ada.id).await.unwrap().unwrap();
        assert_eq!((status.since, status.recovery_codes), (test.store.now(), 10));
    })
    .await;
}

#[tokio::test]
async fn a_secret_waits_half_an_hour_in_the_browser_it_was_made_in() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        let (_, other) = signed_in(&world, &ada.id).await;
        enrol::begin(&world.identity, &ada, &session, &NONE).await.unwrap();
        let app = app(&world, &ada, &session.id).await;
        let elsewhere = enrol::confirm(&world.identity, &ada, &other.id, &app.code(test.store.now())).await;
        assert!(matches!(elsewhere, Err(Error::EnrolmentExpired)), "{elsewhere:?}");
        test.clock.advance(30.minutes());
        let late = enrol::confirm(&world.identity, &ada, &session.id, &app.code(test.store.now())).await;
        assert!(matches!(late, Err(Error::EnrolmentExpired)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_browser_left_alone_asks_for_the_password_before_it_enrols() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        test.clock.advance(5.minutes());
        let refused = enrol::begin(&world.identity, &ada, &session, &NONE).await;
        assert!(matches!(refused, Err(Error::WrongPassword)), "{refused:?}");
        let proof = Proof { password: PASSWORD, given: Given::Code("") };
        enrol::begin(&world.identity, &ada, &session, &proof).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn enrolling_ends_every_other_session_and_what_it_began() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, thief) = signed_in(&world, &ada).await;
        enrol::begin(&world.identity, &ada, &thief, &NONE).await.unwrap();
        let thiefs = app(&world, &ada, &thief.id).await;
        let (_, own) = signed_in(&world, &ada.id).await;

        let enrolled = enrol_in(test, &world, ada, &own, &NONE).await;

        let late = enrol::confirm(&world.identity, &enrolled.ada, &thief.id, &thiefs.code(test.store.now())).await;
        assert!(matches!(late, Err(Error::EnrolmentExpired)), "{late:?}");
        let left = sessions::list(&mut world.read().await, &enrolled.ada.id).await.unwrap();
        assert_eq!(left.iter().map(|session| &session.id).collect::<Vec<_>>(), [&own.id]);
        assert_eq!(left[0].authenticated_at, own.authenticated_at, "no one has signed in again");
        let renewed = sessions::load(&mut world.read().await, &enrolled.session.token).await.unwrap();
        assert_eq!(renewed.unwrap().id, own.id);
        assert!(world.subjects().await.contains(&"Two-step sign-in is on".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn of_two_browsers_that_enrol_at_once_one_does() {
    racing_on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, first) = signed_in(&world, &ada).await;
        let (_, second) = signed_in(&world, &ada.id).await;
        let mut codes = Vec::new();
        for session in [&first, &second] {
            enrol::begin(&world.identity, &ada, session, &NONE).await.unwrap();
            codes.push(app(&world, &ada, &session.id).await.code(test.store.now()));
        }
        let (one, other) = both(
            enrol::confirm(&world.identity, &ada, &first.id, &codes[0]),
            enrol::confirm(&world.identity, &ada, &second.id, &codes[1]),
        )
        .await;
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let before = ada.app.code(test.store.now() - 30.seconds());
        let code = ada.app.code(test.store.now());
        assert!(is_wrong(&ada.sign_in_with(&world, &before).await), "the code that enrolled");
        ada.sign_in_with(&world, &code).await.unwrap();
        assert!(is_wrong(&ada.sign_in_with(&world, &code).await));
        test.clock.advance(30.seconds());
        assert!(is_wrong(&ada.sign_in_with(&world, &code).await), "within its tolerance still");
        ada.sign_in_with(&world, &ada.app.code(test.store.now())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn after_a_later_code_no_older_one_works() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let (code, ahead) = (ada.app.code(test.store.now()), ada.app.code(test.store.now() + 30.seconds()));
        ada.sign_in_with(&world, &ahead).await.unwrap();
        assert!(is_wrong(&ada.sign_in_with(&world, &code).await));
    })
    .await;
}

#[tokio::test]
async fn of_ten_who_give_one_code_at_once_one_signs_in() {
    racing_on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let mut browsers = Vec::new();
        for _ in 0..5 {
            browsers.push(world.give_password("ada.lovelace", home()).await);
        }
        let code = ada.app.code(test.store.now());
        let twice = browsers.iter().chain(&browsers);
        let results = at_once(twice.map(|session| world.give_code(session, &code, home()))).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_wait_longer_and_longer_and_the_owner_is_told() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        for _ in 0..6 {
            let session = world.give_password("ada.lovelace", elsewhere()).await;
            assert!(is_wrong(&world.give_code(&session, "000000", elsewhere()).await));
        }
        for seconds in [30, 60, 120, 240] {
            let session = world.give_password("ada.lovelace", elsewhere()).await;
            test.clock.advance((seconds * 1000 - 1).milliseconds());
            let code = ada.app.code(test.store.now());
            let early = world.give_code(&session, &code, elsewhere()).await;
            assert!(matches!(early, Err(Error::TooManyAttempts { .. })), "before {seconds} s: {early:?}");
            test.clock.advance(1.millisecond());
            let session = world.give_password("ada.lovelace", elsewhere()).await;
            assert!(is_wrong(&world.give_code(&session, "000000", elsewhere()).await), "after {seconds} s");
        }
        ada.sign_in_with(&world, &ada.app.code(test.store.now())).await.expect("at home no one waits for strangers");
        let told = world.subjects().await.into_iter().filter(|subject| subject.starts_with("Wrong codes")).count();
        assert_eq!(told, 1);
    })
    .await;
}

#[tokio::test]
async fn a_network_that_tries_codes_of_many_accounts_is_slowed_down_alone() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let session = world.give_password("ada.lovelace", elsewhere()).await;
        let mut ctx = world.write().await;
        sql("INSERT INTO attempt (bucket, count, last_at, next_at, forgotten_at) VALUES ($1, 31, $2, $3, $3)")
            .bind(format!("second-factor:network:{}", elsewhere()))
            .bind(ctx.now)
            .bind(ctx.now + 1.minute())
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        ctx.commit().await.unwrap();
        let code = ada.app.code(test.store.now());
        let slow = world.give_code(&session, &code, elsewhere()).await;
        assert!(matches!(slow, Err(Error::TooManyAttempts { .. })), "{slow:?}");
        ada.sign_in_with(&world, &code).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_change_needs_the_password_and_a_code() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let code = ada.app.code(test.store.now());
        for (password, code, expect) in [
            ("wrong", code.as_str(), Error::WrongPassword),
            (PASSWORD, "", Error::WrongCode),
            (PASSWORD, "000000", Error::WrongCode),
        ] {
            let proof = Proof { password, given: Given::Code(code) };
            let session = sessions::load(&mut world.read().await, &ada.session.token).await.unwrap().unwrap();
            let removed = change::remove(&world.identity, &ada.ada, &session.id, &proof).await;
            assert_eq!(discriminant(&removed.unwrap_err()), discriminant(&expect));
            let made = change::recovery_codes(&world.identity, &ada.ada, &proof).await;
            assert_eq!(discriminant(&made.unwrap_err()), discriminant(&expect));
            let begun = enrol::begin(&world.identity, &ada.ada, &session, &proof).await;
            assert_eq!(discriminant(&begun.unwrap_err()), discriminant(&expect));
            // No guess before was the last that is free.
            let mut ctx = world.write().await;
            sql("DELETE FROM attempt").execute(&mut ctx.tx).await.unwrap();
            ctx.commit().await.unwrap();
        }
        let proof = Proof { password: PASSWORD, given: Given::Code(&code) };
        let renewed = change::remove(&world.identity, &ada.ada, &ada.session.id, &proof).await.unwrap();
        assert!(sessions::load(&mut world.read().await, &renewed.token).await.unwrap().is_some());
        assert!(second_factor::find(&mut world.read().await, &ada.ada.id).await.unwrap().is_none());
        world.sign_in("ada.lovelace", PASSWORD).await.unwrap();
        assert!(world.subjects().await.contains(&"Two-step sign-in is off".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn guesses_in_a_session_left_alone_are_slowed_down() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let proof = Proof { password: PASSWORD, given: Given::Code("000000") };
        for _ in 0..6 {
            assert!(is_wrong(&change::recovery_codes(&world.identity, &ada.ada, &proof).await));
        }
        let slow = change::recovery_codes(&world.identity, &ada.ada, &proof).await;
        assert!(matches!(slow, Err(Error::TooManyAttempts { .. })), "{slow:?}");
        ada.sign_in_with(&world, &ada.app.code(test.store.now())).await.expect("signing in is another matter");
    })
    .await;
}

#[tokio::test]
async fn another_app_takes_the_place_of_the_one_in_use() {
    on_each_database(async |test| {
        let (world, old) = Enrolled::begin(test).await;
        let session = sessions::load(&mut world.read().await, &old.session.token).await.unwrap().unwrap();
        let code = old.app.code(test.store.now());
        let proof = Proof { password: PASSWORD, given: Given::Code(&code) };
        let new = enrol_in(test, &world, old.ada.clone(), &session, &proof).await;
        assert!(is_wrong(&old.sign_in_with(&world, &old.app.code(test.store.now())).await));
        assert!(is_wrong(&old.sign_in_with(&world, &old.recovery_codes[0]).await));
        new.sign_in_with(&world, &new.app.code(test.store.now())).await.unwrap();
        assert!(world.subjects().await.contains(&"Your authenticator app was changed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_password_reset_does_not_open_an_account_with_a_second_factor() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let mut ctx = world.write().await;
        recovery::forgot_password(&mut ctx, "ada.lovelace", None, None).await.unwrap();
        ctx.commit().await.unwrap();
        let token = world.token("Reset your password").await;
        recovery::reset(&world.identity, &token, &OTHER_PASSWORD.parse().unwrap(), Some(home())).await.unwrap();
        assert!(second_factor::is_enrolled(&mut world.read().await, &ada.ada.id).await.unwrap());
        let session = world.give_this_password("ada.lovelace", OTHER_PASSWORD, home()).await;
        world.give_code(&session, &ada.app.code(test.store.now()), home()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_operator_takes_the_factor_away_and_the_log_says_so() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let waiting = world.give_password("ada.lovelace", home()).await;
        let had_factor = accounts::reset(&world.identity, &ada.ada.id, &OTHER_PASSWORD.parse().unwrap()).await;
        assert!(had_factor.unwrap());
        let late = world.give_code(&waiting, &ada.app.code(test.store.now()), home()).await;
        assert!(matches!(late, Err(Error::SignInExpired)), "{late:?}");
        assert!(sessions::load(&mut world.read().await, &ada.session.token).await.unwrap().is_none());
        world.sign_in("ada.lovelace", OTHER_PASSWORD).await.unwrap();
        let logged: Vec<(String, String)> =
            sql("SELECT action, actor_kind FROM audit WHERE action LIKE 'account.second_factor%' ORDER BY sequence")
                .fetch_all(&mut world.read().await.tx)
                .await
                .unwrap();
        let logged: Vec<_> = logged.iter().map(|(action, actor)| (action.as_str(), actor.as_str())).collect();
        assert_eq!(logged, [("account.second_factor_added", "account"), ("account.second_factor_removed", "operator")]);
    })
    .await;
}

#[tokio::test]
async fn the_database_alone_tells_no_secret() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        enrol::begin(&world.identity, &ada, &session, &NONE).await.unwrap();
        let mut ctx = world.read().await;
        let shown = enrol::find(&mut ctx, &world.identity.sealing, &ada, &session.id).await.unwrap().unwrap();
        let (kept,): (String,) = sql("SELECT secret FROM totp_enrolment").fetch_one(&mut ctx.tx).await.unwrap();
        assert_eq!(shown.secret.len(), 32, "160 bits");
        assert!(!kept.contains(&shown.secret));
        let other = enrol::find(&mut ctx, &store::SealingKey::new([8; 32]), &ada, &session.id).await;
        assert!(matches!(other, Err(Error::Sealed(_))));
    })
    .await;
}
