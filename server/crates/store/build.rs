//! Lists the migration files, so that the binary carries them.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../../migrations").canonicalize()?;
    let mut code = String::new();
    for dialect in ["sqlite", "postgres"] {
        let folder = root.join(dialect);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut names: Vec<String> = fs::read_dir(&folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_, Box<dyn Error>>>()?;
        names.retain(|name| name.ends_with(".sql"));
        names.sort();
        writeln!(code, "const {}: &[(i64, &str, &str)] = &[", dialect.to_uppercase())?;
        for name in names {
            let (version, title) =
                name.trim_end_matches(".sql").split_once('_').ok_or("a migration is NNNN_name.sql")?;
            let version: i64 = version.parse()?;
            writeln!(
                code,
                "    ({version}, {title:?}, include_str!({:?})),",
                folder.join(&name).display().to_string()
            )?;
        }
        writeln!(code, "];")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("migrations.rs"), code)?;
    Ok(())
}
