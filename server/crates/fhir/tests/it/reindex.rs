//! Rebuilding the indexes.

use fhir::error::Kind;
use serde_json::json;
use store::{sql, testing::on_each_database};

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
