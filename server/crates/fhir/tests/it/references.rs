//! References to our own bases and to contained resources, and values without a name.

use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::{World, entries};

const PATHS: [&str; 4] = [
    "http://127.0.0.1:3000/fhir/idaho/R4",
    "http://127.0.0.1:3000/fhirpublic/idaho/R4",
    "http://fhir.idaho.localhost:3000/R4",
    "http://public.fhir.idaho.localhost:3000/R4",
];
/// Other servers' URLs, and some that only resemble ours.
const ELSEWHERE: [&str; 5] = [
    "http://127.0.0.1:3001/fhir/idaho/R4",
    "http://127.0.0.1:3000/fhir/idaho/sandbox/R4",
    "http://127.0.0.1:3000/fhir/oph/ca/R4",
    "https://fhir.example.org/R4",
    "http://127.0.0.1:3000/fhir/idaho/R4/x",
];

#[tokio::test]
async fn absolute_references_to_our_own_bases_are_relative_ones() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        for (turn, base) in PATHS.into_iter().chain(ELSEWHERE).enumerate() {
            let to = |target: &str| json!({ "reference": format!("{base}/{target}") });
            world
                .load(&[
                    json!({ "resourceType": "Practitioner", "id": format!("p{turn}"), "name": [{ "family": "Able" }] }),
                    json!({ "resourceType": "PractitionerRole", "id": format!("r{turn}"), "practitioner": to(&format!("Practitioner/p{turn}")),
                        "location": [to(&format!("Location/l{turn}/_history/1"))] }),
                ])
                .await;
            let is_own = turn < PATHS.len();
            let public = world.public();
            let expect = |id: &str| if is_own { vec![format!("{id}{turn}")] } else { Vec::new() };
            let of = format!("_id=r{turn}");
            for query in [
                format!("PractitionerRole?practitioner=p{turn}"),
                format!("PractitionerRole?practitioner=Practitioner/p{turn}"),
                format!("PractitionerRole?practitioner:Practitioner=p{turn}"),
                format!("PractitionerRole?practitioner.name=able&{of}"),
                format!("PractitionerRole?location=l{turn}"),
                format!("PractitionerRole?practitioner={}/Practitioner/p{turn}", PATHS[3]),
            ] {
                assert_eq!(world.ids(&public, &query).await, expect("r"), "{base}: {query}");
            }
            // However a search asks for it, it finds it, and the reference is served as it was written.
            let query = format!("PractitionerRole?practitioner={base}/Practitioner/p{turn}");
            assert_eq!(world.ids(&public, &query).await, [format!("r{turn}")], "{query}");
            let query = format!("Practitioner?_id=p{turn}&_has:PractitionerRole:practitioner:location=l{turn}");
            assert_eq!(world.ids(&public, &query).await, expect("p"), "{query}");
            let bundle = world.search(&public, &format!("PractitionerRole?{of}&_include=PractitionerRole:practitioner")).await;
            assert_eq!(entries(&bundle, "include"), expect("p"), "{base}");
            let bundle = world.search(&public, &format!("Practitioner?_id=p{turn}&_revinclude=PractitionerRole:practitioner")).await;
            assert_eq!(entries(&bundle, "include"), expect("r"), "{base}");
            let role = world.read(&public, "PractitionerRole", &format!("r{turn}")).await.unwrap();
            assert_eq!(role["practitioner"], to(&format!("Practitioner/p{turn}")), "it is served as it came");
        }
    })
    .await;
}

