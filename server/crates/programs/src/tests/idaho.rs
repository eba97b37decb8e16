//! What the document of `idaho` prints: its search tables, row by row.

/// Section and rows; a row is `name: type`.
pub const TABLES: &[(&str, &str)] = &[
    (
        "HealthcareService",
        "_count: string; _getpagesoffset: string; _id: string; coverage-area: reference; location: reference; \
         name: string; organization: reference (organization); service-category: token; specialty: token",
    ),
    (
        "Location",
        "_count: string; _getpagesoffset: string; _id: string; _lastUpdated: date; address: string; \
         address-city: string; address-postalcode: string; address-state: string",
    ),
    (
        "Organization",
        "_count: string; _getpagesoffset: string; _id: string; address: string; name: string; partof: \
         reference; type: token",
    ),
    ("Network", "[Organization searchParameter]: ntwk"),
    (
        "OrganizationAffiliation",
        "_count: string; _getpagesoffset: string; _id: string; location: reference; network: reference \
         (organization); participating-organization: reference (organization); role: token; service: \
         reference; specialty: token",
    ),
    (
        "Practitioner",
        "_count: string; _getpagesoffset: string; _id: string; family: string; given: string; identifier: \
         token; name: string",
    ),
    (
        "PractitionerRole",
        "_count: string; _getpagesoffset: string; _id: string; location: reference; network: reference; \
         organization: reference; practitioner: reference; role (code): token; service: reference; specialty: \
         token",
    ),
    (
        "Patient",
        "_count: string; _getpagesoffset: string; _id: token; birthdate: date; gender: token; identifier: \
         token; name: string",
    ),
    ("Coverage", "_count: string; _getpagesoffset: string; _id: token; patient: token"),
    (
        "ExplanationOfBenefit",
        "_count: string; _getpagesoffset: string; _id: string; _lastUpdated: date; identifier: token; \
         patient: reference; service-date: date range; type: token",
    ),
    (
        "Condition",
        "_count: string; _getpagesoffset: string; _id: token; _lastUpdated: date; onset-date: date; patient: \
         token",
    ),
    ("Encounter", "_count: string; _getpagesoffset: string; _id: token; date: date; patient: token"),
    ("Immunization", "_count: string; _getpagesoffset: string; _id: token; date: date; patient: token; status: token"),
    ("Patient (US Core)", "_count: string; _getpagesoffset: string; _id: token"),
];

/// Example requests, relative to the base.
pub const EXAMPLES: &[&str] = &[
    "HealthcareService?service-category=prov&name=Stewart",
    "HealthcareService?service-category=prov&name=Stewart&specialty=207R00000X",
    "Location?address=Orlando",
    "Location?address-state=CA",
    "Location?address-postalcode=97035-2591",
    "Organization?name=Utah Hospital",
    "Organization?type=ntwk",
    "OrganizationAffiliation?specialty=230000000X",
    "Practitioner?name=Smith",
    "Practitioner?given=Scott",
    "PractitionerRole?specialty=340000000X",
    "PractitionerRole?location.address-state=ID",
    "ExplanationOfBenefit/219",
    "ExplanationOfBenefit?patient=[id]&_lastUpdated=gt2019",
    "ExplanationOfBenefit?patient=[id]&type=|oral",
    "Condition?patient=1291938",
    "Encounter?patient=1291938",
    "Encounter?date=gt2021-01-01",
    "Immunization?patient=1291938",
    "Patient/123",
    "Patient",
];

const LONG: &str = "ExplanationOfBenefit:patient HealthcareService:coverage-area HealthcareService:endpoint \
    HealthcareService:location HealthcareService:organization Location:organization Organization:partof \
    OrganizationAffiliation:location OrganizationAffiliation:network \
    OrganizationAffiliation:participating-organization OrganizationAffiliation:primary-organization \
    OrganizationAffiliation:service PractitionerRole:location PractitionerRole:network \
    PractitionerRole:organization PractitionerRole:practitioner PractitionerRole:service";

/// `_revinclude` as printed, but for a slip of `;`.
pub const REV_INCLUDES: &[(&str, &str)] = &[
    ("Location", LONG),
    (
        "Organization",
        "Endpoint:organization HealthcareService:organization OrganizationAffiliation:participating-organization OrganizationAffiliation:primary-organization PractitionerRole:network PractitionerRole:organization",
    ),
    (
        "OrganizationAffiliation",
        "Endpoint:organization HealthcareService:organization OrganizationAffiliation:participating-organization",
    ),
    ("Practitioner", "PractitionerRole:practitioner"),
    ("PractitionerRole", LONG),
    ("Patient", "PractitionerRole:practitioner"),
    ("Coverage", LONG),
    ("ExplanationOfBenefit", LONG),
    ("Condition", "provenance:target"),
    ("Encounter", "provenance:target"),
    ("Immunization", "provenance:target"),
];
