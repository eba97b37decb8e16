//! Puts load on a server and measures it: a bounded number of requests over a fixed number of connections.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{
    client::Connection,
    error::{Error, Result},
};

/// The requests that are sent to a server again and again, in this order.
#[derive(Clone)]
pub struct Requests {
    pub address: SocketAddr,
    pub paths: Arc<[String]>,
    pub bytes: Arc<[Vec<u8>]>,
    /// How many were sent. Each measurement continues where the last one ended, so that it does not always send the
    /// same few of many requests.
    sent: Arc<AtomicUsize>,
}

impl Requests {
    pub fn new(address: SocketAddr, paths: Vec<String>) -> Self {
        let bytes = paths.iter().map(|path| crate::client::get(path)).collect();
        Self { address, paths: paths.into(), bytes, sent: Arc::default() }
    }

    /// Any requests to one path.
    pub fn to(address: SocketAddr, path: &str, bytes: Vec<Vec<u8>>) -> Self {
        Self { address, paths: vec![path.to_owned(); bytes.len()].into(), bytes: bytes.into(), sent: Arc::default() }
    }
}

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    pub per_second: f64,
    pub p50: Duration,
    pub p95: Duration,
    pub p99: Duration,
}

/// Sends `count` requests; every answer must be a 200.
pub async fn run(requests: &Requests, connections: usize, count: usize) -> Result<Figures> {
    let mut tasks = JoinSet::new();
    let last = requests.sent.load(Ordering::Relaxed) + count;
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(requests.address).await?);
    }
    let begun = Instant::now();
    for connection in open {
        tasks.spawn(work(connection, requests.clone(), last));
    }
    let mut times = Vec::with_capacity(count);
    while let Some(done) = tasks.join_next().await {
        let done = done.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        times.extend(done?);
    }
    let took = begun.elapsed();
    times.sort_unstable();
    let at = |percent: usize| {
        times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    Ok(Figures { per_second: times.len() as f64 / took.as_secs_f64(), p50: at(50), p95: at(95), p99: at(99) })
}

async fn work(mut connection: Connection, requests: Requests, last: usize) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    loop {
        let number = requests.sent.fetch_add(1, Ordering::Relaxed);
        if last <= number {
            return Ok(times);
        }
        let place = number % requests.bytes.len();
        let begun = Instant::now();
        let status = connection.send(&requests.bytes[place]).await?;
        times.push(begun.elapsed());
        if status != 200 {
            return Err(Error::Status { path: requests.paths[place].clone(), status });
        }
    }
}
