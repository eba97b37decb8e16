//! Types that a load replaces.

use store::testing::on_each_database;

use super::files::{Folder, lines, practitioner, practitioners};
use crate::world::World;

async fn count(world: &World<'_>) -> usize {
    world.ids(&world.public(), "Practitioner?_count=500").await.len()
}

#[tokio::test]
async fn what_a_load_does_not_bring_of_a_replaced_type_is_deleted() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let organization = serde_json::json!({ "resourceType": "Organization", "id": "o", "name": "O" });
        world
            .load(&[practitioner("a", "Able"), practitioner("b", "Baker"), practitioner("c", "Clark"), organization])
            .await;
        let folder = Folder::new();
        let path = folder.write(
            "a.ndjson",
            lines(&[practitioner("a", "Able"), practitioner("b", "Changed"), practitioner("d", "New")]),
        );
        let mut job = world.job(&[path]);
        job.replace = vec!["Practitioner".to_owned()];
        job.options.dry_run = true;
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.report.deleted["Practitioner"], outcome.kept.len()), (1, 0));
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b", "c"]);

        job.options.dry_run = false;
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.report.deleted["Practitioner"], outcome.kept.len()), (1, 0));
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b", "d"]);
        assert_eq!(world.ids(&world.public(), "Organization").await, ["o"]);
        // What the earlier load brought is not remembered.
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.report.unchanged["Practitioner"], outcome.report.deleted.len()), (3, 0));
    })
    .await;
}

#[tokio::test]
async fn a_type_is_kept_where_too_much_of_it_would_go() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        world.run(&world.job(&[folder.write("all.ndjson", practitioners(10))])).await;
        let mut job = world.job(&[folder.write("some.ndjson", practitioners(4))]);
        job.replace = vec!["Practitioner".to_owned()];
        let (outcome, _) = world.run(&job).await;
        assert_eq!(outcome.kept[0].reason, "6 of 10 would be deleted, more than 50 %");
        assert_eq!(count(&world).await, 10);
        job.replace_limit = 60;
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.kept.len(), outcome.report.deleted["Practitioner"]), (0, 6));
        assert_eq!(count(&world).await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_rejected_resource_counts_as_brought_and_a_broken_line_keeps_all() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&[practitioner("a", "Able"), practitioner("b", "Baker"), practitioner("c", "Clark")]).await;
        let folder = Folder::new();
        let rejected = r#"{"resourceType":"Practitioner","id":"b","meta":[]}"#;
        let text = format!("{}\n{rejected}\n", practitioner("a", "Able"));
        let broken = folder.write("broken.ndjson", format!("{text}{{\n"));
        let mut job = world.job(&[broken]);
        job.replace = vec!["Practitioner".to_owned()];
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.kept.len(), outcome.report.deleted.len()), (1, 0));
        assert_eq!(count(&world).await, 3);
        job.paths = vec![folder.write("rejected.ndjson", text)];
        let (outcome, rejects) = world.run(&job).await;
        assert_eq!((outcome.kept.len(), rejects.len()), (0, 1));
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn a_type_that_the_program_does_not_have_cannot_be_replaced() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let mut job = world.job(&[]);
        job.replace = vec!["Practitoner".to_owned()];
        assert!(matches!(world.try_run(&job, |_| ()).await, Err(fhir::error::Error::UnknownType(_))));
    })
    .await;
}
