//! What a build needs besides cargo.

use crate::{
    command::{cargo, command, output, run, say},
    error::{Error, Result},
    folders::Folders,
};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Rust's standard library for browsers; installs it with rustup if rustup manages this toolchain.
pub fn ensure_wasm_target(folders: &Folders) -> Result<()> {
    let library = output(command("rustc", &folders.root).args(["--print", "target-libdir", "--target", WASM_TARGET]));
    if library.is_some_and(|folder| std::fs::exists(folder).unwrap_or(false)) {
        return Ok(());
    }
    say("Installing Rust's standard library for browsers");
    let added = run(command("rustup", &folders.root).args(["target", "add", WASM_TARGET]));
    let remedy = || format!("Install rustup, or the {WASM_TARGET} target of this Rust.");
    added.map_err(|_| Error::Missing { what: "Rust's standard library for browsers", remedy: remedy() })
}

/// Clippy and rustfmt, which a minimal rustup installation leaves out.
pub fn ensure_lints(folders: &Folders) -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output(cargo(&folders.root).args([tool, "--version"])).is_none() {
            say(&format!("Installing {component}"));
            run(command("rustup", &folders.root).args(["component", "add", component]))?;
        }
    }
    Ok(())
}
