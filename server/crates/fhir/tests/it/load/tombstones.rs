//! Deletions.

use std::{
    error::Error as StdError,
    sync::{Mutex, atomic::Ordering},
};

use fhir::{
    error::Error,
    load::{Event, job, leaving::Leaving},
};
use model::{id::PatientId, partition::Partition};
use serde_json::json;
use store::{Ctx, sql, testing::on_each_database};

use super::files::{Folder, lines, practitioner};
use crate::world::World;

/// The rows of all indexes for this resource.
async fn indexed(world: &World<'_>, id: &str) -> i64 {
    let mut ctx = world.test.store.read().await.expect("a connection");
    let mut rows = 0;
    for table in ["string", "token", "reference", "date", "canonical", "position"] {
        let mut query = sql("SELECT COUNT(*) FROM fhir_");
        query.push(table).push(" i JOIN fhir_resource r ON r.key = i.key WHERE r.id = ").push_bind(id);
        let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await.expect("a count");
        rows += count;
    }
    rows
}

#[tokio::test]
async fn a_deleted_resource_is_gone_but_for_its_history() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let mut location = json!({ "resourceType": "Location", "id": "l", "name": "Clinic",
            "meta": { "profile": ["http://x.example/p"] },
            "address": { "city": "Orlando" }, "position": { "latitude": 1.5, "longitude": 2.5 },
            "identifier": [{ "system": "urn:x", "value": "1" }], "managingOrganization": { "reference": "Organization/o" } });
        world.load(&[location.clone()]).await;
        assert!(0 < indexed(&world, "l").await);
        let folder = Folder::new();
        let mut job = world.job(&[]);
        job.tombstones = vec![folder.write("gone", "Location/l\nLocation/l\nLocation/other\nBasic/b\n\nno name\n")];
        let (outcome, rejects) = world.run(&job).await;
        assert_eq!(outcome.report.deleted["Location"], 1);
        assert_eq!(outcome.report.absent["Location"], 2);
        assert_eq!(outcome.report.skipped["Basic"], 1);
        assert_eq!(rejects.iter().map(|reject| reject.origin.line).collect::<Vec<_>>(), [6]);
        let public = world.public();
        assert!(matches!(world.read(&public, "Location", "l").await, Err(Error::Deleted(..))));
        assert!(matches!(world.engine.vread(&public, "Location", "l", "2").await, Err(Error::Deleted(..))));
        assert!(world.engine.vread(&public, "Location", "l", "1").await.is_ok());
        assert!(world.ids(&public, "Location?address-city=orlando").await.is_empty());
        assert!(world.ids(&public, "Location").await.is_empty());
        assert_eq!(indexed(&world, "l").await, 0);

        location["name"] = json!("Clinic again");
        world.load(&[location]).await;
        assert_eq!(world.read(&public, "Location", "l").await.unwrap()["meta"]["versionId"], "3");
        assert_eq!(world.ids(&public, "Location?address-city=orlando").await, ["l"]);
        assert!(matches!(world.engine.vread(&public, "Location", "l", "2").await, Err(Error::Deleted(..))));
    })
    .await;
}

