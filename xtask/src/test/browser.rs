//! The portals in Chromium, and public clients against the APIs: Playwright's tests in `end2end/`.

use std::{
    env,
    ffi::OsString,
    net::TcpListener,
    path::{Path, PathBuf},
};

use crate::{
    apt,
    command::{cargo, command, run, say},
    error::{Error, Result},
    folders::Folders,
    node, python, run as server,
};

/// Tests the release server, the one that `run` starts. Passes `arguments` to Playwright: `--grep`, `--project=no-js`.
pub fn test(folders: &Folders, arguments: &[String]) -> Result<()> {
    let folder = folders.root.join("end2end");
    let chromium = chromium(&folders.root)?;
    shell_tools(&folders.root)?;
    node::install(&folder)?;
    server::build(folders)?;
    say("Building the samples");
    run(cargo(&folders.root).args(["build", "--workspace", "--exclude=frontend", "--bin=samples"]))?;
    say("Checking the types of the browser tests");
    run(command("node_modules/.bin/tsc", &folder).arg("--noEmit"))?;
    say("Running the browser tests");
    let mut playwright = command("node_modules/.bin/playwright", &folder);
    playwright.arg("test").args(arguments).env("CHROMIUM", chromium).env("FLEX_BINARY", folders.server());
    playwright.env("SAMPLES_BINARY", folders.target.join("debug/samples"));
    let [flex, smtp, inbox, provider] = free_ports()?;
    let (name, value) = python(folders)?;
    playwright.env(name, value);
    playwright.env("FLEX_PORT", flex).env("SMTP_PORT", smtp).env("INBOX_PORT", inbox).env("PROVIDER_PORT", provider);
    run(&mut playwright)
}

/// The variable that tells the tests where Python is, or, if it is missing and not required, why they skip the clients
/// in Python.
fn python(folders: &Folders) -> Result<(&'static str, OsString)> {
    match python::install(folders) {
        Ok(python) => Ok(("PYTHON", python.into())),
        Err(error) if env::var_os("CI").is_none() => {
            println!("The clients in Python are skipped: {error}");
            Ok(("PYTHON_MISSING", error.to_string().into()))
        }
        Err(error) => Err(error),
    }
}

/// All different, because each is held until all are chosen.
fn free_ports() -> Result<[String; 4]> {
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(TcpListener::bind("127.0.0.1:0").map_err(Error::file("127.0.0.1:0"))?);
    }
    let port = |at: usize| Ok(held[at].local_addr().map_err(Error::file("127.0.0.1:0"))?.port().to_string());
    Ok([port(0)?, port(1)?, port(2)?, port(3)?])
}

/// This machine's Chromium, otherwise Debian's.
pub fn chromium(root: &Path) -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let find = || find(&["chromium", "chromium-browser", "google-chrome"]);
    if let Some(program) = find() {
        return Ok(program);
    }
    // Its recommended packages would install a desktop; we need only the fonts.
    apt::install("Chromium", &["chromium", "fonts-liberation"], root)?;
    find().ok_or_else(|| Error::Missing { what: "Chromium", remedy: "`chromium` was not found.".to_owned() })
}

/// What the samples in curl call.
fn shell_tools(root: &Path) -> Result<()> {
    let missing: Vec<&str> = ["curl", "jq", "openssl"].into_iter().filter(|name| find(&[name]).is_none()).collect();
    if missing.is_empty() { Ok(()) } else { apt::install("What the samples in curl call", &missing, root) }
}

/// The first of these programs in `PATH`.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    places.find(|program| program.is_file())
}
