//! What the document of `oph-ca` prints: its search tables, row by row.

/// Section and rows; a row is `name: type`.
pub const TABLES: &[(&str, &str)] = &[
    (
        "HealthcareService",
        "_id: Token; _lastupdated: Date; _pretty: String; location: Reference (location); name: String; \
         organization: Reference (organization); service-category: Token; service-type: Token; specialty: \
         Token; characteristic: Token; coverage-area: String; location.address: String; \
         location.address-city: String; location.address-postalcode: String; location.address-state: String",
    ),
    (
        "InsurancePlan",
        "_id: Token; _lastupdated: Date; _pretty: String; coverage-area: Reference (location); name: String; \
         owned-by: Reference (organization); plan-type: Token; type: Token; location.address: String; \
         location.address-city: String; location.address-postalcode: String; location.address-state: String; \
         Identifier: Token",
    ),
    (
        "Location",
        "_id: Token; _lastupdated: Date; _pretty: String; address: String; organization: Reference \
         (organization); partof: String (Location); type: Token; address-city: String; address-state: String; \
         address-postalcode: String; address-country: String; identifier: String",
    ),
    (
        "Organization",
        "_id: Token; _lastupdated: Date; _pretty: String; endpoint: Reference (endpoint); name: String; \
         partof: Reference (organization); profile: URI; address-city: String; address: String; \
         address-state: String; address-postalcode: String; identifier: String; type: String",
    ),
    (
        "Network",
        "_id: Token; _lastupdated: Date; _pretty: String; endpoint: Reference (endpoint); name: String; \
         partof: Reference (organization); profile: String; address-city: String; address-state: String; \
         address-postalcode: String; identifier: String; type: String",
    ),
    (
        "OrganizationAffiliation",
        "_id: Token; _lastupdated: Date; _pretty: String; network: Reference (organization); \
         participating-organization: Reference (organization); primary-organization: Reference \
         (organization); role (code): Token; service: Reference (healthcare service); specialty: Token; \
         location.address: String; location.address-city: String; location.address-state: String; \
         location.address-postalcode: String; Identifier: String; location: Reference(location); near: String",
    ),
    (
        "Practitioner",
        "_id: Token; _lastupdated: Date; family: String; given: String; name: String; identifier: String; \
         address-state: String; qualification-wherevalid-code: String",
    ),
    (
        "PractitionerRole",
        "_id: Token; _lastupdated: Date; endpoint: Reference (endpoint); location: Reference (location); \
         network: Reference (organization); organization: Reference (organization); practitioner: Reference \
         (practitioner); role (code): Token; service: Reference (healthcare service); specialty: Token",
    ),
    (
        "Patient",
        "_id: Token; _count: Positive integer; gender: Token; identifier: Token; name: String; birthdate: \
         Date Range",
    ),
    ("Coverage", "_id: Token; _count: Positive integer; patient: Token"),
    (
        "ExplanationOfBenefit",
        "_id: Token; _count: Positive integer; _lastUpdated: Date range; identifier: Token; service-date: \
         Date range; type: Token; patient: Token",
    ),
];

/// Example requests, relative to the base.
pub const EXAMPLES: &[&str] = &[
    "HealthcareService?service-category=prov&name=Stewart",
    "HealthcareService?service-category=prov&name=Stewart&specialty=207R00000X",
    "InsurancePlan?name=AARP",
    "InsurancePlan?type=mediadv",
    "InsurancePlan?coverage-area=17d3a57ef4bce23a2ea4da87259a7934e99b539",
    "Location?address=Orlando",
    "Location?address-state=CA",
    "Location?address-postalcode=97035-2591",
    "Organization?partof=Organization/UHC",
    "Organization?name=UnitedHealthcare",
    "Organization?type=prygrp",
    "Organization?_profile=http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Organization&type=prygrp",
    "Organization?_profile=http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Network&address=Bahama",
    "Organization?_profile=http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Network&partof=UHC",
    "Organization?_profile=http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Network&type=ntwk",
    "OrganizationAffiliation?specialty=230000000X& role=provider",
    "OrganizationAffiliation?location.address-city=Orlando& role=provider",
    "Practitioner?name=dice",
    "Practitioner?given=slice",
    "Practitioner?address-state=CA",
    "Practitioner?identifier=123456",
    "PractitionerRole?specialty=340000000X",
    "PractitionerRole?location.address-state =CA",
    "Patient/123",
    "Patient",
    "Coverage/123",
    "Coverage",
    "ExplanationOfBenefit/219",
    "ExplanationOfBenefit?patient=[id]&_lastUpdated=gt2019",
    "ExplanationOfBenefit?patient=[id]&type=|professional",
];
