//! The parts of a request that have no effect, the limits of a request, and partial answers.

use fhir::error::{Error, Kind};
use serde_json::{Value, json};
use store::testing::{on_each_database, sqlite};

use crate::world::{World, entries, link};

fn people(count: usize) -> Vec<Value> {
    let person = |number: usize| {
        let id = format!("p{number:04}");
        json!({ "resourceType": "Practitioner", "id": id, "name": [{ "family": format!("Able{number}"), "given": ["Bea"] }],
            "identifier": [{ "system": "urn:ids", "value": format!("n{number}") }], "gender": "female" })
    };
    (0..count).map(person).collect()
}

fn role(number: usize) -> Value {
    json!({ "resourceType": "PractitionerRole", "id": format!("r{number:04}"), "active": true,
        "practitioner": { "reference": format!("Practitioner/p{number:04}") },
        "organization": { "reference": format!("https://elsewhere.example/fhir/Organization/o{number}") } })
}

#[tokio::test]
async fn empty_parameters_say_nothing_and_are_in_no_link() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        world.load(&people(3)).await;
        for empty in [
            "name=",
            "name",
            "name=,",
            "name=,,",
            "name=%20",
            "name=%20,%20",
            "name:exact=",
            "name:missing=",
            "_count=",
            "_sort=",
            "_sort=,",
            "_include=",
            "_revinclude=",
            "_elements=",
            "_summary=",
            "_total=",
            "_lastUpdated=",
            "_id=",
            "identifier=",
            "_profile=",
            "_has:PractitionerRole:practitioner:specialty=",
            "_page=",
            "_getpagesoffset=",
            "_format=",
            "unknown=",
            "_foo=",
            "name:below=",
        ] {
            let bundle = world.search(&world.public(), &format!("Practitioner?{empty}&family=able")).await;
            assert_eq!(bundle["total"], 3, "{empty}");
            assert_eq!(link(&bundle, "self").unwrap(), "Practitioner?family=able", "{empty}");
            assert_eq!(entries(&bundle, "match").len(), 3, "{empty}");
            assert_eq!(entries(&bundle, "outcome").len(), 0, "{empty}");
        }
        let bundle = world.search(&world.public(), "Practitioner?name=").await;
        assert_eq!((bundle["total"].as_i64(), link(&bundle, "self").as_deref()), (Some(3), Some("Practitioner")));
        // An empty value between others does not count either.
        assert_eq!(world.ids(&world.public(), "Practitioner?family=,able1,,able2,").await, ["p0001", "p0002"]);
        assert_eq!(world.ids(&world.public(), "Practitioner?identifier=n1,,urn:ids|n2").await, ["p0001", "p0002"]);
        assert_eq!(world.ids(&world.public(), "Practitioner?_id=,p0001").await, ["p0001"]);
        // A required parameter is still missing.
        let error = world.try_search(&world.public(), "OrganizationAffiliation?role=").await.unwrap_err();
        assert_eq!(error.kind(), Kind::Required);
    })
    .await;
}

#[tokio::test]
async fn a_tools_own_parameters_are_left_out_and_said_so() {
    let test = sqlite().await;
    let world = World::new(&test, "oph-ca").await;
    world.load(&people(2)).await;
    for own in ["_foo=1", "_=1700000000", "_dc=42", "_Foo:bar=1", "_foo.bar=x"] {
        let bundle = world.search(&world.public(), &format!("Practitioner?family=able1&{own}")).await;
        assert_eq!((bundle["total"].as_i64(), entries(&bundle, "match").len()), (Some(1), 1), "{own}");
        assert_eq!(link(&bundle, "self").unwrap(), "Practitioner?family=able1", "{own}");
        let outcome = &bundle["entry"].as_array().unwrap().last().unwrap()["resource"];
        assert_eq!(outcome["issue"][0]["severity"], "warning", "{own}");
        assert!(outcome["issue"][0]["diagnostics"].as_str().unwrap().contains(own.split('=').next().unwrap()), "{own}");
    }
    // FHIR's own parameter would have selected something.
    for fhirs in [
        "_tag=a",
        "_security=a",
        "_text=a",
        "_content=a",
        "_list=a",
        "_type=a",
        "_filter=a",
        "_query=a",
        "_source=a",
        "_Tag=a",
    ] {
        let error = world.try_search(&world.public(), &format!("Practitioner?{fhirs}")).await.unwrap_err();
        assert_eq!(error.kind(), Kind::NotSupported, "{fhirs}");
    }
    assert_eq!(world.search(&world.public(), "Practitioner?_contained=false").await["total"], 2);
}

