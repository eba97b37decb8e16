//! The `frontend` crate as WASM with its JavaScript.
//!
//! No `wasm-opt`: Debian's version exports the wrong table (the page then fails at its first closure), and a newer one
//! would save almost nothing after brotli.

use std::{fs, path::Path};

use wasm_bindgen_cli_support::Bindgen;

use super::Files;
use crate::{
    command::{cargo, run, say},
    error::{Error, Result},
    folders::Folders,
    stamp,
    toolchain::{self, WASM_TARGET},
};

pub fn build(folders: &Folders, files: &mut Files) -> Result<()> {
    toolchain::ensure_wasm_target(folders)?;
    say("Building the islands");
    run(cargo(&folders.root).args(["build", "--package=frontend", "--profile=wasm-release", "--target", WASM_TARGET]))?;
    let built = folders.target.join(WASM_TARGET).join("wasm-release/frontend.wasm");
    let wasm = fs::read(&built).map_err(Error::file(&built))?;
    let work = folders.work().join("islands");
    stamp::once(&work.join("stamp"), &stamp::hash(&wasm), || bind(wasm, &work))?;
    let read = |name: &str| fs::read(work.join(name)).map_err(Error::file(work.join(name)));
    let (js, wasm) = (read("flex.js")?, read("flex_bg.wasm")?);
    // One hash for both: they work only with each other, and leptos expects one name for both.
    let hash = stamp::hash(&[js.as_slice(), &wasm].concat());
    files.insert(format!("pkg/flex.{hash}.js"), js);
    files.insert(format!("pkg/flex.{hash}_bg.wasm"), wasm);
    Ok(())
}

fn bind(wasm: Vec<u8>, work: &Path) -> Result<()> {
    say("Binding the islands to JavaScript");
    let fail = |error: &dyn std::fmt::Display| Error::Bindgen(format!("{error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen.web(true).map_err(|error| fail(&error))?;
    bindgen.input_bytes("flex", wasm).out_name("flex").remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output().map_err(|error| fail(&error))?;
    let snippets = output.snippets().values().any(|inline| !inline.is_empty());
    if snippets || !output.local_modules().is_empty() || !output.npm_dependencies().is_empty() {
        // It would need its own addresses, which we do not hash here.
        return Err(Error::Bindgen("a dependency of `frontend` brings JavaScript of its own".to_owned()));
    }
    output.emit(work).map_err(|error| fail(&error))
}
