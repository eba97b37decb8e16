//! Valid resources, to be corrupted.

use serde_json::{Value, json};

pub fn base(name: &str) -> Value {
    match name {
        "patient" => patient(),
        "coverage" => coverage(),
        "explanation" => explanation(),
        "observation" => observation(),
        "location" => location(),
        "encounter" => encounter(),
        "questionnaire" => questionnaire(),
        _ => panic!("there is no {name}"),
    }
}

fn patient() -> Value {
    json!({
        "resourceType": "Patient",
        "id": "p1",
        "meta": { "profile": ["http://example.org/StructureDefinition/p|1.0"], "lastUpdated": "2024-01-31T10:00:00.5-08:00" },
        "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">A member</div>" },
        "extension": [
            { "url": "http://example.org/place", "valueAddress": { "city": "Boise" } },
            { "url": "http://example.org/nested", "extension": [{ "url": "part", "valueString": "a" }] },
        ],
        "identifier": [{ "system": "http://example.org/member", "value": "W1", "type": { "coding": [{ "code": "MB" }] } }],
        "active": true,
        "name": [{ "family": "Morgan", "given": ["Alex", null], "_given": [null, { "extension": [
            { "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked" }] }] }],
        "telecom": [{ "system": "phone", "value": "208-555-0100", "rank": 1 }],
        "gender": "male",
        "birthDate": "1971-04-18",
        "_birthDate": { "extension": [
            { "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": "1971-04-18T04:00:00Z" }] },
        "deceasedBoolean": false,
        "photo": [{ "contentType": "image/png", "data": "iVBORw0KGgo=", "size": 8 }],
        "contact": [{ "name": { "family": "Roe" } }],
        "communication": [{ "language": { "coding": [{ "system": "urn:ietf:bcp:47", "code": "en" }] }, "preferred": true }],
        "generalPractitioner": [{ "reference": "Practitioner/d1", "type": "Practitioner" }],
        "managingOrganization": { "reference": "#payer" },
        "contained": [{ "resourceType": "Organization", "id": "payer", "name": "A payer" }],
        "link": [{ "other": { "reference": "Patient/p2/_history/3" }, "type": "seealso" }],
    })
}

fn coverage() -> Value {
    json!({
        "resourceType": "Coverage",
        "id": "c1",
        "status": "active",
        "beneficiary": { "reference": "Patient/p1" },
        "payor": [{ "reference": "https://fhir.example.org/r4/Organization/o1" }],
        "order": 1,
        "class": [{ "type": { "text": "plan" }, "value": "gold" }],
        "costToBeneficiary": [{ "valueMoney": { "value": 20.00, "currency": "USD" } }],
    })
}

fn explanation() -> Value {
    let coded = |code: &str| json!({ "coding": [{ "system": "http://example.org", "code": code }] });
    json!({
        "resourceType": "ExplanationOfBenefit",
        "id": "e1",
        "status": "active",
        "type": coded("institutional"),
        "use": "claim",
        "patient": { "reference": "Patient/p1" },
        "created": "2024-02-01T00:00:00-07:00",
        "insurer": { "reference": "Organization/o1" },
        "provider": { "identifier": { "value": "1234567893" }, "type": "Practitioner" },
        "outcome": "complete",
        "insurance": [{ "focal": true, "coverage": { "reference": "Coverage/c1" } }],
        "item": [{
            "sequence": 1,
            "productOrService": coded("99213"),
            "servicedDate": "2024-01-15",
            "quantity": { "value": 1 },
            "adjudication": [{ "category": coded("submitted"), "amount": { "value": 100.25, "currency": "USD" } }],
            "detail": [{ "sequence": 1, "productOrService": coded("a"), "adjudication": [{ "category": coded("paid"), "value": 1 }] }],
        }],
        "total": [{ "category": coded("submitted"), "amount": { "value": 100.25 } }],
    })
}

fn observation() -> Value {
    json!({
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": { "text": "weight" },
        "effectiveDateTime": "2024-01",
        "issued": "2024-01-31T10:00:00Z",
        "valueQuantity": { "value": 70.5, "unit": "kg", "comparator": "<" },
        "component": [{ "code": { "text": "a" }, "valueInteger": 5 }],
    })
}

fn location() -> Value {
    json!({
        "resourceType": "Location",
        "id": "l1",
        "status": "active",
        "position": { "longitude": -116.2, "latitude": 43.6 },
        "hoursOfOperation": [{ "daysOfWeek": ["mon", "tue"], "openingTime": "08:00:00" }],
        "address": { "use": "work", "line": ["1 Main St"], "period": { "start": "2020" } },
    })
}

fn encounter() -> Value {
    json!({
        "resourceType": "Encounter",
        "id": "n1",
        "status": "finished",
        "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB" },
        "subject": { "reference": "Patient/p1" },
        "participant": [{ "individual": { "reference": "Practitioner/d1" } }],
        "diagnosis": [{ "condition": { "reference": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520" }, "rank": 1 }],
    })
}

fn questionnaire() -> Value {
    json!({
        "resourceType": "Questionnaire",
        "status": "draft",
        "url": "http://example.org/Questionnaire/q",
        "item": [{ "linkId": "1", "type": "group", "item": [{ "linkId": "1.1", "type": "string", "maxLength": 5 }] }],
    })
}
