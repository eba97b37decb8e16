//! References to resources that do not exist (yet): no search finds, counts or includes them.

use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{World, entries, link};

fn role(id: &str, practitioner: &str, organization: &str) -> Value {
    json!({ "resourceType": "PractitionerRole", "id": id, "practitioner": { "reference": format!("Practitioner/{practitioner}") },
        "organization": { "reference": format!("Organization/{organization}") }, "specialty": [{ "coding": [{ "code": "s" }] }] })
}

/// Of the practitioners b, c and d, c does not exist yet, and neither does the organization `later`.
fn directory() -> Vec<Value> {
    vec![
        role("1", "b", "here"),
        role("2", "c", "later"),
        role("3", "d", "later"),
        json!({ "resourceType": "Practitioner", "id": "b", "name": [{ "family": "Bee" }] }),
        json!({ "resourceType": "Practitioner", "id": "d", "name": [{ "family": "Dee" }] }),
        json!({ "resourceType": "Organization", "id": "here" }),
    ]
}

#[tokio::test]
async fn a_reverse_chain_neither_counts_nor_stops_at_what_is_not_there() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        world.load(&directory()).await;
        let public = world.public();
        let first = world.search(&public, "Practitioner?_has:PractitionerRole:practitioner:specialty=s&_count=1").await;
        assert_eq!((&first["total"], entries(&first, "match")), (&json!(2), vec!["b".to_owned()]));
        let next = link(&first, "next").expect("another page");
        assert_eq!(world.ids(&public, &next).await, ["d"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_lacks_nothing() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        world.load(&directory()).await;
        let public = world.public();
        for (query, expect) in [
            ("PractitionerRole?organization.name:missing=true", &["1"][..]),
            ("PractitionerRole?organization.name:missing=false", &[]),
            ("PractitionerRole?organization.type:not=x", &["1"]),
            ("PractitionerRole?practitioner.name:missing=true", &[]),
            ("PractitionerRole?practitioner.name:missing=false", &["1", "3"]),
        ] {
            assert_eq!(world.ids(&public, query).await, expect, "{query}");
        }
    })
    .await;
}
