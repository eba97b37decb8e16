//! Who may do what.

use audit::event::Actor;
use identity::{accounts, error::Error, roles, sessions};
use model::{account::Role, id::AccountId};
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
