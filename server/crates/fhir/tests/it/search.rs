//! What each kind of parameter finds, and what is refused.

use fhir::error::Kind;
use serde_json::{Value, json};
use store::testing::on_each_database;

use crate::world::World;

fn practitioner(id: &str, name: &Value, identifier: &Value) -> Value {
    json!({ "resourceType": "Practitioner", "id": id, "name": [name], "identifier": [identifier] })
}

fn location(id: &str, address: &Value, partof: Option<&str>) -> Value {
    let mut location = json!({ "resourceType": "Location", "id": id, "name": id, "address": address });
    if let Some(partof) = partof {
        location["partOf"] = json!({ "reference": partof });
    }
    location
}

/// A small directory.
fn directory() -> Vec<Value> {
    let npi = |value: &str| json!({ "system": "http://hl7.org/fhir/sid/us-npi", "value": value });
    vec![
        practitioner(
            "nunez",
            &json!({ "family": "Núñez", "given": ["José", "Ana María"], "prefix": ["Dr."] }),
            &npi("100"),
        ),
        practitioner("nunes", &json!({ "family": "Nunes", "given": ["Josephine"] }), &npi("1000")),
        practitioner("oneil", &json!({ "text": "Pat O'Neil 100%", "family": "O'Neil" }), &json!({ "value": "100" })),
        location(
            "lake",
            &json!({ "line": ["12 Lake Road"], "city": "Orlando", "state": "FL", "postalCode": "32801-0001" }),
            None,
        ),
        location(
            "orlando-road",
            &json!({ "text": "5 Orlando Ave, Tampa, FL 33601", "city": "Tampa", "state": "FL" }),
            Some("Location/lake"),
        ),
        location(
            "boise",
            &json!({ "city": "Boise", "state": "ID", "postalCode": "83702" }),
            Some("https://elsewhere.example/fhir/Location/lake"),
        ),
        json!({ "resourceType": "Organization", "id": "acme", "name": "Acme Health", "alias": ["The Acme"],
            "type": [{ "coding": [{ "system": "urn:types", "code": "ProvGrp" }, { "code": "extra" }] }],
            "meta": { "profile": ["http://example.org/profiles/Organization|1.1.0"] } }),
        json!({ "resourceType": "Organization", "id": "beta", "name": "Beta, Inc.", "partOf": { "reference": "Organization/acme/_history/1" },
            "type": [{ "coding": [{ "system": "urn:other", "code": "provgrp" }] }] }),
        json!({ "resourceType": "PractitionerRole", "id": "role", "practitioner": { "reference": "Practitioner/nunez" },
            "location": [{ "reference": "Location/lake" }, { "reference": "Location/boise" }], "organization": { "reference": "Organization/beta" } }),
        json!({ "resourceType": "PractitionerRole", "id": "role2", "practitioner": { "reference": "Practitioner/missing" },
            "location": [{ "reference": "Location/orlando-road" }] }),
    ]
}

