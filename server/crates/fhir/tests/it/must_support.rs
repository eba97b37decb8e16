//! Synthetic data populates every must-support element of the guides' profiles somewhere: `must_support.txt` lists
//! them.

use fhir::synthesize::{Input, resources};
use programs::{Programs, program::Program};
use serde_json::Value;

/// A profile of the list and the paths in it.
struct Profile {
    url: &'static str,
    paths: Vec<&'static str>,
}

fn list() -> Vec<Profile> {
    let mut profiles: Vec<Profile> = Vec::new();
    for line in include_str!("../must_support.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix(' ') {
            Some(paths) => {
                let profile = profiles.last_mut().expect("a profile above its paths");
                profile.paths.extend(paths.split_whitespace());
            }
            None => profiles.push(Profile { url: line, paths: Vec::new() }),
        }
    }
    profiles
}

impl Profile {
    /// Whether the resource claims the profile or one derived from it, whose URL has the same name and a hyphen, and
    /// the same version.
    fn is_of(&self, resource: &Value) -> bool {
        let (base, version) = self.url.split_once('|').unwrap_or((self.url, ""));
        let claims = |claimed: &str| {
            let (name, of) = claimed.split_once('|').unwrap_or((claimed, ""));
            of == version && (name == base || name.strip_prefix(base).is_some_and(|rest| rest.starts_with('-')))
        };
        resource["meta"]["profile"].as_array().into_iter().flatten().filter_map(Value::as_str).any(claims)
    }
}

/// Whether there is something at the path; after `=`, this value.
fn is_populated(resource: &Value, path: &str) -> bool {
    let (path, expect) = path.split_once('=').map_or((path, None), |(path, expect)| (path, Some(expect)));
    let found = path
        .split('.')
        .fold(vec![resource], |values, step| values.into_iter().flat_map(|value| children(value, step)).collect());
    match expect {
        None => !found.is_empty(),
        Some(expect) => {
            let flag = expect.parse::<bool>().ok();
            found.iter().any(|value| value.as_str() == Some(expect) || (flag.is_some() && value.as_bool() == flag))
        }
    }
}

/// The values of an element, of a slice of it or, with `[x]`, of any of its types.
fn children<'v>(value: &'v Value, step: &str) -> Vec<&'v Value> {
    let (name, slice) = step.split_once(':').map_or((step, None), |(name, slice)| (name, Some(slice)));
    let found: Vec<&Value> = match (name.strip_suffix("[x]"), slice) {
        // A slice by type is the element of that type.
        (Some(_), Some(slice)) => return value.get(slice).into_iter().collect(),
        (Some(stem), None) => {
            let is_choice = |key: &str| {
                key.strip_prefix(stem).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
            };
            value.as_object().into_iter().flatten().filter(|(key, _)| is_choice(key)).map(|(_, value)| value).collect()
        }
        (None, _) => value.get(name).into_iter().collect(),
    };
    let each = found.into_iter().flat_map(|value| match value {
        Value::Array(values) => values.iter().collect(),
        single => vec![single],
    });
    each.filter(|value| slice.is_none_or(|slice| is_in(value, slice))).collect()
}

/// Slices are distinguished by the code of their category or type, extensions by the end of their URL.
fn is_in(value: &Value, slice: &str) -> bool {
    if let Some(url) = value["url"].as_str() {
        return url.rsplit('/').next() == Some(slice);
    }
    let lower = slice.to_lowercase();
    let codes: &[&str] = match slice {
        "memberid" => &["MB"],
        "uniquememberid" => &["um"],
        "uniqueclaimid" => &["uc"],
        "tax" => &["TAX"],
        "NPI" => &["npi", "NPI"],
        "ProvenanceAuthor" => &["author"],
        "ProvenanceTransmitter" => &["transmitter"],
        // In 1.1.0 the status itself is the category.
        "benefitpaymentstatus" => &["benefitpaymentstatus", "innetwork", "outofnetwork", "other"],
        "adjudicationamounttype" => &["submitted", "eligible", "deductible", "copay", "benefit", "noncovered"],
        _ => &[lower.as_str()],
    };
    let codings = ["category", "type"].into_iter().filter_map(|key| value[key]["coding"].as_array()).flatten();
    codings.filter_map(|coding| coding["code"].as_str()).any(|code| codes.contains(&code))
}

/// A small world of everything for which the list has profiles, in the program's region and with its payers.
fn made(program: &Program, seed: u64) -> Vec<Value> {
    const ALSO: [&str; 6] = ["Condition", "Encounter", "Immunization", "InsurancePlan", "Provenance", "RelatedPerson"];
    let mut input = Input::of(program, 3, 20, seed);
    input.types.extend(ALSO.map(str::to_owned));
    let made = resources(input).expect("a sound input");
    made.map(|resource| serde_json::from_str(&resource.json).expect("JSON")).collect()
}

#[test]
fn everything_that_the_guides_must_support_is_populated_somewhere() {
    let programs = Programs::embedded().expect("the programs are right");
    let list = list();
    assert_eq!(list.iter().map(|profile| profile.paths.len()).sum::<usize>(), TOTAL, "the list is complete");
    let mut missing = Vec::new();
    for program in programs.iter() {
        for seed in [1, 2] {
            let world = made(program, seed);
            for profile in &list {
                let claiming: Vec<&Value> = world.iter().filter(|resource| profile.is_of(resource)).collect();
                let nowhere =
                    profile.paths.iter().filter(|path| !claiming.iter().any(|resource| is_populated(resource, path)));
                missing.extend(nowhere.map(|path| format!("{} {seed}: {} {path}", program.id, profile.url)));
            }
        }
    }
    assert!(missing.is_empty(), "{} are populated nowhere:\n{}", missing.len(), missing.join("\n"));
}

/// A check that no line gets lost.
const TOTAL: usize = 1613;

#[test]
fn paths_are_followed_through_slices_choices_and_values() {
    let value: Value = serde_json::json!({
        "extension": [{"url": "http://example.org/StructureDefinition/race", "valueCode": "x"}],
        "identifier": [{"type": {"coding": [{"code": "MB"}]}, "value": "1"}, {"type": {"coding": [{"code": "um"}]}}],
        "item": [{"servicedDate": "2020-01-01", "adjudication": [{"category": {"coding": [{"code": "submitted"}]}, "amount": {"value": 1}}]}],
        "active": true, "status": "active", "payee": {},
    });
    let check = |path: &str, expect: bool| assert_eq!(is_populated(&value, path), expect, "{path}");
    check("extension:race", true);
    check("extension:ethnicity", false);
    check("identifier:memberid.value", true);
    check("identifier:uniquememberid.value", false);
    check("item.serviced[x]", true);
    check("item.serviced[x]:servicedDate", true);
    check("item.serviced[x]:servicedPeriod", false);
    check("item.service[x]", false);
    check("item.adjudication:adjudicationamounttype.amount", true);
    check("item.adjudication:denialreason", false);
    check("active=true", true);
    check("status=active", true);
    check("status=retired", false);
    check("payee.party", false);
}
