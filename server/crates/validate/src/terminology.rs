//! Code systems and value sets, as far as we have them; codes of others are not checked.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
};

use serde_json::Value;

/// Whether a code is in a value set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    In,
    Out,
    /// We do not have its system or a part of the value set.
    Unknown,
}

/// The codes of a value set.
#[derive(Debug, Default)]
pub struct Expansion {
    systems: HashMap<String, Codes>,
    /// Whether there are parts that we do not have.
    is_open: bool,
}

#[derive(Debug)]
enum Codes {
    These(HashSet<String>),
    Unknown,
}

impl Expansion {
    /// The membership of a Coding; without a system, that of a `code` element.
    pub fn membership(&self, system: Option<&str>, code: &str) -> Membership {
        let Some(system) = system else { return self.membership_anywhere(code) };
        match self.systems.get(system) {
            Some(Codes::These(codes)) if codes.contains(code) => Membership::In,
            Some(Codes::Unknown) => Membership::Unknown,
            _ if self.is_open => Membership::Unknown,
            _ => Membership::Out,
        }
    }

    fn membership_anywhere(&self, code: &str) -> Membership {
        let has = |codes: &Codes| matches!(codes, Codes::These(codes) if codes.contains(code));
        let is_unknown = |codes: &Codes| matches!(codes, Codes::Unknown);
        match () {
            () if self.systems.values().any(has) => Membership::In,
            () if self.is_open || self.systems.values().any(is_unknown) => Membership::Unknown,
            () => Membership::Out,
        }
    }

    /// Whether the membership of every code is known.
    pub fn is_complete(&self) -> bool {
        !self.is_open && !self.systems.values().any(|codes| matches!(codes, Codes::Unknown))
    }

    /// The systems whose codes we do not have.
    pub fn unknown_systems(&self) -> impl Iterator<Item = &str> {
        let unknown = self.systems.iter().filter(|(_, codes)| matches!(codes, Codes::Unknown));
        unknown.map(|(system, _)| system.as_str())
    }

    fn add(&mut self, system: &str, codes: Option<impl Iterator<Item = String>>) {
        let known = self.systems.entry(system.to_owned()).or_insert_with(|| Codes::These(HashSet::new()));
        match (known, codes) {
            (Codes::These(known), Some(codes)) => known.extend(codes),
            (known, None) => *known = Codes::Unknown,
            (Codes::Unknown, _) => {}
        }
    }

    fn remove(&mut self, system: &str, codes: Option<HashSet<&str>>) {
        match (self.systems.get_mut(system), codes) {
            (Some(Codes::These(known)), Some(codes)) => known.retain(|code| !codes.contains(code.as_str())),
            (Some(known), None) => *known = Codes::Unknown,
            _ => {}
        }
    }

    fn join(&mut self, other: &Self) {
        self.is_open |= other.is_open;
        for (system, codes) in &other.systems {
            self.add(system, if let Codes::These(codes) = codes { Some(codes.iter().cloned()) } else { None });
        }
    }
}

/// The value sets and code systems of one package.
#[derive(Default)]
pub struct Terminology {
    systems: HashMap<String, Vec<String>>,
    sets: HashMap<String, ValueSet>,
}

/// `ValueSet.compose`, or the entry in R4's own list.
enum ValueSet {
    /// Systems, each with these codes of it, or all codes.
    Listed(Vec<(String, Option<Vec<String>>)>),
    Composed(Value),
}

impl Terminology {
    pub fn add_listed_system(&mut self, url: &str, codes: Vec<String>) {
        self.systems.insert(url.to_owned(), codes);
    }

    pub fn add_listed_set(&mut self, url: &str, parts: Vec<(String, Option<Vec<String>>)>) {
        self.sets.insert(url.to_owned(), ValueSet::Listed(parts));
    }