#[tokio::test]
async fn lists_of_a_thousand_are_answered_and_longer_ones_refused_with_the_limit() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        world.load(&people(1_200)).await;
        world.load(&(0..1_200).map(role).collect::<Vec<_>>()).await;
        let public = world.public();
        let list = |count: usize, value: &dyn Fn(usize) -> String| (0..count).map(value).collect::<Vec<_>>().join(",");
        let count = async |query: String| {
            let bundle = world.search(&public, &format!("{query}&_count=500")).await;
            bundle["total"].as_u64().unwrap()
        };
        assert_eq!(count(format!("Practitioner?_id={}", list(1_000, &|n| format!("p{n:04}")))).await, 1_000);
        assert_eq!(count(format!("Practitioner?identifier={}", list(1_000, &|n| format!("n{n}")))).await, 1_000);
        assert_eq!(
            count(format!("Practitioner?identifier={}", list(1_000, &|n| format!("urn:ids|n{n}")))).await,
            1_000
        );
        assert_eq!(count(format!("Practitioner?identifier={}", list(1_000, &|n| format!("urn:none|n{n}")))).await, 0);
        assert_eq!(count(format!("Practitioner?identifier:not={}", list(1_000, &|n| format!("n{n}")))).await, 200);
        assert_eq!(count(format!("Practitioner?identifier=urn:ids|,{}", list(900, &|n| format!("n{n}")))).await, 1_200);
        assert_eq!(
            count(format!("PractitionerRole?practitioner={}", list(1_000, &|n| format!("p{n:04}")))).await,
            1_000
        );
        let mixed = list(500, &|n| format!("Practitioner/p{n:04}"));
        assert_eq!(
            count(format!("PractitionerRole?practitioner={mixed},{}", list(500, &|n| format!("p{:04}", n + 300))))
                .await,
            800
        );
        let elsewhere = list(1_000, &|n| format!("https://elsewhere.example/fhir/Organization/o{n}"));
        assert_eq!(count(format!("PractitionerRole?organization={elsewhere}")).await, 1_000);
        let chained = list(1_000, &|n| format!("n{n}"));
        assert_eq!(count(format!("PractitionerRole?practitioner.identifier={chained}")).await, 1_000);
        let by_roles = list(1_000, &|n| format!("https://elsewhere.example/fhir/Organization/o{n}"));
        assert_eq!(
            count(format!("PractitionerRole?organization={by_roles}&practitioner.identifier={chained}")).await,
            1_000
        );
        assert_eq!(count(format!("Practitioner?family:exact={}", list(100, &|n| format!("Able{n}")))).await, 100);

        let refused = async |query: String, limit: &str| {
            let error = world.try_search(&public, &query).await.unwrap_err();
            assert!(matches!(error, Error::TooCostly(_)), "{error}");
            assert!(error.to_string().contains(limit), "{error}");
        };
        refused(format!("Practitioner?_id={}", list(1_001, &|n| format!("p{n}"))), "1000").await;
        refused(format!("Practitioner?family={}", list(101, &|n| format!("a{n}"))), "100").await;
        refused(format!("Practitioner?name={}", list(1_000, &|n| format!("a{n}"))), "100").await;
        refused(format!("Practitioner?name:contains={}", list(11, &|n| format!("a{n}"))), "10").await;
        refused(format!("Practitioner?_lastUpdated={}", list(101, &|_| "gt2019".to_owned())), "100").await;
        refused(format!("Practitioner?{}", list(30, &|n| format!("name=a{n}")).replace(',', "&")), "20 conditions")
            .await;
        refused(format!("Practitioner?{}", list(300, &|n| format!("name=a{n}")).replace(',', "&")), "100 parameters")
            .await;
        let many = list(900, &|n| format!("n{n}"));
        refused(format!("Practitioner?identifier={many}&identifier={many}&identifier={many}"), "2000 values").await;
    })
    .await;
}

#[tokio::test]
async fn only_matches_are_cut_and_what_comes_along_is_whole() {
    let test = sqlite().await;
    let world = World::new(&test, "oph-ca").await;
    world.load(&people(1)).await;
    world.load(&[role(0)]).await;
    let tag = |resource: &Value| resource["meta"]["tag"][0]["code"].as_str().map(str::to_owned);
    for cut in [
        "_elements=id",
        "_elements=active&_elements=code",
        "_summary=true",
        "_summary=data",
        "_elements=practitioner,id",
    ] {
        for (query, mode) in [
            ("PractitionerRole?_include=PractitionerRole:practitioner", "Practitioner"),
            ("Practitioner?_revinclude=PractitionerRole:practitioner", "PractitionerRole"),
        ] {
            let bundle = world.search(&world.public(), &format!("{query}&{cut}")).await;
            let found = bundle["entry"].as_array().unwrap();
            assert_eq!(found.len(), 2, "{query} {cut}");
            for entry in found {
                let resource = &entry["resource"];
                if entry["search"]["mode"] == "include" {
                    assert_eq!(resource["resourceType"], mode);
                    let id = resource["id"].as_str().unwrap();
                    assert_eq!(*resource, world.read(&world.public(), mode, id).await.unwrap(), "{query} {cut}");
                } else {
                    assert_eq!(tag(resource).as_deref(), Some("SUBSETTED"), "{query} {cut}");
                }
            }
        }
    }
    for query in [
        "PractitionerRole?_summary=text&_include=PractitionerRole:practitioner",
        "PractitionerRole?_include=PractitionerRole:practitioner&_summary=text",
        "Practitioner?_summary=text&_revinclude=PractitionerRole:practitioner",
        "Practitioner?_summary=text&_revinclude:iterate=PractitionerRole:practitioner",
    ] {
        let error = world.try_search(&world.public(), query).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid, "{query}: {error}");
        assert!(error.to_string().contains("_summary"), "{error}");
    }
    assert!(world.try_search(&world.public(), "Practitioner?_summary=text&_include=").await.is_ok());
    assert!(world.try_search(&world.public(), "Practitioner?_summary=text").await.is_ok());
}
