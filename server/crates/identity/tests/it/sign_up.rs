//! Getting an account.

use identity::{
    accounts,
    error::Error,
    housekeeping, recovery, second_factor, sessions,
    sign_up::{self, Place},
};
use jiff::ToSpan;
use model::{id::AccountId, locale::Locale, password::PasswordError};
use store::testing::{TestStore, at_once, on_each_database, racing_on_each_database};

use crate::{
    enrolled::{NONE, enrol},
    world::{OTHER_PASSWORD, PASSWORD, World, account, ada, elsewhere, home},
};

const VERIFY: &str = "Confirm your email address";
const KNOWN: &str = "You already have a Healthcare ID";

async fn sign_up(world: &World, healthcare_id: &str, email: &str) -> Result<(), Error> {
    sign_up::sign_up(&world.identity, &account(healthcare_id, email), place()).await
}

/// At home, in Ada's browser.
fn place() -> Place<'static> {
    Place { address: Some(home()), browser: Some(BROWSER), ..Place::default() }
}

const BROWSER: &str = "the cookie of Ada's browser";

async fn verify(world: &World, token: &str) -> Result<(), Error> {
    verify_in(world, token, BROWSER).await
}

async fn verify_in(world: &World, token: &str, browser: &str) -> Result<(), Error> {
    let mut ctx = world.write().await;
    sign_up::verify(&mut ctx, token, Some(browser)).await?;
    Ok(ctx.commit().await?)
}

