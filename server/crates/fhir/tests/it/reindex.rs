//! Rebuilding the indexes.

use std::{fs, path::Path};

use fhir::{
    error::{Error, Kind},
    load::{self, Item, Options, Origin, check::Checks},
};
use programs::Programs;
use serde_json::{Value, json};
use store::{
    sql,
    testing::{on_each_database, temporary_folder},
};

use crate::world::World;

#[tokio::test]
async fn everything_is_found_again_once_the_indexes_are_rebuilt() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let patient = json!({ "reference": "Patient/p" });
        world.load(&[
            json!({ "resourceType": "Practitioner", "id": "a", "name": [{ "family": "Able" }] }),
            json!({ "resourceType": "PractitionerRole", "id": "r", "practitioner": { "reference": "Practitioner/a" } }),
            json!({ "resourceType": "Patient", "id": "p", "birthDate": "1980-05-01" }),
            json!({ "resourceType": "Condition", "id": "c", "subject": patient }),
            json!({ "resourceType": "Provenance", "id": "v", "target": [{ "reference": "Condition/c" }] }),
        ])
        .await;
        let mut ctx = test.store.write().await.unwrap();
        sql("UPDATE fhir_partition SET definitions = 'older', epoch = epoch + 1").execute(&mut ctx.tx).await.unwrap();
        for table in ["DELETE FROM fhir_string", "DELETE FROM fhir_reference", "DELETE FROM fhir_date"] {
            sql(table).execute(&mut ctx.tx).await.unwrap();
        }
        ctx.commit().await.unwrap();
        world.engine.refresh().await.unwrap();
        let error = world.try_search(&world.public(), "Practitioner?name=able").await.unwrap_err();
        assert_eq!(error.kind(), Kind::Unavailable);
        assert!(world.read(&world.public(), "Practitioner", "a").await.is_ok());

        let done = fhir::reindex::run(&test.store, &world.programs, &world.partition, |_| ()).await.unwrap();
        world.engine.refresh().await.unwrap();
        assert_eq!(done, 5);
        assert_eq!(world.ids(&world.public(), "PractitionerRole?practitioner.name=able").await, ["r"]);
        assert_eq!(world.ids(&world.member("p"), "Patient?birthdate=1980").await, ["p"]);
        assert!(world.read(&world.member("p"), "Provenance", "v").await.is_ok());
    })
    .await;
}

/// Idaho's program without one of its search parameters.
fn without_birthdate() -> Programs {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../programs/idaho.toml");
    let text = fs::read_to_string(file).unwrap();
    let less = text.replace("    { code = \"birthdate\", printed = \"date\" },\n", "");
    assert_ne!(less, text);
    let folder = temporary_folder("programs");
    fs::write(folder.join("idaho.toml"), less).unwrap();
    let programs = Programs::from_folder(&folder).unwrap();
    fs::remove_dir_all(folder).unwrap();
    programs
}

async fn load(world: &World<'_>, programs: &Programs, resources: &[Value]) -> Result<(), Error> {
    let items = resources.iter().map(Value::to_string).collect::<Vec<_>>().into_iter();
    let items = items.map(|json| Ok(Item { origin: Origin { path: "test".into(), line: 1 }, json }));
    let options = Options { partition: world.partition.clone(), dry_run: false, checks: Checks::none() };
    load::run(&world.test.store, programs, &options, items, |_| ()).await?;
    world.engine.refresh().await
}

#[tokio::test]
async fn a_new_search_parameter_finds_what_was_loaded_before_it_once_all_is_indexed_anew() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let people: Vec<Value> = (0..30)
            .map(|day| {
                let date = format!("1980-05-{:02}", day + 1);
                json!({ "resourceType": "Patient", "id": format!("p{day}"), "birthDate": date, "name": [{ "family": "Same" }] })
            })
            .collect();
        load(&world, &without_birthdate(), &people).await.unwrap();
        let member = world.member("p1");
        let kind = |error: Error| error.kind();
        assert_eq!(world.try_search(&member, "Patient?birthdate=1980").await.map_err(kind), Err(Kind::Unavailable));
        // What is loaded during the rebuild would be only half indexed.
        assert!(matches!(load(&world, &world.programs, &people).await, Err(Error::Stale)));

        fhir::reindex::run(&test.store, &world.programs, &world.partition, |_| ()).await.unwrap();
        world.engine.refresh().await.unwrap();
        assert_eq!(world.ids(&member, "Patient?birthdate=1980-05-02").await, ["p1"]);
        assert_eq!(world.ids(&member, "Patient?name=same").await, ["p1"]);
        let mut ctx = test.store.read().await.unwrap();
        let (orphans,): (i64,) =
            sql("SELECT COUNT(*) FROM fhir_string WHERE param NOT IN (SELECT param FROM fhir_parameter)")
                .fetch_one(&mut ctx.tx)
                .await
                .unwrap();
        assert_eq!(orphans, 0);
        drop(ctx);
        // Runs it again, with nothing changed.
        let done = fhir::reindex::run(&test.store, &world.programs, &world.partition, |_| ()).await.unwrap();
        assert_eq!(done, 30);
        world.engine.refresh().await.unwrap();
        assert_eq!(world.ids(&member, "Patient?birthdate=1980-05-02").await, ["p1"]);
    })
    .await;
}
