//! Signing in, and guessing.

use std::net::IpAddr;

use audit::log::{self, Filter, Page};
use identity::{
    accounts,
    error::Error,
    sessions,
    sign_in::{self, Progress, SignIn, SignedIn},
};
use jiff::ToSpan;
use store::testing::{at_once, on_each_database, racing_on_each_database};

use crate::world::{OTHER_PASSWORD, PASSWORD, World, account, elsewhere, home};

fn is_slow<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::TooManyAttempts { .. }))
}

fn is_wrong<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::WrongCredentials))
}

fn finished(progress: Result<Progress, Error>) -> SignedIn {
    match progress.unwrap() {
        Progress::SignedIn(signed_in) => signed_in,
        Progress::CodeDue(_) => panic!("no code is due"),
    }
}

/// Guesses until it has to wait; how often it could guess.
async fn guess(world: &World, login: &str, address: IpAddr) -> u32 {
    let mut guesses = 0;
    while is_wrong(&world.sign_in_from(login, "a wrong password", address).await) {
        guesses += 1;
    }
    guesses
}

#[tokio::test]
async fn an_unknown_account_and_a_wrong_password_look_alike() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        for login in ["ada.lovelace", "ada@example.org", "nobody.here", "nobody@example.org", "", "\0", "a@b@c"] {
            assert!(is_wrong(&world.sign_in_from(login, "a wrong password", elsewhere()).await), "{login:?}");
        }
        // And they are slowed down alike: one was tried by two names, the other by one.
        assert_eq!(guess(&world, "ada.lovelace", elsewhere()).await, 4);
        assert_eq!(guess(&world, "nobody.here", elsewhere()).await, 5);
    })
    .await;
}

#[tokio::test]
async fn guesses_on_an_account_wait_longer_and_longer() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        guess(&world, "ada.lovelace", elsewhere()).await;
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            test.clock.advance((seconds * 1000 - 1).milliseconds());
            assert!(is_slow(&world.sign_in_from("ada.lovelace", PASSWORD, elsewhere()).await), "before {seconds} s");
            test.clock.advance(1.millisecond());
            assert!(
                is_wrong(&world.sign_in_from("ada.lovelace", "wrong again", elsewhere()).await),
                "after {seconds} s"
            );
        }
        test.clock.advance(5.minutes());
        world.sign_in_from("ada.lovelace", PASSWORD, elsewhere()).await.unwrap();
        // From here on the two belong together: someone who guesses beside the owner leaves room for them.
        assert_eq!(guess(&world, "ada.lovelace", elsewhere()).await, 51, "a success starts the count again");
    })
    .await;
}

#[tokio::test]
async fn strangers_guesses_do_not_slow_the_owner_down() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        world.sign_in_from("ada.lovelace", PASSWORD, home()).await.unwrap();
        guess(&world, "ada.lovelace", elsewhere()).await;
        world.sign_in_from("ada.lovelace", PASSWORD, home()).await.unwrap();
        assert!(is_slow(&world.sign_in_from("ada.lovelace", PASSWORD, elsewhere()).await));
    })
    .await;
}

#[tokio::test]
async fn a_network_that_tries_many_accounts_is_slowed_down_alone() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        for number in 0..31 {
            assert!(is_wrong(&world.sign_in_from(&format!("nobody{number}"), "guess", elsewhere()).await), "{number}");
        }
        assert!(is_slow(&world.sign_in_from("ada.lovelace", PASSWORD, elsewhere()).await));
        world.sign_in_from("ada.lovelace", PASSWORD, home()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_guesser_in_the_owners_own_network_does_not_shut_the_owner_out() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        world.sign_in_from("ada.lovelace", PASSWORD, home()).await.unwrap();
        accounts::create_verified(&world.identity, &account("new.here", "new@example.org")).await.unwrap();
        for number in 0..40 {
            let _ = world.sign_in_from(&format!("nobody{number}"), "guess", home()).await;
        }
        assert!(is_slow(&world.sign_in_from("new.here", PASSWORD, home()).await), "was never signed in from there");
        for _ in 0..40 {
            assert!(is_wrong(&world.sign_in_from("ada.lovelace", "guess", home()).await));
        }
        world.sign_in_from("ada.lovelace", PASSWORD, home()).await.unwrap();

        // Guesses on the owner's account from there are slowed down too, never for longer than a minute.
        guess(&world, "ada.lovelace", home()).await;
        for _ in 0..20 {
            test.clock.advance(1.minute());
            assert!(is_wrong(&world.sign_in_from("ada.lovelace", "guess", home()).await));
            assert!(is_slow(&world.sign_in_from("ada.lovelace", PASSWORD, home()).await));
        }
        test.clock.advance(1.minute());
        world.sign_in_from("ada.lovelace", PASSWORD, home()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_leave_a_trace_and_nothing_of_what_was_typed() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        guess(&world, "ada.lovelace", elsewhere()).await;
        assert!(is_wrong(&world.sign_in_from("my-password-by-mistake", "x", elsewhere()).await));
        world.identity.watch.flush(&test.store).await.unwrap();

        let filter = Filter { action: Some("security.".to_owned()), ..Filter::default() };
        let rows = log::list(&mut world.read().await, &filter, Page { before: None, limit: 100 }).await.unwrap();
        let mut told: Vec<_> =
            rows.iter().map(|row| format!("{} {} {}", row.action, row.subject_id, row.detail["times"])).collect();
        told.sort();
        let mut expect = [
            format!("security.password_wrong {ada} 6"),
            "security.password_wrong unknown 1".to_owned(),
            format!("security.slowed_down {ada} 1"),
        ];
        expect.sort();
        assert_eq!(told, expect);
    })
    .await;
}

