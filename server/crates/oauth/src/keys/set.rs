//! What was read from the keys' table, opened and parsed.

use std::{collections::HashMap, sync::Arc};

use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;

use super::{
    Algorithm, Error, SealingKey, context,
    pair::Pair,
    table::{Row, corrupt},
};

/// One reading of the table.
#[derive(Default)]
pub(super) struct Set {
    by_id: HashMap<String, Arc<Key>>,
    /// By algorithm and generation: the order in which they are published.
    keys: Vec<Arc<Key>>,
}

/// A key with its place in the table.
pub(super) struct Key {
    pub(super) pair: Pair,
    pub(super) generation: i64,
    pub(super) signs_at: Timestamp,
}

impl Set {
    #[cfg(test)]
    pub(super) fn of(pair: Pair) -> Self {
        let key = Arc::new(Key { pair, generation: 1, signs_at: Timestamp::UNIX_EPOCH });
        Self { by_id: HashMap::from([(key.pair.id.clone(), key.clone())]), keys: vec![key] }
    }

    /// The next reading. Known keys are not opened again, because only the end of a row changes.
    pub(super) fn read_again(&self, sealing: &SealingKey, rows: Vec<Row>) -> Result<Self, Error> {
        let mut set = Self::default();
        for row in rows {
            let key = match self.by_id.get(&row.id) {
                Some(key) => key.clone(),
                None => Arc::new(open(sealing, &row)?),
            };
            set.by_id.insert(row.id, key.clone());
            set.keys.push(key);
        }
        Ok(set)
    }

    /// Whether some key here is not in the other.
    pub(super) fn is_beyond(&self, other: &Self) -> bool {
        self.by_id.keys().any(|id| !other.by_id.contains_key(id))
    }

    pub(super) fn find(&self, id: &str) -> Option<&Pair> {
        self.by_id.get(id).map(|key| &key.pair)
    }

    pub(super) fn newest(&self, algorithm: Algorithm) -> Option<&Key> {
        self.of_algorithm(algorithm).next_back()
    }

    /// The newest key whose time has come. If there is none by this machine's clock, another clock is ahead, and the first is used.
    pub(super) fn signing(&self, algorithm: Algorithm, now: Timestamp) -> Option<&Key> {
        let begun = self.of_algorithm(algorithm).rfind(|key| key.signs_at <= now);
        begun.or_else(|| self.of_algorithm(algorithm).next())
    }

    /// Whether a key is still here that is older than the newest of its algorithm that began by then.
    pub(super) fn is_succeeded(&self, by: Timestamp) -> bool {
        Algorithm::ALL.into_iter().any(|algorithm| self.of_algorithm(algorithm).skip(1).any(|key| key.signs_at <= by))
    }

    pub(super) fn published(&self) -> JwkSet {
        JwkSet { keys: self.keys.iter().map(|key| key.pair.public.clone()).collect() }
    }

    fn of_algorithm(&self, algorithm: Algorithm) -> impl DoubleEndedIterator<Item = &Key> {
        self.keys.iter().map(Arc::as_ref).filter(move |key| key.pair.algorithm == algorithm)
    }
}

fn open(sealing: &SealingKey, row: &Row) -> Result<Key, Error> {
    let Some(algorithm) = Algorithm::ALL.into_iter().find(|known| known.as_str() == row.algorithm) else {
        return Err(corrupt(row, format!("`{}` is not an algorithm of ours", row.algorithm)).into());
    };
    let private = sealing.open(&context(&row.id, algorithm), &row.private_key);
    let pair = Pair::new(algorithm, &private.map_err(|_| Error::Sealed(row.id.clone()))?)?;
    Ok(Key { pair, generation: row.generation, signs_at: row.signs_at })
}
