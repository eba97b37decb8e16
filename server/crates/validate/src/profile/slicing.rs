//! Determines the slice of a value (hl7.org/fhir/R4/profiling.html#slicing).

use serde_json::Value;

use super::{
    pattern,
    tree::{Expects, Node, Test},
};
use crate::{structure::concept_membership, terminology::Membership};

/// Whether a value is in a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    Yes,
    No,
    Unknown,
}

/// The test that a discriminator makes in a slice.
pub fn test(slice: &Node, kind: &str, path: &str) -> Test {
    let steps: Vec<String> = path.split('.').filter(|step| *step != "$this").map(str::to_owned).collect();
    let is_plain = |step: &String| !step.contains('(') && !step.is_empty();
    let expects = if !steps.iter().all(is_plain) {
        Expects::Nothing
    } else {
        match kind {
            "value" | "pattern" => value(slice, &steps),
            "type" => types(slice, &steps),
            "exists" => exists(slice, &steps),
            "profile" => profiles(slice, &steps),
            _ => Expects::Nothing,
        }
    };
    Test { path: steps, expects }
}

fn value(slice: &Node, steps: &[String]) -> Expects {
    // The URL of an extension's profile is also the extension's `url`.
    if let ([step], Some(profile)) = (steps, slice.types.iter().flat_map(|one| &one.profiles).next())
        && step == "url"
        && slice.name.to_ascii_lowercase().ends_with("extension")
    {
        return Expects::Fixed(Value::String(profile.split('|').next().unwrap_or(profile).to_owned()));
    }
    let mut node = slice;
    for (place, step) in steps.iter().enumerate() {
        if let Some(expects) = within(node, &steps[place..]) {
            return expects;
        }
        match node.children.iter().find(|child| child.name == *step) {
            Some(child) => node = child,
            None => return Expects::Nothing,
        }
    }
    within(node, &[]).or_else(|| node.binding.clone().map(Expects::Binding)).unwrap_or(Expects::Nothing)
}

/// The part of an element's fixed value or pattern at a path.
fn within(node: &Node, steps: &[String]) -> Option<Expects> {
    if let Some(fixed) = node.fixed.as_ref().and_then(|fixed| down(fixed, steps)) {
        return Some(Expects::Fixed(fixed.clone()));
    }
    node.pattern.as_ref().and_then(|pattern| down(pattern, steps)).map(|pattern| Expects::Pattern(pattern.clone()))
}

fn down<'a>(value: &'a Value, steps: &[String]) -> Option<&'a Value> {
    steps.iter().try_fold(value, |value, step| {
        let value = if let Value::Array(list) = value { list.first()? } else { value };
        value.get(step)
    })
}

fn find<'a>(slice: &'a Node, steps: &[String]) -> Option<&'a Node> {
    steps
        .iter()
        .try_fold(slice, |node, step| node.children.iter().find(|child| child.name.trim_end_matches("[x]") == step))
}

fn types(slice: &Node, steps: &[String]) -> Expects {
    match find(slice, steps) {
        Some(node) if !node.types.is_empty() => Expects::Types(node.types.iter().map(|one| one.code.clone()).collect()),
        _ => Expects::Nothing,
    }
}

fn exists(slice: &Node, steps: &[String]) -> Expects {
    match find(slice, steps) {
        Some(node) if node.max == Some(0) => Expects::Absent,
        Some(node) if 0 < node.min => Expects::Exists,
        _ => Expects::Nothing,
    }
}

fn profiles(slice: &Node, steps: &[String]) -> Expects {
    let profiles = find(slice, steps).map(|node| node.types.iter().flat_map(|one| one.profiles.clone()).collect());
    profiles.filter(|profiles: &Vec<String>| !profiles.is_empty()).map_or(Expects::Nothing, Expects::Profiles)
}

/// Whether a value of a type passes; `conforms` decides whether it matches a profile.
pub fn passes(test: &Test, value: &Value, kind: &str, conforms: impl Fn(&str, &Value) -> Match) -> Match {
    if let (Expects::Types(types), []) = (&test.expects, &test.path[..]) {
        return if kind.is_empty() { Match::Unknown } else { matched(types.iter().any(|one| one == kind)) };
    }
    let mut found = vec![value];
    for step in &test.path {
        found = found.into_iter().flat_map(|value| items(value, step)).collect();
    }
    let found: Vec<&Value> = found
        .into_iter()
        .flat_map(|value| match value {
            Value::Array(list) => list.iter().collect(),
            other => vec![other],
        })
        .collect();
    match &test.expects {
        Expects::Fixed(fixed) => matched(found.contains(&fixed)),
        Expects::Pattern(expected) => matched(found.iter().any(|value| pattern::fits(value, expected))),
        Expects::Exists => matched(!found.is_empty()),
        Expects::Absent => matched(found.is_empty()),
        Expects::Binding(binding) => any(found.iter().map(|value| match value {
            Value::String(code) => of_membership(binding.codes.membership(None, code)),
            Value::Object(object) => of_membership(concept_membership(&binding.codes, object)),
            _ => Match::No,
        })),
        Expects::Profiles(profiles) => {
            any(found.iter().flat_map(|value| profiles.iter().map(|profile| conforms(profile, value))))
        }
        Expects::Types(_) | Expects::Nothing => Match::Unknown,
    }
}

fn items<'a>(value: &'a Value, step: &str) -> Vec<&'a Value> {
    let list = if let Value::Array(list) = value { list.iter().collect() } else { vec![value] };
    list.into_iter().filter_map(|value| value.get(step)).collect()
}

fn matched(is_so: bool) -> Match {
    if is_so { Match::Yes } else { Match::No }
}

fn of_membership(membership: Membership) -> Match {
    match membership {
        Membership::In => Match::Yes,
        Membership::Out => Match::No,
        Membership::Unknown => Match::Unknown,
    }
}

fn any(matches: impl Iterator<Item = Match>) -> Match {
    matches.fold(Match::No, |sofar, next| match (sofar, next) {
        (Match::Yes, _) | (_, Match::Yes) => Match::Yes,
        (Match::Unknown, _) | (_, Match::Unknown) => Match::Unknown,
        _ => Match::No,
    })
}
