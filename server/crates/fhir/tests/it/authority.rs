//! Who sees what: members, the public, and scopes that allow a part.

use fhir::{authority::Authority, error::Kind};
use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{World, entries, link};

fn member(id: &str) -> Vec<Value> {
    let patient = json!({ "reference": format!("Patient/{id}") });
    vec![
        json!({ "resourceType": "Patient", "id": id, "name": [{ "family": "Same" }], "identifier": [{ "value": "shared" }] }),
        json!({ "resourceType": "Coverage", "id": format!("coverage-{id}"), "beneficiary": patient, "payor": [{ "reference": "Organization/payer" }] }),
        json!({ "resourceType": "ExplanationOfBenefit", "id": format!("claim-{id}"), "patient": patient,
            "identifier": [{ "value": "shared" }], "insurance": [{ "coverage": { "reference": "Coverage/coverage-a" } }],
            "provider": { "reference": "Practitioner/doctor" }, "billablePeriod": { "start": "2020-05-01" } }),
        json!({ "resourceType": "Encounter", "id": format!("visit-{id}"), "subject": patient, "period": { "start": "2020-05-01", "end": "2020-05-01" } }),
        json!({ "resourceType": "Provenance", "id": format!("provenance-{id}"), "target": [{ "reference": format!("Encounter/visit-{id}") }] }),
    ]
}

fn directory() -> Vec<Value> {
    let network = json!([{ "coding": [{ "code": "ntwk" }] }]);
    vec![
        json!({ "resourceType": "Organization", "id": "payer", "name": "Payer" }),
        json!({ "resourceType": "Organization", "id": "network", "name": "Network", "type": network, "partOf": { "reference": "Organization/payer" } }),
        json!({ "resourceType": "Practitioner", "id": "doctor", "name": [{ "family": "Same" }] }),
        json!({ "resourceType": "Location", "id": "clinic", "address": { "state": "ID" } }),
        json!({ "resourceType": "PractitionerRole", "id": "role", "practitioner": { "reference": "Practitioner/doctor" },
            "location": [{ "reference": "Location/clinic" }],
            "extension": [{ "url": "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference",
                "valueReference": { "reference": "Organization/network" } }] }),
    ]
}