    /// Adds a CodeSystem that lists all its codes; from others, we could not tell which codes are missing.
    pub fn add_code_system(&mut self, resource: &Value) {
        let url = resource.get("url").and_then(Value::as_str);
        let is_complete = resource.get("content").and_then(Value::as_str) == Some("complete");
        if let Some(url) = url.filter(|_| is_complete) {
            let mut codes = Vec::new();
            collect(resource, &mut codes);
            self.systems.insert(url.to_owned(), codes);
        }
    }

    pub fn add_value_set(&mut self, resource: &Value) {
        if let Some(url) = resource.get("url").and_then(Value::as_str) {
            let compose = resource.get("compose").cloned().unwrap_or_default();
            self.sets.insert(url.to_owned(), ValueSet::Composed(compose));
        }
    }
}

fn collect(parent: &Value, codes: &mut Vec<String>) {
    for concept in parent.get("concept").and_then(Value::as_array).into_iter().flatten() {
        codes.extend(concept.get("code").and_then(Value::as_str).map(str::to_owned));
        collect(concept, codes);
    }
}

/// The sources of value sets and code systems, the nearest first.
pub struct Sources<'a>(pub Vec<&'a Terminology>);

/// The greatest depth and number of value sets that others include.
const DEEPEST: usize = 8;
const MOST_INCLUDED: usize = 1_000;

impl Sources<'_> {
    /// A value set by its canonical, with or without a version; `None` if no source has it.
    pub fn expand(&self, canonical: &str) -> Option<Expansion> {
        self.expand_within(canonical, DEEPEST, &Cell::new(MOST_INCLUDED))
    }

    fn expand_within(&self, canonical: &str, depth: usize, left: &Cell<usize>) -> Option<Expansion> {
        left.set(left.get().checked_sub(1)?);
        let url = canonical.split('|').next().unwrap_or(canonical);
        let mut expansion = Expansion::default();
        match self.0.iter().find_map(|source| source.sets.get(url))? {
            ValueSet::Listed(parts) => {
                for (system, codes) in parts {
                    match codes {
                        Some(codes) => expansion.add(system, Some(codes.iter().cloned())),
                        None => self.add_system(&mut expansion, system),
                    }
                }
            }
            ValueSet::Composed(compose) => {
                for include in list(compose, "include") {
                    self.include(&mut expansion, include, depth, left);
                }
                for exclude in list(compose, "exclude") {
                    let system = exclude.get("system").and_then(Value::as_str).unwrap_or_default();
                    let listed = exclude.get("concept").map(|_| concepts(exclude).collect());
                    expansion.remove(system, listed);
                }
                expansion.is_open |= list(compose, "include").next().is_none();
            }
        }
        Some(expansion)
    }

    fn include(&self, expansion: &mut Expansion, include: &Value, depth: usize, left: &Cell<usize>) {
        let imported: Vec<&str> = list(include, "valueSet").filter_map(Value::as_str).collect();
        match (include.get("system").and_then(Value::as_str), &imported[..]) {
            (None, [one]) if 0 < depth => match self.expand_within(one, depth - 1, left) {
                Some(other) => expansion.join(&other),
                None => expansion.is_open = true,
            },
            (Some(system), []) if include.get("filter").is_some() => {
                expansion.add(system, None::<std::iter::Empty<String>>);
            }
            (Some(system), []) if include.get("concept").is_some() => {
                expansion.add(system, Some(concepts(include).map(str::to_owned)));
            }
            (Some(system), []) => self.add_system(expansion, system),
            // Intersections of several value sets are not computed.
            _ => expansion.is_open = true,
        }
    }

    fn add_system(&self, expansion: &mut Expansion, system: &str) {
        let codes = self.0.iter().find_map(|source| source.systems.get(system));
        expansion.add(system, codes.map(|codes| codes.iter().cloned()));
    }
}

fn list<'a>(parent: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    parent.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn concepts(parent: &Value) -> impl Iterator<Item = &str> {
    list(parent, "concept").filter_map(|concept| concept.get("code")?.as_str())
}