#[tokio::test]
async fn a_members_data_may_name_them_by_our_own_address_and_by_no_other() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let claim = |id: &str, base: &str| {
            json!({ "resourceType": "ExplanationOfBenefit", "id": id, "patient": { "reference": format!("{base}/Patient/m") },
                "billablePeriod": { "start": "2020-01-01" } })
        };
        let (_, rejects) = world
            .load(&[
                json!({ "resourceType": "Patient", "id": "m" }),
                claim("own", PATHS[0]),
                claim("host", PATHS[2]),
                claim("foreign", ELSEWHERE[3]),
                claim("sandbox", ELSEWHERE[1]),
                json!({ "resourceType": "Provenance", "id": "v", "target": [{ "reference": format!("{}/ExplanationOfBenefit/own", PATHS[1]) }] }),
            ])
            .await;
        assert_eq!(rejects.len(), 2, "{rejects:?}");
        let member = world.member("m");
        assert_eq!(world.ids(&member, "ExplanationOfBenefit?patient=m").await, ["host", "own"]);
        assert_eq!(world.ids(&member, &format!("ExplanationOfBenefit?patient={}/Patient/m", PATHS[1])).await, ["host", "own"]);
        let bundle = world.search(&member, "ExplanationOfBenefit?patient=m&_revinclude=Provenance:target").await;
        assert_eq!(entries(&bundle, "include"), ["v"]);
        assert!(world.ids(&world.member("n"), "ExplanationOfBenefit?patient=m").await.is_empty());
    })
    .await;
}

fn with_contained() -> Vec<Value> {
    let doctor = json!({ "resourceType": "Practitioner", "id": "doctor", "name": [{ "family": "D'Souza", "given": ["Amy"] }],
        "identifier": [{ "system": "urn:npi", "value": "N1" }] });
    let place = json!({ "resourceType": "Location", "id": "place", "address": { "city": "Boise", "state": "ID" },
        "position": { "latitude": 43.6, "longitude": -116.2 }, "managingOrganization": { "reference": "Organization/outer" } });
    let service =
        json!({ "resourceType": "HealthcareService", "id": "service", "location": [{ "reference": "#place" }] });
    vec![
        json!({ "resourceType": "PractitionerRole", "id": "inner", "contained": [doctor, place, service],
            "practitioner": { "reference": "#doctor" }, "location": [{ "reference": "#place" }],
            "healthcareService": [{ "reference": "#service" }], "organization": { "reference": "#nothing" } }),
        json!({ "resourceType": "PractitionerRole", "id": "plain", "practitioner": { "reference": "Practitioner/p" } }),
        json!({ "resourceType": "Practitioner", "id": "p", "name": [{ "family": "Other" }] }),
        json!({ "resourceType": "Organization", "id": "outer", "name": "Outer Health" }),
        // A chain goes from a resource to one that contains the next target.
        json!({ "resourceType": "HealthcareService", "id": "s", "contained": [{ "resourceType": "Organization", "id": "o", "name": "Inner Health" }],
            "providedBy": { "reference": "#o" } }),
        json!({ "resourceType": "PractitionerRole", "id": "far", "healthcareService": [{ "reference": "HealthcareService/s" }] }),
    ]
}

