//! What every service function receives: the transaction, time and randomness of one request.

use std::{
    future::Future,
    ops::{Deref, DerefMut},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use model::partition::Partition;
use tokio::sync::Notify;

use crate::{Clock, Db, Random, Result, SystemClock, SystemRandom, Tx, random};

/// Creates a [`Ctx`] for each request. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub db: Db,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    bell: Arc<Notify>,
}

impl Store {
    /// With the computer's clock and random generator.
    pub fn new(db: Db) -> Self {
        Self::with(db, Arc::new(SystemClock), Arc::new(SystemRandom))
    }

    pub fn with(db: Db, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { db, clock, random, bell: Arc::default() }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Like [`Ctx::random_id`], for callers without a transaction.
    pub fn random_id(&self) -> String {
        random::id(&*self.random)
    }

    /// For requests that only read. Return it before you ask for another one or wait for anything else: debug builds
    /// panic if a request asks for a second one.
    #[track_caller]
    pub fn read(&self) -> impl Future<Output = Result<Ctx>> + Send + '_ {
        let lent = self.db.read();
        async move { Ok(self.ctx(lent.await?)) }
    }

    /// For requests that write; nothing is saved without [`Ctx::commit`].
    #[track_caller]
    pub fn write(&self) -> impl Future<Output = Result<Ctx>> + Send + '_ {
        let lent = self.db.write();
        async move { Ok(self.ctx(lent.await?)) }
    }

    fn ctx(&self, tx: Tx) -> Ctx {
        Ctx { tx, now: self.clock.now(), random: self.random.clone(), bell: self.bell.clone(), rings: false }
    }

    /// Notifies whenever something was saved that a worker of this process waits for; see [`Ctx::ring`].
    pub fn bell(&self) -> Arc<Notify> {
        self.bell.clone()
    }
}

/// One request's transaction, time and randomness.
pub struct Ctx {
    pub tx: Tx,
    /// The single moment at which everything in this request happens.
    pub now: Timestamp,
    random: Arc<dyn Random>,
    bell: Arc<Notify>,
    rings: bool,
}

impl Ctx {
    /// Saves what was written.
    pub async fn commit(self) -> Result<()> {
        let Self { tx, bell, rings, .. } = self;
        tx.commit().await?;
        if rings {
            bell.notify_one();
        }
        Ok(())
    }

    /// Wakes the worker that sends email once this is saved, so code that queues email need not know who commits.
    pub fn ring(&mut self) {
        self.rings = true;
    }

    /// Bytes that no one can guess.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }

    /// A secret of 256 bits as 43 characters of base64url: a token, a code, a client secret.
    pub fn random_secret(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.random_bytes::<32>())
    }

    /// A fresh id: 128 bits as 26 lower-case letters and digits.
    pub fn random_id(&self) -> String {
        random::id(&*self.random)
    }

    /// The same request, restricted to one program in one environment from here on.
    pub fn within(self, partition: Partition) -> Scoped {
        Scoped { ctx: self, partition }
    }
}

/// A request for one program in one environment; everything it reads and writes names both.
pub struct Scoped {
    ctx: Ctx,
    pub partition: Partition,
}

impl Scoped {
    /// Saves what was written.
    pub async fn commit(self) -> Result<()> {
        self.ctx.commit().await
    }
}

impl Deref for Scoped {
    type Target = Ctx;

    fn deref(&self) -> &Ctx {
        &self.ctx
    }
}

impl DerefMut for Scoped {
    fn deref_mut(&mut self) -> &mut Ctx {
        &mut self.ctx
    }
}
