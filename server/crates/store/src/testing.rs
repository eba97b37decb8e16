//! Databases, clocks and randomness for tests. Each test gets a fresh, migrated database, on SQLite and on a PostgreSQL
//! that the tests start themselves.

use std::{
    env, fs,
    future::Future,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::{join, join_all};
use jiff::{Span, Timestamp};

use crate::{Clock, Db, Options, Random, Store, sql};
pub use crate::{
    held::apart::apart,
    recorded::{plan, recording},
};

/// A clock that stands still until a test moves it.
#[derive(Clone)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

impl ManualClock {
    /// Starts on Monday, 2 March 2026, 17:00 UTC: 11:00 in the program's time zone, a business day.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new("2026-03-02T17:00:00Z".parse().expect("a time"))))
    }

    pub fn advance(&self, span: Span) {
        let mut now = self.0.lock().expect("no test thread died");
        *now += span;
    }

    pub fn set(&self, time: &str) {
        *self.0.lock().expect("no test thread died") = time.parse().expect("an RFC 3339 time");
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test thread died")
    }
}

/// Produces the same sequence in every run: SplitMix64.
#[derive(Default)]
pub struct SeededRandom(AtomicU64);

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A fresh database with a manual clock and reproducible randomness.
pub struct TestStore {
    pub store: Store,
    pub clock: ManualClock,
    place: Place,
}

/// The place of a test's database, which is removed with the test.
enum Place {
    Folder(PathBuf),
    /// In the cluster, under this name.
    Cluster(String),
}

/// Databases of finished tests. The next test that creates one drops them first, because a destructor cannot wait.
/// Hundreds of them would fill a small disk.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl TestStore {
    /// The URL, so that another process can open it too.
    pub fn url(&self) -> String {
        match &self.place {
            Place::Folder(folder) => file_url(folder),
            Place::Cluster(name) => cluster().url(name),
        }
    }
}

fn file_url(folder: &Path) -> String {
    format!("sqlite://{}/flex.db", folder.display())
}

impl Drop for TestStore {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => _ = fs::remove_dir_all(folder),
            Place::Cluster(name) => LEFT.lock().expect("no test thread died").push(name.clone()),
        }
    }
}

/// One connection for a test's database, so that code which needs two at once waits forever and fails.
const ONE: u32 = 1;
/// For tests about several requests at the same time.
const SEVERAL: u32 = 4;

/// Runs the test on SQLite, then on PostgreSQL, with one connection.
pub async fn on_each_database(test: impl AsyncFn(&TestStore)) {
    test(&sqlite().await).await;
    test(&postgres().await).await;
}

/// The same with several connections, for tests with several open transactions.
pub async fn racing_on_each_database(test: impl AsyncFn(&TestStore)) {
    test(&sqlite_of(SEVERAL).await).await;
    test(&racing_postgres().await).await;
}

/// The same with the schema as of this migration; `store.db.migrate()` applies the later ones.
pub async fn on_each_database_at(version: i64, test: impl AsyncFn(&TestStore)) {
    let folder = temporary_folder("sqlite");
    let db = connect_at(&file_url(&folder), ONE, version).await;
    test(&with(db, Place::Folder(folder))).await;

    let name = database_name();
    create_database(&name, "template1").await;
    let db = connect_at(&cluster().url(&name), ONE, version).await;
    test(&with(db, Place::Cluster(name))).await;
}

/// Runs all of these at the same time, each as a separate request.
pub async fn at_once<F: Future>(requests: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(requests.into_iter().map(apart)).await
}

/// Runs both at the same time, each as a separate request.
pub async fn both<A: Future, B: Future>(one: A, other: B) -> (A::Output, B::Output) {
    join(apart(one), apart(other)).await
}

/// A fresh SQLite database in a folder of its own.
pub async fn sqlite() -> TestStore {
    sqlite_of(ONE).await
}

async fn sqlite_of(connections: u32) -> TestStore {
    let folder = temporary_folder("sqlite");
    open(&file_url(&folder), connections, Place::Folder(folder)).await
}

/// A fresh PostgreSQL database in the cluster of this test run.
pub async fn postgres() -> TestStore {
    postgres_of(ONE).await
}

/// The same with several connections, for several open transactions.
pub async fn racing_postgres() -> TestStore {
    postgres_of(SEVERAL).await
}

