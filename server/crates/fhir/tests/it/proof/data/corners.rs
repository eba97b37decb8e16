//! Resources with features of real data that synthetic data may lack: accents, separators in values, codes without a
//! system, versioned and foreign references, partial dates, open periods, records around the cut-off.

use serde_json::{Value, json};

/// The member to whom the data here belongs.
pub const MEMBER: &str = "corner";

const EXTENSIONS: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition";

/// The resources; `base` is one of our bases.
pub fn resources(base: &str) -> Vec<Value> {
    [directory(), names(), within(base), claims(), clinical()].concat()
}

/// Names as people have them.
fn names() -> Vec<Value> {
    let person = |id: &str, name: Value| json!({ "resourceType": "Practitioner", "id": id, "name": [name] });
    vec![
        person("corner-souza", json!({ "family": "D'Souza-Hart", "given": ["Amy", "B."] })),
        person("corner-quinones", json!({ "family": "Carreño Quiñones", "given": ["Ana María"], "suffix": ["M.D."] })),
        person("corner-text", json!({ "text": "Dr. Scott O’Neil, PhD" })),
        person("corner-letters", json!({ "family": "Großmann-Đorđević", "given": ["Łukasz", "Sørén"] })),
        person("corner-greek", json!({ "family": "Παπαδόπουλος", "given": ["Γιώργος"] })),
        person(
            "corner-two",
            json!({ "family": "van der Berg", "given": ["Jean-Luc"], "text": "Jean-Luc van der Berg III" }),
        ),
    ]
}

/// Resources within others, and references to our own base.
fn within(base: &str) -> Vec<Value> {
    let doctor = json!({ "resourceType": "Practitioner", "id": "doctor", "name": [{ "family": "Inner-Corner", "given": ["Ida"] }],
        "identifier": [{ "system": "urn:npi", "value": "INNER-1" }] });
    let place = json!({ "resourceType": "Location", "id": "place", "type": [code("urn:corner", "inner")],
        "address": { "city": "Innerville", "state": "ID", "postalCode": "83001" },
        "position": { "latitude": 44.1, "longitude": -115.2 }, "managingOrganization": to(&format!("{base}/Organization/corner-child")) });
    vec![
        json!({ "resourceType": "PractitionerRole", "id": "corner-inner", "contained": [doctor, place],
            "practitioner": to("#doctor"), "location": [to("#place"), to(&format!("{base}/Location/corner-place/_history/1"))],
            "organization": to(&format!("{base}/Organization/corner-parent")), "specialty": [{ "text": "in words alone" }] }),
        json!({ "resourceType": "PractitionerRole", "id": "corner-foreign", "practitioner": { "display": "Somebody" },
            "organization": to("https://elsewhere.example/fhir/Organization/corner-parent") }),
    ]
}

fn to(target: &str) -> Value {
    json!({ "reference": target })
}