/// Loads the directory into the CA program and compares what each query finds.
async fn check(table: &[(&str, &[&str])]) {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let (_, rejects) = world.load(&directory()).await;
        assert!(rejects.is_empty(), "{rejects:?}");
        let public = world.public();
        for (query, expect) in table {
            assert_eq!(world.ids(&public, query).await, *expect, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn strings_start_alike_whatever_case_and_accents() {
    check(&[
        ("Practitioner?name=nun", &["nunes", "nunez"]),
        ("Practitioner?name=NÚÑ", &["nunes", "nunez"]),
        ("Practitioner?name=nunez", &["nunez"]),
        ("Practitioner?name=maria", &[]),
        ("Practitioner?name=ana mar", &["nunez"]),
        ("Practitioner?name=dr", &["nunez"]),
        ("Practitioner?family=jose", &[]),
        ("Practitioner?given=jose", &["nunes", "nunez"]),
        ("Practitioner?given=jose,ana&family=nunez", &["nunez"]),
        ("Practitioner?given=jose&given=ana", &["nunez"]),
        ("Practitioner?name:exact=Núñez", &["nunez"]),
        ("Practitioner?name:exact=Nunez", &[]),
        ("Practitioner?name:contains=une", &["nunes", "nunez"]),
        ("Practitioner?name:contains=100%25", &["oneil"]),
        ("Practitioner?name:contains=_", &[]),
        ("Practitioner?name=%25", &[]),
        ("Practitioner?name=O'Neil", &["oneil"]),
        ("Practitioner?name=' OR 1=1 --", &[]),
        ("Practitioner?given:missing=true", &["oneil"]),
        ("Practitioner?given:missing=false", &["nunes", "nunez"]),
        (r"Organization?name=Beta\, Inc", &["beta"]),
        ("Organization?name=Beta, Inc", &["beta"]),
        ("Organization?name=the acme", &["acme"]),
    ])
    .await;
}

#[tokio::test]
async fn an_address_is_found_by_any_of_its_parts() {
    check(&[
        ("Location?address=Orlando", &["lake", "orlando-road"]),
        ("Location?address=lake road", &["lake"]),
        ("Location?address=5 orlando ave, tampa", &["orlando-road"]),
        ("Location?address-city=Orlando", &["lake"]),
        ("Location?address-state=fl", &["lake", "orlando-road"]),
        ("Location?address-postalcode=32801-0001", &["lake"]),
        ("Location?address-postalcode=328", &["lake"]),
        ("Location?address=8370", &["boise"]),
    ])
    .await;
}

#[tokio::test]
async fn tokens_compare_code_and_system() {
    check(&[
        ("Practitioner?identifier=100", &["nunez", "oneil"]),
        ("Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|100", &["nunez"]),
        ("Practitioner?identifier=|100", &["nunez", "oneil"]),
        ("Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|", &["nunes", "nunez"]),
        ("Practitioner?identifier=urn:none|100", &[]),
        ("Practitioner?identifier=1000,100", &["nunes", "nunez", "oneil"]),
        ("Practitioner?identifier:not=100", &["nunes"]),
        ("Practitioner?identifier:missing=true", &[]),
        ("Organization?type=provgrp", &["acme", "beta"]),
        ("Organization?type=PROVGRP", &["acme", "beta"]),
        ("Organization?type=urn:types|provgrp", &["acme"]),
        ("Organization?type=provgrp&type=extra", &["acme"]),
        ("Organization?type:not=extra", &["beta"]),
        ("Organization?type:not=urn:types|", &["beta"]),
        ("Organization?_id=acme", &["acme"]),
        ("Organization?_id=acme,beta,gamma", &["acme", "beta"]),
        ("Organization?_id=|acme", &["acme"]),
        ("Organization?_id=|acme,beta", &["acme", "beta"]),
        ("Organization?_id=urn:any|acme", &[]),
        ("Organization?_id:missing=true", &[]),
        ("Organization?_id:missing=false", &["acme", "beta"]),
        ("Organization?_lastUpdated:missing=true", &[]),
        ("Organization?_lastUpdated:missing=false&name=acme", &["acme"]),
        ("Organization?_profile=http://example.org/profiles/Organization", &["acme"]),
        ("Organization?profile=http://example.org/profiles/Organization|1.1.0", &["acme"]),
        ("Organization?_profile:below=http://example.org/profiles", &["acme"]),
        ("Organization?_profile:below=http://example.org/prof", &[]),
        ("Organization?_profile:missing=true", &["beta"]),
    ])
    .await;
}

#[tokio::test]
async fn words_beside_a_code_are_found_as_text() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let role = |id: &str, specialty: &Value| json!({ "resourceType": "PractitionerRole", "id": id, "specialty": [specialty] });
        world.load(&[
            role("heart", &json!({ "coding": [{ "code": "207RC0000X", "display": "Cardiovascular Disease Physician" }], "text": "Heart doctor" })),
            role("eye", &json!({ "coding": [{ "code": "heart", "display": "Ophthalmólogy" }] })),
            json!({ "resourceType": "Practitioner", "id": "p", "identifier": [{ "type": { "text": "Licence" }, "value": "1" }] }),
        ])
        .await;
        for (query, expect) in [
            ("PractitionerRole?specialty:text=heart", &["heart"][..]),
            ("PractitionerRole?specialty:text=CARDIO", &["heart"]),
            ("PractitionerRole?specialty:text=ophthalmology", &["eye"]),
            ("PractitionerRole?specialty:text=cardio,ophthal", &["eye", "heart"]),
            ("PractitionerRole?specialty:text=disease", &[]),
            ("PractitionerRole?specialty=heart", &["eye"]),
            ("PractitionerRole?specialty:missing=true", &[]),
            ("Practitioner?identifier:text=lic", &["p"]),
            ("Practitioner?_has:PractitionerRole:practitioner:specialty:text=heart", &[]),
        ] {
            assert_eq!(world.ids(&world.public(), query).await, expect, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn references_by_identifier_are_found_by_it() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let role = |id: &str, organization: &Value| json!({ "resourceType": "PractitionerRole", "id": id, "organization": organization });
        world.load(&[
            role("logical", &json!({ "identifier": { "system": "http://hl7.org/fhir/sid/us-npi", "value": "N1" } })),
            role("both", &json!({ "reference": "Organization/o", "identifier": { "value": "N1" } })),
            role("literal", &json!({ "reference": "Organization/N1" })),
        ])
        .await;
        for (query, expect) in [
            ("PractitionerRole?organization:identifier=n1", &["both", "logical"][..]),
            ("PractitionerRole?organization:identifier=http://hl7.org/fhir/sid/us-npi|N1", &["logical"]),
            ("PractitionerRole?organization:identifier=http://hl7.org/fhir/sid/us-npi|", &["logical"]),
            ("PractitionerRole?organization:identifier=|N1", &["both", "logical"]),
            ("PractitionerRole?organization=N1", &["literal"]),
            ("PractitionerRole?organization:identifier=N2", &[]),
        ] {
            assert_eq!(world.ids(&world.public(), query).await, expect, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn references_are_found_by_every_way_to_write_them() {
    check(&[
        ("PractitionerRole?practitioner=nunez", &["role"]),
        ("PractitionerRole?practitioner=Practitioner/nunez", &["role"]),
        ("PractitionerRole?practitioner=Practitioner/nunez/_history/3", &["role"]),
        ("PractitionerRole?practitioner=http://127.0.0.1:3000/fhir/Practitioner/nunez", &["role"]),
        ("PractitionerRole?practitioner:Practitioner=nunez", &["role"]),
        ("PractitionerRole?practitioner=Organization/nunez", &[]),
        ("PractitionerRole?practitioner=missing", &["role2"]),
        ("PractitionerRole?location=boise,orlando-road", &["role", "role2"]),
        ("PractitionerRole?location=boise&location=lake", &["role"]),
        ("PractitionerRole?organization:missing=true", &["role2"]),
        ("Organization?partof=acme", &["beta"]),
        ("Location?partof=Location/lake", &["orlando-road"]),
        ("Location?partof=https://elsewhere.example/fhir/Location/lake", &["boise"]),
    ])
    .await;
}

#[tokio::test]
async fn chains_look_through_references() {
    check(&[
        ("PractitionerRole?practitioner.name=nunez", &["role"]),
        ("PractitionerRole?practitioner:Practitioner.name=nunez", &["role"]),
        ("PractitionerRole?location.address-state=FL", &["role", "role2"]),
        ("PractitionerRole?location.address-state =FL", &["role", "role2"]),
        ("PractitionerRole?location.address-city=Boise", &["role"]),
        ("PractitionerRole?location.address-city=Boise&practitioner.name=zz", &[]),
        ("PractitionerRole?organization.partof=acme", &["role"]),
        ("PractitionerRole?practitioner.name:exact=Núñez", &["role"]),
        ("Practitioner?_has:PractitionerRole:practitioner:location=boise", &["nunez"]),
        ("Practitioner?_has:PractitionerRole:practitioner:location=orlando-road", &[]),
    ])
    .await;
}

#[tokio::test]
async fn what_is_not_offered_or_cannot_be_read_is_refused() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let public = world.public();
        let check = async |query: &str, expect: Kind| {
            let error = world.try_search(&public, query).await.expect_err(query);
            assert_eq!(error.kind(), expect, "{query}: {error}");
        };
        for query in [
            "Practitioner?unknown=1",
            "Practitioner?name:text=a",
            "Practitioner?_include=Location:partof",
            "PractitionerRole?practitioner.unknown=1",
            "PractitionerRole?practitioner:below=1",
            "PractitionerRole?practitioner:Organization.name=1",
            "PractitionerRole?location.address-city:Location=1",
            "Practitioner?_has:X:y:z=1",
            "Practitioner?_id:not=1",
            "Practitioner?_tag=urn:a|b",
            "Practitioner?_contained=true",
        ] {
            check(query, Kind::NotSupported).await;
        }
        for query in [
            "Practitioner?_count=-1",
            "Practitioner?_count=many",
            "Practitioner?_getpagesoffset=99999999999",
            "Practitioner?identifier=|",
            "Practitioner?identifier=a|b|c",
            "Practitioner?_lastUpdated=soon",
            "Practitioner?_page=1.2",
            "Practitioner?given:missing=maybe",
            "PractitionerRole?practitioner=a b",
            "Location?near=1",
            "Location?near=99|0",
            "Practitioner?_total=some",
            "Practitioner?_summary=some",
            "Practitioner?name=a%00b",
            "PractitionerRole?organization:identifier=a|b|c",
        ] {
            check(query, Kind::Invalid).await;
        }
        check("OrganizationAffiliation?specialty=1", Kind::Required).await;
        check("Basic?_id=1", Kind::UnknownType).await;
        check("Patient?_id=1", Kind::UnknownType).await;
        let many = format!("Practitioner?{}", "name=a&".repeat(101));
        check(&many, Kind::TooCostly).await;
        check(&format!("Practitioner?name={}", "a,".repeat(101)), Kind::TooCostly).await;
        let error = world.try_search(&public, "Practitioner?unknown=1").await.unwrap_err().to_string();
        assert!(error.contains("`unknown`") && error.contains("qualification-wherevalid-code"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn near_finds_what_is_within_the_distance() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let at = |id: &str, latitude: f64, longitude: f64| {
            json!({ "resourceType": "Location", "id": id, "position": { "latitude": latitude, "longitude": longitude } })
        };
        let affiliation = json!({ "resourceType": "OrganizationAffiliation", "id": "affiliation",
            "code": [{ "coding": [{ "code": "provider" }] }], "location": [{ "reference": "Location/oakland" }] });
        let places = [at("san-francisco", 37.7749, -122.4194), at("oakland", 37.8044, -122.2712), at("los-angeles", 34.0522, -118.2437)];
        world.load(&[&places[..], &[affiliation]].concat()).await;
        let public = world.public();
        // Oakland is 13.4 km, or 8.3 miles, away.
        for (near, expect) in [
            ("37.7749|-122.4194|13|km", &["san-francisco"][..]),
            ("37.7749|-122.4194|14|km", &["oakland", "san-francisco"]),
            ("37.7749|-122.4194|8|mi", &["san-francisco"]),
            ("37.7749|-122.4194|9|mi", &["oakland", "san-francisco"]),
            ("37.7749|-122.4194|21000", &["los-angeles", "oakland", "san-francisco"]),
            ("0|0", &[]),
        ] {
            assert_eq!(world.ids(&public, &format!("Location?near={near}")).await, expect, "{near}");
        }
        let query = "OrganizationAffiliation?role=provider&near=37.8|-122.27|5|km";
        assert_eq!(world.ids(&public, query).await, ["affiliation"]);
    })
    .await;
}

#[tokio::test]
async fn the_system_of_a_plain_code_is_that_of_its_binding() {
    on_each_database(async |test| {
        let world = World::new(test, "oph-ca").await;
        let patient = |id: &str| json!({ "resourceType": "Patient", "id": id, "gender": "female" });
        world.load(&[patient("p"), json!({ "resourceType": "Patient", "id": "q" })]).await;
        for (query, expect) in [
            ("Patient?gender=female", &["p"][..]),
            ("Patient?gender=http://hl7.org/fhir/administrative-gender|female", &["p"]),
            ("Patient?gender=http://hl7.org/fhir/administrative-gender|", &["p"]),
            ("Patient?gender:not=http://hl7.org/fhir/administrative-gender|", &[]),
            ("Patient?gender=http://hl7.org/fhir/administrative-gender|male", &[]),
            ("Patient?gender=urn:wrong|female", &[]),
            ("Patient?gender=urn:wrong|", &[]),
            ("Patient?gender=urn:wrong|female,female", &["p"]),
            ("Patient?gender:not=urn:wrong|female", &["p"]),
            ("Patient?gender=|female", &["p"]),
        ] {
            assert_eq!(world.ids(&world.member("p"), query).await, expect, "{query}");
        }
        assert!(world.ids(&world.member("q"), "Patient?gender=urn:any|").await.is_empty());
    })
    .await;
}
