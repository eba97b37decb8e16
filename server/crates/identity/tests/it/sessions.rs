//! How long a session lasts, and what it holds.

use identity::{
    error::Error,
    flash, housekeeping,
    sessions::{self, Session, Started},
};
use jiff::ToSpan;
use store::testing::on_each_database;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn a_session_ends_when_it_is_idle() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        let token = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session.token;
        test.clock.advance(1_799_999.milliseconds());
        assert!(sessions::load(&mut world.read().await, &token).await.unwrap().is_some());
        test.clock.advance(1.millisecond());
        assert!(sessions::load(&mut world.read().await, &token).await.unwrap().is_none());
        let mut ctx = world.write().await;
        assert!(0 < housekeeping::purge(&mut ctx).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_session_in_use_ends_after_twelve_hours() {
    on_each_database(async |test| {
        let (world, _) = World::with_ada(test).await;
        let started = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        for _ in 0..36 {
            let session = sessions::load(&mut world.read().await, &started.token).await.unwrap().unwrap();
            assert_eq!(session.is_touch_due(test.store.now()), session.created_at != test.store.now());
            let mut ctx = world.write().await;
            sessions::touch(&mut ctx, &session.id).await.unwrap();
            ctx.commit().await.unwrap();
            test.clock.advance(20.minutes());
        }
        assert!(sessions::load(&mut world.read().await, &started.token).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_spares_the_session_it_is_asked_from() {
    on_each_database(async |test| {
        let (world, ada) = World::with_ada(test).await;
        let here = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        let there = world.sign_in("ada.lovelace", PASSWORD).await.unwrap().session;
        let mut ctx = world.write().await;
        assert_eq!(sessions::list(&mut ctx, &ada).await.unwrap().len(), 2);
        sessions::sign_out_everywhere(&mut ctx, &ada, Some(&here.id)).await.unwrap();
        let left = sessions::list(&mut ctx, &ada).await.unwrap();
        assert_eq!(left.iter().map(|session| &session.id).collect::<Vec<_>>(), [&here.id]);
        assert!(sessions::load(&mut ctx, &there.token).await.unwrap().is_none());
        assert!(!sessions::sign_out_other(&mut ctx, &model::id::AccountId::new("bob"), &here.id).await.unwrap());
        sessions::sign_out(&mut ctx, &here.id).await.unwrap();
        assert!(sessions::load(&mut ctx, &here.token).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_flash_is_said_once_on_its_page() {
    on_each_database(async |test| {
        let world = World::new(test);
        let mut ctx = world.write().await;
        let started = sessions::start_anonymous(&mut ctx).await.unwrap();
        flash::put(&mut ctx, &started.id, "/signin", r#"{"old":1}"#).await.unwrap();
        flash::put(&mut ctx, &started.id, "/signin", r#"{"login":"ada"}"#).await.unwrap();
        ctx.commit().await.unwrap();
        let session = sessions::load(&mut world.read().await, &started.token).await.unwrap().unwrap();
        let store = &world.identity.store;
        assert_eq!(flash::take(store, &session, "/other").await.unwrap(), None);
        assert_eq!(flash::take(store, &session, "/signin").await.unwrap().as_deref(), Some(r#"{"login":"ada"}"#));
        assert_eq!(flash::take(store, &session, "/signin").await.unwrap(), None);
        assert!(!sessions::load(&mut world.read().await, &started.token).await.unwrap().unwrap().has_flash);
        let mut ctx = world.write().await;
        flash::put(&mut ctx, &started.id, "/signin", "{}").await.unwrap();
        flash::put(&mut ctx, &started.id, "/late", "{}").await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(5.minutes());
        assert_eq!(flash::take(store, &session_of(&world, &started).await, "/late").await.unwrap(), None);
        let mut ctx = world.write().await;
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 1, "the other one has gone, too");
    })
    .await;
}

#[tokio::test]
async fn a_session_holds_no_more_than_it_should() {
    on_each_database(async |test| {
        let world = World::new(test);
        let mut ctx = world.write().await;
        let started = sessions::start_anonymous(&mut ctx).await.unwrap();
        let refused = flash::put(&mut ctx, &started.id, "/page", &"x".repeat(flash::MAX_LENGTH + 1)).await;
        assert!(matches!(refused, Err(Error::FlashTooLarge)));
        for page in 0..100 {
            flash::put(&mut ctx, &started.id, &format!("/page/{page}"), "{}").await.unwrap();
        }
        let (kept,): (i64,) = store::sql("SELECT COUNT(*) FROM session_flash").fetch_one(&mut ctx.tx).await.unwrap();
        assert!(kept <= 21, "{kept}");
    })
    .await;
}

async fn session_of(world: &World, started: &Started) -> Session {
    sessions::load(&mut world.read().await, &started.token).await.unwrap().unwrap()
}