fn code(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

fn directory() -> Vec<Value> {
    let concept = json!({ "coding": [{ "system": "urn:corner|a", "code": "one,two" }, { "code": "No-System" }] });
    vec![
        json!({ "resourceType": "Organization", "id": "corner-parent", "active": true, "name": "Ångström & Söhne, Inc.",
            "alias": ["100% \\ Health | Care"], "type": [concept], "address": [{ "text": "Großer Weg 1, Núñez (East)" }],
            "identifier": [{ "value": "A|B,C" }, { "system": "urn:ids", "value": "A" }],
            "extension": [{ "url": format!("{EXTENSIONS}/location-reference"), "valueReference": to("Location/corner-place") }] }),
        json!({ "resourceType": "Organization", "id": "corner-child", "active": true, "name": "Corner Child",
            "partOf": to("Organization/corner-parent/_history/1"), "endpoint": [to("Endpoint/corner-endpoint")],
            "type": [code("urn:corner", "NTWK")] }),
        json!({ "resourceType": "Endpoint", "id": "corner-endpoint", "status": "active",
            "connectionType": { "system": "http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "code": "hl7-fhir-rest" },
            "payloadType": [code("urn:corner", "any")], "address": "https://corner.example/fhir",
            "managingOrganization": to("Organization/corner-child") }),
        json!({ "resourceType": "Location", "id": "corner-place", "status": "active", "name": "Corner Place",
            "address": { "line": ["12-14 Lake Road", "#5 (rear)"], "city": "Coeur d'Alene", "state": "ID", "postalCode": "83814-0001", "country": "US" },
            "position": { "latitude": 47.6777, "longitude": -116.7805 }, "managingOrganization": to("Organization/corner-child"),
            "endpoint": [to("Endpoint/corner-endpoint")], "type": [code("urn:corner", "place")], "partOf": to("Location/corner-area") }),
        json!({ "resourceType": "Location", "id": "corner-area", "status": "active", "name": "Corner Area", "type": [concept],
            "address": { "state": "ID" }, "managingOrganization": to("https://elsewhere.example/fhir/Organization/corner-child") }),
        json!({ "resourceType": "Practitioner", "id": "corner-doctor", "name": [{ "family": "Çelik-O’Brien", "given": ["Zoë", "Ana María"], "suffix": ["M.D."] }],
            "identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893" }, { "type": { "text": "no value" } }] }),
        json!({ "resourceType": "PractitionerRole", "id": "corner-role", "active": true, "practitioner": to("Practitioner/corner-doctor"),
            "organization": to("Organization/corner-parent"), "location": [to("Location/corner-place"), to("Location/nowhere")],
            "healthcareService": [to("HealthcareService/corner-service")], "endpoint": [to("Endpoint/corner-endpoint")],
            "code": [concept], "specialty": [code("urn:corner", "207R00000X")],
            "extension": [{ "url": format!("{EXTENSIONS}/network-reference"), "valueReference": to("Organization/corner-child") }] }),
        json!({ "resourceType": "HealthcareService", "id": "corner-service", "active": true, "name": "Clínica O'Hara",
            "category": [concept], "type": [code("urn:corner", "t")], "specialty": [code("urn:corner", "207R00000X")],
            "characteristic": [concept], "providedBy": to("Organization/corner-parent"), "location": [to("Location/corner-place")],
            "coverageArea": [to("Location/corner-area")], "endpoint": [to("Endpoint/corner-endpoint")] }),
        json!({ "resourceType": "OrganizationAffiliation", "id": "corner-affiliation", "active": true,
            "organization": to("Organization/corner-parent"), "participatingOrganization": to("Organization/corner-child"),
            "network": [to("Organization/corner-child")], "location": [to("Location/corner-place")],
            "healthcareService": [to("HealthcareService/corner-service")], "endpoint": [to("Endpoint/corner-endpoint")],
            "code": [concept], "specialty": [code("urn:corner", "207R00000X")], "identifier": [{ "system": "urn:ids", "value": "AFF-1" }] }),
    ]
}

