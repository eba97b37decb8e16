//! How a flood of sign-ins affects everyone else: every password guess costs 30 ms and 19 MiB.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use tokio::task::JoinSet;

use crate::{
    Run,
    case::{Case, Measured, median},
    client::{self, Connection},
    database::Kind,
    error::Result,
    load::{self, Requests},
    report::Report,
};

/// Connections that only guess.
const GUESSERS: usize = 32;

/// Alternates between reads alone and reads while strangers guess passwords.
pub async fn measure(run: &Run, kind: Kind, reads: &Requests, report: &mut Report) -> Result<()> {
    let (mut quiet, mut flooded, mut guesses) = (Vec::new(), Vec::new(), 0);
    for _ in 0..run.rounds.max(1) {
        quiet.push(load::run(reads, run.connections, run.requests).await?);
        let flood = Flood::start(reads.address);
        flooded.push(load::run(reads, run.connections, run.requests).await?);
        guesses += flood.end().await;
    }
    let measured = Measured { floor: median(quiet), flex: median(flooded) };
    let case = Case {
        name: "member's read, while sign-ins flood",
        floor_name: "FLEX itself, without the flood",
        floor: reads.clone(),
        flex: reads.clone(),
    };
    report.measured(kind, &case, &measured);
    let ratio = measured.flex.p99.as_secs_f64() / measured.floor.p99.as_secs_f64();
    report
        .note(&format!("{kind}: a flood of {guesses} password guesses made the reads' p99 {ratio:.2} times as long."));
    Ok(())
}

/// Guesses from ever new networks for ever new accounts, so that only the hashing slows them down.
struct Flood {
    ended: Arc<AtomicBool>,
    guesses: Arc<AtomicUsize>,
    tasks: JoinSet<Result<()>>,
}

impl Flood {
    fn start(address: SocketAddr) -> Self {
        let (ended, guesses) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let mut tasks = JoinSet::new();
        for _ in 0..GUESSERS {
            tasks.spawn(guess(address, ended.clone(), guesses.clone()));
        }
        Self { ended, guesses, tasks }
    }

    /// How many guesses there were.
    async fn end(mut self) -> usize {
        self.ended.store(true, Ordering::Relaxed);
        while self.tasks.join_next().await.is_some() {}
        self.guesses.load(Ordering::Relaxed)
    }
}

async fn guess(address: SocketAddr, ended: Arc<AtomicBool>, guesses: Arc<AtomicUsize>) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    while !ended.load(Ordering::Relaxed) {
        let number = guesses.fetch_add(1, Ordering::Relaxed);
        let headers = format!(
            "sec-fetch-site: same-origin\r\nx-forwarded-for: 10.{}.{}.{}\r\n",
            number >> 16 & 255,
            number >> 8 & 255,
            number & 255
        );
        let form = format!("login=nobody-{number}&password=a-guess-{number}");
        connection.send(&client::post("/api/sign-in", &headers, &form)).await?;
    }
    Ok(())
}
