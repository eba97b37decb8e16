//! The keys that sign tokens. They are made at the first start, encrypted at rest, held in memory, and the same on every node.

mod jwt;
mod life;
mod pair;
mod set;
mod table;

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicI64, Ordering},
};

use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use quick_cache::sync::Cache;
use serde::Serialize;
use store::{Ctx, SealingKey, Store};

pub use jwt::{AccessClaims, Audience};
pub use life::{Life, PUBLISHED_TTL, REFRESH};
pub use pair::{Algorithm, Unusable};
pub use table::{Listed, State, exist, list};

#[cfg(any(test, feature = "testing"))]
pub(crate) use pair::{Pair, fresh};
use set::Set;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("the signing key {0} in the database does not open with this key file: every node needs the same one")]
    Sealed(String),
    #[error(transparent)]
    Unusable(#[from] Unusable),
}

/// Every key that signs, will sign, or still verifies.
pub struct Keys {
    sealing: SealingKey,
    set: RwLock<Arc<Set>>,
    /// When the table was last read because of an unknown key, in milliseconds since 1970.
    asked_at: AtomicI64,
    /// A signature that was verified once need not be verified again. The database still says each time whether the token counts.
    verified: Cache<[u8; 32], Arc<AccessClaims>>,
}

const REMEMBERED: usize = 20_000;

/// The least time between two readings of the table because of an unknown key, in milliseconds. It limits what forged tokens
/// cost.
const ASKED_EVERY: i64 = 5_000;

impl Keys {
    /// Reads the keys, after making those that are missing.
    pub async fn load(store: &Store, sealing: SealingKey) -> Result<Self, Error> {
        let keys = Self::empty(sealing);
        keys.refresh(&mut store.read().await?).await?;
        let set = keys.set();
        for algorithm in Algorithm::ALL.into_iter().filter(|algorithm| set.newest(*algorithm).is_none()) {
            keys.make_first(store, algorithm).await?;
        }
        // Read again: of several nodes that start together, one made each key.
        keys.refresh(&mut store.read().await?).await?;
        Ok(keys)
    }

    /// Whether the key file opens the keys that exist. Makes none.
    pub async fn check(ctx: &mut Ctx, sealing: SealingKey) -> Result<(), Error> {
        Self::empty(sealing).refresh(ctx).await
    }

    fn empty(sealing: SealingKey) -> Self {
        let set = RwLock::default();
        Self { sealing, set, asked_at: AtomicI64::new(i64::MIN), verified: Cache::new(REMEMBERED) }
    }

    /// With one key, without a database.
    #[cfg(test)]
    fn of(pair: Pair) -> Self {
        let keys = Self::empty(SealingKey::new([0; 32]));
        *keys.set.write().unwrap() = Arc::new(Set::of(pair));
        keys
    }

    /// Reads which keys were made or retired since, by this process or another one.
    pub async fn refresh(&self, ctx: &mut Ctx) -> Result<(), Error> {
        let known = self.set();
        let set = known.read_again(&self.sealing, table::live(ctx).await?)?;
        let lost = known.is_beyond(&set);
        *self.set.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(set);
        if lost {
            self.verified.clear();
        }
        Ok(())
    }

    /// The public keys (RFC 7517 §5), among them those that will sign soon.
    pub fn published(&self) -> JwkSet {
        self.set().published()
    }

    fn set(&self) -> Arc<Set> {
        self.set.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn sign(
        &self,
        now: Timestamp,
        algorithm: Algorithm,
        typ: &str,
        claims: &impl Serialize,
    ) -> Result<String, Unusable> {
        self.set().signing(algorithm, now).ok_or(Unusable)?.pair.sign(typ, claims)
    }

    /// Whether an unknown key justifies reading the table. Of several callers at the same time, one gets `true`.
    fn may_ask(&self, now: Timestamp) -> bool {
        let (now, last) = (now.as_millisecond(), self.asked_at.load(Ordering::Relaxed));
        last.saturating_add(ASKED_EVERY) <= now
            && self.asked_at.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// Ties a sealed key to its row.
fn context(id: &str, algorithm: Algorithm) -> String {
    format!("signing_key:{}:{id}", algorithm.as_str())
}
