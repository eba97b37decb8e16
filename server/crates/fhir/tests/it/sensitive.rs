//! Data that a program protects specially: an app sees it only if the member allowed its category.

use std::{fs, path::Path, sync::Arc};

use fhir::{
    authority::Authority,
    engine::Engine,
    error::{Error, Kind},
};
use programs::Programs;
use serde_json::{Value, json};
use store::testing::{TestStore, on_each_database, temporary_folder};

use crate::world::{World, entries};

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

fn category(id: &str, code: &str) -> String {
    let text = "{ en = \"x\", es = \"x\" }";
    format!("\n[[sensitive]]\nid = \"{id}\"\ntitle = {text}\ndescription = {text}\ncodes = [\"{ACT_CODE}|{code}\"]\n")
}

/// Idaho's program with these categories besides.
fn programs(categories: &[(&str, &str)]) -> Arc<Programs> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../programs/idaho.toml");
    let categories: String = categories.iter().map(|(id, code)| category(id, code)).collect();
    let folder = temporary_folder("programs");
    fs::write(folder.join("idaho.toml"), fs::read_to_string(file).unwrap() + &categories).unwrap();
    let programs = Programs::from_folder(&folder).unwrap();
    fs::remove_dir_all(folder).unwrap();
    Arc::new(programs.at(&"http://127.0.0.1:3000".parse().unwrap()))
}

async fn world<'a>(test: &'a TestStore, categories: &[(&str, &str)]) -> World<'a> {
    let world = World::new(test, "idaho").await;
    let programs = programs(categories);
    let engine = Engine::new(test.store.clone(), programs.clone()).await.unwrap();
    World { programs, engine, ..world }
}

const BOTH: [(&str, &str); 2] = [("substance-use", "ETH"), ("hiv", "HIV")];

fn of_p(mut resource: Value, label: Option<&str>) -> Value {
    resource["subject"] = json!({ "reference": "Patient/p" });
    if let Some(code) = label {
        resource["meta"] = json!({ "security": [{ "system": ACT_CODE, "code": code }] });
    }
    resource
}

fn condition(id: &str, label: Option<&str>) -> Value {
    of_p(json!({ "resourceType": "Condition", "id": id, "onsetDateTime": "2024-05-01" }), label)
}

fn provenance(id: &str, target: &str) -> Value {
    json!({ "resourceType": "Provenance", "id": id, "target": [{ "reference": target }] })
}

fn record() -> Vec<Value> {
    let encounter = json!({
        "resourceType": "Encounter", "id": "visit", "period": { "start": "2024-05-01" },
        "diagnosis": [{ "condition": { "reference": "Condition/eth" } }],
    });
    vec![
        json!({ "resourceType": "Patient", "id": "p", "birthDate": "1980-05-01" }),
        condition("plain", None),
        condition("eth", Some("ETH")),
        condition("hiv", Some("HIV")),
        of_p(encounter, None),
        provenance("of-plain", "Condition/plain"),
        provenance("of-eth", "Condition/eth"),
    ]
}

impl World<'_> {
    fn allowing(&self, categories: &[&str]) -> Authority {
        self.member("p").allowing(self.program(), categories.iter().copied())
    }

    async fn delete(&self, name: &str) {
        let entry = json!({ "request": { "method": "DELETE", "url": name } });
        let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": [entry] });
        let folder = temporary_folder("deletion");
        let file = folder.join("bundle.json");
        fs::write(&file, bundle.to_string()).unwrap();
        self.load_paths(&[file]).await;
        fs::remove_dir_all(folder).unwrap();
    }
}