#[tokio::test]
async fn bundles_delete_in_the_order_of_their_entries() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let delete = |url: &str| json!({ "request": { "method": "DELETE", "url": url } });
        let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": [
            { "resource": practitioner("a", "Able") }, delete("Practitioner/a"),
            delete("Practitioner/b"), { "resource": practitioner("b", "Baker") },
            delete("Practitioner?name=x") ] });
        let (report, rejects) = world.load(&[bundle]).await;
        assert_eq!((report.deleted["Practitioner"], report.absent["Practitioner"], rejects.len()), (1, 1, 1));
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["b"]);
        let folder = Folder::new();
        let mut job = world.job(&[]);
        let gone = json!({ "resourceType": "Bundle", "type": "batch", "entry": [
            delete("Practitioner/b"), { "resource": practitioner("c", "Clark") } ] });
        job.tombstones = vec![folder.write("gone.json", format!("{gone:#}"))];
        let (outcome, rejects) = world.run(&job).await;
        assert_eq!((outcome.report.deleted["Practitioner"], rejects.len()), (1, 1));
        assert!(world.ids(&world.public(), "Practitioner").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_points_at_a_deleted_resource_is_nobodys() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let subject = json!({ "reference": "Patient/p" });
        world
            .load(&[
                json!({ "resourceType": "Patient", "id": "p" }),
                json!({ "resourceType": "Condition", "id": "c", "subject": subject }),
                json!({ "resourceType": "Provenance", "id": "v", "target": [{ "reference": "Condition/c" }] }),
            ])
            .await;
        assert!(world.read(&world.member("p"), "Provenance", "v").await.is_ok());
        let folder = Folder::new();
        let mut job = world.job(&[]);
        job.tombstones = vec![folder.write("gone.ndjson", lines(&[json!({ "resourceType": "Condition", "id": "c" })]))];
        world.run(&job).await;
        assert!(matches!(world.read(&world.member("p"), "Condition", "c").await, Err(Error::Deleted(..))));
        assert!(matches!(world.read(&world.member("p"), "Provenance", "v").await, Err(Error::NotFound(..))));
    })
    .await;
}

/// Records whose data was deleted, or refuses.
#[derive(Default)]
struct Left {
    patients: Mutex<Vec<String>>,
    refuses: bool,
}

impl Leaving for Left {
    async fn left(
        &self,
        _: &mut Ctx,
        partition: &Partition,
        patients: &[PatientId],
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let names = patients.iter().map(|patient| format!("{partition} {}", patient.as_str()));
        self.patients.lock().expect("no test thread died").extend(names);
        if self.refuses { Err("it cannot be".into()) } else { Ok(()) }
    }
}

#[tokio::test]
async fn whoever_must_know_hears_of_deleted_members_or_nothing_is_deleted() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&[json!({ "resourceType": "Patient", "id": "p" }), practitioner("a", "Able")]).await;
        let folder = Folder::new();
        let mut job = world.job(&[]);
        job.tombstones = vec![folder.write("gone", "Practitioner/a\nPatient/p\nPatient/q\n")];
        let run = async |left: &Left| {
            let files = job.files().unwrap();
            let done = job::run(&test.store, &world.programs, &job, files, left, |_: Event<'_>| ()).await;
            world.engine.refresh().await.unwrap();
            done
        };
        let left = Left { refuses: true, ..Left::default() };
        assert!(matches!(run(&left).await, Err(Error::Leaving(_))));
        assert!(world.read(&world.member("p"), "Patient", "p").await.is_ok());
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a"]);

        let left = Left::default();
        let outcome = run(&left).await.unwrap();
        assert_eq!(outcome.report.deleted.values().sum::<u64>(), 2);
        assert_eq!(*left.patients.lock().unwrap(), [format!("{} p", world.partition)]);
        assert!(!job.stop.load(Ordering::Relaxed));
    })
    .await;
}

#[tokio::test]
async fn a_rehearsal_counts_and_deletes_nothing() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&[practitioner("a", "Able"), practitioner("b", "Baker")]).await;
        let folder = Folder::new();
        let path = folder.write("new.ndjson", lines(&[practitioner("a", "Changed"), practitioner("c", "New")]));
        let mut job = world.job(&[path]);
        job.options.dry_run = true;
        job.tombstones = vec![folder.write("gone", "Practitioner/b\nPractitioner/x")];
        let (outcome, _) = world.run(&job).await;
        let report = outcome.report;
        let counts = [&report.created, &report.updated, &report.deleted, &report.absent];
        assert_eq!(counts.map(|counts| counts["Practitioner"]), [1, 1, 1, 1]);
        assert_eq!(world.ids(&world.public(), "Practitioner").await, ["a", "b"]);
    })
    .await;
}
