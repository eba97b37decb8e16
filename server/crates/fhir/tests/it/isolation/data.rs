//! Members who share names, numbers, dates and codes. Every other text of a member carries that member's mark.

use serde_json::{Value, json};

/// The members' ids; each id is also the mark in all of the member's data.
pub const MEMBERS: [&str; 3] = ["mkalpha", "mkbravo", "mkcharlie"];
/// An id in the form of a member's that belongs to no one.
pub const NOBODY: &str = "mknobody";

fn to(target: &str) -> Value {
    json!({ "reference": target })
}

fn code(code: &str) -> Value {
    json!({ "coding": [{ "system": "urn:shared", "code": code }] })
}

/// One member's data. Targets of other members' references have no mark in their ids, so that these may name them.
pub fn of_member(mark: &str) -> Vec<Value> {
    let patient = to(&format!("Patient/{mark}"));
    let number = MEMBERS.iter().position(|member| *member == mark).unwrap_or_default();
    let text = |text: &str| format!("{text} {mark}");
    let other = (number + 1) % MEMBERS.len();
    let coded = |word: &str| json!({ "coding": [{ "system": "urn:shared", "code": word, "display": text(word) }], "text": text(word) });
    let identifier =
        json!([{ "system": "urn:shared", "value": "shared" }, { "system": "urn:own", "value": text("own") }]);
    let mut all = vec![
        json!({ "resourceType": "Patient", "id": mark, "identifier": identifier, "gender": "female", "birthDate": "1980-05-01",
            "name": [{ "family": "Same", "given": ["Same"] }, { "text": text("Same"), "family": text("Same") }],
            "address": [{ "text": text("Same street"), "city": text("Same") }] }),
        json!({ "resourceType": "Coverage", "id": format!("shown-{number}"), "status": "active", "beneficiary": patient,
            "subscriberId": text("number"), "payor": [to("Organization/payer")], "identifier": identifier }),
        json!({ "resourceType": "Provenance", "id": format!("both-{mark}"), "recorded": "2020-01-01T00:00:00Z",
            "agent": [{ "who": to("Organization/payer"), "type": coded("author") }],
            "target": [to(&format!("Encounter/visit-{number}")), to(&format!("Encounter/visit-{other}"))] }),
        json!({ "resourceType": "Encounter", "id": format!("visit-{number}"), "status": "finished",
            "class": { "system": "urn:shared", "code": "AMB", "display": text("visit") }, "subject": patient,
            "identifier": identifier, "type": [coded("visit")], "period": { "start": "2020-05-01", "end": "2020-05-01" } }),
    ];
    for turn in 0..4 {
        let (day, kind) = (format!("2020-05-0{}", turn + 1), ["professional", "pharmacy"][turn % 2]);
        all.extend([
            json!({ "resourceType": "ExplanationOfBenefit", "id": format!("claim-{turn}-{mark}"), "status": "active", "use": "claim",
                "outcome": "complete", "created": day, "type": coded(kind), "identifier": identifier, "patient": patient,
                "billablePeriod": { "start": day, "end": day }, "insurer": to("Organization/payer"), "provider": to("Practitioner/doctor"),
                "careTeam": [{ "sequence": 1, "provider": to("PractitionerRole/role") }],
                // A payer's mistake: the coverage and the payee belong to another member.
                "insurance": [{ "focal": true, "coverage": to(&format!("Coverage/shown-{}", if turn == 3 { other } else { number })) }],
                "payee": { "type": coded("payee"), "party": patient }, "disposition": text("paid"),
                "contained": [{ "resourceType": "Coverage", "id": "contained", "status": "active", "subscriberId": text("contained") }] }),
            json!({ "resourceType": "Encounter", "id": format!("visit-{turn}-{mark}"), "status": "finished",
                "class": { "system": "urn:shared", "code": "AMB" }, "subject": patient, "identifier": identifier,
                "type": [coded("visit")], "period": { "start": day, "end": day } }),
            json!({ "resourceType": "Condition", "id": format!("problem-{turn}-{mark}"), "subject": patient, "code": coded("asthma"),
                "category": [coded("encounter-diagnosis")], "clinicalStatus": code("active"), "onsetDateTime": day,
                "note": [{ "text": text("note") }] }),
            json!({ "resourceType": "Immunization", "id": format!("shot-{turn}-{mark}"), "status": "completed", "vaccineCode": coded("flu"),
                "patient": patient, "occurrenceDateTime": day, "lotNumber": text("lot") }),
            json!({ "resourceType": "Provenance", "id": format!("provenance-{turn}-{mark}"), "recorded": "2020-01-01T00:00:00Z",
                "agent": [{ "who": to("Organization/payer"), "type": coded("author") }],
                "target": [to(&format!("Encounter/visit-{turn}-{mark}")), to(&format!("Condition/problem-{turn}-{mark}"))] }),
            json!({ "resourceType": "Provenance", "id": format!("provenance-claim-{turn}-{mark}"), "recorded": "2020-01-01T00:00:00Z",
                "agent": [{ "who": to("Organization/payer"), "type": coded("author") }],
                "target": [to(&format!("ExplanationOfBenefit/claim-{turn}-{mark}")), to(&format!("Coverage/shown-{number}"))] }),
        ]);
    }
    all
}

