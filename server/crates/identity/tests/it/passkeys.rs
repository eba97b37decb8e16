//! Passkeys: adding them, giving them up, and what they prove.

use identity::{
    accounts,
    error::Error,
    housekeeping,
    second_factor::{
        self, Given,
        change::{self, Proof},
        enrol,
        passkeys::{self, MOST, enrol::Added},
    },
    sessions,
};
use jiff::ToSpan;
use model::id::{AccountId, PasskeyId};
use store::{
    sql,
    testing::{both, on_each_database, racing_on_each_database},
};
use webauthn::testing::Passkey;

use crate::{
    enrolled::{Enrolled, NONE, app, signed_in},
    holder::{Holder, actions, add, answer, kept, name, proof_of},
    world::{OTHER_PASSWORD, PASSWORD, World, home},
};

#[tokio::test]
async fn a_first_passkey_switches_two_step_sign_in_on() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (_, elsewhere) = signed_in(&world, &ada).await;
        let (ada, session) = signed_in(&world, &ada).await;
        passkeys::enrol::begin(&world.identity, &ada, &session, &name("Phone"), &NONE).await.unwrap();
        world.sign_in("ada.lovelace", PASSWORD).await.expect("it counts once the browser has answered");
        let passkey = Passkey::new();
        let answer = answer(&world, &ada, &session.id, &passkey).await;
        let added = passkeys::enrol::confirm(&world.identity, &ada, &session.id, &answer).await.unwrap();

        let Added::First(started, codes) = added else { panic!("the first") };
        assert_eq!(codes.expose().len(), 10);
        world.give_password("ada.lovelace", home()).await;
        let status = second_factor::find(&mut world.read().await, &ada.id).await.unwrap().unwrap();
        assert_eq!((status.since, status.app, status.recovery_codes), (test.store.now(), None, 10));
        let [kept] = &status.passkeys[..] else { panic!("one passkey") };
        assert_eq!((kept.name.as_str(), kept.last_used_at), ("Phone", None));
        let mut ctx = world.read().await;
        assert_eq!(sessions::load(&mut ctx, &started.token).await.unwrap().unwrap().id, session.id);
        assert!(sessions::list(&mut ctx, &ada.id).await.unwrap().iter().all(|one| one.id != elsewhere.id));
        drop(ctx);
        assert!(world.subjects().await.contains(&"Two-step sign-in is on".to_owned()));
        assert_eq!(actions(&world).await, ["account.second_factor_added"]);
    })
    .await;
}

#[tokio::test]
async fn a_browser_left_alone_asks_for_the_password_before_it_adds_one() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        test.clock.advance(5.minutes());
        let refused = passkeys::enrol::begin(&world.identity, &ada, &session, &name("Phone"), &NONE).await;
        assert!(matches!(refused, Err(Error::WrongPassword)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_challenge_for_a_new_one_is_good_once_for_five_minutes_in_its_browser() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        let (_, other) = signed_in(&world, &ada.id).await;
        let confirm =
            async |session, answer: &str| passkeys::enrol::confirm(&world.identity, &ada, session, answer).await;
        passkeys::enrol::begin(&world.identity, &ada, &session, &name("Phone"), &NONE).await.unwrap();
        let passkey = Passkey::new();
        let right = answer(&world, &ada, &session.id, &passkey).await;

        let elsewhere = confirm(&other.id, &right).await;
        assert!(matches!(elsewhere, Err(Error::EnrolmentExpired)), "{elsewhere:?}");
        let wrong = confirm(&session.id, "{}").await;
        assert!(matches!(wrong, Err(Error::WrongPasskey)), "{wrong:?}");
        let used_up = confirm(&session.id, &right).await;
        assert!(matches!(used_up, Err(Error::WrongPasskey)), "{used_up:?}");
        assert_eq!(kept(&world, &ada).await, []);
        let right = answer(&world, &ada, &session.id, &passkey).await;
        test.clock.advance(5.minutes());
        let late = confirm(&session.id, &right).await;
        assert!(matches!(late, Err(Error::EnrolmentExpired)), "{late:?}");
        assert!(0 < housekeeping::purge(&mut world.write().await).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn of_two_answers_to_one_challenge_one_counts() {
    racing_on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        passkeys::enrol::begin(&world.identity, &ada, &session, &name("Phone"), &NONE).await.unwrap();
        let answers = [
            answer(&world, &ada, &session.id, &Passkey::new()).await,
            answer(&world, &ada, &session.id, &Passkey::new()).await,
        ];
        let confirm = |answer| passkeys::enrol::confirm(&world.identity, &ada, &session.id, answer);
        let (one, other) = both(confirm(&answers[0]), confirm(&answers[1])).await;
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(kept(&world, &ada).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_change_is_proved_by_passkey() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let wrong = Proof { password: PASSWORD, given: Given::Passkey { session: &ada.session.id, answer: "{}" } };
        let refused = change::recovery_codes(&world.identity, &ada.ada, &wrong).await;
        assert!(matches!(refused, Err(Error::ChallengeExpired)), "no one was asked: {refused:?}");
        let refused = change::recovery_codes(&world.identity, &ada.ada, &wrong).await;
        assert!(matches!(refused, Err(Error::WrongPasskey)), "{refused:?}");
        let right = proof_of(&world, &ada.ada, &ada.session.id, &ada.passkey).await;
        change::recovery_codes(&world.identity, &ada.ada, &right.proof()).await.unwrap();
        let replayed = change::recovery_codes(&world.identity, &ada.ada, &right.proof()).await;
        assert!(matches!(replayed, Err(Error::ChallengeExpired)), "{replayed:?}");
    })
    .await;
}

#[tokio::test]
async fn another_passkey_needs_proof_and_leaves_the_codes_alone() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let session = ada.load(&world).await;
        let unproved = passkeys::enrol::begin(&world.identity, &ada.ada, &session, &name("Key"), &NONE).await;
        assert!(matches!(unproved, Err(Error::WrongPassword)), "{unproved:?}");
        let proof = proof_of(&world, &ada.ada, &session.id, &ada.passkey).await;
        let added = add(&world, &ada.ada, &session, &Passkey::new(), &proof.proof()).await.unwrap();
        assert!(matches!(added, Added::Another));
        let status = second_factor::find(&mut world.read().await, &ada.ada.id).await.unwrap().unwrap();
        assert_eq!((status.passkeys.len(), status.recovery_codes), (2, 10));
        assert!(world.subjects().await.contains(&"A passkey was added".to_owned()));
        assert_eq!(actions(&world).await, ["account.second_factor_added", "account.passkey_added"]);
    })
    .await;
}