#[tokio::test]
async fn chains_look_into_contained_resources() {
    on_each_database(async |test| {
        for program in ["idaho", "oph-ca"] {
            let world = World::new(test, program).await;
            world.load(&with_contained()).await;
            let public = world.public();
            for (query, expect) in [
                ("PractitionerRole?practitioner.name=dsouza", &["inner"][..]),
                ("PractitionerRole?practitioner.name=other", &["plain"]),
                ("PractitionerRole?practitioner.name=d'souza,other", &["inner", "plain"]),
                ("PractitionerRole?practitioner:Practitioner.name=amy", &["inner"]),
                ("PractitionerRole?practitioner.name=amy d'souza", &["inner"]),
                ("PractitionerRole?practitioner.identifier=urn:npi|n1", &["inner"]),
                ("PractitionerRole?practitioner.identifier:not=n2", &["inner", "plain"]),
                ("PractitionerRole?practitioner.identifier:missing=false", &["inner"]),
                ("PractitionerRole?practitioner.identifier:missing=true", &["plain"]),
                ("PractitionerRole?location.address-city=boise", &["inner"]),
                ("PractitionerRole?location.address-city=boise&practitioner.name=dsouza", &["inner"]),
                ("PractitionerRole?location.near=43.6|-116.2|5|km", &["inner"]),
                ("PractitionerRole?location.organization=outer", &["inner"]),
                ("PractitionerRole?location.organization.name=outer", &["inner"]),
                ("PractitionerRole?service.location.address-city=boise", &["inner"]),
                ("PractitionerRole?service.organization.name=inner", &["far"]),
                ("HealthcareService?organization.name=inner", &["s"]),
                // Searches do not find them by themselves.
                ("Practitioner?name=dsouza", &[]),
                ("Practitioner?_id=doctor", &[]),
                ("Practitioner?identifier=n1", &[]),
                ("Location?address=boise", &[]),
                ("Organization?name=inner", &[]),
                ("Practitioner", &["p"]),
                ("Location", &[]),
                ("PractitionerRole?practitioner=doctor", &[]),
                ("PractitionerRole?practitioner._id=doctor", &[]),
                ("PractitionerRole?practitioner:missing=true", &["far"]),
                ("PractitionerRole?practitioner:missing=false", &["inner", "plain"]),
                ("PractitionerRole?organization:missing=false", &[]),
            ] {
                if query.contains("._id") && world.try_search(&public, query).await.is_err() {
                    continue;
                }
                let bundle = world.search(&public, query).await;
                assert_eq!(entries(&bundle, "match"), expect, "{program}: {query}");
                assert_eq!(bundle["total"], expect.len(), "{program}: {query}");
            }
            let bundle = world.search(&public, "PractitionerRole?_include=PractitionerRole:practitioner").await;
            assert_eq!(entries(&bundle, "include"), ["p"], "{program}");

            // Its contained resource is not found after it changes, nor after it is deleted and indexed again.
            world.load(&[json!({ "resourceType": "PractitionerRole", "id": "inner", "practitioner": { "reference": "#doctor" },
                "contained": [{ "resourceType": "Practitioner", "id": "doctor", "name": [{ "family": "Changed" }] }] })]).await;
            assert!(world.ids(&public, "PractitionerRole?practitioner.name=dsouza").await.is_empty());
            assert!(world.ids(&public, "PractitionerRole?location.address-city=boise").await.is_empty());
            assert_eq!(world.ids(&public, "PractitionerRole?practitioner.name=changed").await, ["inner"]);
            fhir::reindex::run(&test.store, &world.programs, &world.partition, |_| ()).await.unwrap();
            world.engine.refresh().await.unwrap();
            assert_eq!(world.ids(&public, "PractitionerRole?practitioner.name=changed").await, ["inner"]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_some_modifier_finds_is_not_missing() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let role = |id: &str, specialty: Value, organization: Value| {
            json!({ "resourceType": "PractitionerRole", "id": id, "specialty": specialty, "organization": organization })
        };
        world
            .load(&[
                role("coded", json!([{ "coding": [{ "code": "1" }] }]), json!({ "reference": "Organization/o" })),
                role("worded", json!([{ "text": "Heart" }]), json!({ "identifier": { "value": "N1" } })),
                role("shown", json!([{ "coding": [{ "display": "Eye" }] }]), json!({ "display": "Somebody" })),
                role("system", json!([{ "coding": [{ "system": "urn:a" }] }]), json!({ "reference": "https://elsewhere.example/Organization/1" })),
                role("absent", json!([{ "extension": [{ "url": "urn:absent", "valueCode": "unknown" }] }]), json!({ "id": "x" })),
                json!({ "resourceType": "PractitionerRole", "id": "none" }),
            ])
            .await;
        for (query, expect) in [
            ("specialty:missing=true", &["absent", "none"][..]),
            ("specialty:missing=false", &["coded", "shown", "system", "worded"]),
            ("specialty:text=heart", &["worded"]),
            ("organization:missing=true", &["absent", "none"]),
            ("organization:missing=false", &["coded", "shown", "system", "worded"]),
            ("organization:identifier=N1", &["worded"]),
            ("specialty:not=1", &["absent", "none", "shown", "system", "worded"]),
        ] {
            assert_eq!(world.ids(&world.public(), &format!("PractitionerRole?{query}")).await, expect, "{query}");
        }
    })
    .await;
}
