//! The measured programs, each in a process of its own: the server and the floors.

use std::{
    env,
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{
    client::{self, Connection},
    database::Database,
    error::{Error, Result},
};

/// The server in the release build, or the path in FLEX_BINARY.
pub fn binary() -> PathBuf {
    env::var_os("FLEX_BINARY").map_or_else(|| PathBuf::from("target/release/flex"), PathBuf::from)
}

/// A program that serves HTTP on this computer; it ends when the value is dropped.
pub struct Server {
    pub address: SocketAddr,
    child: Child,
}

impl Server {
    /// The server on a database; it trusts the client addresses that we send.
    pub async fn start(flex: &Path, database: &Database) -> Result<Self> {
        let address = free_address()?;
        let mut command = flex_command(flex, database);
        command
            .arg("serve")
            .env("FLEX_LISTEN", address.to_string())
            .env("FLEX_PROXIES", "127.0.0.1")
            .env("FLEX_PUBLIC_URL", format!("http://{address}"));
        Self::spawn("the server", command, address, database).await
    }

    /// The floors on the same database.
    pub async fn start_floor(database: &Database) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new(env::current_exe()?);
        command.args(["floor", "--database", &database.url, "--listen", &address.to_string()]);
        Self::spawn("the floor", command, address, database).await
    }

    async fn spawn(name: &'static str, mut command: Command, address: SocketAddr, database: &Database) -> Result<Self> {
        let path = database.folder.join(format!("{}.log", name.replace(' ', "-")));
        let child = command.stdin(Stdio::null()).stdout(log(&path)?).stderr(log(&path)?).spawn()?;
        let mut server = Self { address, child };
        for _ in 0..600 {
            if server.is_ready().await {
                return Ok(server);
            }
            if server.child.try_wait()?.is_some() {
                return Err(Error::Command { command: name.to_owned(), log: kept(&path) });
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(Error::Silent(name, kept(&path)))
    }

    async fn is_ready(&self) -> bool {
        let Ok(mut connection) = Connection::open(self.address).await else { return false };
        connection.send(&client::get("/readyz")).await.is_ok_and(|status| status == 200)
    }

    /// The process's own memory, in KiB.
    pub fn resident(&self) -> u64 {
        resident(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs one of the server's commands to its end; returns its own peak memory, in KiB.
pub async fn run(flex: &Path, database: &Database, arguments: &[&str]) -> Result<u64> {
    let path = database.folder.join("command.log");
    let mut command = flex_command(flex, database);
    let child = command.args(arguments).stdout(log(&path)?).stderr(log(&path)?).spawn();
    let (mut child, mut most) = (child.map_err(|error| Error::File(flex.to_owned(), error))?, 0);
    loop {
        most = most.max(resident(child.id()));
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(most),
            Some(_) => {
                return Err(Error::Command { command: format!("flex {}", arguments.join(" ")), log: kept(&path) });
            }
            None => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// A process's own memory, in KiB. The pages of a mapped database file belong to the system.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// A program, and the paths of its bases in production.
#[derive(Clone)]
pub struct Bases {
    pub program: String,
    pub public: String,
    pub authz: String,
    pub fhir: String,
}

/// The programs with all three bases on this host, as the server lists them.
pub fn bases(flex: &Path, database: &Database) -> Result<Vec<Bases>> {
    let output = flex_command(flex, database).arg("check-config").output();
    let output = output.map_err(|error| Error::File(flex.to_owned(), error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let surface = |line| {
        let mut words = str::split_whitespace(line);
        let (program, kind, base) = (words.next()?, words.next()?, words.next()?);
        let path = base.strip_prefix("http://")?.split_once('/')?.1;
        Some((program, kind, format!("/{path}")))
    };
    let surfaces: Vec<_> = text.lines().filter_map(surface).collect();
    let all = |program: &str| {
        let base = |kind| surfaces.iter().find(|surface| surface.0 == program && surface.1 == kind);
        let [public, authz, fhir] = [base("Public")?, base("Authz")?, base("Fhir")?].map(|surface| surface.2.clone());
        Some(Bases { program: program.to_owned(), public, authz, fhir })
    };
    let mut programs: Vec<&str> = surfaces.iter().map(|surface| surface.0).collect();
    programs.dedup();
    Ok(programs.into_iter().filter_map(all).collect())
}

fn flex_command(flex: &Path, database: &Database) -> Command {
    let mut command = Command::new(flex);
    // It is our own variable, not a setting of the server.
    command.env_remove("FLEX_BINARY");
    command.env("FLEX_LIMITS__NETWORK", "0").env("FLEX_LIMITS__CLIENT", "0");
    command.env("FLEX_DATABASE__URL", &database.url).env("FLEX_DATA", &database.folder).env("FLEX_LOG__FILTER", "warn");
    command.stdin(Stdio::null());
    command
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn log(path: &Path) -> Result<File> {
    let file = fs::OpenOptions::new().create(true).append(true).open(path);
    file.map_err(|error| Error::File(path.to_owned(), error))
}

/// Moves the log out of the folder that is removed with the database.
fn kept(log: &Path) -> PathBuf {
    let kept = env::temp_dir().join("flex-bench.log");
    if fs::rename(log, &kept).is_ok() { kept } else { log.to_owned() }
}
