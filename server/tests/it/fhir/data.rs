//! The resources that the printed requests are about, and some others.

use serde_json::{Value, json};

fn code(code: &str) -> Value {
    json!([{ "coding": [{ "system": "http://example.org/codes", "code": code }] }])
}

fn reference(target: &str) -> Value {
    json!({ "reference": target })
}

fn profile(name: &str) -> Value {
    json!({ "profile": [format!("http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-{name}")] })
}

/// The provider directory of both programs.
pub fn directory() -> Vec<Value> {
    let service = |id: &str, category: &str, name: &str, specialty: &str| json!({ "resourceType": "HealthcareService", "id": id, "category": code(category), "name": name, "specialty": code(specialty) });
    let location = |id: &str, city: &str, state: &str, zip: &str| json!({ "resourceType": "Location", "id": id, "address": { "city": city, "state": state, "postalCode": zip } });
    let organization = |id: &str, name: &str, kind: &str, of: &str, city: &str| {
        json!({ "resourceType": "Organization", "id": id, "name": name, "type": code(kind), "address": [{ "city": city }],
            "meta": profile(if kind == "ntwk" { "Network" } else { "Organization" }), "partOf": reference(of) })
    };
    let practitioner = |id: &str, family: &str, given: &str, state: &str, number: &str| {
        json!({ "resourceType": "Practitioner", "id": id, "name": [{ "family": family, "given": [given] }],
            "address": [{ "state": state }], "identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": number }] })
    };
    let role = |id: &str, specialty: &str, location: &str| json!({ "resourceType": "PractitionerRole", "id": id, "specialty": code(specialty), "location": [reference(location)] });
    let affiliation = |id: &str, role: &str, specialty: &str, location: &str| json!({ "resourceType": "OrganizationAffiliation", "id": id, "code": code(role), "specialty": code(specialty), "location": [reference(location)] });
    vec![
        service("stewart", "prov", "Stewart Clinic", "207R00000X"),
        service("stewart-heart", "prov", "Stewart Heart", "207RC0000X"),
        service("other", "pharm", "Stewart Pharmacy", "207R00000X"),
        location("orlando", "Orlando", "FL", "32801"),
        location("anaheim", "Anaheim", "CA", "92801"),
        location("lake-oswego", "Lake Oswego", "OR", "97035-2591"),
        location("boise", "Boise", "ID", "83702"),
        organization("UHC", "UnitedHealthcare", "payer", "Organization/none", "Minneapolis"),
        organization("utah", "Utah Hospital", "prygrp", "Organization/UHC", "Provo"),
        organization("islands", "Island Network", "ntwk", "Organization/UHC", "Bahama"),
        practitioner("dice", "Dice", "Ann", "CA", "123456"),
        practitioner("slice", "Pizza", "Slice", "NV", "1234567"),
        practitioner("smith", "Smith", "Scott", "ID", "777"),
        role("anaheim-role", "340000000X", "Location/anaheim"),
        role("boise-role", "207R00000X", "Location/boise"),
        affiliation("provider", "provider", "230000000X", "Location/orlando"),
        affiliation("pharmacy", "pharmacy", "230000000X", "Location/orlando"),
    ]
}

/// What only the CA program offers.
pub fn plans() -> Vec<Value> {
    vec![
        json!({ "resourceType": "InsurancePlan", "id": "aarp", "name": "AARP Medicare Advantage", "type": code("mediadv"),
            "coverageArea": [reference("Location/17d3a57ef4bce23a2ea4da87259a7934e99b539")] }),
        json!({ "resourceType": "InsurancePlan", "id": "ppo", "name": "Silver PPO", "alias": ["AARP Silver"], "type": code("commppo") }),
    ]
}

/// A member's data: claims 219 and 220 of 2020, and one of 2015.
pub fn member(id: &str, coverage: &str) -> Vec<Value> {
    let patient = reference(&format!("Patient/{id}"));
    let claim = |id: &str, kind: &str, year: &str| {
        json!({ "resourceType": "ExplanationOfBenefit", "id": id, "patient": patient, "billablePeriod": { "start": format!("{year}-05-01"), "end": format!("{year}-05-02") },
            "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": kind }] },
            "contained": [{ "resourceType": "Coverage", "id": "contained" }], "total": [{ "amount": { "value": 1.50 } }] })
    };
    vec![
        json!({ "resourceType": "Patient", "id": id, "gender": "female", "birthDate": "1980-05-01" }),
        json!({ "resourceType": "Coverage", "id": coverage, "beneficiary": patient }),
        claim("219", "professional", "2020"),
        claim("220", "oral", "2020"),
        claim("221", "professional", "2015"),
    ]
}

/// Clinical data, which only Idaho offers.
pub fn clinical(id: &str) -> Vec<Value> {
    let patient = reference(&format!("Patient/{id}"));
    let encounter = |id: &str, day: &str| json!({ "resourceType": "Encounter", "id": id, "subject": patient, "period": { "start": day, "end": day } });
    vec![
        json!({ "resourceType": "Patient", "id": id }),
        json!({ "resourceType": "Condition", "id": "asthma", "subject": patient, "onsetDateTime": "2018-01-01" }),
        encounter("in-2019", "2019-05-01"),
        encounter("in-2021", "2021-05-01"),
        json!({ "resourceType": "Immunization", "id": "flu", "patient": patient, "status": "completed", "occurrenceDateTime": "2020-10-01" }),
    ]
}
