//! Tests of the generated data as a whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde_json::Value;

use super::*;

const TYPES: [&str; 16] = [
    "Condition",
    "Coverage",
    "Encounter",
    "Endpoint",
    "ExplanationOfBenefit",
    "HealthcareService",
    "Immunization",
    "InsurancePlan",
    "Location",
    "Organization",
    "OrganizationAffiliation",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Provenance",
    "RelatedPerson",
];

fn input(state: &str, seed: u64) -> Input {
    let payers = [("north", "Northern Trust"), ("south", "Southern Trust")];
    Input {
        seed,
        members: 40,
        providers: 90,
        region: Region::find(state).expect("a known region"),
        payers: payers.map(|(id, name)| Payer { id: id.to_owned(), name: name.to_owned() }).into(),
        types: TYPES.map(str::to_owned).into(),
        printed: true,
    }
}

fn made(input: Input) -> Vec<Resource> {
    resources(input).expect("a sound input").collect()
}

/// A world by `Type/id`, made once for all tests.
fn parsed(state: &str) -> &'static BTreeMap<String, Value> {
    static WORLDS: [OnceLock<BTreeMap<String, Value>>; 2] = [const { OnceLock::new() }; 2];
    WORLDS[usize::from(state == "ID")].get_or_init(|| parse(state))
}

fn parse(state: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for Resource { kind, json } in made(input(state, 1)) {
        let value: Value = serde_json::from_str(&json).expect("JSON");
        let id = value["id"].as_str().expect("an id").to_owned();
        assert!(id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)), "{id}");
        assert_eq!(value["resourceType"], kind);
        assert!(all.insert(format!("{kind}/{id}"), value).is_none(), "{kind}/{id} is there twice");
    }
    all
}

/// Calls with every string under this key, at any depth.
fn each<'v>(value: &'v Value, key: &str, call: &mut impl FnMut(&'v str)) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| match value.as_str() {
            Some(text) if name == key => call(text),
            _ => each(value, key, call),
        }),
        Value::Array(values) => values.iter().for_each(|value| each(value, key, call)),
        _ => {}
    }
}

fn of<'v>(all: &'v BTreeMap<String, Value>, kind: &str) -> Vec<&'v Value> {
    all.values().filter(|value| value["resourceType"] == kind).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let first = made(input("CA", 7));
    assert_eq!(first, made(input("CA", 7)));
    assert_ne!(first, made(input("CA", 8)));
    assert!(first.iter().all(|resource| !resource.json.contains('\n')), "NDJSON needs each resource on a line");
}

#[test]
fn a_larger_world_is_still_made_one_by_one() {
    let endless = Input { members: MOST, providers: MOST, ..input("CA", 1) };
    assert_eq!(resources(endless).expect("a sound input").take(5_000).count(), 5_000);
}

#[test]
fn every_reference_names_something_that_was_made() {
    for state in ["CA", "ID"] {
        let all = parsed(state);
        for (name, value) in all {
            each(value, "reference", &mut |target| {
                let target = target.strip_suffix("/_history/1").unwrap_or(target);
                assert!(all.contains_key(target), "{name} refers to {target}");
            });
        }
    }
}

#[test]
fn earlier_versions_differ_from_the_present_ones_and_are_what_references_to_a_version_name() {
    for state in ["CA", "ID"] {
        let all = parsed(state);
        let mut earlier = BTreeSet::new();
        for Resource { kind, json } in earlier_versions(&input(state, 1)) {
            let value: Value = serde_json::from_str(&json).expect("JSON");
            let name = format!("{kind}/{}", value["id"].as_str().expect("an id"));
            assert_ne!(all.get(&name).unwrap_or_else(|| panic!("{name} is there today")), &value);
            assert!(earlier.insert(name), "one earlier version each");
        }
        let kinds: BTreeSet<_> = earlier.iter().filter_map(|name| name.split('/').next()).collect();
        let expect = ["Coverage", "ExplanationOfBenefit", "Organization", "Patient", "Practitioner"];
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expect);
        let mut versioned = 0;
        for value in all.values() {
            each(value, "reference", &mut |target| {
                if let Some(target) = target.strip_suffix("/_history/1") {
                    versioned += 1;
                    assert!(earlier.contains(target), "{target} has no earlier version");
                }
            });
        }
        assert!(0 < versioned, "claims name practitioners as they were");
    }
}

