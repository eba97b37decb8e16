//! What was typed into a form that was refused: who finds it, for how long, and how much there may be.

use identity::{
    housekeeping,
    refused_forms::{self, Place, Room},
    sessions,
};
use jiff::ToSpan;
use model::id::SessionId;
use store::{Ctx, sql, testing::on_each_database};

use crate::world::World;

fn signup(session: &SessionId) -> Place<'_> {
    Place { session, form: "sign-up", page: "/signup?" }
}

async fn count(ctx: &mut Ctx, of: &'static str) -> i64 {
    let (count,): (i64,) = sql(of).fetch_one(&mut ctx.tx).await.unwrap();
    count
}

const FORMS: &str = "SELECT COUNT(*) FROM refused_form";
const SESSIONS: &str = "SELECT COUNT(*) FROM session";

#[tokio::test]
async fn it_is_found_as_often_as_its_page_is_loaded_and_nowhere_else() {
    on_each_database(async |test| {
        let world = World::new(test);
        let mut ctx = world.write().await;
        let (here, there) = (
            sessions::start_anonymous(&mut ctx).await.unwrap().id,
            sessions::start_anonymous(&mut ctx).await.unwrap().id,
        );
        let first = refused_forms::keep(&mut ctx, signup(&here), Room::Anonymous, "1").await.unwrap();
        let second = refused_forms::keep(&mut ctx, signup(&here), Room::Anonymous, "2").await.unwrap();
        let mut find = async |place, handle: &str| refused_forms::find(&mut ctx, place, handle).await.unwrap();
        for _ in 0..2 {
            assert_eq!(find(signup(&here), &first).await.as_deref(), Some("1"));
            assert_eq!(find(signup(&here), &second).await.as_deref(), Some("2"), "another tab has its own");
        }
        assert_eq!(find(signup(&there), &first).await, None);
        assert_eq!(find(Place { form: "sign-in", ..signup(&here) }, &first).await, None);
        assert_eq!(find(Place { page: "/signup?next=%2F", ..signup(&here) }, &first).await, None);
        assert_eq!(find(signup(&here), "guessed").await, None);
        refused_forms::forget(&mut ctx, &there, &first).await.unwrap();
        assert!(refused_forms::find(&mut ctx, signup(&here), &first).await.unwrap().is_some(), "not theirs to forget");
        refused_forms::forget(&mut ctx, &here, &first).await.unwrap();
        assert_eq!(refused_forms::find(&mut ctx, signup(&here), &first).await.unwrap(), None);
        ctx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn it_goes_after_an_hour() {
    on_each_database(async |test| {
        let world = World::new(test);
        let mut ctx = world.write().await;
        let session = sessions::start_anonymous(&mut ctx).await.unwrap().id;
        let handle = refused_forms::keep(&mut ctx, signup(&session), Room::Account, "1").await.unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(1.hour());
        let mut ctx = world.write().await;
        assert_eq!(refused_forms::find(&mut ctx, signup(&session), &handle).await.unwrap(), None);
        while 0 < housekeeping::purge(&mut ctx).await.unwrap() {}
        assert_eq!((count(&mut ctx, FORMS).await, count(&mut ctx, SESSIONS).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_session_keeps_its_newest() {
    on_each_database(async |test| {
        let world = World::new(test);
        for (room, most) in [(Room::Anonymous, 5), (Room::Account, 20)] {
            let mut ctx = world.write().await;
            let session = sessions::start_anonymous(&mut ctx).await.unwrap().id;
            ctx.commit().await.unwrap();
            let mut handles = Vec::new();
            for number in 0..30 {
                test.clock.advance(1.millisecond());
                let mut ctx = world.write().await;
                let json = number.to_string();
                handles.push(refused_forms::keep(&mut ctx, signup(&session), room, &json).await.unwrap());
                ctx.commit().await.unwrap();
            }
            let mut found = 0;
            for handle in &handles {
                let kept = refused_forms::find(&mut world.read().await, signup(&session), handle).await.unwrap();
                found += usize::from(kept.is_some());
            }
            assert_eq!(found, most, "{room:?}");
            let newest = refused_forms::find(&mut world.read().await, signup(&session), &handles[29]).await.unwrap();
            assert_eq!(newest.as_deref(), Some("29"));
        }
    })
    .await;
}

#[tokio::test]
async fn strangers_cannot_fill_the_database_nor_end_what_is_under_way() {
    on_each_database(async |test| {
        let world = World::new(test);
        let mut ctx = world.write().await;
        let waiting = sessions::start_anonymous(&mut ctx).await.unwrap();
        refused_forms::keep(&mut ctx, signup(&waiting.id), Room::Anonymous, "1").await.unwrap();
        sql("INSERT INTO session_flash (session_id, page, content) VALUES ($1, '/a', '{}')")
            .bind(&waiting.id)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        ctx.commit().await.unwrap();
        test.clock.advance(1.second());
        let json = "x".repeat(Room::Anonymous.bytes());
        let mut ctx = world.write().await;
        for _ in 0..1100 {
            let session = sessions::start_anonymous(&mut ctx).await.unwrap().id;
            refused_forms::keep(&mut ctx, signup(&session), Room::Anonymous, &json).await.unwrap();
        }
        assert_eq!(count(&mut ctx, FORMS).await, 1000);
        assert_eq!(count(&mut ctx, SESSIONS).await, 1001, "theirs ended with their forms");
        assert!(sessions::load(&mut ctx, &waiting.token).await.unwrap().is_some());
    })
    .await;
}