async fn with_two_members(test: impl AsyncFn(&World<'_>)) {
    on_each_database(async |store| {
        let world = World::new(store, "idaho").await;
        let (report, rejects) = world.load(&[member("a"), member("b"), directory()].concat()).await;
        assert_eq!(report.written(), 15, "{rejects:?}");
        test(&world).await;
    })
    .await;
}

/// Everything in the Bundle, whatever its mode.
fn all(bundle: &Value) -> Vec<String> {
    [entries(bundle, "match"), entries(bundle, "include")].concat()
}

#[tokio::test]
async fn no_search_of_one_member_finds_another() {
    with_two_members(async |world| {
        let a = world.member("a");
        for query in [
            "Patient",
            "Patient?_id=b",
            "Patient?identifier=shared",
            "Patient?name=same",
            "Coverage",
            "Coverage?patient=b",
            "Coverage?patient=Patient/b",
            "Coverage?patient=a,b",
            "Coverage?_id=coverage-b,coverage-a",
            "Coverage?patient:missing=false",
            "ExplanationOfBenefit?patient=a&identifier=shared",
            "ExplanationOfBenefit?patient=b",
            "ExplanationOfBenefit?patient=http://127.0.0.1:3000/fhir/Patient/b",
            "ExplanationOfBenefit?patient=b&patient=a",
            "Encounter?patient=b&_revinclude=Provenance:target",
            "Encounter?_revinclude=Provenance:target",
            "Coverage?_revinclude=ExplanationOfBenefit:patient",
            "ExplanationOfBenefit?patient=a&_include=ExplanationOfBenefit:*",
            "Encounter?date=gt2016",
            "ExplanationOfBenefit?patient=a&_lastUpdated=gt2019",
            "Patient?_total=accurate",
        ] {
            let bundle = world.search(&a, query).await;
            let foreign: Vec<_> = all(&bundle).into_iter().filter(|id| id.ends_with("-b") || id == "b").collect();
            assert!(foreign.is_empty(), "{query}: {foreign:?}");
            assert!(bundle["total"].as_i64().unwrap() <= 1, "{query}: {}", bundle["total"]);
            assert!(!bundle["entry"].to_string().contains("Patient/b"), "{query}");
        }
        assert_eq!(world.ids(&a, "Coverage?patient=Patient/a").await, ["coverage-a"]);
        assert_eq!(
            entries(&world.search(&a, "Encounter?_revinclude=Provenance:target").await, "include"),
            ["provenance-a"]
        );
    })
    .await;
}

#[tokio::test]
async fn no_read_of_one_member_finds_another() {
    with_two_members(async |world| {
        let (a, public) = (world.member("a"), world.public());
        for (kind, id) in [
            ("Patient", "b"),
            ("Coverage", "coverage-b"),
            ("ExplanationOfBenefit", "claim-b"),
            ("Encounter", "visit-b"),
            ("Provenance", "provenance-b"),
        ] {
            let read = world.read(&a, kind, id).await.unwrap_err();
            let missing = world.read(&a, kind, "nothing").await.unwrap_err();
            assert_eq!((read.kind(), missing.kind()), (Kind::NotFound, Kind::NotFound), "{kind}");
            assert_eq!(world.engine.vread(&a, kind, id, "1").await.unwrap_err().kind(), Kind::NotFound, "{kind}");
            assert_eq!(world.read(&public, kind, id).await.unwrap_err().kind(), Kind::UnknownType, "{kind}");
        }
        assert!(world.read(&a, "Provenance", "provenance-a").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_provenance_shows_with_the_scope_of_something_that_it_is_about() {
    with_two_members(async |world| {
        let about = |id: &str, targets: &[&str]| {
            let targets: Vec<Value> = targets.iter().map(|target| json!({ "reference": target })).collect();
            json!({ "resourceType": "Provenance", "id": id, "target": targets })
        };
        world
            .load(&[
                about("of-visit", &["Encounter/visit-a"]),
                about("of-claim", &["http://127.0.0.1:3000/fhir/idaho/R4/ExplanationOfBenefit/claim-a"]),
                about("of-both", &["Encounter/visit-a", "Coverage/coverage-a"]),
            ])
            .await;
        let check = async |scopes: &[&str], query: &str, expect: &[&str], hidden: &[&str]| {
            let app = world.granted(Some("a"), scopes);
            let bundle = world.search(&app, &format!("{query}&_revinclude=Provenance:target")).await;
            assert_eq!(entries(&bundle, "include"), expect, "{scopes:?} {query}");
            for id in expect {
                assert!(world.read(&app, "Provenance", id).await.is_ok(), "{scopes:?} {id}");
            }
            for id in hidden {
                assert_eq!(
                    world.read(&app, "Provenance", id).await.unwrap_err().kind(),
                    Kind::NotFound,
                    "{scopes:?} {id}"
                );
                assert!(world.engine.vread(&app, "Provenance", id, "1").await.is_err(), "{scopes:?} {id}");
            }
        };
        let claims = ["patient/ExplanationOfBenefit.read"];
        check(&claims, "ExplanationOfBenefit?patient=a", &["of-claim"], &["of-visit", "of-both", "provenance-a"]).await;
        check(&["patient/Coverage.read"], "Coverage?patient=a", &["of-both"], &["of-visit", "of-claim"]).await;
        let visits = ["patient/Encounter.read"];
        check(&visits, "Encounter?patient=a", &["of-both", "of-visit", "provenance-a"], &["of-claim", "provenance-b"])
            .await;
    })
    .await;
}

#[tokio::test]
async fn what_changed_its_owner_leaves_the_old_one() {
    with_two_members(async |world| {
        let mut visit = member("b").remove(3);
        visit["id"] = "visit-a".into();
        world.load(&[visit]).await;
        let (a, b) = (world.member("a"), world.member("b"));
        assert!(world.ids(&a, "Encounter").await.is_empty());
        assert!(world.read(&a, "Provenance", "provenance-a").await.is_err());
        assert_eq!(world.ids(&b, "Encounter").await, ["visit-a", "visit-b"]);
        assert!(world.read(&b, "Provenance", "provenance-a").await.is_ok());
        // The past version belonged to a, so b does not see it.
        assert!(world.engine.vread(&b, "Encounter", "visit-a", "1").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_provenance_of_two_members_is_nobodys() {
    with_two_members(async |world| {
        let targets = json!([{ "reference": "Encounter/visit-a" }, { "reference": "Encounter/visit-b" }]);
        world.load(&[json!({ "resourceType": "Provenance", "id": "both", "target": targets })]).await;
        assert!(world.read(&world.member("a"), "Provenance", "both").await.is_err());
        assert!(world.read(&world.member("b"), "Provenance", "both").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_public_base_knows_no_member_data() {
    with_two_members(async |world| {
        let public = world.public();
        for query in ["Patient", "Coverage?patient=a", "ExplanationOfBenefit?patient=a", "Encounter", "Provenance"] {
            let error = world.try_search(&public, query).await.unwrap_err();
            assert_eq!(error.kind(), Kind::UnknownType, "{query}");
        }
        for query in [
            "PractitionerRole?_revinclude=ExplanationOfBenefit:patient",
            "Location?_revinclude=ExplanationOfBenefit:patient",
        ] {
            let bundle = world.search(&public, query).await;
            assert!(entries(&bundle, "include").is_empty(), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_scope_opens_its_own_type_only() {
    with_two_members(async |world| {
        let coverage = world.granted(Some("a"), &["patient/Coverage.read"]);
        assert_eq!(world.ids(&coverage, "Coverage").await, ["coverage-a"]);
        let forbidden = async |authority: &Authority, query: &str, scope: &str| {
            let error = world.try_search(authority, query).await.unwrap_err();
            assert_eq!(error.kind(), Kind::Forbidden, "{query}");
            assert!(error.to_string().contains(scope), "{error}");
        };
        forbidden(&coverage, "Patient", "patient/Patient.read").await;
        forbidden(&coverage, "Location", "public/Location.read").await;
        let bundle =
            world.search(&coverage, "Coverage?_include=Coverage:payor&_revinclude=ExplanationOfBenefit:patient").await;
        assert_eq!(all(&bundle), ["coverage-a"]);
        let roles = world.granted(None, &["public/PractitionerRole.read"]);
        assert!(
            world.search(&roles, "PractitionerRole?_include=PractitionerRole:practitioner").await["entry"][1].is_null()
        );
        // A chain would reveal where the role's location is.
        forbidden(&roles, "PractitionerRole?location.address-state=ID", "public/Location.read").await;
        let both = world.granted(None, &["public/PractitionerRole.read", "public/Location.read"]);
        assert_eq!(world.ids(&both, "PractitionerRole?location.address-state=ID").await, ["role"]);
        // Without a patient, patient scopes allow nothing.
        let nobody = world.granted(None, &["patient/Coverage.read"]);
        assert!(nobody.is_empty());
    })
    .await;
}

#[tokio::test]
async fn networks_have_a_scope_of_their_own() {
    with_two_members(async |world| {
        let organizations = world.granted(None, &["public/Organization.read", "public/PractitionerRole.read"]);
        let networks = world.granted(None, &["public/Network.read", "public/PractitionerRole.read"]);
        let both = world.granted(None, &["public/Network.read", "public/Organization.read"]);
        for query in
            ["Organization", "Organization?name=", "Organization?_id=payer,network", "Organization?_lastUpdated=gt2019"]
        {
            let query = if query.ends_with("name=") { "Organization?name:contains=e" } else { query };
            assert_eq!(world.ids(&organizations, query).await, ["payer"], "{query}");
            assert_eq!(world.ids(&networks, query).await, ["network"], "{query}");
            assert_eq!(world.ids(&both, query).await, ["network", "payer"], "{query}");
        }
        assert!(world.read(&organizations, "Organization", "network").await.is_err());
        assert!(world.read(&networks, "Organization", "network").await.is_ok());
        assert!(world.read(&networks, "Organization", "payer").await.is_err());
        let with_network = "PractitionerRole?_include=PractitionerRole:network";
        assert!(entries(&world.search(&organizations, with_network).await, "include").is_empty());
        assert_eq!(entries(&world.search(&networks, with_network).await, "include"), ["network"]);
        assert_eq!(world.ids(&organizations, "Organization?partof.name=payer").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_page_link_is_useless_to_another_member() {
    with_two_members(async |world| {
        let more: Vec<Value> = (0..3).map(|number| {
            json!({ "resourceType": "Coverage", "id": format!("more-{number}"), "beneficiary": { "reference": "Patient/a" } })
        }).collect();
        world.load(&more).await;
        let next = link(&world.search(&world.member("a"), "Coverage?_count=2").await, "next").unwrap();
        assert_eq!(world.ids(&world.member("a"), &next).await.len(), 2);
        let error = world.try_search(&world.member("b"), &next).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid);
    })
    .await;
}