#[test]
fn what_is_missing_is_said_to_be_with_an_extension_and_a_code() {
    // The types that every program offers.
    let types: Vec<String> = ["Coverage", "ExplanationOfBenefit", "Patient"].map(str::to_owned).into();
    for state in ["CA", "ID"] {
        let all = made(Input { types: types.clone(), ..input(state, 1) });
        let has = |text: &str| all.iter().any(|resource| resource.json.contains(text));
        assert!(has(r#"StructureDefinition/data-absent-reason","valueCode":"unknown""#), "{state}");
        assert!(has(r#"CodeSystem/data-absent-reason","code":"unknown""#), "{state}");
    }
}

#[test]
fn the_published_members_are_those_that_are_made() {
    let programs = programs::Programs::embedded().expect("the programs are right");
    for program in programs.iter() {
        let world: Vec<Value> = made(Input::of(program, 1, 12, 9))
            .iter()
            .map(|resource| serde_json::from_str(&resource.json).expect("JSON"))
            .collect();
        for member in sandbox::sandbox(program) {
            let patient = format!("Patient/{}", member.id);
            let theirs: Vec<&Value> = world
                .iter()
                .filter(|value| value["patient"]["reference"] == *patient || value["subject"]["reference"] == *patient)
                .collect();
            let count = |kind: &str| theirs.iter().filter(|value| value["resourceType"] == kind).count();
            let claims: Vec<_> =
                theirs.iter().filter(|value| value["resourceType"] == "ExplanationOfBenefit").collect();
            let is_old = |claim: &&&&Value| claim["billablePeriod"]["end"].as_str() < Some("2016-01-01");
            assert_eq!(claims.len(), member.claims.iter().map(|(_, count)| count).sum::<usize>(), "{}", member.id);
            let old = member.withheld.map(|(_, count)| count);
            assert_eq!(Some(claims.iter().filter(is_old).count()), old, "{}", member.id);
            assert_eq!(
                (count("Encounter"), count("Immunization")),
                (member.encounters, member.immunizations),
                "{}",
                member.id
            );
            let who = world.iter().find(|value| value["resourceType"] == "Patient" && value["id"] == member.id);
            let who = who.expect("the Patient");
            assert_eq!(who["birthDate"], member.birth_date.to_string());
            assert_eq!(who["identifier"][0]["value"], member.member_id);
            let part = |pointer: &str| who.pointer(pointer).and_then(Value::as_str).expect("a name").to_owned();
            assert_eq!(member.name, format!("{} {}", part("/name/0/given/0"), part("/name/0/family")));
        }
    }
}

#[test]
fn only_offered_types_are_made() {
    let offered = Input { types: vec!["Patient".to_owned(), "Location".to_owned()], ..input("ID", 1) };
    let kinds: BTreeSet<_> = made(offered).into_iter().map(|resource| resource.kind).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["Location", "Patient"]);
}

#[test]
fn what_cannot_be_made_is_refused() {
    let refused = |input| resources(input).err();
    assert_eq!(refused(Input { payers: Vec::new(), ..input("CA", 1) }), Some(Error::NoPayer));
    assert_eq!(refused(Input { providers: 0, ..input("CA", 1) }), Some(Error::NoProviders));
    assert_eq!(refused(Input { members: MOST + 1, ..input("CA", 1) }), Some(Error::TooMany));
}

/// What the guides' profiles require of every resource of a type, as JSON pointers.
const REQUIRED: &[(&str, &[&str])] = &[
    (
        "Condition",
        &["/category/0/coding/0", "/code/coding/0", "/subject/reference", "/clinicalStatus", "/verificationStatus"],
    ),
    ("Coverage", &["/status", "/subscriberId", "/beneficiary", "/relationship", "/payor/0", "/class/1/value"]),
    (
        "Encounter",
        &[
            "/identifier/0/value",
            "/status",
            "/class/code",
            "/type/0",
            "/subject",
            "/participant/0/individual",
            "/period/start",
        ],
    ),
    (
        "Endpoint",
        &["/extension/0", "/status", "/connectionType/code", "/payloadType/0", "/address", "/managingOrganization"],
    ),
    (
        "ExplanationOfBenefit",
        &[
            "/identifier/0/type",
            "/status",
            "/type/coding/0",
            "/use",
            "/patient",
            "/billablePeriod/start",
            "/created",
            "/insurer",
            "/provider",
            "/outcome",
            "/careTeam/0/role",
            "/supportingInfo/0",
            "/insurance/0/coverage",
            "/item/0/productOrService",
            "/total/1/category",
            "/payment/type",
            "/payee/party",
        ],
    ),
    (
        "HealthcareService",
        &["/extension/1", "/active", "/category/0", "/providedBy", "/specialty/0", "/coverageArea/0", "/name"],
    ),
    ("Immunization", &["/status", "/vaccineCode/coding/0", "/patient", "/occurrenceDateTime"]),
    (
        "InsurancePlan",
        &["/status", "/type/0", "/ownedBy", "/administeredBy", "/coverageArea/0", "/network/0", "/plan/0/type"],
    ),
    ("Location", &["/status", "/name", "/address/state"]),
    ("Organization", &["/identifier/0/value", "/active", "/type/0", "/name", "/address/0/postalCode"]),
    (
        "OrganizationAffiliation",
        &["/active", "/organization", "/participatingOrganization", "/code/0", "/specialty/0", "/location/0"],
    ),
    (
        "Patient",
        &[
            "/extension/0",
            "/identifier/1/value",
            "/name/0/family",
            "/telecom/0/system",
            "/gender",
            "/birthDate",
            "/address/0/line/0",
        ],
    ),
    (
        "Practitioner",
        &["/identifier/0/value", "/active", "/name/0/family", "/qualification/0/code", "/address/0/state"],
    ),
    (
        "PractitionerRole",
        &["/active", "/practitioner", "/organization", "/code/0", "/specialty/0", "/location/0", "/telecom/0/value"],
    ),
    ("Provenance", &["/target/0/reference", "/recorded", "/agent/0/who", "/agent/1/who"]),
];

#[test]
fn every_resource_has_what_its_profile_demands() {
    let all = parsed("ID");
    for (kind, pointers) in REQUIRED {
        assert!(!of(all, kind).is_empty(), "no {kind}");
        for value in of(all, kind) {
            for pointer in pointers.iter().chain(&["/meta/lastUpdated"]) {
                assert!(value.pointer(pointer).is_some(), "{kind}/{} has no {pointer}", value["id"]);
            }
        }
    }
    let profiles = |value: &Value| value["meta"]["profile"].to_string();
    for claim in of(all, "ExplanationOfBenefit") {
        let only_in_second = matches!(claim["type"]["coding"][0]["code"].as_str(), Some("oral" | "vision"));
        let editions = ["|1.1.0", "|2.0.0"].map(|edition| profiles(claim).contains(edition));
        assert!(editions[0] != editions[1] && (editions[1] || !only_in_second), "{}: {}", claim["id"], profiles(claim));
    }
    assert!(of(all, "Patient").iter().chain(&of(all, "Coverage")).all(|value| profiles(value).contains("|1.1.0")));
}

#[test]
fn claims_are_adjudicated_once_and_their_sums_agree() {
    let all = parsed("CA");
    let cents = |entry: &Value| (entry["amount"]["value"].as_f64().unwrap_or_default() * 100.0).round() as i64;
    for claim in of(all, "ExplanationOfBenefit") {
        let items = claim["item"].as_array().expect("lines");
        // In 2.0.0, there are statuses of the whole claim in addition to the amounts by line.
        let has_amounts =
            |entries: &Value| entries.as_array().into_iter().flatten().any(|entry| entry["amount"].is_object());
        let by_line = items.iter().any(|item| has_amounts(&item["adjudication"]));
        assert_ne!(by_line, has_amounts(&claim["adjudication"]), "{}: as a whole or by line", claim["id"]);
        let sum = |entries: &Value, code: &str| -> i64 {
            let entries = entries.as_array().into_iter().flatten();
            entries.filter(|entry| entry["category"]["coding"][0]["code"] == code).map(cents).sum()
        };
        if by_line {
            let lines: i64 = items.iter().map(|item| sum(&item["adjudication"], "submitted")).sum();
            assert_eq!(sum(&claim["total"], "submitted"), lines, "{}", claim["id"]);
        }
        assert_eq!(cents(&claim["payment"]), sum(&claim["total"], "benefit"), "{}", claim["id"]);
    }
}

#[test]
fn everyone_lives_and_works_in_the_region() {
    for state in ["CA", "ID"] {
        let all = parsed(state);
        let elsewhere = |value: &&Value| {
            let address = value["address"].get(0).unwrap_or(&value["address"]);
            address["state"] != state
        };
        for kind in ["Patient", "Location", "Practitioner"] {
            // The printed examples are in Orlando, Lake Oswego and Sacramento.
            let strays: Vec<_> = of(all, kind).into_iter().filter(elsewhere).map(|value| &value["id"]).collect();
            assert!(strays.len() <= 4, "{kind}: {strays:?} live elsewhere than {state}");
        }
        let places = of(all, "Location");
        assert!(
            places.iter().any(|place| place["position"]["latitude"].is_f64() && place["address"]["state"] == state)
        );
        assert!(
            places.iter().any(|place| place.to_string().contains("application/geo+json")),
            "the region has a border"
        );
    }
}

#[test]
fn members_have_none_one_and_many_claims_of_every_kind_on_both_sides_of_2016() {
    let all = parsed("CA");
    let mut claims: BTreeMap<&str, usize> =
        of(all, "Patient").iter().filter_map(|patient| Some((patient["id"].as_str()?, 0))).collect();
    let (mut kinds, mut years) = (BTreeSet::new(), BTreeSet::new());
    for claim in of(all, "ExplanationOfBenefit") {
        let patient = claim["patient"]["reference"].as_str().and_then(|reference| reference.strip_prefix("Patient/"));
        *claims.get_mut(patient.expect("a patient")).expect("a known patient") += 1;
        let kind = claim.get("subType").unwrap_or(&claim["type"]);
        kinds.insert(kind["coding"][0]["code"].as_str().expect("a code"));
        years.insert(claim["billablePeriod"]["start"].as_str().expect("a day") < "2016-01-01");
    }
    assert_eq!([claims["patient-0"], claims["patient-1"], claims["patient-2"]], [60, 1, 0]);
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["inpatient", "oral", "outpatient", "pharmacy", "professional", "vision"]
    );
    assert_eq!(years.len(), 2, "claims on both sides of 2016");
}

#[test]
fn printed_requests_find_something() {
    let all = parsed("CA");
    let has = |kind: &str, words: &[&str]| {
        let found = of(all, kind).iter().any(|value| words.iter().all(|word| value.to_string().contains(word)));
        assert!(found, "no {kind} has {words:?}");
    };
    has("HealthcareService", &["\"Stewart", "\"prov\"", "207R00000X"]);
    has("InsurancePlan", &["\"AARP", "mediadv", "Location/17d3a57ef4bce23a2ea4da87259a7934e99b539"]);
    has("Location", &["Orlando"]);
    has("Location", &["97035-2591"]);
    has("Location", &["\"state\":\"CA\""]);
    has("Organization", &["plannet-Organization", "prygrp"]);
    has("Organization", &["plannet-Network", "\"ntwk\"", "Bahama", "Organization/UHC"]);
    has("Organization", &["\"name\":\"UnitedHealthcare\""]);
    has("Organization", &["Utah Hospital"]);
    has("OrganizationAffiliation", &["230000000X", "\"provider\"", "Location/orlando"]);
    has("Practitioner", &["\"Dice\"", "\"Slice\"", "\"123456\"", "\"state\":\"CA\""]);
    has("Practitioner", &["\"Smith\"", "\"Scott\""]);
    has("PractitionerRole", &["340000000X"]);
    for id in ["Patient/123", "Coverage/123", "ExplanationOfBenefit/219", "Patient/1291938"] {
        assert!(all.contains_key(id), "{id}");
    }
    has("ExplanationOfBenefit", &["Patient/123", "\"professional\""]);
    for kind in ["Condition", "Encounter", "Immunization"] {
        has(kind, &["Patient/1291938"]);
    }
}