#[tokio::test]
async fn an_authenticator_has_one_passkey_of_an_account_and_an_account_ten() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let session = ada.load(&world).await;
        let passkey_of = async |passkey: &Passkey| {
            let proof = proof_of(&world, &ada.ada, &session.id, &ada.passkey).await;
            add(&world, &ada.ada, &session, passkey, &proof.proof()).await
        };
        let twice = passkey_of(&ada.passkey).await;
        assert!(matches!(twice, Err(Error::PasskeyTaken)), "{twice:?}");
        for _ in 1..MOST {
            passkey_of(&Passkey::new()).await.unwrap();
        }
        let more = passkey_of(&Passkey::new()).await;
        assert!(matches!(more, Err(Error::TooManyPasskeys)), "{more:?}");
        assert_eq!(kept(&world, &ada.ada).await.len(), MOST);
    })
    .await;
}

#[tokio::test]
async fn a_passkey_beside_an_app_goes_without_it() {
    on_each_database(async |test| {
        let (world, ada) = Enrolled::begin(test).await;
        let session = sessions::load(&mut world.read().await, &ada.session.token).await.unwrap().unwrap();
        let code = ada.app.code(test.store.now());
        let by_code = Proof { password: PASSWORD, given: Given::Code(&code) };
        let passkey = Passkey::new();
        add(&world, &ada.ada, &session, &passkey, &by_code).await.unwrap();
        let id = kept(&world, &ada.ada).await.remove(0).id;
        test.clock.advance(30.seconds());

        let stranger = PasskeyId::new("another");
        let proof = proof_of(&world, &ada.ada, &session.id, &passkey).await;
        let unknown = passkeys::remove(&world.identity, &ada.ada, &session.id, &stranger, &proof.proof()).await;
        assert!(matches!(unknown, Err(Error::NoSuchPasskey)), "{unknown:?}");
        let unproved = passkeys::remove(&world.identity, &ada.ada, &session.id, &id, &NONE).await;
        assert!(matches!(unproved, Err(Error::WrongPassword)), "{unproved:?}");
        let removed = passkeys::remove(&world.identity, &ada.ada, &session.id, &id, &proof.proof()).await.unwrap();

        assert!(!removed.was_last);
        ada.sign_in_with(&world, &ada.app.code(test.store.now())).await.unwrap();
        assert!(world.subjects().await.contains(&"A passkey was removed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn the_last_passkey_takes_two_step_sign_in_with_it() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let id = kept(&world, &ada.ada).await.remove(0).id;
        let proof = proof_of(&world, &ada.ada, &ada.session.id, &ada.passkey).await;
        let removed = passkeys::remove(&world.identity, &ada.ada, &ada.session.id, &id, &proof.proof()).await.unwrap();
        assert!(removed.was_last);
        world.sign_in("ada.lovelace", PASSWORD).await.unwrap();
        let (codes,): (i64,) =
            sql("SELECT COUNT(*) FROM recovery_code").fetch_one(&mut world.read().await.tx).await.unwrap();
        assert_eq!(codes, 0);
        assert!(world.subjects().await.contains(&"Two-step sign-in is off".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_remove_the_last_two_at_once_neither_leaves_codes_without_a_factor() {
    racing_on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let session = ada.load(&world).await;
        let proof = proof_of(&world, &ada.ada, &session.id, &ada.passkey).await;
        add(&world, &ada.ada, &session, &Passkey::new(), &proof.proof()).await.unwrap();
        let ids: Vec<PasskeyId> = kept(&world, &ada.ada).await.into_iter().map(|passkey| passkey.id).collect();
        let codes: Vec<_> = ada.recovery_codes.iter().map(|code| Given::Code(code)).collect();
        let proofs = [Proof { password: PASSWORD, given: codes[0] }, Proof { password: PASSWORD, given: codes[1] }];
        let remove =
            |place: usize| passkeys::remove(&world.identity, &ada.ada, &session.id, &ids[place], &proofs[place]);
        let (one, other) = both(remove(0), remove(1)).await;
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        assert!(second_factor::find(&mut world.read().await, &ada.ada.id).await.unwrap().is_none());
        let (left,): (i64,) =
            sql("SELECT COUNT(*) FROM recovery_code").fetch_one(&mut world.read().await.tx).await.unwrap();
        assert_eq!(left, 0);
    })
    .await;
}

#[tokio::test]
async fn the_first_factor_ends_what_waited_to_be_another_first() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let (ada, session) = signed_in(&world, &ada).await;
        enrol::begin(&world.identity, &ada, &session, &NONE).await.unwrap();
        let app = app(&world, &ada, &session.id).await;
        add(&world, &ada, &session, &Passkey::new(), &NONE).await.unwrap();
        let late = enrol::confirm(&world.identity, &ada, &session.id, &app.code(test.store.now())).await;
        assert!(matches!(late, Err(Error::EnrolmentExpired)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn an_app_comes_and_goes_beside_a_passkey() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let session = ada.load(&world).await;
        let proof = proof_of(&world, &ada.ada, &session.id, &ada.passkey).await;
        enrol::begin(&world.identity, &ada.ada, &session, &proof.proof()).await.unwrap();
        let app = app(&world, &ada.ada, &session.id).await;
        let code = app.code(test.store.now());
        let (_, codes) = enrol::confirm(&world.identity, &ada.ada, &session.id, &code).await.unwrap();
        assert!(codes.is_none(), "those it has stay");
        let half = world.give_password("ada.lovelace", home()).await;
        world.give_code(&half, &ada.recovery_codes[0], home()).await.unwrap();

        let proof = proof_of(&world, &ada.ada, &session.id, &ada.passkey).await;
        change::remove_app(&world.identity, &ada.ada, &session.id, &proof.proof()).await.unwrap();
        let status = second_factor::find(&mut world.read().await, &ada.ada.id).await.unwrap().unwrap();
        assert_eq!((status.app, status.recovery_codes), (None, 9));
        let proof = proof_of(&world, &ada.ada, &session.id, &ada.passkey).await;
        let again = change::remove_app(&world.identity, &ada.ada, &session.id, &proof.proof()).await;
        assert!(matches!(again, Err(Error::WrongCode)), "{again:?}");
        let subjects = world.subjects().await;
        for subject in ["An authenticator app was added", "Your authenticator app was removed"] {
            assert!(subjects.contains(&subject.to_owned()), "{subjects:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_is_changed_by_its_holder_alone() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let id = kept(&world, &ada.ada).await.remove(0).id;
        let mut ctx = world.write().await;
        passkeys::rename(&mut ctx, &ada.ada.id, &id, &name("Blue key")).await.unwrap();
        let foreign = passkeys::rename(&mut ctx, &AccountId::new("eve"), &id, &name("Mine")).await;
        assert!(matches!(foreign, Err(Error::NoSuchPasskey)), "{foreign:?}");
        ctx.commit().await.unwrap();
        assert_eq!(kept(&world, &ada.ada).await[0].name, "Blue key");
        assert!(actions(&world).await.contains(&"account.passkey_renamed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn the_operator_takes_passkeys_away_too() {
    on_each_database(async |test| {
        let (world, ada) = Holder::begin(test).await;
        let had = accounts::reset(&world.identity, &ada.ada.id, &OTHER_PASSWORD.parse().unwrap()).await.unwrap();
        assert!(had);
        world.sign_in("ada.lovelace", OTHER_PASSWORD).await.unwrap();
        assert_eq!(kept(&world, &ada.ada).await, []);
    })
    .await;
}
