//! SQLite's single writer. Transactions queue for it, and queued ones are saved together: waiting for the disk takes
//! longer than writing, and one wait is enough for all of them (group commit).
//!
//! Normally, a commit occasionally also has to checkpoint the log into the database's file, and with it what others
//! wrote, which takes seconds during a load. So a separate connection does that while others write. Only what they
//! wrote meanwhile is moved while no one writes, so that the log can restart from the beginning.
//!
//! The first of a group is a transaction; the ones after it are savepoints in it. Each can still be rolled back alone,
//! and none returns as saved before the whole group is on the disk. A transaction without others is unaffected.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMutexGuard, oneshot},
    time::timeout,
};

use crate::{Result, error::Error, pool::PATIENCE, turn::Turn};

/// The most transactions in a group.
const MOST: usize = 64;
/// How many groups are saved between checkpoints.
const MOVE_EVERY: u32 = 64;
/// Returns whether it was blocked, how many pages are in the log, and how many of them have been moved.
const MOVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";
/// Pages that can be moved in a moment.
const FEW: i64 = 1_000;
const ROUNDS: u32 = 4;
/// Pages in the log, 128 MiB, from which on it is moved even if others must wait: twice what a load leaves in it.
const MOST_PAGES: i64 = 32_768;
/// An older group is saved, so that its first transaction does not wait for the work of the last.
const OLDEST: Duration = Duration::from_millis(5);

/// Cheap to clone; all clones share the connection.
#[derive(Clone)]
pub(crate) struct Writer(Arc<Shared>);

struct Shared {
    options: SqliteConnectOptions,
    /// How many transactions are queued.
    waiting: AtomicUsize,
    line: Arc<Mutex<Line>>,
    /// How many groups were saved.
    saved: AtomicU32,
    /// The connection for checkpoints; opened when needed. Code that also needs the line must lock this first.
    mover: Arc<Mutex<Option<SqliteConnection>>>,
}

/// What only one at a time may use.
struct Line {
    /// Opened when needed, and replaced if it was lost.
    connection: Option<SqliteConnection>,
    /// The place in the queue behind other processes.
    turn: Option<Turn>,
    /// The open group, whose transaction has started.
    group: Option<Group>,
    /// Closed permanently.
    closed: bool,
}

struct Group {
    begun: Instant,
    /// Notifies the finished ones, in the order in which they wrote.
    done: Vec<oneshot::Sender<()>>,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    pub(crate) fn new(options: SqliteConnectOptions) -> Self {
        let line = Arc::new(Mutex::new(Line { connection: None, turn: None, group: None, closed: false }));
        Self(Arc::new(Shared {
            options,
            waiting: AtomicUsize::new(0),
            line,
            saved: AtomicU32::new(0),
            mover: Arc::default(),
        }))
    }

    /// A transaction, once its turn has come.
    pub(crate) async fn begin(&self) -> Result<Writing> {
        let place = Place::take(&self.0);
        let line = timeout(PATIENCE, self.0.line.clone().lock_owned()).await;
        let line = line.map_err(|_| Error::Unavailable(sqlx::Error::PoolTimedOut))?;
        place.leave();
        let mut writing = Writing { shared: self.0.clone(), nested: line.group.is_some(), line: Some(line) };
        writing.start().await?;
        Ok(writing)
    }

    /// The connection, for work outside our transactions.
    pub(crate) async fn alone<T>(&self, work: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> Result<T> {
        let mut line = self.0.line.lock().await;
        line.save().await?;
        Ok(work(line.connect(&self.0.options).await?).await)
    }

    pub(crate) async fn close(&self) {
        if let Some(mover) = self.0.mover.lock().await.take() {
            let _ = mover.close().await;
        }
        let mut line = self.0.line.lock().await;
        let _ = line.save().await;
        line.closed = true;
        if let Some(connection) = line.connection.take() {
            let _ = connection.close().await;
        }
    }
}

impl Line {
    async fn connect(&mut self, options: &SqliteConnectOptions) -> Result<&mut SqliteConnection> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None if self.closed => return Err(Error::Unavailable(sqlx::Error::PoolClosed)),
            None => SqliteConnection::connect_with(options).await?,
        };
        Ok(self.connection.insert(connection))
    }

    /// Starts a group, once no other process is writing or has waited longer.
    async fn begin(&mut self, options: &SqliteConnectOptions) -> Result<()> {
        self.connect(options).await?;
        let turn = self.turn.get_or_insert_with(|| Turn::beside(options.get_filename())).clone();
        let _taken = turn.take().await;
        self.run("BEGIN IMMEDIATE").await?;
        self.group = Some(Group { begun: Instant::now(), done: Vec::new() });
        Ok(())
    }

    async fn run(&mut self, statement: &'static str) -> Result<()> {
        let Some(connection) = &mut self.connection else { return Err(lost()) };
        sqlx::query(statement).execute(connection).await?;
        Ok(())
    }

    /// Saves the group, if one is open, and notifies its members.
    async fn save(&mut self) -> Result<()> {
        let Some(group) = self.group.take() else { return Ok(()) };
        if let Err(error) = self.run("COMMIT").await {
            self.give_up();
            return Err(error);
        }
        for done in group.done {
            // The caller may have gone away.
            let _ = done.send(());
        }
        Ok(())
    }

    /// Gives up the group: none of it is saved, and its members get an error. Closing the connection rolls it back.
    fn give_up(&mut self) {
        self.group = None;
        self.connection = None;
    }
}

