//! The commands, as an operator runs them: the real binary with its own folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use store::testing::temporary_folder;

mod third;

/// A deployment's folder, removed with the test.
pub struct Deployment(PathBuf);

impl Deployment {
    pub fn new() -> Self {
        Self(temporary_folder("commands"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn flex(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flex"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        command.env("FLEX_DATA", self.0.join("data")).env("FLEX_LOG__FILTER", "error");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.flex(arguments).output().unwrap()
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const LOAD: [&str; 5] = ["load", "--program", "idaho", "--environment", "sandbox"];

/// `flex … | head`: the reader has what it wants, and the command still does what it was asked to do.
#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let deployment = Deployment::new();
    fs::write(deployment.path().join("a.ndjson"), "{\"resourceType\":\"Practitioner\",\"id\":\"a\"}\n").unwrap();
    let load = [&LOAD[..], &["a.ndjson"]].concat();
    let commands: [&[&str]; 7] = [
        &["check-config"],
        &["migrate"],
        &load,
        &["reindex", "--program", "idaho", "--environment", "sandbox"],
        &["synthesize", "--program", "idaho", "--environment", "sandbox", "--providers", "1", "--out", "made"],
        &["keys", "list"],
        &["--help"],
    ];
    for arguments in commands {
        let mut child = deployment.flex(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = text(&output.stderr);
        assert!(output.status.success() && !said.contains("panicked"), "{arguments:?}: {said}");
    }
    // It was still loaded.
    let again = deployment.run(&load);
    assert!(text(&again.stdout).contains("unchanged         1  Practitioner 1"), "{}", text(&again.stdout));

    // Neither can be written: the exit code still says so.
    let mut child = deployment.flex(&["load"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn nothing_to_load_fails_and_says_what_there_was() {
    let deployment = Deployment::new();
    let folder = deployment.path().join("feed");
    fs::create_dir(&folder).unwrap();
    let check = |more: &[&str], word: &str| {
        for dry in [&["--dry-run"][..], &[]] {
            let output = deployment.run(&[&LOAD[..], dry, more].concat());
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("nothing to load") && said.contains(word), "{said}");
        }
    };
    check(&["feed"], "no resource");
    fs::write(folder.join("notes.txt"), "{}").unwrap();
    check(&["feed"], "no resource");
    fs::write(folder.join("package.json"), r#"{"name":"x","version":"1"}"#).unwrap();
    fs::write(folder.join("a.json"), r#"{"resourceType":"ImplementationGuide"}"#).unwrap();
    check(&["feed"], "ImplementationGuide 1, package.json 1");
}

#[test]
fn a_zip_archive_is_refused_before_anything_is_loaded() {
    let deployment = Deployment::new();
    fs::write(deployment.path().join("a.ndjson"), "{\"resourceType\":\"Practitioner\",\"id\":\"a\"}\n").unwrap();
    fs::write(deployment.path().join("feed.zip"), b"PK\x03\x04\x14\0\0\0").unwrap();
    for arguments in [&["a.ndjson", "feed.zip"][..], &["a.ndjson", "--package", "feed.zip"]] {
        let output = deployment.run(&[&LOAD[..], arguments].concat());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let is_clear = ["feed.zip", "zip archive", ".tgz"].iter().all(|word| said.contains(word));
        assert!(is_clear && text(&output.stdout).is_empty(), "{said}");
    }
}
