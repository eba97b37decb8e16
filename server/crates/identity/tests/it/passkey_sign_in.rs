//! Signing in with a passkey.

use identity::{accounts, error::Error, sessions};
use jiff::ToSpan;
use store::{
    sql,
    testing::{at_once, on_each_database, racing_on_each_database},
};
use webauthn::testing::{Claims, Passkey};

use crate::{
    enrolled::NONE,
    holder::{Holder, actions, add, kept, proof_of},
    world::{ORIGIN, PASSWORD, World, account, home},
};

#[tokio::test]
async fn a_passkey_signs_in_and_says_when() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        test.clock.advance(1.hour());
        ada.sign_in(&world).await.unwrap();
        assert_eq!(kept(&world, &ada.ada).await[0].last_used_at, Some(test.store.now()));
        let (detail,): (String,) =
            sql("SELECT detail FROM audit WHERE action = 'account.signed_in' ORDER BY sequence DESC")
                .fetch_one(&mut world.read().await.tx)
                .await
                .unwrap();
        assert!(detail.contains("\"second_factor\":\"passkey\""), "{detail}");
    })
    .await;
}

#[tokio::test]
async fn a_challenge_is_answered_once_in_the_browser_it_was_made_for() {
    racing_on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let (one, other) =
            (world.give_password("ada.lovelace", home()).await, world.give_password("ada.lovelace", home()).await);
        let first = ada.answer(&world, &one).await;
        let elsewhere = ada.give(&world, &other, &first).await;
        assert!(matches!(elsewhere, Err(Error::WrongPasskey)), "{elsewhere:?}");
        let results = at_once([&first, &first].map(|answer| ada.give(&world, &one, answer))).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let again = world.give_password("ada.lovelace", home()).await;
        let replayed = ada.give(&world, &again, &first).await;
        assert!(matches!(replayed, Err(Error::WrongPasskey)), "{replayed:?}");
        let fresh = ada.answer(&world, &again).await;
        ada.give(&world, &again, &fresh).await.expect("the failed attempt left a new challenge");
    })
    .await;
}

#[tokio::test]
async fn what_is_tampered_with_signs_nobody_in() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let table: [fn(&mut Claims); 7] = [
            |claims| claims.challenge = "AAAA".to_owned(),
            |claims| claims.kind = "webauthn.create",
            |claims| claims.origin = "https://evil.test".to_owned(),
            |claims| claims.cross_origin = true,
            |claims| claims.rp_id = "evil.test".to_owned(),
            |claims| claims.flags = 0,
            |claims| claims.user_handle = Some("Ym9i".to_owned()),
        ];
        for tamper in table {
            let session = world.give_password("ada.lovelace", home()).await;
            let options = ada.options(&world, &session).await;
            let mut claims = ada.passkey.claims(&options, ORIGIN);
            tamper(&mut claims);
            let refused = ada.give(&world, &session, &ada.passkey.assert(&claims).to_string()).await;
            assert!(matches!(refused, Err(Error::WrongPasskey)), "{claims:?}: {refused:?}");
            forget_attempts(&world).await;
        }
        let session = world.give_password("ada.lovelace", home()).await;
        let stranger = Passkey::new().get(&ada.options(&world, &session).await, ORIGIN);
        for answer in [stranger.as_str(), "", "{}", &"[".repeat(30_000)] {
            let refused = ada.give(&world, &session, answer).await;
            assert!(matches!(refused, Err(Error::WrongPasskey)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_accounts_passkey_signs_nobody_in() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let eve = accounts::create_verified(&world.identity, &account("eve.evans", "eve@example.org")).await.unwrap();
        let eve = accounts::get(&mut world.read().await, &eve).await.unwrap();
        let token = world.sign_in("eve.evans", PASSWORD).await.unwrap().session.token;
        let session = sessions::load(&mut world.read().await, &token).await.unwrap().unwrap();
        let eves = Passkey::new();
        add(&world, &eve, &session, &eves, &NONE).await.unwrap();

        let half = world.give_password("ada.lovelace", home()).await;
        let options = ada.options(&world, &half).await;
        let refused = ada.give(&world, &half, &eves.get(&options, ORIGIN)).await;
        assert!(matches!(refused, Err(Error::WrongPasskey)), "{refused:?}");
        let taken =
            add(&world, &eve, &session, &ada.passkey, &proof_of(&world, &eve, &session.id, &eves).await.proof()).await;
        assert!(matches!(taken, Err(Error::PasskeyTaken)), "{taken:?}");
    })
    .await;
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_and_written_down() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        ada.sign_in_counting(&world, 5).await.unwrap();
        for count in [5, 4, 0] {
            let copied = ada.sign_in_counting(&world, count).await;
            assert!(matches!(copied, Err(Error::CopiedPasskey)), "{count}: {copied:?}");
        }
        ada.sign_in_counting(&world, 6).await.unwrap();
        let actions = actions(&world).await;
        assert_eq!(actions.iter().filter(|action| *action == "account.passkey_copied").count(), 3, "{actions:?}");
    })
    .await;
}

#[tokio::test]
async fn wrong_passkeys_wait_with_wrong_codes() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let session = world.give_password("ada.lovelace", home()).await;
        for _ in 0..3 {
            assert!(matches!(ada.give(&world, &session, "{}").await, Err(Error::WrongPasskey)));
            assert!(matches!(world.give_code(&session, "000000", home()).await, Err(Error::WrongCode)));
        }
        let right = ada.answer(&world, &session).await;
        let slow = ada.give(&world, &session, &right).await;
        assert!(matches!(slow, Err(Error::TooManyAttempts { .. })), "{slow:?}");
        test.clock.advance(30.seconds());
        ada.give(&world, &session, &right).await.expect("impatience did not use the challenge up");
        assert!(world.subjects().await.iter().any(|subject| subject.starts_with("Wrong codes")));
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_signs_in_where_there_is_no_app() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let session = world.give_password("ada.lovelace", home()).await;
        world.give_code(&session, &ada.recovery_codes[0], home()).await.unwrap();
        let (left,): (i64,) =
            sql("SELECT COUNT(*) FROM passkey_challenge").fetch_one(&mut world.read().await.tx).await.unwrap();
        assert_eq!(left, 0, "the challenge of that sign-in is gone");
    })
    .await;
}

async fn forget_attempts(world: &World) {
    let mut ctx = world.write().await;
    sql("DELETE FROM attempt").execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
}
