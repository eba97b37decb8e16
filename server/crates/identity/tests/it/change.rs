//! Changing what is known of an account.

use audit::event::Actor;
use identity::{accounts, change, error::Error, recovery, roles, sessions};
use model::account::Role;
use store::{Part, testing::on_each_database};

use crate::world::{OTHER_PASSWORD, PASSWORD, World, account};

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_renews_this_one() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let here = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        let there = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        let new = OTHER_PASSWORD.parse().unwrap();
        let renewed = change::password(&world.identity, &ada, &here.id, PASSWORD, &new).await.unwrap();
        let mut ctx = world.read().await;
        for ended in [here.token, there.token] {
            assert!(sessions::load(&mut ctx, &ended).await.unwrap().is_none());
        }
        assert_eq!(
            sessions::load(&mut ctx, &renewed.token).await.unwrap().unwrap().user_agent.as_deref(),
            Some("test")
        );
        drop(ctx);
        assert_eq!(world.subjects().await, ["Your password was changed"]);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_current_one() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let session = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        let new = OTHER_PASSWORD.parse().unwrap();
        for _ in 0..6 {
            let refused = change::password(&world.identity, &ada, &session.id, "a wrong password", &new).await;
            assert!(matches!(refused, Err(Error::WrongPassword)), "{refused:?}");
        }
        let refused = change::password(&world.identity, &ada, &session.id, PASSWORD, &new).await;
        assert!(matches!(refused, Err(Error::TooManyAttempts { .. })), "{refused:?}");
        world.sign_in("ada.lovelace", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_new_address_is_in_use_once_it_is_confirmed() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let mut ctx = world.write().await;
        recovery::forgot_password(&mut ctx, "ada.lovelace", None, None).await.unwrap();
        ctx.commit().await.unwrap();
        let reset = world.token("Reset your password").await;
        change::email(&world.identity, &ada, PASSWORD, &"ada@new.example".parse().unwrap()).await.unwrap();
        world.sign_in("ada@example.org", PASSWORD).await.unwrap();

        let token = world.token("Confirm your new email address").await;
        let mut ctx = world.write().await;
        change::confirm_email(&mut ctx, &world.identity.site, &token).await.unwrap();
        ctx.commit().await.unwrap();
        world.sign_in("ada@new.example", PASSWORD).await.unwrap();
        assert!(matches!(world.sign_in("ada@example.org", PASSWORD).await, Err(Error::WrongCredentials)));
        let told =
            world.mails().await.into_iter().rfind(|mail| mail.subject == "Your email address was changed").unwrap();
        assert_eq!(told.to.as_str(), "ada@example.org");
        assert!(
            !recovery::is_link_valid(&mut world.read().await, &reset).await.unwrap(),
            "the old mailbox opens nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_of_another_account_cannot_be_confirmed() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        let bob = accounts::create_verified(&world.identity, &account("bob.builder", "bob@example.org")).await.unwrap();
        change::email(&world.identity, &bob, PASSWORD, &"Ada@example.org".parse().unwrap()).await.unwrap();
        let token = world.token("Confirm your new email address").await;
        let refused = change::confirm_email(&mut world.write().await, &world.identity.site, &token).await;
        assert!(matches!(refused, Err(Error::EmailTaken)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn name_and_contact_number_come_back_as_they_went() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let phone = model::phone::Phone::parse("+15105550100").unwrap();
        let mut ctx = world.write().await;
        accounts::rename(&mut ctx, &ada, &"Augusta Ada".parse().unwrap()).await.unwrap();
        accounts::set_contact_number(&mut ctx, &ada, &phone).await.unwrap();
        ctx.commit().await.unwrap();
        let account = accounts::get(&mut world.read().await, &ada).await.unwrap();
        assert_eq!((account.name.as_str(), account.contact_number), ("Augusta Ada", Some(phone)));
    })
    .await;
}

#[tokio::test]
async fn staff_is_found_by_a_part_of_what_it_is_called_and_members_only_by_what_is_theirs() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let mut ctx = world.read().await;
        for text in ["LOVE", "ada.l", "@Example.org", "ada lovelace"] {
            assert!(accounts::search(&mut ctx, text, Part::ALL).await.unwrap().is_empty(), "{text:?}");
        }
        for text in ["ada.lovelace", " ADA@example.org"] {
            assert_eq!(accounts::count(&mut ctx, text).await.unwrap(), 1, "{text:?}");
        }
        drop(ctx);
        let mut ctx = world.write().await;
        roles::grant(&mut ctx, &Actor::Operator, &ada, Role::Support).await.unwrap();
        ctx.commit().await.unwrap();
        let mut ctx = world.read().await;
        for text in ["LOVE", "ada.l", "@Example.org", " lovelace\0", "lovelace ada"] {
            let found = accounts::search(&mut ctx, text, Part::ALL).await.unwrap();
            assert_eq!(
                found.into_iter().map(|account| account.id).collect::<Vec<_>>(),
                std::slice::from_ref(&ada),
                "{text:?}"
            );
        }
        assert_eq!(accounts::count(&mut ctx, "LOVE").await.unwrap(), 1);
        for text in ["bob", "a%e", "_da", "!"] {
            assert!(accounts::search(&mut ctx, text, Part::ALL).await.unwrap().is_empty(), "{text:?}");
        }
    })
    .await;
}
