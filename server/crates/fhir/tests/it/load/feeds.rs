//! What administrators see of loads.

use fhir::{
    feed::{self, State},
    load::{self, Event, Item, Options, Origin, check::Checks},
};
use jiff::ToSpan;
use model::partition::{Environment, Partition};
use store::testing::on_each_database;

use super::files::{Folder, practitioner, practitioners};
use crate::world::World;

async fn list(world: &World<'_>) -> Vec<feed::Load> {
    let mut ctx = world.test.store.read().await.unwrap().within(world.partition.clone());
    feed::list(&mut ctx, 10).await.unwrap()
}

#[tokio::test]
async fn each_load_is_listed_with_its_counts_in_its_partition_alone() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let path = folder.write("a.ndjson", format!("{}{{\n", practitioners(3)));
        let mut job = world.job(std::slice::from_ref(&path));
        job.tombstones = vec![folder.write("gone", "Practitioner/p0\nPractitioner/x\n")];
        world.run(&job).await;
        test.clock.advance(1.hour());
        let item = |json: String| Ok(Item { origin: Origin { path: "made".into(), line: 1 }, json });
        let items = [item(practitioner("p1", "Changed").to_string())].into_iter();
        let options = Options { partition: world.partition.clone(), dry_run: false, checks: Checks::none() };
        load::run_recorded(&test.store, &world.programs, &options, "made", items, |_| ()).await.unwrap();

        let loads = list(&world).await;
        assert_eq!(loads.iter().map(|load| load.state).collect::<Vec<_>>(), [State::Done, State::Done]);
        assert_eq!(loads[0].sources, ["made"]);
        assert_eq!(loads[0].counts["Practitioner"].updated, 1);
        let [first, tombstones] = [&path, &job.tombstones[0]].map(|path| path.display().to_string());
        assert_eq!(loads[1].sources, [first, tombstones]);
        assert_eq!(loads[1].rejected, 1);
        let expect = feed::Counts { created: 3, deleted: 1, absent: 1, ..feed::Counts::default() };
        assert_eq!(loads[1].counts["Practitioner"], expect);
        assert_eq!(loads[1].ended_at, Some(loads[1].started_at));

        let sandbox = Partition { environment: Environment::Sandbox, ..world.partition.clone() };
        let mut ctx = test.store.read().await.unwrap().within(sandbox);
        assert!(feed::list(&mut ctx, 10).await.unwrap().is_empty());
        assert!(feed::fresh(&mut ctx).await.unwrap().is_empty());
        drop(ctx);
        let mut ctx = test.store.read().await.unwrap().within(world.partition.clone());
        let fresh = feed::fresh(&mut ctx).await.unwrap();
        assert_eq!(fresh.into_iter().collect::<Vec<_>>(), [("Practitioner".to_owned(), loads[0].ended_at.unwrap())]);
    })
    .await;
}

#[tokio::test]
async fn a_load_is_running_until_it_is_silent_for_long() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let job = world.job(&[folder.write("a.ndjson", practitioners(4_500))]);
        let mut batches = 0;
        world
            .try_run(&job, |event| {
                batches += u32::from(matches!(event, Event::Progress(_)));
                job.stop.store(batches == 2, std::sync::atomic::Ordering::Relaxed);
            })
            .await
            .unwrap();
        assert_eq!(list(&world).await[0].state, State::Interrupted);
        // A load that was killed looks like this.
        let mut ctx = test.store.write().await.unwrap();
        store::sql("UPDATE fhir_load SET state = 'running', ended_at = NULL").execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(list(&world).await[0].state, State::Running);
        test.clock.advance(6.minutes());
        assert_eq!(list(&world).await[0].state, State::Interrupted);
        assert_eq!(list(&world).await[0].counts["Practitioner"].created, 500);
        // Long afterwards, it cannot be resumed.
        test.clock.advance(200.hours());
        job.stop.store(false, std::sync::atomic::Ordering::Relaxed);
        let (outcome, _) = world.run(&job).await;
        assert_eq!(outcome.report.unchanged["Practitioner"], 500);
        assert_eq!(list(&world).await.len(), 2);
    })
    .await;
}
