//! The keys that sign tokens: made at first start, encrypted at rest, held in memory, the same on every node.

mod jwt;
mod pair;

use std::{collections::HashMap, sync::Arc};

use jsonwebtoken::jwk::JwkSet;
use quick_cache::sync::Cache;
use serde::Serialize;
use store::{Ctx, SealingKey, Store, sql};

pub use jwt::{AccessClaims, Audience, Untrusted};
pub use pair::{Algorithm, Unusable};

use pair::Pair;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("the signing key {0} in the database does not open with this key file: every node needs the same one")]
    Sealed(String),
    #[error(transparent)]
    Unusable(#[from] Unusable),
}

/// Every key that signs or still verifies.
pub struct Keys {
    set: Set,
    /// What verified once need not be verified again; whether it still counts is asked of the database each time.
    verified: Cache<[u8; 32], Arc<AccessClaims>>,
}

/// One reading of the table. The newest key of each algorithm signs; all of them verify.
#[derive(Default)]
struct Set {
    newest: HashMap<Algorithm, Arc<Pair>>,
    by_id: HashMap<String, Arc<Pair>>,
    /// In the order in which they are published.
    published: Vec<Arc<Pair>>,
}

const REMEMBERED: usize = 20_000;

impl Keys {
    /// Reads the keys, after making those that are missing.
    pub async fn load(store: &Store, sealing: SealingKey) -> Result<Self, Error> {
        let mut ctx = store.write().await?;
        let mut rows = stored(&mut ctx).await?;
        for algorithm in Algorithm::ALL {
            if !rows.iter().any(|row| row.algorithm == algorithm.as_str()) {
                make(&mut ctx, &sealing, algorithm).await?;
            }
        }
        // Read again: of several nodes that start together, one made each key.
        rows = stored(&mut ctx).await?;
        ctx.commit().await?;
        Ok(Self { set: open(&sealing, rows)?, verified: Cache::new(REMEMBERED) })
    }

    /// With one key, without a database.
    #[cfg(test)]
    fn of(pair: Pair) -> Self {
        let (id, pair) = (pair.id.clone(), Arc::new(pair));
        let newest = HashMap::from([(pair.algorithm, pair.clone())]);
        let set = Set { newest, by_id: HashMap::from([(id, pair.clone())]), published: vec![pair] };
        Self { set, verified: Cache::new(REMEMBERED) }
    }

    /// The public keys (RFC 7517 §5).
    pub fn published(&self) -> JwkSet {
        JwkSet { keys: self.set.published.iter().map(|pair| pair.public.clone()).collect() }
    }

    fn sign(&self, algorithm: Algorithm, typ: &str, claims: &impl Serialize) -> Result<String, Unusable> {
        self.set.newest.get(&algorithm).ok_or(Unusable)?.sign(typ, claims)
    }
}

struct Row {
    id: String,
    algorithm: String,
    private_key: String,
}

impl store::FromRow for Row {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        Ok(Self { id: row.get(0)?, algorithm: row.get(1)?, private_key: row.get(2)? })
    }
}

/// Oldest first.
async fn stored(ctx: &mut Ctx) -> store::Result<Vec<Row>> {
    sql("SELECT id, algorithm, private_key FROM signing_key WHERE retired_at IS NULL OR retired_at > $1 \
         ORDER BY algorithm, generation")
    .bind(ctx.now)
    .fetch_all(&mut ctx.tx)
    .await
}

/// Makes the first key of an algorithm, unless somebody else just did.
async fn make(ctx: &mut Ctx, sealing: &SealingKey, algorithm: Algorithm) -> Result<(), Error> {
    let private = pair::generate(algorithm)?;
    let id = Pair::new(algorithm, &private)?.id;
    let sealed = sealing.seal(&context(&id, algorithm.as_str()), &private).map_err(|_| Unusable)?;
    sql("INSERT INTO signing_key (id, algorithm, generation, private_key, created_at) VALUES ($1, $2, 1, $3, $4) \
         ON CONFLICT (algorithm, generation) DO NOTHING")
    .bind(id)
    .bind(algorithm.as_str())
    .bind(sealed)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

fn open(sealing: &SealingKey, rows: Vec<Row>) -> Result<Set, Error> {
    let mut set = Set::default();
    for row in rows {
        let Some(algorithm) = Algorithm::ALL.into_iter().find(|known| known.as_str() == row.algorithm) else {
            return Err(corrupt(row.id, format!("`{}` is not an algorithm of ours", row.algorithm)).into());
        };
        let private = sealing.open(&context(&row.id, &row.algorithm), &row.private_key);
        let pair = Arc::new(Pair::new(algorithm, &private.map_err(|_| Error::Sealed(row.id.clone()))?)?);
        set.newest.insert(algorithm, pair.clone());
        set.by_id.insert(row.id, pair.clone());
        set.published.push(pair);
    }
    Ok(set)
}

fn corrupt(id: String, reason: String) -> store::Error {
    store::Error::Corrupt { table: "signing_key", column: "algorithm", id, reason }
}

/// Ties a sealed key to its row.
fn context(id: &str, algorithm: &str) -> String {
    format!("signing_key:{algorithm}:{id}")
}
