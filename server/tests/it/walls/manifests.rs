//! Who may depend on whom, read from the manifests.

use std::{collections::BTreeSet, fs};

use toml::Table;

use super::root;

/// Each crate and the crates on which it may depend. A dependency that is not listed is a mistake, or a decision for
/// ARCHITECTURE.md.
const CRATES: &[(&str, &str, &[&str])] = &[
    (
        "app",
        "app",
        &["audit", "fhir", "identity", "mail", "model", "oauth", "payers", "programs", "registry", "store", "usage"],
    ),
    ("frontend", "frontend", &["app"]),
    (
        "server",
        "server",
        &[
            "app", "audit", "fhir", "identity", "mail", "model", "oauth", "payers", "programs", "registry", "store",
            "usage", "validate", "webauthn",
        ],
    ),
    ("server/crates/audit", "audit", &["model", "programs", "store"]),
    ("server/crates/fhir", "fhir", &["model", "programs", "store", "validate"]),
    ("server/crates/identity", "identity", &["audit", "mail", "model", "programs", "store", "webauthn"]),
    ("server/crates/mail", "mail", &["model", "store"]),
    ("server/crates/model", "model", &[]),
    ("server/crates/oauth", "oauth", &["audit", "identity", "mail", "model", "programs", "registry", "store"]),
    ("server/crates/payers", "payers", &["audit", "fhir", "identity", "mail", "model", "oauth", "programs", "store"]),
    ("server/crates/programs", "programs", &["model"]),
    ("server/crates/registry", "registry", &["audit", "identity", "mail", "model", "programs", "store"]),
    ("server/crates/store", "store", &["model"]),
    ("server/crates/usage", "usage", &["model", "programs", "store"]),
    ("server/crates/validate", "validate", &[]),
    ("server/crates/webauthn", "webauthn", &[]),
    ("bench", "bench", &["store"]),
    ("samples/rust", "samples", &[]),
    ("xtask", "xtask", &[]),
];

/// Libraries on which only these crates may depend. `bench` measures the bare ones as floors.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("argon2", &["identity"]),
    ("axum", &["bench", "server"]),
    ("ciborium", &["webauthn"]),
    ("clap", &["bench", "server"]),
    ("config", &["server"]),
    ("hyper", &["server"]),
    ("hyper-util", &["server"]),
    ("jsonwebtoken", &["oauth", "payers"]),
    ("leptos", &["app", "frontend", "server"]),
    ("leptos_axum", &["server"]),
    ("lettre", &["mail"]),
    ("oauth2", &["payers", "samples", "server"]),
    ("plotters", &["app"]),
    ("plotters-backend", &["app"]),
    ("qrcodegen", &["app"]),
    ("reqwest", &["samples", "server"]),
    ("sqlx", &["bench", "store"]),
    ("tar", &["fhir", "validate"]),
    ("totp-rs", &["identity"]),
    ("tower", &["server"]),
    ("tower-http", &["server"]),
    ("tower-sessions", &["server"]),
    ("wasm-bindgen", &["app", "frontend"]),
    ("web-sys", &["app"]),
];

#[test]
fn every_room_is_listed() {
    let mut manifests = vec!["app", "bench", "frontend", "samples/rust", "server", "xtask"]
        .into_iter()
        .map(String::from)
        .collect::<BTreeSet<_>>();
    for entry in fs::read_dir(root().join("server/crates")).unwrap() {
        manifests.insert(format!("server/crates/{}", entry.unwrap().file_name().display()));
    }
    assert_eq!(manifests, CRATES.iter().map(|(folder, ..)| (*folder).to_owned()).collect());
}

#[test]
fn a_room_knows_only_the_rooms_it_may() {
    for (folder, name, allowed) in CRATES {
        for dependency in dependencies(folder, &["dependencies", "build-dependencies"]) {
            let is_ours = CRATES.iter().any(|(_, member, _)| dependency == *member);
            assert!(!is_ours || allowed.contains(&dependency.as_str()), "{name} may not depend on {dependency}");
        }
    }
}

#[test]
fn a_rooms_tests_know_no_more_than_the_room() {
    for (folder, name, allowed) in CRATES {
        for dependency in dependencies(folder, &["dev-dependencies"]) {
            let is_ours = CRATES.iter().any(|(_, member, _)| dependency == *member);
            // A crate depends on itself with its own test features.
            let known = allowed.contains(&dependency.as_str()) || dependency == *name;
            assert!(!is_ours || known, "the tests of {name} may not depend on {dependency}");
        }
    }
}

#[test]
fn a_library_is_known_only_where_it_belongs() {
    for (folder, name, _) in CRATES {
        for dependency in dependencies(folder, &["dependencies", "build-dependencies", "dev-dependencies"]) {
            let rule = LIBRARIES.iter().find(|(library, _)| dependency == *library);
            assert!(rule.is_none_or(|(_, crates)| crates.contains(name)), "{name} may not depend on {dependency}");
        }
    }
}

/// The names of a crate's dependencies.
fn dependencies(folder: &str, sections: &[&str]) -> BTreeSet<String> {
    let manifest = root().join(folder).join("Cargo.toml");
    let manifest: Table = fs::read_to_string(&manifest).unwrap().parse().unwrap();
    let section = |name: &&str| manifest.get(*name).and_then(|section| section.as_table()).cloned().unwrap_or_default();
    sections.iter().flat_map(section).map(|(name, _)| name).collect()
}
