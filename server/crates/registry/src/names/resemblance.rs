//! Whether people can confuse two organizations. Reviewers see this and decide.

use std::{collections::BTreeSet, sync::LazyLock};

use super::tokens::Tokens;

/// Legal forms of companies, and words that distinguish nothing.
const LEGAL: [&str; 20] = [
    "inc",
    "incorporated",
    "llc",
    "llp",
    "lp",
    "pllc",
    "ltd",
    "limited",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "ag",
    "sa",
    "sl",
    "pc",
    "pbc",
    "plc",
    "group",
];

/// [`LEGAL`] in the same look as the tokens of names.
static LEGAL_LOOKS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| LEGAL.iter().map(|word| Tokens::of(word).joined()).collect());

/// The name of an organization, read once to compare it with many.
pub(crate) struct OrganizationName(Vec<Vec<String>>);

impl OrganizationName {
    pub fn of(name: &str) -> Self {
        Self(Tokens::readings(name).into_iter().map(core).collect())
    }

    /// Equal or nearly so, whatever the companies' legal form, the order of the words, and the spelling of a letter or two;
    /// or one is the other with something added.
    pub fn resembles(&self, other: &Self) -> bool {
        any_pair(&self.0, &other.0, |one, other| {
            let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
            let added = !short.is_empty() && 4 <= short.concat().len() && long.starts_with(short);
            added || [false, true].into_iter().any(|sorted| are_near(one, other, sorted))
        })
    }
}

/// Whether two names look the same, whatever is between their letters.
pub(super) fn is_one_look(one: &str, other: &str) -> bool {
    let looks = |name: &str| Tokens::readings(name).iter().map(Tokens::joined).collect::<BTreeSet<_>>();
    !looks(one).is_disjoint(&looks(other))
}

/// Equal or nearly so: of the looks of two names.
pub(super) fn texts_resemble(one: &str, other: &str) -> bool {
    any_pair(&Tokens::readings(one), &Tokens::readings(other), |one, other| are_near(&one.0, &other.0, false))
}

/// Of all ways to read the two.
fn any_pair<T>(one: &[T], other: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    one.iter().any(|one| other.iter().any(|other| alike(one, other)))
}

fn are_near(one: &[String], other: &[String], sorted: bool) -> bool {
    let text = |tokens: &[String]| {
        let mut tokens = tokens.to_vec();
        if sorted {
            tokens.sort_unstable();
        }
        tokens.concat()
    };
    let (one, other) = (text(one), text(other));
    let most = match one.len().max(other.len()) {
        0..5 => 0,
        5..12 => 1,
        _ => 2,
    };
    one.len().abs_diff(other.len()) <= most && strsim::osa_distance(&one, &other) <= most
}

fn core(tokens: Tokens) -> Vec<String> {
    let core: Vec<String> =
        tokens.significant().into_iter().filter(|token| !LEGAL_LOOKS.contains(*token)).map(str::to_owned).collect();
    // A name of legal forms alone stays as it is.
    if core.is_empty() { tokens.0 } else { core }
}

/// Equal except for punctuation, or one character differs, is missing, is added, or two are swapped.
pub(crate) fn numbers_resemble(one: &str, other: &str) -> bool {
    let plain = |number: &str| {
        let plain: String = number.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        plain
    };
    strsim::osa_distance(&plain(one), &plain(other)) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organizations_resemble(one: &str, other: &str) -> bool {
        OrganizationName::of(one).resembles(&OrganizationName::of(other))
    }

    #[test]
    fn organizations_that_can_be_taken_for_each_other_resemble() {
        for (one, other) in [
            ("Acme Health, Inc.", "ACME HEALTH LLC"),
            ("Acme Health", "Acme-Health Corporation"),
            ("Acme Health", "Health Acme"),
            ("Acme Health", "Acne Health"),
            ("Acme Health", "Acme Heatlh"),
            ("Acme Health", "Асme Health"),
            ("Acme", "@cme!"),
            ("Acme Health", "Acme Hea!th, Inc.!"),
            ("Acme Health", "Acme Health Apps"),
            ("Bright Harbor Health", "Brigth Harbour Health"),
            ("Johnson & Sons", "Johnson and Sons, Ltd."),
        ] {
            assert!(organizations_resemble(one, other), "{one} / {other}");
            assert!(organizations_resemble(other, one), "{other} / {one}");
        }
        for (one, other) in [
            ("Acme Health", "Bright Harbor Health"),
            ("Care One", "Care Two"),
            ("acme Inc.", "eve Inc."),
            ("Health Gorilla", "Health Union"),
        ] {
            assert!(!organizations_resemble(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn names_are_one_look_whatever_their_signs_are_taken_for() {
        for name in
            ["Health Sync!", "!Health Sync", "Hea!th Sync!", "(H3alth $ync)", "Health Sync™", "H.e.a.l.t.h sync"]
        {
            assert!(is_one_look("Health Sync", name), "{name}");
            assert!(texts_resemble("Health Sync", name), "{name}");
        }
        for name in ["Health Link!", "Health (Sync)hrony", "Health", "Sync!"] {
            assert!(!is_one_look("Health Sync", name), "{name}");
        }
    }

    #[test]
    fn numbers_resemble_that_one_slip_makes_equal() {
        for (one, other, expect) in [
            ("12-3456789", "12-3456789", true),
            ("12-3456789", "123456789", true),
            ("12-3456789", "12-3456798", true),
            ("12-3456789", "12-3456780", true),
            ("12-3456789", "98-7654321", false),
            ("GB 123", "gb-123", true),
        ] {
            assert_eq!(numbers_resemble(one, other), expect, "{one} {other}");
        }
    }
}
