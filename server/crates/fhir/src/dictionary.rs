//! What the profiles of the programs ask for, element by element: facts that `validate/examples/profiles.rs` reads from the
//! guides' packages, with meanings in our own words.

use std::{collections::HashMap, sync::LazyLock};

const PROFILES: &str = include_str!("../dictionary/profiles.txt");
const MEANINGS: &str = include_str!("../dictionary/meanings.txt");

/// A profile.
#[derive(Debug)]
pub struct Profile {
    pub url: &'static str,
    /// Of the guide that we read.
    pub version: &'static str,
    /// The type that it constrains.
    pub kind: &'static str,
    pub elements: Vec<Element>,
}

/// An element that the profile requires or that must be supported.
#[derive(Debug)]
pub struct Element {
    /// Below the type; a slice is behind a colon: `supportingInfo:drg.code`.
    pub path: &'static str,
    /// `0..1`
    pub cardinality: &'static str,
    /// Servers fill it in where they know it (hl7.org/fhir/R4/conformance-rules.html#mustSupport).
    pub must_support: bool,
    /// `Reference(C4BB-Patient)`
    pub types: &'static str,
    pub meaning: &'static str,
}

static DICTIONARY: LazyLock<Vec<Profile>> = LazyLock::new(read);

/// The profile of this address, with or without a version behind `|`. `None` if we have not read it.
pub fn find(url: &str) -> Option<&'static Profile> {
    let url = url.split('|').next()?;
    DICTIONARY.iter().find(|profile| profile.url == url)
}

fn read() -> Vec<Profile> {
    let meanings = meanings();
    let mut profiles: Vec<Profile> = Vec::new();
    for line in PROFILES.lines() {
        if let Some(head) = line.strip_prefix("= ") {
            let mut words = head.split(' ');
            let mut word = || words.next().unwrap_or_default();
            profiles.push(Profile { url: word(), version: word(), kind: word(), elements: Vec::new() });
        } else if let (Some(line), Some(profile)) = (line.strip_prefix(' '), profiles.last_mut()) {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let (path, cardinality, must, types) = (field(), field(), field(), field());
            let meaning = meaning(&meanings, profile.kind, path).unwrap_or_default();
            profile.elements.push(Element { path, cardinality, must_support: must == "S", types, meaning });
        }
    }
    profiles
}

fn meanings() -> HashMap<&'static str, &'static str> {
    let lines = MEANINGS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
}

/// The meaning of the longest end of the path that has one.
fn meaning(meanings: &HashMap<&'static str, &'static str>, kind: &str, path: &str) -> Option<&'static str> {
    ends(kind, path).iter().find_map(|end| meanings.get(end.as_str()).copied())
}

/// `ExplanationOfBenefit.total:amount.category` → the whole, `total.category` and so on; a slice counts by its own name.
fn ends(kind: &str, path: &str) -> Vec<String> {
    let steps: Vec<&str> = std::iter::once(kind).chain(path.split('.')).collect();
    let name = |step: &&str| step.rsplit(':').next().unwrap_or_default().to_owned();
    let own: Vec<String> = steps.iter().map(name).collect();
    let stems: Vec<String> = steps.iter().map(|step| step.split(':').next().unwrap_or_default().to_owned()).collect();
    let last = own.last().cloned().unwrap_or_default();
    (0..steps.len())
        .map(|from| {
            let before = &stems[from..steps.len() - 1];
            before.iter().cloned().chain([last.clone()]).collect::<Vec<_>>().join(".")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_element_has_a_meaning_and_every_meaning_an_element() {
        let meanings = meanings();
        let mut used = BTreeSet::new();
        for profile in DICTIONARY.iter() {
            for element in &profile.elements {
                let end = ends(profile.kind, element.path).into_iter().find(|end| meanings.contains_key(end.as_str()));
                used.insert(end.unwrap_or_else(|| panic!("{}.{} has no meaning", profile.kind, element.path)));
            }
        }
        let unused: Vec<_> = meanings.keys().filter(|end| !used.contains(**end)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn the_longest_end_of_a_path_counts() {
        let of = |kind, path| meaning(&meanings(), kind, path).unwrap();
        assert_eq!(of("Endpoint", "address"), "The address of the service, such as a URL.");
        assert_eq!(of("Organization", "address"), "A postal address.");
        assert_eq!(of("Organization", "telecom.extension:via-intermediary"), "Through whom to reach them.");
        assert_eq!(
            of("ExplanationOfBenefit", "diagnosis:principal.type"),
            of("ExplanationOfBenefit", "diagnosis.type")
        );
    }

    #[test]
    fn every_profile_of_every_program_is_there() {
        let programs = programs::Programs::embedded().unwrap();
        for resource in programs.iter().flat_map(|program| &program.resources) {
            for url in &resource.profiles {
                let profile = find(url).unwrap_or_else(|| panic!("{url}"));
                assert!(!profile.elements.is_empty(), "{url}");
            }
        }
    }
}
