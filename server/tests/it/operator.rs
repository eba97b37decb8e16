//! What an operator does with the real program: commands, settings, files, signals.

mod commands;
mod environment;
mod files;
mod metrics;
#[cfg(target_os = "linux")]
mod prompts;
mod signals;

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
};

use store::testing::temporary_folder;

pub const PASSWORD: &str = "tall orchid river forty-two";

/// A data folder that is removed with the test.
pub struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How a command ended.
pub struct Ended {
    pub ok: bool,
    /// Everything that it printed.
    pub said: String,
}

impl Place {
    pub fn new() -> Self {
        Self(temporary_folder("operator"))
    }

    /// Does not exist yet.
    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// `flex` with these arguments and variables, on the place's own database.
    pub fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flex"));
        command.args(arguments).env("FLEX_DATA", self.data()).env("FLEX_LOG__FILTER", "warn").envs(variables.to_vec());
        command
    }

    pub fn flex(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        self.flex_with(arguments, variables, "")
    }

    /// The same, with this on standard input.
    pub fn flex_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ended {
        let mut command = self.command(arguments, variables);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        Ended { ok: output.status.success(), said }
    }
}

impl Ended {
    /// It failed, and said these words.
    pub fn refused(&self, words: &[&str]) {
        assert!(!self.ok, "not refused: {}", self.said);
        for word in words {
            assert!(self.said.contains(word), "{word}: {}", self.said);
        }
    }

    pub fn went_well(&self) {
        assert!(self.ok, "{}", self.said);
    }
}

/// `flex serve`, killed at the end of the test if it still runs.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    pub log: BufReader<ChildStderr>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it through a shell that runs `before` first.
    pub fn start(place: &Place, before: &str) -> Self {
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new("sh")
            .args(["-c", &format!("{before} exec \"$0\" serve"), env!("CARGO_BIN_EXE_flex")])
            .env("FLEX_DATA", place.data())
            .env("FLEX_LISTEN", address.to_string())
            .env("FLEX_LOG__FILTER", "server=info")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut server = Self { child, address, log };
        server.until("serving");
        server
    }

    /// Reads the log until these words appear.
    pub fn until(&mut self, words: &str) {
        let mut said = String::new();
        while !said.contains(words) {
            assert_ne!(self.log.read_line(&mut said).unwrap(), 0, "the server ended: {said}");
        }
    }
}

/// The permissions of a file or folder.
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o7777
}