fn claims() -> Vec<Value> {
    let patient = to(&format!("Patient/{MEMBER}"));
    let claim = |id: &str, period: Value| {
        json!({ "resourceType": "ExplanationOfBenefit", "id": id, "status": "active", "use": "claim", "outcome": "complete",
            "type": code("http://terminology.hl7.org/CodeSystem/claim-type", "Professional"), "created": "2020-01-01",
            "identifier": [{ "system": "urn:claims", "value": id }], "patient": patient, "billablePeriod": period,
            "insurer": to("Organization/corner-parent"), "provider": to("Practitioner/corner-doctor/_history/1"),
            "careTeam": [{ "sequence": 1, "provider": to("PractitionerRole/corner-role") }],
            "payee": { "type": code("urn:corner", "x"), "party": patient },
            "insurance": [{ "focal": true, "coverage": to("Coverage/corner-coverage") }],
            "total": [{ "category": code("urn:corner", "submitted"), "amount": { "value": 1.50, "currency": "USD" } }] })
    };
    let mut claims = vec![
        json!({ "resourceType": "Patient", "id": MEMBER, "gender": "unknown", "birthDate": "1980-02",
            "name": [{ "text": "María-José  Ruiz", "family": "Ruiz", "given": ["María-José"] }, { "use": "old", "family": "Álvarez" }],
            "identifier": [{ "system": "urn:cards", "value": "W-1" }, { "value": "w-1" }] }),
        json!({ "resourceType": "Coverage", "id": "corner-coverage", "status": "active", "beneficiary": patient,
            "payor": [to("Organization/corner-parent")] }),
        claim("corner-open", json!({ "start": "2021-03-01" })),
        claim("corner-ended", json!({ "end": "2018-12-31" })),
        claim("corner-year", json!({ "start": "2019", "end": "2019" })),
        claim("corner-moment", json!({ "start": "2020-02-29T23:30:00-07:00", "end": "2020-03-01T06:45:15.5Z" })),
        claim("corner-eve", json!({ "start": "2015-12-01", "end": "2015-12-31" })),
        claim("corner-new-year", json!({ "start": "2015-12-01", "end": "2016-01-01" })),
        claim("corner-old-open", json!({ "start": "2015-12-30" })),
    ];
    let mut by_item = claim("corner-items", Value::Null);
    by_item.as_object_mut().expect("an object").remove("billablePeriod");
    by_item["item"] = json!([
        { "sequence": 1, "productOrService": code("urn:corner", "a"), "servicedDate": "2017-05" },
        { "sequence": 2, "productOrService": code("urn:corner", "a"), "servicedPeriod": { "start": "2022-01-01", "end": "2022-01-03" } },
    ]);
    claims.push(by_item);
    claims
}

fn clinical() -> Vec<Value> {
    let patient = to(&format!("Patient/{MEMBER}"));
    let condition =
        |id: &str| json!({ "resourceType": "Condition", "id": id, "subject": patient, "code": code("urn:corner", id) });
    let with = |mut resource: Value, name: &str, value: Value| {
        resource[name] = value;
        resource
    };
    let visit = |id: &str, period: Value| {
        json!({ "resourceType": "Encounter", "id": id, "status": "finished", "class": { "system": "urn:corner", "code": "AMB" },
            "subject": patient, "period": period })
    };
    let shot = |id: &str, at: &str| {
        json!({ "resourceType": "Immunization", "id": id, "status": "completed", "vaccineCode": code("urn:corner", "v"),
            "patient": patient, "occurrenceDateTime": at })
    };
    let provenance = |id: &str, targets: &[&str]| {
        json!({ "resourceType": "Provenance", "id": id, "recorded": "2020-01-01T00:00:00Z", "agent": [{ "who": to("Organization/corner-parent") }],
            "target": targets.iter().map(|target| to(target)).collect::<Vec<_>>() })
    };
    vec![
        with(condition("corner-onset"), "onsetDateTime", "2020-05-31T10:00:00-07:00".into()),
        with(condition("corner-period"), "onsetPeriod", json!({ "start": "2019-01", "end": "2019-03" })),
        with(condition("corner-recorded"), "recordedDate", "2015-01-01".into()),
        with(with(condition("corner-later"), "recordedDate", "2015-01-01".into()), "onsetDateTime", "2017".into()),
        condition("corner-undated"),
        visit("corner-visit", json!({ "start": "2020-02-01T10:00:00Z" })),
        visit("corner-old-visit", json!({ "start": "2015-02-01", "end": "2015-02-02" })),
        shot("corner-shot", "2020-02-01T10:15:30.250+01:00"),
        provenance("corner-both", &["Encounter/corner-visit", "Immunization/corner-shot"]),
        provenance("corner-claim", &["ExplanationOfBenefit/corner-open"]),
        provenance("corner-cover", &["Coverage/corner-coverage", "ExplanationOfBenefit/corner-year"]),
        provenance("corner-person", &["Patient/corner"]),
        provenance("corner-old", &["Encounter/corner-old-visit"]),
        provenance("corner-lost", &["Encounter/corner-visit", "Encounter/nowhere"]),
    ]
}
