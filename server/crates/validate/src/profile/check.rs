//! Checks a resource against profiles. R4's own requirements were checked before.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{
    found::{self, Found},
    pattern,
    slicing::{self, Match},
    tree::{Node, Profile, Slicing, TypeUse},
};
use crate::{
    index::Index,
    path::Path,
    problem::{Problem, Severity},
    reference::{self, Target},
    structure::{MOST_PROBLEMS, concept_membership, contained, kind_of},
    terminology::Membership,
    types::Types,
};

type Object = Map<String, Value>;

pub struct Checker<'a> {
    types: &'a Types,
    index: &'a Index,
    root: &'a Value,
    pub problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    pub fn new(types: &'a Types, index: &'a Index, root: &'a Value) -> Self {
        Self { types, index, root, problems: Vec::new() }
    }

    fn report(&mut self, path: &Path<'_>, reason: impl Into<String>) {
        let problem = Problem { severity: Severity::Warning, path: path.to_string(), reason: reason.into() };
        // Profiles that build on each other report the same problems.
        if self.problems.len() < MOST_PROBLEMS && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    pub fn object(&mut self, node: &Node, object: &Object, profile: &Profile, path: &Path<'_>) {
        for child in &node.children {
            self.child(child, object, profile, path);
        }
    }

    fn child(&mut self, child: &Node, object: &Object, profile: &Profile, path: &Path<'_>) {
        let found = found::find(&child.name, object);
        if found.len() < child.min {
            let reason = match child.min {
                1 => format!("is missing; {} requires it", named(profile)),
                min => format!("occurs {} times; {} requires {min}", found.len(), named(profile)),
            };
            self.report(&path.member(&child.name), reason);
        }
        if let Some(max) = child.max.filter(|max| *max < found.len()) {
            let reason = if max == 0 { "is not allowed" } else { "occurs too often" };
            self.report(&path.member(&child.name), format!("{reason}; {} allows {max}", named(profile)));
        }
        if child.max == Some(0) {
            return;
        }
        for one in &found {
            let named = path.member(one.name);
            let at = one.index.map_or(named, |index| named.index(index));
            self.value(child, one, profile, &at);
        }
        match &child.slicing {
            Some(slicing) => self.slices(child, slicing, &found, profile, path),
            None if is_extension(&child.name) => found.iter().for_each(|one| self.known_extension(one, profile, path)),
            None => {}
        }
    }

    fn value(&mut self, node: &Node, found: &Found<'_>, profile: &Profile, at: &Path<'_>) {
        let uses = self.uses(node, found, profile, at);
        if !found.is_absent() {
            self.fixed(node, found.value, profile, at);
            self.binding(node, found.value, profile, at);
        }
        for one in uses {
            self.profiles(&one.profiles, found, profile, at);
            self.targets(one, found, profile, at);
        }
        if let Some(object) = found.object() {
            self.object(node, object, profile, at);
        }
    }

    /// The types of the element that the value may have.
    fn uses<'n>(&mut self, node: &'n Node, found: &Found<'_>, profile: &Profile, at: &Path<'_>) -> Vec<&'n TypeUse> {
        let uses: Vec<&TypeUse> =
            node.types.iter().filter(|one| found.kind.is_empty() || found.is_of(&one.code)).collect();
        if uses.is_empty() && !node.types.is_empty() {
            let allowed: Vec<&str> = node.types.iter().map(|one| one.code.as_str()).collect();
            self.report(
                at,
                format!("has a type that {} does not allow; allowed: {}", named(profile), allowed.join(", ")),
            );
        }
        uses
    }

    fn fixed(&mut self, node: &Node, value: &Value, profile: &Profile, at: &Path<'_>) {
        if let Some(fixed) = node.fixed.as_ref().filter(|fixed| *fixed != value) {
            self.report(at, format!("is not `{}`, which {} fixes", pattern::named(fixed), named(profile)));
        }
        if let Some(expected) = node.pattern.as_ref().filter(|expected| !pattern::fits(value, expected)) {
            self.report(at, format!("does not match the pattern `{}` of {}", pattern::named(expected), named(profile)));
        }
    }

    fn binding(&mut self, node: &Node, value: &Value, profile: &Profile, at: &Path<'_>) {
        let Some(binding) = &node.binding else { return };
        let is_out = match value {
            Value::String(code) => binding.codes.membership(None, code) == Membership::Out,
            Value::Object(object) => concept_membership(&binding.codes, object) == Membership::Out,
            _ => false,
        };
        if is_out {
            self.report(at, format!("has no code of {}, which {} requires", binding.url, named(profile)));
        }
    }

    /// If there are several profiles, the value must match one of them.
    fn profiles(&mut self, canonicals: &[String], found: &Found<'_>, profile: &Profile, at: &Path<'_>) {
        let known: Vec<&Arc<Profile>> =
            canonicals.iter().filter_map(|canonical| self.index.find(canonical, Some(profile.package))).collect();
        let Some(object) = found.object().filter(|_| known.len() == canonicals.len()) else { return };
        match &known[..] {
            [] => {}
            [one] => self.object(&one.root, object, one, at),
            several => {
                if !several.iter().any(|one| self.conforms(one, object)) {
                    self.report(
                        at,
                        format!(
                            "matches none of the profiles that {} allows: {}",
                            named(profile),
                            canonicals.join(", ")
                        ),
                    );
                }
            }
        }
    }

    fn conforms(&self, profile: &Profile, object: &Object) -> bool {
        let mut checker = Checker::new(self.types, self.index, self.root);
        checker.object(&profile.root, object, profile, &Path::root(""));
        checker.problems.is_empty()
    }

    fn targets(&mut self, one: &TypeUse, found: &Found<'_>, profile: &Profile, at: &Path<'_>) {
        let (Some(allowed), Some(object)) = (&one.targets, found.value.as_object()) else { return };
        let literal = object.get("reference").and_then(Value::as_str);
        let kind = match literal.map(|text| reference::parse(text, self.types)) {
            Some(Ok(Target::Typed(kind))) => Some(kind),
            Some(Ok(Target::Contained(id))) => contained(self.root, id).and_then(kind_of),
            _ => object.get("type").and_then(Value::as_str),
        };
        if let Some(kind) = kind.filter(|kind| !allowed.iter().any(|one| one == kind)) {
            self.report(at, format!("points at {kind}; {} allows: {}", named(profile), allowed.join(", ")));
        }
    }

    fn slices(&mut self, child: &Node, slicing: &Slicing, found: &[Found<'_>], profile: &Profile, path: &Path<'_>) {
        let mut counts = vec![0_usize; slicing.slices.len()];
        let mut is_certain = true;
        for one in found {
            let named_path = path.member(one.name);
            let at = one.index.map_or(named_path, |index| named_path.index(index));
            let mut best = Match::No;
            for (slice, count) in slicing.slices.iter().zip(&mut counts) {
                match self.matches(&slice.tests, one, profile) {
                    Match::Yes => {
                        *count += 1;
                        best = Match::Yes;
                        if slice.node.max != Some(0) {
                            self.value(&slice.node, one, profile, &at);
                        }
                    }
                    Match::Unknown if best == Match::No => best = Match::Unknown,
                    Match::Unknown | Match::No => {}
                }
            }
            is_certain &= best != Match::Unknown;
            if best == Match::No && slicing.is_closed {
                self.report(&at, format!("is not in any slice of {}, which allows no other values", named(profile)));
            } else if best == Match::No && is_extension(&child.name) {
                self.known_extension(one, profile, path);
            }
        }
        for (slice, count) in slicing.slices.iter().zip(counts) {
            let at = path.member(&child.name);
            // A missing element has been reported already.
            let is_missing = found.is_empty() && 0 < child.min;
            let what = format!("`{}`{}", slice.node.slice, described(&slice.tests));
            if is_certain && !is_missing && count < slice.node.min {
                self.report(&at, format!("does not have the slice {what} of {}", named(profile)));
            }
            if slice.node.max.is_some_and(|max| max < count) {
                self.report(
                    &at,
                    format!(
                        "has the slice {what} too often; {} allows {}",
                        named(profile),
                        slice.node.max.unwrap_or(0)
                    ),
                );
            }
        }
    }

    fn matches(&self, tests: &[super::tree::Test], found: &Found<'_>, profile: &Profile) -> Match {
        let conforms = |canonical: &str, value: &Value| match (
            self.index.find(canonical, Some(profile.package)),
            value.as_object(),
        ) {
            (Some(other), Some(object)) if self.conforms(other, object) => Match::Yes,
            (Some(_), _) => Match::No,
            (None, _) => Match::Unknown,
        };
        let mut result = Match::Yes;
        for test in tests {
            let kind = found.type_code();
            match slicing::passes(test, found.value, &kind, conforms) {
                Match::Yes => {}
                Match::No => return Match::No,
                Match::Unknown => result = Match::Unknown,
            }
        }
        result
    }

    /// Checks an extension that no slice names, if the packages define it.
    fn known_extension(&mut self, found: &Found<'_>, profile: &Profile, path: &Path<'_>) {
        let url = found.value.get("url").and_then(Value::as_str).filter(|url| url.contains(':'));
        let known = url.and_then(|url| self.index.find(url, Some(profile.package)));
        if let (Some(known), Some(object)) = (known.filter(|known| known.kind == "Extension"), found.value.as_object())
        {
            let named = path.member(found.name);
            let at = found.index.map_or(named, |index| named.index(index));
            self.object(&known.root, object, known, &at);
        }
    }
}

fn is_extension(name: &str) -> bool {
    matches!(name, "extension" | "modifierExtension")
}

fn named(profile: &Profile) -> &str {
    profile.url.rsplit('/').next().unwrap_or(&profile.url)
}

/// What distinguishes a slice, as far as it is a code.
fn described(tests: &[super::tree::Test]) -> String {
    use super::tree::Expects;
    let words: Vec<String> = tests
        .iter()
        .filter_map(|test| match &test.expects {
            Expects::Fixed(value) | Expects::Pattern(value) => {
                Some(format!("{} {}", test.path.join("."), pattern::named(value)))
            }
            Expects::Binding(binding) => Some(format!("{} of {}", test.path.join("."), binding.url)),
            _ => None,
        })
        .collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join("; ").trim()) }
}
