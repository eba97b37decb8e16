//! Resources beside the matches.

use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{World, entries};

fn directory() -> Vec<Value> {
    let role = |id: &str, practitioner: &str| {
        json!({ "resourceType": "PractitionerRole", "id": id, "practitioner": { "reference": format!("Practitioner/{practitioner}") },
            "location": [{ "reference": "Location/here" }], "organization": { "reference": "Organization/gone" } })
    };
    let part = json!({ "reference": "Organization/whole" });
    vec![
        role("one", "p"),
        role("two", "p"),
        role("three", "q"),
        json!({ "resourceType": "Practitioner", "id": "p" }),
        json!({ "resourceType": "Practitioner", "id": "q" }),
        json!({ "resourceType": "Location", "id": "here" }),
        json!({ "resourceType": "Organization", "id": "whole" }),
        json!({ "resourceType": "Organization", "id": "part", "partOf": part }),
    ]
}

#[tokio::test]
async fn each_resource_comes_once_and_as_what_it_is() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        world.load(&directory()).await;
        let table: [(&str, &[&str], &[&str]); 6] = [
            ("PractitionerRole?practitioner=p&_include=PractitionerRole:practitioner", &["one", "two"], &["p"]),
            (
                "PractitionerRole?_id=three&_include=PractitionerRole:practitioner&_include=PractitionerRole:location",
                &["three"],
                &["here", "q"],
            ),
            ("PractitionerRole?_id=one&_include=PractitionerRole:organization", &["one"], &[]),
            ("Practitioner?_id=p&_revinclude=PractitionerRole:practitioner", &["p"], &["one", "two"]),
            ("Organization?_include=Organization:partof", &["part", "whole"], &[]),
            ("Organization?_id=part&_include=Organization:partof:Organization", &["part"], &["whole"]),
        ];
        for (query, matches, included) in table {
            let bundle = world.search(&world.public(), query).await;
            assert_eq!(
                (entries(&bundle, "match"), entries(&bundle, "include")),
                (owned(matches), owned(included)),
                "{query}"
            );
            assert_eq!(bundle["total"], matches.len(), "{query}");
        }
        let bundle =
            world.search(&world.public(), "Practitioner?_id=q&_revinclude=PractitionerRole:practitioner").await;
        assert_eq!(bundle["entry"][1]["fullUrl"], "http://127.0.0.1:3000/fhir/PractitionerRole/three");
    })
    .await;
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}
