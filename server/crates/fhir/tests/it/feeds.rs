//! Loads as administrators see them.

use fhir::{
    feeds::{self, State},
    load::{self, Item, Options, Origin, check::Checks},
};
use jiff::Span;
use model::partition::{Environment, Partition};
use serde_json::{Value, json};
use store::testing::{on_each_database, plan, recording};

use crate::world::World;

/// A recorded load of these texts.
async fn recorded(world: &World<'_>, partition: &Partition, texts: &[String]) {
    let options = Options { partition: partition.clone(), dry_run: false, checks: Checks::none() };
    let origin = |line: usize| Origin { path: "feed.ndjson".into(), line: line as u64 + 1 };
    let items: Vec<_> =
        texts.iter().enumerate().map(|(line, json)| Ok(Item { origin: origin(line), json: json.clone() })).collect();
    load::run_recorded(&world.test.store, &world.programs, &options, "feed.ndjson", items.into_iter(), |_| ())
        .await
        .unwrap();
}

fn location(id: &str) -> String {
    json!({ "resourceType": "Location", "id": id, "name": "Harbor Clinic" }).to_string()
}

#[tokio::test]
async fn a_load_shows_its_counts_and_its_rejects_and_only_in_its_own_partition() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let here = world.partition.clone();
        let sandbox = Partition::new(&here.program, Environment::Sandbox);
        let texts =
            [location("one"), "{\"resourceType\":\"Location\"}".to_owned(), location("two"), "no json".to_owned()];
        recorded(&world, &here, &texts).await;
        test.clock.advance(Span::new().hours(30));
        recorded(&world, &here, &[location("one")]).await;

        let mut ctx = test.store.read().await.unwrap();
        let loads = feeds::newest(&mut ctx, &here).await.unwrap();
        let [second, first] = &loads[..] else { panic!("{loads:?}") };
        assert_eq!(
            (first.state, first.rejected, first.sources.as_slice()),
            (State::Done, 2, &["feed.ndjson".to_owned()][..])
        );
        assert_eq!((first.counts[0].kind.as_str(), first.counts[0].created), ("Location", 2));
        assert_eq!((second.counts[0].unchanged, second.rejected), (1, 0));
        let lines = feeds::rejects(&mut ctx, first.number).await.unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.iter().map(|line| line["line"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 4]);
        assert!(lines.iter().all(|line| line["path"] == "feed.ndjson" && !line["reason"].as_str().unwrap().is_empty()));
        assert_eq!(feeds::rejects(&mut ctx, second.number).await.unwrap(), "");
        assert!(feeds::newest(&mut ctx, &sandbox).await.unwrap().is_empty());
        assert!(feeds::last_by_type(&mut ctx, &sandbox).await.unwrap().is_empty());
        let last = feeds::last_by_type(&mut ctx, &here).await.unwrap();
        assert_eq!(last.get("Location"), second.ended_at.as_ref(), "what is unchanged came too");
        assert!(feeds::find(&mut ctx, first.number).await.unwrap().is_some_and(|load| load.partition == here));
        drop(ctx);

        // After two months it only counts as late, and after 90 days the rejects are gone.
        test.clock.advance(Span::new().hours(24 * 91));
        recorded(&world, &sandbox, &[location("one")]).await;
        let mut ctx = test.store.read().await.unwrap();
        assert!(feeds::last_by_type(&mut ctx, &here).await.unwrap().is_empty());
        assert_ne!(
            feeds::rejects(&mut ctx, first.number).await.unwrap(),
            "",
            "another partition's load deletes nothing"
        );
        drop(ctx);
        recorded(&world, &here, &[location("one")]).await;
        let mut ctx = test.store.read().await.unwrap();
        assert_eq!(feeds::rejects(&mut ctx, first.number).await.unwrap(), "");
    })
    .await;
}

#[tokio::test]
async fn the_page_of_feeds_reads_only_the_loads_of_its_partition() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        recorded(&world, &world.partition.clone(), &[location("one")]).await;
        let mut ctx = test.store.read().await.unwrap();
        let (_, statements) = recording(async {
            feeds::newest(&mut ctx, &world.partition).await.unwrap();
            feeds::last_by_type(&mut ctx, &world.partition).await.unwrap();
        })
        .await;
        assert_eq!(statements.len(), 3, "no statement for each load or type");
        for statement in statements {
            let text = statement.text().to_owned();
            for step in plan(&mut ctx.tx, statement).await.unwrap() {
                assert!(!step.starts_with("SCAN fhir_load") && !step.starts_with("SCAN l"), "{step}: {text}");
            }
        }
    })
    .await;
}