#[tokio::test]
async fn a_search_finds_only_what_the_member_allowed() {
    on_each_database(async |test| {
        let world = world(test, &BOTH).await;
        world.load(&record()).await;
        let found = async |categories: &[&str]| world.ids(&world.allowing(categories), "Condition").await;
        assert_eq!(found(&[]).await, ["plain"]);
        assert_eq!(found(&["substance-use"]).await, ["eth", "plain"]);
        assert_eq!(found(&["hiv", "unknown"]).await, ["hiv", "plain"]);
        assert_eq!(found(&["hiv", "substance-use"]).await, ["eth", "hiv", "plain"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_else_reveals_it() {
    on_each_database(async |test| {
        let world = world(test, &BOTH).await;
        world.load(&record()).await;
        let (without, with) = (world.allowing(&[]), world.allowing(&["substance-use"]));
        for (query, hidden, shown) in [
            ("Condition?_id=eth", 0, 1),
            ("Condition?onset-date=2024-05-01", 1, 2),
            ("Condition?_sort=-onset-date", 1, 2),
            ("Condition?_lastUpdated=gt2000", 1, 2),
            ("Condition?patient=p&_total=accurate", 1, 2),
        ] {
            assert_eq!(world.ids(&without, query).await.len(), hidden, "{query}");
            assert_eq!(world.ids(&with, query).await.len(), shown, "{query}");
            assert_eq!(world.search(&without, query).await["total"], hidden, "{query}");
        }
        let count = async |authority| world.search(authority, "Condition?_summary=count").await["total"].clone();
        assert_eq!((count(&without).await, count(&with).await), (json!(1), json!(2)));
        let about = async |authority| {
            entries(&world.search(authority, "Condition?_revinclude=Provenance:target").await, "include")
        };
        assert_eq!(about(&without).await, ["of-plain"]);
        assert_eq!(about(&with).await, ["of-eth", "of-plain"]);
        for (kind, id) in [("Condition", "eth"), ("Provenance", "of-eth")] {
            assert!(matches!(world.read(&without, kind, id).await, Err(Error::NotFound(..))), "{kind}");
            assert!(matches!(world.engine.vread(&without, kind, id, "1").await, Err(Error::NotFound(..))), "{kind}");
            assert!(world.read(&with, kind, id).await.is_ok(), "{kind}");
        }
    })
    .await;
}

#[tokio::test]
async fn past_versions_and_deleted_resources_stay_hidden() {
    on_each_database(async |test| {
        let world = world(test, &BOTH).await;
        world.load(&record()).await;
        let (without, with) = (world.allowing(&[]), world.allowing(&["substance-use"]));
        let past = async |authority, id, version| {
            world.engine.vread(authority, "Condition", id, version).await.map(drop).map_err(|error| error.kind())
        };
        // The label is taken away from one and given to the other.
        let change = |id, label| {
            let mut condition = condition(id, label);
            condition["recordedDate"] = json!("2024-06-01");
            condition
        };
        world.load(&[change("eth", None), change("plain", Some("ETH"))]).await;
        assert_eq!(world.ids(&without, "Condition").await, ["eth"]);
        assert_eq!(past(&without, "eth", "1").await, Err(Kind::NotFound));
        assert_eq!(past(&without, "plain", "1").await, Err(Kind::NotFound));
        assert_eq!(past(&with, "plain", "1").await, Ok(()));
        // What is about them followed.
        let about = async |authority| {
            entries(&world.search(authority, "Condition?_revinclude=Provenance:target").await, "include")
        };
        assert_eq!(about(&without).await, ["of-eth"]);
        assert_eq!(about(&with).await, ["of-eth", "of-plain"]);

        world.delete("Condition/plain").await;
        let deleted = async |authority| world.read(authority, "Condition", "plain").await.unwrap_err().kind();
        assert_eq!(deleted(&without).await, Kind::NotFound);
        assert_eq!(deleted(&with).await, Kind::Deleted);
    })
    .await;
}

#[tokio::test]
async fn new_categories_hide_nothing_less_before_all_is_indexed_again() {
    on_each_database(async |test| {
        let before = world(test, &[]).await;
        before.load(&record()).await;
        assert_eq!(before.ids(&before.allowing(&[]), "Condition").await.len(), 3);

        let after = world(test, &BOTH).await;
        after.engine.refresh().await.unwrap();
        let authority = after.allowing(&["hiv"]);
        let unavailable = async |kind, id| after.read(&authority, kind, id).await.unwrap_err().kind();
        assert_eq!(unavailable("Condition", "eth").await, Kind::Unavailable);
        assert_eq!(unavailable("Condition", "plain").await, Kind::Unavailable);
        assert_eq!(after.try_search(&authority, "Condition").await.unwrap_err().kind(), Kind::Unavailable);
        // Nothing is withheld from those who may see every category.
        assert!(after.read(&after.allowing(&["hiv", "substance-use"]), "Condition", "eth").await.is_ok());

        fhir::reindex::run(&test.store, &after.programs, &after.partition, |_| ()).await.unwrap();
        after.engine.refresh().await.unwrap();
        assert_eq!(after.ids(&authority, "Condition").await, ["hiv", "plain"]);
        assert!(after.read(&authority, "Provenance", "of-eth").await.is_err());
        assert!(after.read(&authority, "Provenance", "of-plain").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_label_of_a_contained_resource_counts_for_its_container() {
    on_each_database(async |test| {
        let world = world(test, &BOTH).await;
        let mut container = condition("container", None);
        container["contained"] = json!([{
            "resourceType": "Practitioner", "id": "doctor",
            "meta": { "security": [{ "system": ACT_CODE, "code": "HIV" }] },
        }]);
        // A label of another system with the same code is another label.
        let mut other = condition("other", None);
        other["meta"] = json!({ "security": [{ "system": "urn:other", "code": "HIV" }, { "display": "HIV" }] });
        world.load(&[record(), vec![container, other]].concat()).await;
        assert_eq!(world.ids(&world.allowing(&[]), "Condition").await, ["other", "plain"]);
    })
    .await;
}
