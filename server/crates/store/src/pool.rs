//! Connections that are lent to one request after another.
//!
//! sqlx's own pool asks each connection that comes back whether it still works, which costs a round trip for every statement.
//! This pool asks only a connection whose last statement was not seen to end, or that was idle for long. What one connection
//! learns about its server holds for all: no older connection is lent again. Asking whether a server is alive would not be
//! enough, because a node that became a standby still answers.

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

/// How long a request waits for a connection, or for one to be made.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// The server may have gone away meanwhile, or something between us and it.
const LONG_REST: Duration = Duration::from_secs(30);
/// Then a connection is replaced, so that a server's process does not gather memory for ever.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// Cheap to clone; all clones share their connections.
pub(crate) struct Pool<C: Connection>(managed::Pool<Source<C>>);

/// Where connections come from.
struct Source<C: Connection> {
    options: C::Options,
    /// Grows whenever the server turns out to be gone, or another one's standby.
    era: AtomicU64,
}

/// A connection in the pool, or lent.
struct Kept<C> {
    connection: C,
    state: State,
    /// In which it was made.
    era: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Rested,
    /// A statement began and was not seen to end: it failed, or its caller went away.
    Doubtful,
    /// A transaction was not seen to end. Closing the connection undoes it.
    Open,
}

/// A connection that is lent; it goes back when this is dropped.
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
            return Err(RecycleError::message("to be replaced"));
        }
        if kept.state == State::Doubtful || LONG_REST < metrics.last_used() {
            kept.connection.ping().await?;
            kept.state = State::Rested;
        }
        Ok(())
    }
}

impl<C: Connection> Pool<C> {
    /// Makes the first connection at once, so that a wrong address is found at the start.
    pub(crate) async fn open(options: C::Options, connections: u32) -> Result<Self> {
        let pool = managed::Pool::builder(Source { options, era: AtomicU64::new(0) })
            .max_size(connections as usize)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            // Those that were used last know the most.
            .queue_mode(QueueMode::Lifo)
            .build()
            .map_err(|BuildError::NoRuntimeSpecified| Error::Unavailable(sqlx::Error::PoolClosed))?;
        let pool = Self(pool);
        drop(pool.lend().await?);
        Ok(pool)
    }

    /// One that works. Its future is boxed because it is large, and would be copied with each future that holds it.
    pub(crate) async fn lend(&self) -> Result<Lent<C>> {
        Box::pin(self.0.get()).await.map(Lent).map_err(|error| match error {
            // Whatever the reason: without a connection nothing can be asked.
            PoolError::Backend(error) => Error::Unavailable(error),
            PoolError::Timeout(_) => Error::Unavailable(sqlx::Error::PoolTimedOut),
            _ => Error::Unavailable(sqlx::Error::PoolClosed),
        })
    }

    /// Stops lending, and waits until the connections that are not lent have closed.
    pub(crate) async fn close(&self) {
        let resting = self.0.retain(|_, _| false).removed;
        self.0.close();
        for kept in resting {
            let _ = kept.connection.close().await;
        }
    }
}

impl<C: Connection> Lent<C> {
    /// To run a statement on; then say [`Lent::ended`].
    pub(crate) fn connection(&mut self) -> &mut C {
        if self.0.state == State::Rested {
            self.0.state = State::Doubtful;
        }
        &mut self.0.connection
    }

    /// The statement came to its end.
    pub(crate) fn ended(&mut self) {
        if self.0.state == State::Doubtful {
            self.0.state = State::Rested;
        }
    }

    /// The statement failed. Where its server is to blame, no connection made before is lent again.
    pub(crate) fn failed(&self, error: &Error) {
        if error.is_of_server()
            && let Some(pool) = Object::pool(&self.0)
        {
            pool.manager().era.fetch_max(self.0.era + 1, Ordering::Relaxed);
        }
    }

    /// To begin a transaction on; then say [`Lent::finished`].
    pub(crate) fn begin(&mut self) -> &mut C {
        self.0.state = State::Open;
        &mut self.0.connection
    }

    /// The transaction is saved or undone.
    pub(crate) fn finished(&mut self) {
        self.0.state = State::Rested;
    }
}
