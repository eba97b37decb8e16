//! The extensions of Plan-Net.

use jiff::civil::Date;

use crate::synthesize::{
    datatypes::{Coding, Reference, coding, concept, extension, identifier, period},
    json::{Json, json},
    place::Address,
};

macro_rules! url {
    ($name:literal) => {
        concat!("http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/", $name)
    };
}

const ACCESSIBILITY: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/AccessibilityCS";
const ACCEPTING: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/AcceptingPatientsCS";
const DELIVERY: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/DeliveryMethodCS";
const MODALITY: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/VirtualModalitiesCS";

/// Whether new patients are accepted from this network: not for every fifth number.
pub fn new_patients(number: u32, network: Reference) -> impl Json {
    let accepting = match number % 5 {
        4 => coding(ACCEPTING, "existptonly", "Accepting existing patients"),
        _ => coding(ACCEPTING, "newpt", "Accepting"),
    };
    json!({
        "url": (url!("newpatients")),
        "extension": [
            (extension!("acceptingPatients", "valueCodeableConcept": (concept(accepting)))),
            (extension!("fromNetwork", "valueReference": network)),
            (extension!("characteristics", "valueString": "Patients of any age")),
        ]
    })
}

/// One of the ways in which a place is accessible.
pub fn accessibility(number: u32) -> impl Json {
    let way = match number % 3 {
        0 => coding(ACCESSIBILITY, "adacomp", "ADA compliant"),
        1 => coding(ACCESSIBILITY, "handiaccess", "handicap accessible"),
        _ => coding(ACCESSIBILITY, "pubtrans", "public transit options"),
    };
    extension!(url!("accessibility"), "valueCodeableConcept": (concept(way)))
}

/// Services in person.
pub fn in_person() -> impl Json {
    let kind = coding(DELIVERY, "physical", "Physical");
    json!({
        "url": (url!("delivery-method")),
        "extension": [(extension!("type", "valueCodeableConcept": (concept(kind))))]
    })
}

/// Services by video or telephone.
pub fn virtually() -> impl Json {
    let kind = coding(DELIVERY, "virtual", "Virtual");
    let (video, phone) = (coding(MODALITY, "video", "video chat"), coding(MODALITY, "phone", "phone"));
    json!({
        "url": (url!("delivery-method")),
        "extension": [
            (extension!("type", "valueCodeableConcept": (concept(kind)))),
            (extension!("virtualModalities", "valueCodeableConcept": (concept(video)))),
            (extension!("virtualModalities", "valueCodeableConcept": (concept(phone)))),
        ]
    })
}

/// The network that a role is part of.
pub fn network(network: Reference) -> impl Json {
    extension!(url!("network-reference"), "valueReference": network)
}

/// Where a network is available.
pub fn available_in(area: Reference) -> impl Json {
    extension!(url!("location-reference"), "valueReference": area)
}

pub fn description(text: String) -> impl Json {
    extension!(url!("org-description"), "valueString": text)
}

/// The intermediary for reaching someone.
pub fn through(intermediary: Reference) -> impl Json {
    extension!(url!("via-intermediary"), "valueReference": intermediary)
}

/// Monday to Friday, eight to five.
pub fn office_hours() -> impl Json {
    json!({
        "url": (url!("contactpoint-availabletime")),
        "extension": [
            (extension!("daysOfWeek", "valueCode": "mon")), (extension!("daysOfWeek", "valueCode": "tue")),
            (extension!("daysOfWeek", "valueCode": "wed")), (extension!("daysOfWeek", "valueCode": "thu")),
            (extension!("daysOfWeek", "valueCode": "fri")), (extension!("allDay", "valueBoolean": false)),
            (extension!("availableStartTime", "valueTime": "08:00:00")),
            (extension!("availableEndTime", "valueTime": "17:00:00")),
        ]
    })
}

/// The purpose of an endpoint.
pub fn use_case() -> impl Json {
    let reason =
        coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "COVERAGE", "coverage under policy or program");
    json!({
        "url": (url!("endpoint-usecase")),
        "extension": [
            (extension!("type", "valueCodeableConcept": (concept(reason)))),
            (extension!("standard", "valueUri": "http://hl7.org/fhir/us/davinci-pdex-plan-net")),
        ]
    })
}

/// A licence of an organization or role, valid in a state.
pub struct Licence<'a> {
    pub system: &'a str,
    pub number: &'a str,
    pub code: Coding,
    pub issuer: Option<Reference>,
    pub since: Date,
    pub state: Coding,
}

pub fn licence(licence: Licence<'_>) -> impl Json {
    let Licence { system, number, code, issuer, since, state } = licence;
    let kind = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "PRN", "Provider number");
    json!({
        "url": (url!("qualification")),
        "extension": [
            (extension!("identifier", "valueIdentifier": (identifier(kind, system, number)))),
            (extension!("code", "valueCodeableConcept": (concept(code)))),
            (issuer.map(|issuer| extension!("issuer", "valueReference": issuer))),
            (extension!("status", "valueCode": "active")),
            (extension!("period", "valuePeriod": (period(since, None)))),
            (extension!("whereValid", "valueCodeableConcept": (concept(state)))),
        ]
    })
}

/// Where a practitioner's license is valid, and that it is.
pub fn valid_in(state: Coding) -> impl Json {
    json!({
        "url": (url!("practitioner-qualification")),
        "extension": [
            (extension!("status", "valueCode": "active")),
            (extension!("whereValid", "valueCodeableConcept": (concept(state)))),
        ]
    })
}

/// How well a language is spoken.
pub fn proficiency(native: bool) -> impl Json {
    const LEVEL: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/LanguageProficiencyCS";
    let level = match native {
        true => coding(LEVEL, "50", "Functional native proficiency"),
        false => coding(LEVEL, "30", "General professional proficiency"),
    };
    extension!(url!("communication-proficiency"), "valueCodeableConcept": (concept(level)))
}

/// The coordinates of an address.
pub fn geolocation(address: &Address) -> impl Json + use<> {
    let (latitude, longitude) = (address.latitude, address.longitude);
    json!({
        "url": "http://hl7.org/fhir/StructureDefinition/geolocation",
        "extension": [
            (extension!("latitude", "valueDecimal": latitude)), (extension!("longitude", "valueDecimal": longitude))
        ]
    })
}
