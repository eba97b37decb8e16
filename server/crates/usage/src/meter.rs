//! Counts calls. Every call passes here, so a call takes one lock that no other thread wants, and allocates nothing
//! once its app was seen in this second.

use std::{
    cell::Cell as LocalCell,
    collections::HashMap,
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::{Timestamp, tz::TimeZone};
use model::{
    id::ClientId,
    partition::{Environment, Partition, ProgramId},
};
use programs::Programs;
use store::{Result, Store};

use crate::{
    day,
    endpoint::{Api, Endpoint, Kinds, Named},
    write,
};

/// The upper ends of the ranges of latency, in milliseconds. No answer takes longer than the last.
pub const WITHIN_MS: [u16; 11] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 60_000];

/// Threads that count have one of these each, as long as there are not more threads.
const SHARDS: usize = 16;

/// One answered call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub program: &'a ProgramId,
    pub environment: Environment,
    /// Nothing where no app is known.
    pub client: Option<&'a ClientId>,
    pub api: Api,
    pub endpoint: Endpoint,
    pub status: u16,
    pub took: Duration,
    pub at: Timestamp,
}

/// What is counted, without texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cell {
    /// Of [`Meter::places`].
    pub place: u16,
    pub day: i64,
    pub api: Api,
    pub endpoint: Endpoint,
    pub status: u16,
    pub within_ms: u16,
}

/// How often, by app; the empty id stands for none.
pub(crate) type Counts = HashMap<ClientId, HashMap<Cell, i64>>;

struct Place {
    partition: Partition,
    zone: TimeZone,
}

/// Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Meter(Arc<Inner>);

struct Inner {
    places: Vec<Place>,
    kinds: Kinds,
    shards: [Mutex<Counts>; SHARDS],
    /// When credentials were used since the last flush.
    used: Mutex<HashMap<(ClientId, String), Timestamp>>,
    no_client: ClientId,
}

impl Meter {
    pub fn new(programs: &Programs) -> Self {
        let place = |partition: Partition| {
            let zone = programs.get(&partition.program).map_or(TimeZone::UTC, |program| program.zone());
            Place { partition, zone }
        };
        let kinds = programs.iter().flat_map(|program| &program.resources).map(|resource| resource.kind.as_str());
        Self(Arc::new(Inner {
            places: programs.partitions().into_iter().map(place).collect(),
            kinds: Kinds::new(kinds),
            shards: Default::default(),
            used: Mutex::default(),
            no_client: ClientId::new(""),
        }))
    }

    /// Which endpoint a path below a FHIR base is.
    pub fn fhir(&self, path: &str) -> Endpoint {
        self.0.kinds.endpoint(path)
    }

    /// The calendar day in the program's zone.
    pub fn day(&self, program: &ProgramId, at: Timestamp) -> i64 {
        let place = self.0.places.iter().find(|place| place.partition.program == *program);
        place.map_or_else(|| day::at(at, &TimeZone::UTC), |place| day::at(at, &place.zone))
    }

    /// One more call. A call of a partition that no program has is not counted.
    pub fn count(&self, call: &Call<'_>) {
        let within_ms = WITHIN_MS.into_iter().find(|within| call.took <= Duration::from_millis(u64::from(*within)));
        let within_ms = within_ms.unwrap_or(WITHIN_MS[WITHIN_MS.len() - 1]);
        self.add(call.program, call.environment, call.client, call.at, |place, day| Cell {
            place,
            day,
            api: call.api,
            endpoint: call.endpoint,
            status: call.status,
            within_ms,
        });
    }

    /// What came of an authorization request: one of the last of [`Named`].
    pub fn authorization(&self, partition: &Partition, client: Option<&ClientId>, outcome: Named, at: Timestamp) {
        self.add(&partition.program, partition.environment, client, at, |place, day| Cell {
            place,
            day,
            api: Api::Authorization,
            endpoint: Endpoint::Named(outcome),
            status: 0,
            within_ms: 0,
        });
    }

    /// The app proved with this credential who it is: `secret:` and an id, or `key:` and a `kid`.
    pub fn credential(&self, client: &ClientId, credential: String, at: Timestamp) {
        let mut used = lock(&self.0.used);
        let last = used.entry((client.clone(), credential)).or_insert(at);
        *last = at.max(*last);
    }

    fn add(
        &self,
        program: &ProgramId,
        environment: Environment,
        client: Option<&ClientId>,
        at: Timestamp,
        cell: impl FnOnce(u16, i64) -> Cell,
    ) {
        // The server's own probe does not use the endpoints for anyone.
        if client.is_some_and(ClientId::is_probe) {
            return;
        }
        let is_here = |place: &Place| place.partition.environment == environment && place.partition.program == *program;
        let Some(place) = self.0.places.iter().position(is_here) else { return };
        let cell = cell(u16::try_from(place).unwrap_or_default(), day::at(at, &self.0.places[place].zone));
        let client = client.unwrap_or(&self.0.no_client);
        let mut counts = lock(&self.0.shards[shard()]);
        match counts.get_mut(client) {
            Some(cells) => *cells.entry(cell).or_default() += 1,
            None => _ = counts.insert(client.clone(), HashMap::from([(cell, 1)])),
        }
    }

    /// Writes what was counted since the last time. What cannot be written is kept for the next.
    pub async fn flush(&self, store: &Store) -> Result<()> {
        let used = mem::take(&mut *lock(&self.0.used));
        let credentials = write::credentials(store, &used).await;
        if credentials.is_err() {
            for ((client, credential), at) in used {
                self.credential(&client, credential, at);
            }
        }
        let mut waiting: Vec<(ClientId, Cell, i64)> = Vec::new();
        for shard in &self.0.shards {
            for (client, cells) in mem::take(&mut *lock(shard)) {
                waiting.extend(cells.into_iter().map(|(cell, calls)| (client.clone(), cell, calls)));
            }
        }
        let mut waiting = summed(waiting);
        let mut result = Ok(());
        while !waiting.is_empty() && result.is_ok() {
            let rest = waiting.split_off(waiting.len().min(write::BATCH));
            result = write::counts(store, &self.0.kinds, &self.partitions(), &waiting).await;
            if result.is_ok() {
                waiting = rest;
            } else {
                waiting.extend(rest);
            }
        }
        self.give_back(waiting);
        result.and(credentials)
    }

    fn partitions(&self) -> Vec<&Partition> {
        self.0.places.iter().map(|place| &place.partition).collect()
    }

    fn give_back(&self, waiting: Vec<(ClientId, Cell, i64)>) {
        let mut counts = lock(&self.0.shards[0]);
        for (client, cell, calls) in waiting {
            *counts.entry(client).or_default().entry(cell).or_default() += calls;
        }
    }
}

/// Each cell once, in one order, so that two nodes that write the same rows do not wait for each other.
fn summed(mut cells: Vec<(ClientId, Cell, i64)>) -> Vec<(ClientId, Cell, i64)> {
    cells.sort_unstable_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut sums: Vec<(ClientId, Cell, i64)> = Vec::with_capacity(cells.len());
    for (client, cell, calls) in cells {
        match sums.last_mut() {
            Some(last) if last.0 == client && last.1 == cell => last.2 += calls,
            _ => sums.push((client, cell, calls)),
        }
    }
    sums
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The place of this thread.
fn shard() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static MINE: LocalCell<Option<usize>> = const { LocalCell::new(None) };
    }
    MINE.with(|mine| {
        mine.get().unwrap_or_else(|| {
            let next = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
            mine.set(Some(next));
            next
        })
    })
}