#[tokio::test]
async fn the_link_opens_the_account_once() {
    on_each_database(async |test| {
        let world = World::new(test);
        sign_up(&world, "ada.lovelace", "ada@example.org").await.unwrap();
        assert!(matches!(world.sign_in("ada.lovelace", PASSWORD).await, Err(Error::NotVerified)));
        let token = world.token(VERIFY).await;
        verify(&world, &token).await.unwrap();
        assert!(matches!(verify(&world, &token).await, Err(Error::LinkInvalid)));
        world.sign_in("Ada.Lovelace", PASSWORD).await.unwrap();
        world.sign_in("ADA@example.org", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_first_of_two_links_works_too_and_ends_the_other() {
    on_each_database(async |test| {
        let world = World::new(test);
        sign_up(&world, "ada.lovelace", "ada@example.org").await.unwrap();
        let first = world.token(VERIFY).await;
        let _ = world.sign_in("ada.lovelace", PASSWORD).await;
        let second = world.token(VERIFY).await;
        assert_ne!(first, second);
        verify(&world, &first).await.unwrap();
        assert!(matches!(verify(&world, &second).await, Err(Error::LinkInvalid)));
    })
    .await;
}

#[tokio::test]
async fn the_link_works_for_a_day() {
    on_each_database(async |test| {
        let world = World::new(test);
        sign_up(&world, "ada.lovelace", "ada@example.org").await.unwrap();
        let token = world.token(VERIFY).await;
        test.clock.advance(24.hours());
        assert!(!sign_up::is_link_valid(&mut world.read().await, &token).await.unwrap());
        assert!(matches!(verify(&world, &token).await, Err(Error::LinkInvalid)));
        // A person who knows the password gets another.
        assert!(matches!(world.sign_in("ada.lovelace", PASSWORD).await, Err(Error::NotVerified)));
        verify(&world, &world.token(VERIFY).await).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_known_address_gets_the_same_answer_and_another_mail() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        sign_up(&world, "eve.intruder", "Ada@Example.org").await.unwrap();
        sign_up(&world, "bob.builder", "bob@example.org").await.unwrap();
        let mails = world.mails().await;
        let to = |address: &str| mails.iter().find(|mail| mail.to.folded() == address).unwrap();
        assert_eq!((to("ada@example.org").subject.as_str(), to("bob@example.org").subject.as_str()), (KNOWN, VERIFY));
        // And the ID is held as it would be for a new address: trying it again tells nothing either.
        assert!(matches!(sign_up(&world, "eve.intruder", "x@example.org").await, Err(Error::HealthcareIdTaken)));
    })
    .await;
}

#[tokio::test]
async fn what_a_stranger_typed_is_mailed_as_a_name_and_never_as_a_message() {
    on_each_database(async |test| {
        let world = World::new(test);
        let mut spam = account("eve.intruder", "ada@example.org");
        spam.name = "You won! http://evil.example".parse().unwrap();
        sign_up::sign_up(&world.identity, &spam, Place::default()).await.unwrap();
        let mail = &world.mails().await[0];
        assert!(!mail.text.contains("evil") && !mail.html.contains("evil"), "{}", mail.text);
        assert!(mail.text.contains("Healthcare ID: eve.intruder\n"), "{}", mail.text);
    })
    .await;
}

#[tokio::test]
async fn the_mail_names_the_id_and_the_person_in_their_language() {
    on_each_database(async |test| {
        let world = World::new(test);
        let place = Place { language: Locale::Spanish, ..place() };
        sign_up::sign_up(&world.identity, &ada(), place).await.unwrap();
        let mail = &world.mails().await[0];
        assert_eq!(mail.subject, "Confirme su correo electrónico");
        for words in ["Healthcare ID: ada.lovelace\n", "Nombre: Ada Lovelace\n", "No fui yo:"] {
            assert!(mail.text.contains(words), "{words} in {}", mail.text);
        }
        assert!(mail.html.contains("<html lang=\"es\">") && !mail.html.contains("Hello"), "{}", mail.html);
    })
    .await;
}

#[tokio::test]
async fn whoever_did_not_sign_up_ends_the_account() {
    on_each_database(async |test| {
        let world = World::new(test);
        sign_up(&world, "eve.intruder", "ada@example.org").await.unwrap();
        let token = world.token(VERIFY).await;
        let mut ctx = world.write().await;
        let asked = sign_up::asked_for(&mut ctx, &token).await.unwrap().unwrap();
        assert_eq!((asked.0.as_str(), asked.1.as_str()), ("eve.intruder", "Ada Lovelace"));
        sign_up::disown(&mut ctx, &token).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(matches!(world.sign_in("eve.intruder", PASSWORD).await, Err(Error::WrongCredentials)));
        assert!(matches!(verify(&world, &token).await, Err(Error::LinkInvalid)));
        sign_up(&world, "eve.intruder", "ada@example.org").await.unwrap();

        // A confirmed account does not end so.
        let (first, second) = (world.token(VERIFY).await, {
            let _ = world.sign_in("eve.intruder", PASSWORD).await;
            world.token(VERIFY).await
        });
        verify(&world, &first).await.unwrap();
        let mut ctx = world.write().await;
        assert!(matches!(sign_up::disown(&mut ctx, &second).await, Err(Error::LinkInvalid)));
    })
    .await;
}

#[tokio::test]
async fn factors_of_a_stranger_who_signed_up_first_do_not_survive_the_owners_first_reset() {
    on_each_database(async |test| {
        for (browser, survives) in [("the browser of Ada's own", false), (BROWSER, true)] {
            let world = World::new(test);
            let id = format!("ada.number{}", u8::from(survives));
            let address = format!("{id}@example.org");
            sign_up(&world, &id, &address).await.unwrap();
            // Whose mailbox it is confirms the address: in the browser that signed up, or in another.
            verify_in(&world, &world.token(VERIFY).await, browser).await.unwrap();
            let account = enrol_signed_in(test, &world, &id, PASSWORD).await;
            let reset = async |password: &str| {
                let mut ctx = world.write().await;
                recovery::forgot_password(&mut ctx, &id, None, None).await.unwrap();
                ctx.commit().await.unwrap();
                let token = world.token("Reset your password").await;
                recovery::reset(&world.identity, &token, &password.parse().unwrap(), Some(home())).await.unwrap();
                second_factor::is_enrolled(&mut world.read().await, &account).await.unwrap()
            };
            assert_eq!(reset(OTHER_PASSWORD).await, survives, "confirmed in {browser}");
            if !survives {
                enrol_signed_in(test, &world, &id, OTHER_PASSWORD).await;
                assert!(reset(PASSWORD).await, "only the first reset: from then on it is known whose account it is");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn of_parallel_sign_ups_with_one_address_one_is_confirmed() {
    racing_on_each_database(async |test| {
        let world = World::new(test);
        let ids: Vec<String> = (0..5).map(|number| format!("ada.number{number}")).collect();
        for result in at_once(ids.iter().map(|id| sign_up(&world, id, "ada@example.org"))).await {
            result.unwrap();
        }
        let tokens: Vec<String> = world.mails().await.iter().map(|mail| token_of(&mail.text)).collect();
        assert_eq!(tokens.len(), 5);
        let confirmed = at_once(tokens.iter().map(|token| verify(&world, token))).await;
        assert_eq!(confirmed.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(confirmed.iter().all(|result| matches!(result, Ok(()) | Err(Error::EmailTaken))), "{confirmed:?}");
        test.clock.advance(72.hours());
        let mut ctx = world.write().await;
        housekeeping::purge(&mut ctx).await.unwrap();
        let mut left = 0;
        for id in &ids {
            left += usize::from(accounts::find_by_login(&mut ctx, id).await.unwrap().is_some());
        }
        assert_eq!(left, 1, "the others end with time");
    })
    .await;
}

/// Signs in with the password and sets up an authenticator app.
async fn enrol_signed_in(test: &TestStore, world: &World, id: &str, password: &str) -> AccountId {
    let token = world.sign_in(id, password).await.unwrap().session.token;
    let mut ctx = world.read().await;
    let session = sessions::load(&mut ctx, &token).await.unwrap().unwrap();
    let account = accounts::get(&mut ctx, session.account.as_ref().unwrap()).await.unwrap();
    drop(ctx);
    enrol(test, world, account, &session, &NONE).await.ada.id
}

fn token_of(text: &str) -> String {
    text.split_once("?token=").unwrap().1.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn of_parallel_sign_ups_with_one_id_one_succeeds() {
    racing_on_each_database(async |test| {
        let world = World::new(test);
        let emails: Vec<String> = (0..5).map(|number| format!("ada{number}@example.org")).collect();
        let results = at_once(emails.iter().map(|email| sign_up(&world, "ada.lovelace", email))).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert!(results.iter().all(|result| matches!(result, Ok(()) | Err(Error::HealthcareIdTaken))), "{results:?}");
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_is_not_filled_by_strangers() {
    on_each_database(async |test| {
        let world = World::new(test);
        for number in 0..10 {
            sign_up(&world, &format!("ada.number{number}"), "ada@example.org").await.unwrap();
        }
        // Five are free, and the sixth is the first that makes the next wait.
        assert_eq!(world.mails().await.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_nobody_confirms_gives_its_id_back() {
    on_each_database(async |test| {
        let world = World::new(test);
        sign_up(&world, "ada.lovelace", "ada@example.org").await.unwrap();
        test.clock.advance(72.hours());
        let mut ctx = world.write().await;
        assert!(0 < housekeeping::purge(&mut ctx).await.unwrap());
        ctx.commit().await.unwrap();
        sign_up(&world, "ada.lovelace", "ada@example.org").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_password_made_of_the_id_is_refused() {
    on_each_database(async |test| {
        let mut new = ada();
        new.password = "ada.lovelace1".parse().unwrap();
        let refused = sign_up::sign_up(&World::new(test).identity, &new, Place::default()).await;
        assert!(matches!(refused.unwrap_err(), Error::Password(PasswordError::Personal)));
    })
    .await;
}

#[tokio::test]
async fn whoever_collects_ids_is_slowed_down_and_others_are_not() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        for number in 0..20 {
            // One's own choices count for nothing where they are free.
            sign_up(&world, &format!("free.{number}"), &format!("free{number}@example.org")).await.unwrap();
        }
        let mut told = 0;
        while matches!(sign_up(&world, "ada.lovelace", "eve@example.org").await, Err(Error::HealthcareIdTaken)) {
            told += 1;
        }
        assert_eq!(told, 11);
        let answer = sign_up(&world, "ada.lovelace", "eve@example.org").await;
        assert!(matches!(answer, Err(Error::TooManyAttempts { .. })), "{answer:?}");
        let new = account("quite.free", "new@example.org");
        sign_up::sign_up(&world.identity, &new, Place { address: Some(elsewhere()), ..Place::default() })
            .await
            .unwrap();
    })
    .await;
}
