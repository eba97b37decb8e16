//! Who owns a resource, and which are too old to be shown to anyone (fhir.md §2, §3).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Held,
    date::Moments,
    path::{flat, values},
    reference::local,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Everyone sees the provider directory.
    Directory,
    Member(String),
    Nobody,
}

impl Owner {
    pub fn shows_to(&self, patient: Option<&str>) -> bool {
        match self {
            Self::Directory => true,
            Self::Member(member) => patient == Some(member),
            Self::Nobody => false,
        }
    }
}

/// The reference that names the member, by type.
const OF_MEMBERS: [(&str, &str); 5] = [
    ("Coverage", "beneficiary"),
    ("ExplanationOfBenefit", "patient"),
    ("Condition", "subject"),
    ("Encounter", "subject"),
    ("Immunization", "patient"),
];

/// The dates that the cut-off is compared with; the first one present counts.
const CUT_OFFS: [(&str, &[&str]); 4] = [
    ("ExplanationOfBenefit", &["billablePeriod | item.servicedDate | item.servicedPeriod"]),
    ("Condition", &["onsetDateTime | onsetPeriod", "recordedDate"]),
    ("Encounter", &["period"]),
    ("Immunization", &["occurrenceDateTime"]),
];

pub fn owners(held: &[Held]) -> Vec<Owner> {
    let own: Vec<Owner> = held.iter().map(own).collect();
    let through = |at: usize| match held[at].kind.as_str() {
        "Provenance" => of_targets(held, &own, &held[at].json),
        _ => own[at].clone(),
    };
    (0..held.len()).map(through).collect()
}

fn own(held: &Held) -> Owner {
    if held.kind == "Patient" {
        return Owner::Member(held.id.clone());
    }
    let Some((_, path)) = OF_MEMBERS.iter().find(|(kind, _)| *kind == held.kind) else { return Owner::Directory };
    if is_too_old(held) {
        return Owner::Nobody;
    }
    let patient = flat(&held.json[*path]).into_iter().find_map(local).filter(|(kind, _)| *kind == "Patient");
    patient.map_or(Owner::Nobody, |(_, id)| Owner::Member(id.to_owned()))
}

/// The one member who owns everything that a Provenance is about.
fn of_targets(held: &[Held], own: &[Owner], provenance: &Value) -> Owner {
    let owner = |(kind, id): (&str, &str)| {
        let at = held.iter().position(|held| held.kind == kind && held.id == id);
        at.map_or(Owner::Nobody, |at| own[at].clone())
    };
    let is_of_members = |(kind, _): &(&str, &str)| *kind == "Patient" || OF_MEMBERS.iter().any(|(of, _)| of == kind);
    let targets = flat(&provenance["target"]).into_iter().filter_map(local).filter(is_of_members);
    let owners: BTreeSet<String> = targets
        .map(|target| match owner(target) {
            Owner::Member(member) => member,
            _ => String::new(),
        })
        .collect();
    match owners.into_iter().collect::<Vec<_>>() {
        owners if owners.len() == 1 && !owners[0].is_empty() => Owner::Member(owners[0].clone()),
        _ => Owner::Nobody,
    }
}

/// Whether it ended before 2016-01-01. A period without an end is taken to end when it started.
fn is_too_old(held: &Held) -> bool {
    let Some((_, paths)) = CUT_OFFS.iter().find(|(kind, _)| *kind == held.kind) else { return false };
    let since = Moments::parse("2016-01-01").expect("a date").from;
    let end = |value: &Value| {
        let moments = Moments::of(value)?;
        let start = || value["start"].as_str().and_then(Moments::parse).map(|start| start.to);
        if moments.to == i64::MAX { start() } else { Some(moments.to) }
    };
    let last = paths.iter().find_map(|path| values(&held.json, path).into_iter().filter_map(end).max());
    last.is_some_and(|last| last <= since)
}
