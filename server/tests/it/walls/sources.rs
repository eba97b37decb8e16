//! Boundaries that the compiler does not enforce, read from the sources.

use super::files;

const RUST: &[&str] = &["app", "frontend", "server", "bench"];

/// Sources outside tests and build scripts that contain one of these words, except these files.
fn mentions(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files(RUST, &["rs"]) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let aside = path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("build.rs");
        if aside || allowed.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        let lines = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let lines = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.extend(lines.map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim())));
    }
    found
}

const NONE: &[String] = &[];

#[test]
fn the_clock_is_read_in_the_store_alone() {
    let clocks = ["Timestamp::now(", "Zoned::now(", "SystemTime::now("];
    assert_eq!(mentions(&clocks, &["server/crates/store/src/clock.rs", "bench/"]), NONE);
}

#[test]
fn the_environment_is_read_by_settings_alone() {
    let allowed = ["server/crates/store/", "server/src/settings.rs", "bench/"];
    assert_eq!(mentions(&["env::var"], &allowed), NONE);
}

#[test]
fn chance_comes_from_the_store() {
    // The library that signs with a key pair creates it; everything else asks `Ctx`.
    let allowed = [
        "server/crates/store/src/random.rs",
        "server/crates/oauth/src/keys/pair.rs",
        "server/crates/payers/src/testing/key.rs",
        "bench/",
        "server/crates/webauthn/src/testing.rs",
    ];
    assert_eq!(mentions(&["SystemRandom::new(", "rand::fill(", "thread_rng(", "::new_random"], &allowed), NONE);
}

#[test]
fn one_file_of_the_server_knows_leptos() {
    let allowed = ["server/src/portals.rs", "app/", "frontend/"];
    assert_eq!(mentions(&["leptos"], &allowed), NONE);
}

#[test]
fn only_the_store_knows_the_dialect() {
    let allowed = ["server/crates/store/", "bench/"];
    assert_eq!(mentions(&["Dialect::", "Db::Sqlite", "Db::Postgres"], &allowed), NONE);
}