/// What everyone may see.
pub fn directory() -> Vec<Value> {
    const NETWORK: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference";
    let name = json!([{ "family": "Same", "given": ["Same"] }]);
    vec![
        json!({ "resourceType": "Organization", "id": "payer", "active": true, "name": "Same", "type": [code("payer")],
            "identifier": [{ "system": "urn:shared", "value": "shared" }] }),
        json!({ "resourceType": "Organization", "id": "network", "active": true, "name": "Same network", "type": [code("ntwk")],
            "partOf": to("Organization/payer") }),
        json!({ "resourceType": "Practitioner", "id": "doctor", "name": name, "identifier": [{ "system": "urn:shared", "value": "shared" }] }),
        json!({ "resourceType": "Location", "id": "clinic", "status": "active", "name": "Same", "managingOrganization": to("Organization/payer"),
            "address": { "text": "Same street", "city": "Same", "state": "ID" } }),
        json!({ "resourceType": "HealthcareService", "id": "service", "active": true, "name": "Same", "category": [code("prov")],
            "providedBy": to("Organization/payer"), "location": [to("Location/clinic")] }),
        json!({ "resourceType": "PractitionerRole", "id": "role", "active": true, "practitioner": to("Practitioner/doctor"),
            "organization": to("Organization/payer"), "location": [to("Location/clinic")], "code": [code("doctor")],
            "extension": [{ "url": NETWORK, "valueReference": to("Organization/network") }] }),
        json!({ "resourceType": "OrganizationAffiliation", "id": "affiliation", "active": true, "organization": to("Organization/payer"),
            "participatingOrganization": to("Organization/payer"), "network": [to("Organization/network")], "code": [code("provider")] }),
    ]
}

/// Everything, with the members' records interleaved.
pub fn resources() -> Vec<Value> {
    let members: Vec<Vec<Value>> = MEMBERS.iter().map(|mark| of_member(mark)).collect();
    let most = members.iter().map(Vec::len).max().unwrap_or_default();
    let mixed = (0..most).flat_map(|index| members.iter().filter_map(move |own| own.get(index).cloned()));
    mixed.chain(directory()).collect()
}

/// Every text in the resources, each once.
pub fn texts(resources: &[Value]) -> Vec<String> {
    fn visit(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|value| visit(value, texts)),
            Value::Object(members) => members.values().for_each(|value| visit(value, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    resources.iter().for_each(|resource| visit(resource, &mut texts));
    texts.sort();
    texts.dedup();
    texts
}
