//! A PostgreSQL for one test run.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    apt,
    error::{Error, Result},
};

/// A test that runs alone starts the same keeper for itself.
const KEEPER: &str = include_str!("../../../server/crates/store/src/keeper.sh");

/// Ends with this value: its keeper waits on a pipe, which closes in any case when this process ends.
pub struct Cluster {
    port: String,
    folder: PathBuf,
    keeper: Child,
}

impl Cluster {
    pub fn start(root: &Path) -> Result<Self> {
        let programs = programs(root)?;
        let folder = env::temp_dir().join(format!("flex-postgres-xtask-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.map_err(Error::file("127.0.0.1:0"))?.port();
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .args([&folder, &programs, Path::new(&port.to_string())])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| Error::Start { command: "sh".to_owned(), source })?;
        let mut said = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut said).map_err(Error::file(&folder))?;
        }
        if said.trim().is_empty() {
            let remedy = format!("It did not start; see {}", log(&folder).display());
            return Err(Error::Missing { what: "PostgreSQL", remedy });
        }
        Ok(Self { port: said.trim().to_owned(), folder, keeper })
    }

    pub fn port(&self) -> &str {
        &self.port
    }

    /// Reports if it ended while the tests ran, with the end of its log, so that no one blames the tests.
    pub fn report(&self) {
        if TcpStream::connect(format!("127.0.0.1:{}", self.port)).is_ok() {
            return;
        }
        let log = fs::read_to_string(log(&self.folder)).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        println!("The tests' PostgreSQL stopped before the tests ended. The end of its log:");
        println!("{}", lines[lines.len().saturating_sub(30)..].join("\n"));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The file to which the keeper of a cluster in this folder writes.
fn log(folder: &Path) -> PathBuf {
    folder.with_extension("log")
}

/// The folder of `initdb` and `pg_ctl`; installs them if needed.
fn programs(root: &Path) -> Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    apt::install("PostgreSQL", &["postgresql"], root)?;
    find().ok_or_else(|| Error::Missing { what: "PostgreSQL", remedy: "`initdb` was not found.".to_owned() })
}

/// Debian keeps them outside the path, in one folder per version; we use the newest.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).chain(debian).collect();
    folders.retain(|folder| folder.join("initdb").exists());
    folders.sort();
    folders.pop()
}
