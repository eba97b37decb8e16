//! Example resources and packages, if they are on this computer.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use serde_json::Value;
use validate::{package::Package, validator::Validator};

/// The folder with `data` and `packages`. If there is none, prints that the test is skipped.
pub fn folder() -> Option<PathBuf> {
    // Next to the checkout, as for the other tests.
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    if beside.join("data").is_dir() && beside.join("packages").is_dir() {
        return Some(beside);
    }
    eprintln!("skipped: there are no examples and packages at {}", beside.display());
    None
}

pub fn packages(shared: &Path, names: &[&str]) -> Validator {
    let open = |name: &&str| Package::open(&shared.join("packages").join(format!("{name}.tgz"))).expect("a package");
    Validator::new(&names.iter().map(open).collect::<Vec<_>>()).expect("R4")
}

/// Every resource in a folder of the examples, with a name for messages.
pub fn resources(folder: &Path) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("text");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".ndjson") {
            let lines = text.lines().enumerate();
            found.extend(
                lines.map(|(line, text)| (format!("{name}:{}", line + 1), serde_json::from_str(text).expect("JSON"))),
            );
        } else if name.ends_with(".json") {
            found.push((name, serde_json::from_str(&text).expect("JSON")));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

/// All the guides, read once for all tests.
pub fn guides(shared: &Path) -> &'static Validator {
    static GUIDES: OnceLock<Validator> = OnceLock::new();
    GUIDES.get_or_init(|| {
        packages(
            shared,
            &[
                "hl7.fhir.us.carin-bb-1.1.0",
                "hl7.fhir.us.carin-bb-2.0.0",
                "hl7.fhir.us.core-3.1.1",
                "hl7.fhir.us.davinci-pdex-2.0.0",
                "hl7.fhir.us.davinci-pdex-plan-net-1.0.0-compiled",
            ],
        )
    })
}
