//! FHIR's data types, as far as the generated resources use them (hl7.org/fhir/R4/datatypes.html).

use std::fmt::Display;

use jiff::civil::Date;

use super::{
    json::{At, Cents, Json, json},
    place::Address,
};

/// A code with its system and, if it is known, its display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coding {
    pub system: &'static str,
    pub code: &'static str,
    pub display: Option<&'static str>,
}

/// A code and its meaning.
pub const fn coding(system: &'static str, code: &'static str, display: &'static str) -> Coding {
    Coding { system, code, display: Some(display) }
}

/// A code of a system whose descriptions we may not print.
pub const fn bare(system: &'static str, code: &'static str) -> Coding {
    Coding { system, code, display: None }
}

impl Json for Coding {
    fn write(self, out: &mut String) {
        let Self { system, code, display } = self;
        json!({ "system": system, "code": code, "display": display }).write(out);
    }
}

/// A concept with one coding.
pub fn concept(coding: Coding) -> impl Json {
    json!({ "coding": [coding], "text": (coding.display) })
}

/// Concepts with one coding each.
pub fn concepts(codings: &[Coding]) -> Vec<impl Json + use<>> {
    codings.iter().copied().map(concept).collect()
}

/// `Type/id` and a display name.
pub struct Reference {
    pub target: String,
    pub display: Option<String>,
}

/// A reference with a display name.
pub fn reference(kind: &str, id: impl Display, display: impl Into<String>) -> Reference {
    Reference { target: format!("{kind}/{id}"), display: Some(display.into()) }
}

/// A reference without a display name, for a member, whose name appears only in the Patient.
pub fn link(kind: &str, id: impl Display) -> Reference {
    Reference { target: format!("{kind}/{id}"), display: None }
}

impl Json for &Reference {
    fn write(self, out: &mut String) {
        let Reference { target, display } = self;
        json!({ "reference": target, "display": (display.as_deref()) }).write(out);
    }
}

impl Json for Reference {
    fn write(self, out: &mut String) {
        (&self).write(out);
    }
}

pub fn period(start: Date, end: Option<Date>) -> impl Json {
    json!({ "start": start, "end": end })
}

pub fn money(amount: Cents) -> impl Json {
    json!({ "value": amount, "currency": "USD" })
}

/// `meta`: the date of the last change at the source, and the profiles of the resource.
pub fn meta<'a>(updated: Date, profiles: &'a [&'a str]) -> impl Json + 'a {
    json!({ "lastUpdated": (At(updated, "08:00:00")), "profile": profiles })
}

pub fn identifier<'a>(kind: Coding, system: &'a str, value: &'a str) -> impl Json + 'a {
    json!({ "type": { "coding": [kind] }, "system": system, "value": value })
}

/// How to reach an office: a `phone`, `fax`, `email` or `url` at work.
pub fn contact<'a>(system: &'static str, value: &'a str, rank: u32) -> impl Json + 'a {
    json!({ "system": system, "value": value, "use": "work", "rank": rank })
}

/// An extension with a value of the type that its key names.
macro_rules! extension {
    ($url:expr, $key:literal : $value:tt) => {
        json!({ "url": ($url), $key: $value })
    };
}
pub(crate) use extension;

/// The address of an office, as one text and in its parts.
pub fn address(address: &Address) -> impl Json + '_ {
    let Address { line, place, .. } = address;
    json!({
        "use": "work", "type": "both", "text": (address.text()), "line": [line], "city": (place.city),
        "district": (place.county), "state": (place.state), "postalCode": (address.postal_code()), "country": "US"
    })
}