async fn postgres_of(connections: u32) -> TestStore {
    static TEMPLATE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    let template = TEMPLATE
        .get_or_init(async || {
            let name = format!("template_{}", std::process::id());
            create_database(&name, "template1").await;
            let db = connect(&cluster().url(&name), ONE).await;
            db.close().await;
            name
        })
        .await;
    let name = database_name();
    create_database(&name, template).await;
    open(&cluster().url(&name), connections, Place::Cluster(name)).await
}

fn database_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn open(url: &str, connections: u32, place: Place) -> TestStore {
    with(connect(url, connections).await, place)
}

fn with(db: Db, place: Place) -> TestStore {
    let clock = ManualClock::new();
    let store = Store::with(db, Arc::new(clock.clone()), Arc::new(SeededRandom::default()));
    TestStore { store, clock, place }
}

async fn connect(url: &str, connections: u32) -> Db {
    connect_at(url, connections, i64::MAX).await
}

async fn connect_at(url: &str, connections: u32, version: i64) -> Db {
    let db = Db::connect(&Options { url: url.to_owned(), connections }).await.expect("the test database opens");
    db.migrate_to(version).await.expect("the test database migrates");
    db
}

async fn create_database(name: &str, template: &str) {
    // One at a time: PostgreSQL refuses to copy a template while another copy has it open.
    static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _one = ONE.lock().await;
    let options = Options { url: cluster().url("postgres"), connections: 1 };
    let db = Db::connect(&options).await.expect("the test cluster answers");
    let mut tx = db.read().await.expect("a connection");
    let left = std::mem::take(&mut *LEFT.lock().expect("no test thread died"));
    for name in left {
        let mut drop = sql("DROP DATABASE ");
        drop.push(&name).push(" WITH (FORCE)");
        drop.execute(&mut tx).await.expect("a test database is dropped");
    }
    let mut create = sql("CREATE DATABASE ");
    create.push(name).push(" TEMPLATE ").push(template);
    create.execute(&mut tx).await.expect("the test database is made");
    drop(tx);
    db.close().await;
}

/// A new folder in the system's temporary folder; the caller removes it.
pub fn temporary_folder(kind: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("flex-{kind}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let folder = env::temp_dir().join(name);
    fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// A PostgreSQL for the tests: a temporary data folder, a free port, nothing durable. It ends with this process,
/// because its keeper waits on a pipe that closes then.
pub struct Cluster {
    port: String,
    _keeper: Option<Child>,
}

impl Cluster {
    pub fn url(&self, database: &str) -> String {
        format!("postgres://flex@127.0.0.1:{}/{database}", self.port)
    }
}

/// The cluster of this process: the one that `TEST_POSTGRES_PORT` names (`cargo xtask test` starts one for all test
/// binaries), if it answers, otherwise a new one.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    let answers = |port: &String| std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_ok();
    CLUSTER.get_or_init(|| match env::var("TEST_POSTGRES_PORT").ok().filter(answers) {
        Some(port) => Cluster { port, _keeper: None },
        None => start_cluster(),
    })
}

/// Starts a cluster and waits until it answers.
pub fn start_cluster() -> Cluster {
    let folder = temporary_folder("postgres");
    let mut keeper = Command::new("sh")
        .arg("-c")
        .arg(KEEPER)
        .args(["keeper", &folder.to_string_lossy(), &binaries().to_string_lossy(), &free_port().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell starts");
    let mut port = String::new();
    let stdout = keeper.stdout.take().expect("its output is a pipe");
    BufReader::new(stdout).read_line(&mut port).expect("the keeper speaks");
    let port = port.trim().to_owned();
    assert!(!port.is_empty(), "PostgreSQL did not start; its log was in {}", folder.display());
    Cluster { port, _keeper: Some(keeper) }
}

/// `cargo xtask test` uses it too, to start one for all test binaries.
const KEEPER: &str = include_str!("keeper.sh");

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Debian keeps the server's programs off the path, in a folder for each version; we use the newest.
fn binaries() -> PathBuf {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().unwrap_or_else(|| {
        let path = env::var("PATH").unwrap_or_default();
        let found = env::split_paths(&path).find(|folder| folder.join("initdb").exists());
        found.unwrap_or_else(|| panic!("PostgreSQL's `initdb` is not installed: `apt-get install postgresql`"))
    })
}

/// Waits for something that happens in another task, without a fixed sleep: checks until `done`, for at most 5 s.
pub async fn eventually(mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..500 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not happen within 5 s");
}

/// The folder of example data next to the checkout, if it exists. Tests without it print that they are skipped.
pub fn shared_data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: there is no shared data next to this checkout");
    None
}
