//! Loading the example data, and what is refused.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};
use store::{
    Dialect, sql,
    testing::{on_each_database, shared_data},
};

mod broken;
mod counted;
mod feeds;
mod files;
mod fuzz;
mod kill;
mod order;
mod replace;
mod resume;
mod tombstones;

use crate::world::World;

/// Every value of a JSON text except `meta`, with decimals as they are written.
fn without_meta(json: &str) -> Value {
    // Numbers become text, so that 1.50 and 1.5 differ.
    let mut quoted = String::new();
    let (mut in_string, mut escaped, mut in_number) = (false, false, false);
    for character in json.chars() {
        let is_number = !in_string
            && (character.is_ascii_digit() || "+-.eE".contains(character))
            && (in_number || character == '-' || character.is_ascii_digit());
        if is_number != in_number {
            quoted.push('"');
        }
        in_number = is_number;
        quoted.push(character);
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = in_string,
            '"' => in_string = !in_string,
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(&quoted).unwrap_or_else(|error| panic!("{error}: {quoted}"));
    value.as_object_mut().expect("an object").remove("meta");
    value
}

fn files(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        if path.extension().is_some_and(|ending| ending == "ndjson") {
            texts.extend(text.lines().map(str::to_owned));
        } else {
            texts.push(text);
        }
    }
    texts
}

fn counts(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
    pairs.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect()
}

/// Loads a folder twice; every resource must come back unchanged.
async fn comes_back(program: &str, folder: &str, created: &[(&str, u64)], skipped: &[(&str, u64)], rejected: u64) {
    let Some(shared) = shared_data() else { return };
    let folder = shared.join("data").join(folder);
    on_each_database(async |test| {
        let world = World::new(test, program).await;
        let (report, rejects) = world.load_paths(std::slice::from_ref(&folder)).await;
        assert_eq!(report.created, counts(created), "{rejects:?}");
        assert_eq!(report.skipped, counts(skipped));
        assert_eq!(report.rejected, rejected, "{rejects:?}");
        assert_eq!(rejects.len() as u64, rejected);
        for text in files(&folder) {
            let expect = without_meta(&text);
            let (kind, id) = (expect["resourceType"].as_str().unwrap(), expect["id"].as_str().unwrap());
            if report.created.contains_key(kind)
                && let Some(body) = stored(&world, kind, id).await
            {
                assert_eq!(without_meta(&body), expect, "{kind}/{id}");
            } else {
                let missing =
                    rejects.iter().any(|reject| reject.origin.path.contains(id)) || report.skipped.contains_key(kind);
                assert!(missing, "{kind}/{id} is not there");
            }
        }
        let (again, _) = world.load_paths(std::slice::from_ref(&folder)).await;
        assert_eq!(again.unchanged, report.created);
        assert_eq!(again.written(), 0);
    })
    .await;
}

/// The text in the table, regardless of the resource's owner.
async fn stored(world: &World<'_>, kind: &str, id: &str) -> Option<String> {
    let mut ctx = world.test.store.read().await.expect("a connection");
    let found: Option<(String,)> = sql(
        "SELECT r.body FROM fhir_resource r JOIN fhir_kind k ON k.kind = r.kind WHERE k.type = $1 AND r.id = $2 AND 0 < r.version",
    )
    .bind(kind)
    .bind(id)
    .fetch_optional(&mut ctx.tx)
    .await
    .expect("an answer");
    found.map(|(body,)| body)
}

#[tokio::test]
async fn carin_examples_come_back() {
    let created =
        [("Coverage", 3), ("ExplanationOfBenefit", 7), ("Organization", 8), ("Patient", 2), ("Practitioner", 3)];
    comes_back("oph-ca", "ig-carin-bb-1.1.0", &created, &[], 0).await;
}

#[tokio::test]
async fn the_generated_directory_comes_back() {
    let created = [
        ("Endpoint", 40),
        ("HealthcareService", 158),
        ("InsurancePlan", 27),
        ("Location", 649),
        ("Organization", 180),
        ("OrganizationAffiliation", 158),
        ("Practitioner", 2000),
        ("PractitionerRole", 2000),
    ];
    comes_back("oph-ca", "plannet-generated", &created, &[], 0).await;
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_its_reason() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let texts = [
            r#"{"resourceType":"Practitioner","id":"a"}"#,
            "{",
            "[]",
            r#"{"id":"a"}"#,
            r#"{"resourceType":"Practitioner"}"#,
            r#"{"resourceType":"Practitioner","id":"a b"}"#,
            r#"{"resourceType":"Practitioner","id":"b","id":"c"}"#,
            r#"{"resourceType":"Coverage","id":"c"}"#,
            r#"{"resourceType":"Practitioner","id":"d","meta":[]}"#,
            r#"{"resourceType":"Basic","id":"e"}"#,
        ];
        let (report, rejects) = world.load_texts(texts.map(str::to_owned).to_vec()).await;
        assert_eq!(report.created, counts(&[("Practitioner", 1)]));
        assert_eq!(report.skipped, counts(&[("Basic", 1)]));
        let elements: Vec<_> = rejects.iter().filter_map(|reject| reject.at.as_deref()).collect();
        let expect =
            ["resourceType", "Practitioner.id", "Practitioner.id", "Coverage.beneficiary", "Practitioner.meta"];
        assert_eq!(elements, expect);
        let lines: Vec<u64> = rejects.iter().map(|reject| reject.origin.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9], "{rejects:?}");
    })
    .await;
}

/// PostgreSQL caches plans, and those from before the load would read whole tables.
#[tokio::test]
async fn the_database_knows_at_once_how_much_was_loaded() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        if test.store.db.dialect() == Dialect::Sqlite {
            return;
        }
        let rows = async |table: &str| {
            let known = sql("SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = $1").bind(table);
            known.fetch_one::<(i64,)>(&mut test.store.read().await.unwrap().tx).await.unwrap().0
        };
        let practitioner = |number: usize| {
            json!({ "resourceType": "Practitioner", "id": number.to_string(), "name": [{ "family": "Ng" }] })
        };
        world.load(&[practitioner(0)]).await;
        assert_eq!([rows("fhir_resource").await, rows("fhir_string").await], [1, -1], "nothing counts a few");
        world.load(&(0..2_000).map(practitioner).collect::<Vec<_>>()).await;
        assert_eq!(rows("fhir_resource").await, 2_000);
        assert!(2_000 <= rows("fhir_string").await);
    })
    .await;
}

#[tokio::test]
async fn a_changed_resource_gets_a_version_and_is_found_by_its_new_values_only() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let practitioner =
            |family: &str| json!({ "resourceType": "Practitioner", "id": "p", "name": [{ "family": family }] });
        world.load(&[practitioner("Before"), practitioner("Between"), practitioner("After")]).await;
        let public = world.public();
        assert_eq!(world.ids(&public, "Practitioner?family=after").await, ["p"]);
        assert!(world.ids(&public, "Practitioner?family=be").await.is_empty());
        let now = world.read(&public, "Practitioner", "p").await.unwrap();
        assert_eq!(now["meta"]["versionId"], "3");
        let past = world.engine.vread(&public, "Practitioner", "p", "1").await.unwrap();
        assert!(past.body.contains("Before"));
        assert!(world.engine.vread(&public, "Practitioner", "p", "4").await.is_err());
    })
    .await;
}
