//! Resources that are included with the matches.

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

fn chain() -> Vec<Value> {
    let refer = |text: &str| json!({ "reference": text });
    vec![
        json!({ "resourceType": "PractitionerRole", "id": "role", "practitioner": refer("Practitioner/p"),
            "location": [refer("Location/ward")] }),
        json!({ "resourceType": "Practitioner", "id": "p" }),
        json!({ "resourceType": "Location", "id": "ward", "partOf": refer("Location/house") }),
        json!({ "resourceType": "Location", "id": "house", "partOf": refer("Location/campus"), "managingOrganization": refer("Organization/o") }),
        json!({ "resourceType": "Location", "id": "campus", "partOf": refer("Location/ward") }),
        json!({ "resourceType": "Organization", "id": "o", "partOf": refer("Organization/whole") }),
        json!({ "resourceType": "Organization", "id": "whole" }),
        json!({ "resourceType": "Endpoint", "id": "e", "managingOrganization": refer("Organization/o") }),
    ]
}

#[tokio::test]
async fn iterating_goes_on_from_what_is_included_and_ends_in_circles() {
    on_each_database(async |test| {
        for program in ["oph-ca", "idaho"] {
            let world = World::new(test, program).await;
            world.load(&chain()).await;
            let role = "PractitionerRole?_id=role&_include=PractitionerRole:location";
            let table: [(String, &[&str]); 8] = [
                (role.to_owned(), &["ward"]),
                (format!("{role}&_include:iterate=Location:partof"), &["campus", "house", "ward"]),
                (format!("{role}&_include:recurse=Location:partof"), &["campus", "house", "ward"]),
                (format!("{role}&_include:iterate=Organization:partof"), &["ward"]),
                (
                    format!("{role}&_include:iterate=Location:partof&_include:iterate=Location:organization&_include:iterate=Organization:partof"),
                    &["campus", "house", "o", "ward", "whole"],
                ),
                (
                    format!("{role}&_include:iterate=Location:partof&_include:iterate=Location:organization&_revinclude:iterate=Endpoint:organization"),
                    &["campus", "e", "house", "o", "ward"],
                ),
                // Without the modifier, only those of the matches.
                ("Location?_id=ward&_include=Location:partof".to_owned(), &["house"]),
                ("Location?_id=ward&_include:iterate=Location:partof".to_owned(), &["campus", "house"]),
            ];
            for (query, expect) in table {
                let bundle = world.search(&world.public(), &query).await;
                assert_eq!(entries(&bundle, "include"), owned(expect), "{program} {query}");
                assert_eq!(bundle["total"], 1, "{query}");
            }
            let unknown = "PractitionerRole?_include:iterate=Basic:subject";
            assert!(world.try_search(&world.public(), unknown).await.is_err());
            assert!(world.try_search(&world.public(), "PractitionerRole?_include:other=PractitionerRole:location").await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn a_target_type_chooses_among_several() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let refer = |text: &str| json!({ "reference": text });
        world.load(&[
            json!({ "resourceType": "Patient", "id": "p" }),
            json!({ "resourceType": "Practitioner", "id": "doctor" }),
            json!({ "resourceType": "Organization", "id": "clinic" }),
            json!({ "resourceType": "ExplanationOfBenefit", "id": "e", "patient": refer("Patient/p"), "provider": refer("Organization/clinic"),
                "careTeam": [{ "provider": refer("Practitioner/doctor") }, { "provider": refer("Organization/clinic") }] }),
        ])
        .await;
        let scopes = ["patient/ExplanationOfBenefit.read", "public/Organization.read", "public/Practitioner.read"];
        let member = world.granted(Some("p"), &scopes);
        for (include, expect) in [
            ("ExplanationOfBenefit:care-team", &["clinic", "doctor"][..]),
            ("ExplanationOfBenefit:care-team:Practitioner", &["doctor"]),
            ("ExplanationOfBenefit:provider:Organization", &["clinic"]),
            ("ExplanationOfBenefit:provider:Practitioner", &[]),
            ("ExplanationOfBenefit:*", &["clinic", "doctor"]),
        ] {
            let bundle = world.search(&member, &format!("ExplanationOfBenefit?patient=p&_include={include}")).await;
            assert_eq!(entries(&bundle, "include"), owned(expect), "{include}");
        }
        let other = "ExplanationOfBenefit?patient=p&_include=ExplanationOfBenefit:provider:Location";
        assert!(world.try_search(&member, other).await.is_err());
        // The name as the program's document prints it.
        let bundle = world.search(&world.public(), "Organization?_reinclude=Endpoint:organization").await;
        assert_eq!(bundle["total"], 1);
    })
    .await;
}