/// A place in the queue; others may wait for its holder.
struct Place<'a>(Option<&'a Arc<Shared>>);

impl<'a> Place<'a> {
    fn take(shared: &'a Arc<Shared>) -> Self {
        shared.waiting.fetch_add(1, Ordering::SeqCst);
        Self(Some(shared))
    }

    /// Its turn has come.
    fn leave(mut self) {
        if let Some(shared) = self.0.take() {
            shared.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Place<'_> {
    /// Dropped before its turn: a group may have been left open for it.
    fn drop(&mut self) {
        let Some(shared) = self.0.take() else { return };
        if shared.waiting.fetch_sub(1, Ordering::SeqCst) == 1
            && let Ok(runtime) = Handle::try_current()
        {
            let shared = shared.clone();
            runtime.spawn(async move {
                let mut line = shared.line.clone().lock_owned().await;
                shared.save_if_last(&mut line).await;
            });
        }
    }
}

impl Shared {
    /// If others are waiting, the next one saves the group; otherwise we do.
    async fn save_if_last(&self, line: &mut Line) {
        if self.waiting.load(Ordering::SeqCst) == 0 {
            // The members learn of a failure because their channels close.
            let _ = line.save().await;
        }
    }

    /// Ends a transaction. Returns what to wait for if others are to be saved with it.
    async fn finish(self: &Arc<Self>, line: &mut Line, nested: bool) -> Result<Option<oneshot::Receiver<()>>> {
        if nested && let Err(error) = line.run("RELEASE one").await {
            line.give_up();
            return Err(error);
        }
        let waiting = self.waiting.load(Ordering::SeqCst);
        if let Some(group) = &mut line.group
            && 0 < waiting
            && group.done.len() < MOST
            && group.begun.elapsed() < OLDEST
        {
            let (done, saved) = oneshot::channel();
            group.done.push(done);
            return Ok(Some(saved));
        }
        line.save().await?;
        if (self.saved.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(MOVE_EVERY)
            && let Ok(mover) = self.mover.clone().try_lock_owned()
        {
            tokio::spawn(self.clone().move_log(mover));
        }
        Ok(None)
    }

    /// If this fails, the next call does the work.
    async fn move_log(self: Arc<Self>, mut mover: OwnedMutexGuard<Option<SqliteConnection>>) {
        if self.line.lock().await.closed {
            return;
        }
        if mover.is_none() {
            *mover = SqliteConnection::connect_with(&self.options).await.ok();
        }
        let Some(connection) = mover.as_mut() else { return };
        let (mut written, mut moved) = (0, 0);
        // Each round moves what arrived during the previous one.
        for _ in 0..ROUNDS {
            let Ok(row) = sqlx::query_as::<_, (i64, i64, i64)>(MOVE).fetch_one(&mut *connection).await else {
                *mover = None;
                return;
            };
            (_, written, moved) = row;
            if written - moved <= FEW {
                break;
            }
        }
        // Another process writes a lot: it moves that itself, unless the log grows beyond its limit.
        if FEW < written - moved && written < MOST_PAGES {
            return;
        }
        let mut line = self.line.lock().await;
        if line.save().await.is_ok() {
            let _ = line.run(MOVE).await;
        }
    }

    /// Rolls back a transaction and leaves the ones before it unchanged.
    async fn undo(&self, line: &mut Line, nested: bool) {
        let undone = if nested {
            line.run("ROLLBACK TO one").await.is_ok() && line.run("RELEASE one").await.is_ok()
        } else {
            line.group = None;
            line.run("ROLLBACK").await.is_ok()
        };
        if !undone {
            line.give_up();
        }
        self.save_if_last(line).await;
    }
}

/// A transaction. If it is dropped without [`Writing::commit`], nothing is saved.
pub(crate) struct Writing {
    shared: Arc<Shared>,
    /// Absent once it is committed.
    line: Option<OwnedMutexGuard<Line>>,
    nested: bool,
}

impl Writing {
    async fn start(&mut self) -> Result<()> {
        let Some(line) = &mut self.line else { return Err(lost()) };
        if self.nested { line.run("SAVEPOINT one").await } else { line.begin(&self.shared.options).await }
    }

    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection> {
        self.line.as_mut().and_then(|line| line.connection.as_mut()).ok_or_else(lost)
    }

    /// Returns once it is on the disk.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let Some(mut line) = self.line.take() else { return Err(lost()) };
        let (shared, nested) = (self.shared.clone(), self.nested);
        // In a task of its own, because the caller may go away halfway, and others are in the same group.
        let finished = tokio::spawn(async move { shared.finish(&mut line, nested).await }).await;
        match finished.map_err(|_| lost())?? {
            Some(saved) => saved.await.map_err(|_| lost()),
            None => Ok(()),
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let Some(mut line) = self.line.take() else { return };
        let (shared, nested) = (self.shared.clone(), self.nested);
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(async move { shared.undo(&mut line, nested).await })),
            Err(_) => line.give_up(),
        }
    }
}

/// The error if its group could not be saved.
fn lost() -> Error {
    Error::Unavailable(sqlx::Error::WorkerCrashed)
}
