//! Connections that are lent to one request after another.
//!
//! sqlx's own pool tests each connection when it is returned, which adds a round trip to every statement. This pool
//! tests a connection only if its last statement was not seen to end, or if it was idle for long. A failure of one
//! connection's server affects all: no connection that was made before it is lent again, because a node that became a
//! standby still passes a simple test.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use deadpool::{
    Runtime,
    managed::{self, BuildError, Manager, Metrics, Object, PoolError, QueueMode, RecycleError, RecycleResult},
};
use sqlx::Connection;

use crate::{Result, error::Error};

/// How long a request waits for a connection, or for a new one to open.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// The server, or something between it and us, may have gone away during a longer idle time.
const LONG_REST: Duration = Duration::from_secs(30);
/// The age at which a connection is replaced, so that the memory of its server process does not grow forever.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// Cheap to clone; all clones share their connections.
pub(crate) struct Pool<C: Connection>(managed::Pool<Source<C>>);

/// Opens connections.
struct Source<C: Connection> {
    options: C::Options,
    /// Increases whenever the server turns out to be gone or to be a standby.
    era: AtomicU64,
}

/// A connection in the pool or on loan.
struct Kept<C> {
    connection: C,
    state: State,
    /// The era in which it was made.
    era: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Rested,
    /// A statement started and was not seen to end: it failed, or its caller went away.
    Doubtful,
    /// A transaction was not seen to end. Closing the connection rolls it back.
    Open,
}

/// A connection on loan; it returns to the pool when this is dropped.
pub(crate) struct Lent<C: Connection>(Object<Source<C>>);

impl<C: Connection> Clone for Pool<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<C: Connection> Manager for Source<C> {
    type Type = Kept<C>;
    type Error = sqlx::Error;

    async fn create(&self) -> sqlx::Result<Kept<C>> {
        let era = self.era.load(Ordering::Relaxed);
        Ok(Kept { connection: C::connect_with(&self.options).await?, state: State::Rested, era })
    }

    async fn recycle(&self, kept: &mut Kept<C>, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        let is_over = kept.era < self.era.load(Ordering::Relaxed);
        if is_over || kept.state == State::Open || LIFE < metrics.age() {
            return Err(RecycleError::message("the connection must be replaced"));
        }
        if kept.state == State::Doubtful || LONG_REST < metrics.last_used() {
            kept.connection.ping().await?;
            kept.state = State::Rested;
        }
        Ok(())
    }
}

impl<C: Connection> Pool<C> {
    /// Opens the first connection immediately, so that a wrong URL is noticed at the start.
    pub(crate) async fn open(options: C::Options, connections: u32) -> Result<Self> {
        let pool = managed::Pool::builder(Source { options, era: AtomicU64::new(0) })
            .max_size(connections as usize)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            // The most recently used connections have the most prepared statements.
            .queue_mode(QueueMode::Lifo)
            .build()
            .map_err(|BuildError::NoRuntimeSpecified| Error::Unavailable(sqlx::Error::PoolClosed))?;
        let pool = Self(pool);
        drop(pool.lend().await?);
        Ok(pool)
    }

    /// A working connection. The future is large and would be copied into each future that holds it, so it is boxed.
    pub(crate) async fn lend(&self) -> Result<Lent<C>> {
        Box::pin(self.0.get()).await.map(Lent).map_err(|error| match error {
            // Whatever the reason, without a connection no statement can run.
            PoolError::Backend(error) => Error::Unavailable(error),
            PoolError::Timeout(_) => Error::Unavailable(sqlx::Error::PoolTimedOut),
            _ => Error::Unavailable(sqlx::Error::PoolClosed),
        })
    }

    /// Lends no connections from now on, and waits until idle ones are closed.
    pub(crate) async fn close(&self) {
        let resting = self.0.retain(|_, _| false).removed;
        self.0.close();
        for kept in resting {
            let _ = kept.connection.close().await;
        }
    }
}

impl<C: Connection> Lent<C> {
    /// For running a statement; call [`Lent::ended`] afterwards.
    pub(crate) fn connection(&mut self) -> &mut C {
        if self.0.state == State::Rested {
            self.0.state = State::Doubtful;
        }
        &mut self.0.connection
    }

    /// The statement ended.
    pub(crate) fn ended(&mut self) {
        if self.0.state == State::Doubtful {
            self.0.state = State::Rested;
        }
    }

    /// The statement failed. If its server is the cause, no connection made before is lent again.
    pub(crate) fn failed(&self, error: &Error) {
        if error.is_of_server()
            && let Some(pool) = Object::pool(&self.0)
        {
            pool.manager().era.fetch_max(self.0.era + 1, Ordering::Relaxed);
        }
    }

    /// For starting a transaction; call [`Lent::finished`] afterwards.
    pub(crate) fn begin(&mut self) -> &mut C {
        self.0.state = State::Open;
        &mut self.0.connection
    }

    /// The transaction was committed or rolled back.
    pub(crate) fn finished(&mut self) {
        self.0.state = State::Rested;
    }
}
