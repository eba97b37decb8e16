//! One `name=value` of a request: chains, reverse chains, modifiers, and the values between commas.

use super::{
    Held, Oracle, date,
    is::Is,
    near, path, reference, string,
    table::{self, Row},
    token, value,
};

/// A condition as written in the request, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub name: String,
    pub value: String,
}

impl Condition {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

impl Oracle {
    /// Whether the resource meets the condition, for this member.
    pub fn meets(&self, patient: Option<&str>, held: &Held, condition: &Condition) -> bool {
        self.meets_named(patient, held, &condition.name, &condition.value)
    }

    fn meets_named(&self, patient: Option<&str>, held: &Held, name: &str, value: &str) -> bool {
        if let Some(rest) = name.strip_prefix("_has:") {
            let parts: Vec<&str> = rest.splitn(3, ':').collect();
            let [kind, code, rest] = parts[..] else { panic!("{name} is not a reverse chain") };
            let mut pointing = self.of(patient, kind).filter(|other| self.leads(other, code, held));
            return pointing.any(|other| self.meets_named(patient, other, rest, value));
        }
        if let Some(alias) = table::alias(&held.kind, name) {
            return self.meets_named(patient, held, &alias, value);
        }
        if let Some((first, rest)) = name.split_once('.') {
            let code = first.split_once(':').map_or(first, |(code, _)| code);
            let mut targets = self.targets(patient, held, code).into_iter();
            return targets.any(|target| self.meets_named(patient, target, rest, value));
        }
        let (code, modifier) = name.split_once(':').map_or((name, None), |(code, modifier)| (code, Some(modifier)));
        let row =
            table::row(&held.kind, code).unwrap_or_else(|| panic!("the oracle does not know {}.{code}", held.kind));
        // A contained resource has no id of its own and does not change by itself.
        if held.is_contained && matches!(row.is, Is::Id | Is::Updated) {
            return false;
        }
        self.meets_row(held, row, modifier, value)
    }

    fn meets_row(&self, held: &Held, row: &Row, modifier: Option<&str>, text: &str) -> bool {
        let found = path::values(&held.json, row.paths);
        match modifier {
            Some("missing") => return found.iter().any(|value| self.is_there(held, row, value)) != (text == "true"),
            Some("not") => return !self.meets_row(held, row, None, text),
            _ => {}
        }
        let sought = value::split(text, ',');
        let mut sought = sought.iter().map(|sought| sought.trim()).filter(|sought| !sought.is_empty());
        sought.any(|sought| self.meets_value(held, row, &found, modifier, sought))
    }

    /// Whether the value counts as one: it must have more than extensions, such as a reason for its absence, and a
    /// reference must have a target that the parameter means.
    fn is_there(&self, held: &Held, row: &Row, value: &serde_json::Value) -> bool {
        let says_something =
            value.as_object().is_none_or(|members| members.keys().any(|name| name != "id" && name != "extension"));
        match (row.is, value["reference"].as_str()) {
            (Is::Reference(targets), Some(reference)) => match reference::named(reference) {
                Some((kind, _)) => targets.contains(&kind),
                None => match reference.strip_prefix('#') {
                    Some(id) => held.contains(id).is_some_and(|kind| targets.contains(&kind)),
                    None => reference.contains(':'),
                },
            },
            _ => says_something,
        }
    }

    fn meets_value(
        &self,
        held: &Held,
        row: &Row,
        found: &[&serde_json::Value],
        modifier: Option<&str>,
        sought: &str,
    ) -> bool {
        let plain = value::plain(sought);
        match row.is {
            Is::Id => return held.id == plain.strip_prefix('|').unwrap_or(&plain),
            Is::Updated => {
                let there = date::Moments { from: held.updated, to: held.updated + 1 };
                return date::meets(there, sought, self.now);
            }
            Is::Name if modifier.is_none() && string::meets_whole(found, &plain) => return true,
            _ => {}
        }
        found.iter().any(|value| match row.is {
            Is::Text | Is::Family | Is::Name | Is::Address => string::meets(value, row.is, modifier, &plain),
            Is::Code(_) | Is::Coding | Is::Concept | Is::Identifier => {
                token::codes(value, row.is).iter().any(|code| token::meets(code, row.is, sought))
            }
            Is::Reference(targets) => {
                let only = modifier.map(|kind| [kind]);
                reference::meets(value, only.as_ref().map_or(targets, |only| &only[..]), &plain)
            }
            Is::Date => date::Moments::of(value).is_some_and(|there| date::meets(there, sought, self.now)),
            Is::Uri => value.as_str().is_some_and(|uri| meets_uri(uri, modifier, &plain)),
            Is::Near => near::meets(value, sought),
            Is::Updated | Is::Id => false,
        })
    }
}

/// Matches with and without the version of a canonical; `:below` also matches what continues it after a slash.
fn meets_uri(uri: &str, modifier: Option<&str>, sought: &str) -> bool {
    let unversioned = uri.split_once('|').map_or(uri, |(uri, _)| uri);
    if modifier == Some("below") {
        let sought = sought.trim_end_matches('/');
        return [uri, unversioned]
            .iter()
            .any(|uri| uri.strip_prefix(sought).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    }
    uri == sought || unversioned == sought
}
