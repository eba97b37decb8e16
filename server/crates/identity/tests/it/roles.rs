//! Who may do what.

use audit::event::Actor;
use identity::{accounts, error::Error, roles, sessions, staff};
use model::{account::Role, id::AccountId, text::Paragraph};
use store::{
    sql,
    testing::{both, on_each_database, racing_on_each_database},
};

use crate::world::{PASSWORD, World, account};

async fn grant(world: &World, account: &AccountId, role: Role) {
    let mut ctx = world.write().await;
    roles::grant(&mut ctx, &Actor::Operator, account, role).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn revoke(world: &World, account: &AccountId) -> Result<(), Error> {
    let mut ctx = world.write().await;
    roles::revoke(&mut ctx, &Actor::Operator, account, Role::Administrator).await?;
    Ok(ctx.commit().await?)
}

#[tokio::test]
async fn of_two_administrators_who_remove_each_other_one_stays() {
    racing_on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let bob = accounts::create_verified(&world.identity, &account("bob.builder", "bob@example.org")).await.unwrap();
        grant(&world, &ada, Role::Administrator).await;
        grant(&world, &bob, Role::Administrator).await;
        let (first, second) = both(revoke(&world, &ada), revoke(&world, &bob)).await;
        let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(matches!(refused[..], [Error::LastAdministrator]), "{refused:?}");
        assert_eq!(roles::list(&mut world.read().await).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_role_ends_the_sessions_that_began_without_it() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let session = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        grant(&world, &ada, Role::Reviewer).await;
        assert!(sessions::load(&mut world.read().await, &session.token).await.unwrap().is_none());
        // Granting what is there already changes nothing, so it ends nothing.
        let session = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        grant(&world, &ada, Role::Reviewer).await;
        assert!(sessions::load(&mut world.read().await, &session.token).await.unwrap().is_some());
        assert_eq!(
            roles::of(&mut world.read().await, &ada).await.unwrap().into_iter().collect::<Vec<_>>(),
            [Role::Reviewer]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_has_no_role() {
    on_each_database(async |test| {
        let world = World::new(test);
        let nobody = AccountId::new("nobody");
        let refused = roles::grant(&mut world.write().await, &Actor::Operator, &nobody, Role::Auditor).await;
        assert!(matches!(refused, Err(Error::NoSuchAccount)), "{refused:?}");
        revoke(&world, &nobody).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_role_that_only_a_newer_version_knows_opens_nothing_and_hides_nobody() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        grant(&world, &ada, Role::Auditor).await;
        let mut ctx = world.write().await;
        sql("INSERT INTO account_role (account_id, role, granted_at) VALUES ($1, 'pharmacist', $2)")
            .bind(&ada)
            .bind(ctx.now)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        ctx.commit().await.unwrap();
        let mut ctx = world.read().await;
        let held: Vec<_> = roles::of(&mut ctx, &ada).await.unwrap().into_iter().collect();
        assert_eq!(held, [Role::Auditor, Role::Unknown], "anyone with a role is protected as staff are");
        assert_eq!(roles::list(&mut ctx).await.unwrap().len(), 2);
        assert!(!Role::ALL.contains(&Role::Unknown) && "pharmacist".parse::<Role>().is_err());
    })
    .await;
}

fn why() -> Paragraph {
    Paragraph::parse("Joins the desk.").unwrap()
}

#[tokio::test]
async fn a_role_is_given_and_taken_with_a_reason_and_mail_to_those_concerned() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let bob = accounts::create_verified(&world.identity, &account("bob.builder", "bob@example.org")).await.unwrap();
        let eve = accounts::create_verified(&world.identity, &account("eve.adams", "eve@example.org")).await.unwrap();
        grant(&world, &ada, Role::Administrator).await;
        grant(&world, &eve, Role::Administrator).await;
        let (site, actor) = (&world.identity.site, Actor::Account(ada.clone()));

        let mut ctx = world.write().await;
        staff::give(&mut ctx, site, &actor, &bob, Role::Reviewer, &why()).await.unwrap();
        // Given again, it changes nothing and writes to no one.
        staff::give(&mut ctx, site, &actor, &bob, Role::Reviewer, &why()).await.unwrap();
        ctx.commit().await.unwrap();
        let mails = world.mails().await;
        let to: Vec<_> = mails.iter().map(|mail| (mail.to.as_str().to_owned(), mail.subject.clone())).collect();
        let [first, second] = &to[..] else { panic!("{to:?}") };
        assert_eq!(first, &("bob@example.org".to_owned(), "You have a new role: Reviewer".to_owned()));
        assert_eq!(second, &("eve@example.org".to_owned(), "Ada Lovelace has a new role".to_owned()));
        assert!(mails[0].text.contains("> Joins the desk.") && mails[0].text.contains("two-step sign-in"));
        assert!(mails[1].text.contains("By: Ada Lovelace") && mails[1].text.contains("bob.builder"));

        let session = world.sign_in("bob.builder", PASSWORD).await.unwrap().session;
        let person = staff::get(&mut world.read().await, &bob).await.unwrap();
        assert_eq!(person.signed_in_at, Some(test.store.now()));
        assert_eq!((person.roles[0].role, person.roles[0].by.as_deref()), (Role::Reviewer, Some("Ada Lovelace")));
        assert_eq!(staff::open_sessions(&mut world.read().await, &bob).await.unwrap(), 1);
        assert_eq!(staff::list(&mut world.read().await).await.unwrap().len(), 3);

        let mut ctx = world.write().await;
        let left = staff::take(&mut ctx, site, &actor, &bob, Role::Reviewer, &why()).await.unwrap();
        ctx.commit().await.unwrap();
        assert!(left.is_empty() && world.mails().await.len() == 4);
        assert!(sessions::load(&mut world.read().await, &session.token).await.unwrap().is_none());
        let gone = staff::get(&mut world.read().await, &bob).await;
        assert!(matches!(gone, Err(Error::NoSuchAccount)), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_who_is_the_last_keeps_the_role_and_hears_of_nothing() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        grant(&world, &ada, Role::Administrator).await;
        let (site, actor) = (&world.identity.site, Actor::Account(ada.clone()));
        let mut ctx = world.write().await;
        let refused = staff::take(&mut ctx, site, &actor, &ada, Role::Administrator, &why()).await;
        assert!(matches!(refused, Err(Error::LastAdministrator)), "{refused:?}");
        drop(ctx);
        assert!(roles::of(&mut world.read().await, &ada).await.unwrap().contains(&Role::Administrator));
        assert!(world.mails().await.is_empty());
        // Nor may a person whose address is not confirmed become one.
        let mut ctx = world.write().await;
        sql("UPDATE account SET email_verified_at = NULL WHERE id <> $1")
            .bind(&ada)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        let nobody = AccountId::new("nobody");
        let refused = staff::give(&mut ctx, site, &actor, &nobody, Role::Auditor, &why()).await;
        assert!(matches!(refused, Err(Error::NoSuchAccount)), "{refused:?}");
    })
    .await;
}