#[tokio::test]
async fn many_guesses_at_once_are_no_way_around() {
    racing_on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        let guesses = (0..20).map(|_| world.sign_in_from("ada.lovelace", "a wrong password", elsewhere()));
        let results = at_once(guesses).await;
        assert_eq!(results.iter().filter(|result| is_wrong(result)).count(), 6);
    })
    .await;
}

#[tokio::test]
async fn signing_in_renews_the_token_and_keeps_what_was_begun() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let mut ctx = world.write().await;
        let planted = sessions::start_anonymous(&mut ctx).await.unwrap();
        ctx.commit().await.unwrap();
        let session = Some(&planted.id);
        let request = SignIn { login: "ada.lovelace", password: PASSWORD, session, address: None, user_agent: None };
        let signed_in = finished(sign_in::sign_in(&world.identity, request).await);

        let mut ctx = world.read().await;
        assert!(sessions::load(&mut ctx, &planted.token).await.unwrap().is_none(), "the planted token is worthless");
        let session = sessions::load(&mut ctx, &signed_in.session.token).await.unwrap().unwrap();
        assert_eq!((session.id, session.account, session.authenticated_at), (planted.id, Some(ada), Some(ctx.now)));
    })
    .await;
}

#[tokio::test]
async fn another_account_gets_another_session() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        accounts::create_verified(&world.identity, &account("bob.builder", "bob@example.org")).await.unwrap();
        let ada = world.sign_in("ada.lovelace", PASSWORD).await.unwrap();
        let session = Some(&ada.session.id);
        let request = SignIn { login: "bob.builder", password: PASSWORD, session, address: None, user_agent: None };
        let bob = finished(sign_in::sign_in(&world.identity, request).await);
        assert_ne!(bob.session.id, ada.session.id);
        assert!(sessions::load(&mut world.read().await, &ada.session.token).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_operator_can_reset_an_account() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let session = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        let had_factor = accounts::reset(&world.identity, &ada, &OTHER_PASSWORD.parse().unwrap()).await.unwrap();
        assert!(!had_factor);
        assert!(sessions::load(&mut world.read().await, &session.token).await.unwrap().is_none());
        assert!(is_wrong(&world.sign_in("ada.lovelace", PASSWORD).await));
        world.sign_in("ada.lovelace", OTHER_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_account_is_promoted_only_by_its_id_and_its_confirmed_address_together() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        accounts::create_verified(&world.identity, &account("bob.builder", "bob@example.org")).await.unwrap();
        let squatter = account("carol.danvers", "carol@example.org");
        identity::sign_up::sign_up(
            &world.identity,
            &squatter,
            identity::sign_up::Place { address: Some(home()), ..identity::sign_up::Place::default() },
        )
        .await
        .unwrap();
        let find = async |id: &str, email: &str| {
            let (id, email) = (id.parse().unwrap(), email.parse().unwrap());
            let found = accounts::find_confirmed(&mut world.read().await, &id, &email).await.unwrap();
            found.map(|account| account.id)
        };
        assert_eq!(find("Ada.Lovelace", "ADA@example.org").await, Some(ada));
        assert_eq!(find("ada.lovelace", "bob@example.org").await, None, "another's address");
        assert_eq!(find("ada.lovelace", "eve@example.org").await, None);
        assert_eq!(find("carol.danvers", "carol@example.org").await, None, "never confirmed");
        assert_eq!(find("nobody.here", "ada@example.org").await, None);
    })
    .await;
}
