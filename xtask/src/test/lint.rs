//! Format and clippy.

use crate::{
    command::{cargo, run, say},
    error::Result,
    folders::Folders,
    toolchain::{self, WASM_TARGET},
};

pub fn check(folders: &Folders) -> Result<()> {
    toolchain::ensure_lints(folders)?;
    toolchain::ensure_wasm_target(folders)?;
    say("Checking the format");
    run(cargo(&folders.root).args(["fmt", "--all", "--check"]))?;
    say("Clippy");
    let workspace = ["clippy", "--workspace", "--exclude=frontend", "--all-targets", "--", "-D", "warnings"];
    run(cargo(&folders.root).args(workspace))?;
    say("Clippy for the browser's part");
    let frontend = ["clippy", "--package=frontend", "--target", WASM_TARGET, "--", "-D", "warnings"];
    run(cargo(&folders.root).args(frontend))
}
