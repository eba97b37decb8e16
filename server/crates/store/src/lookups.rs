//! Lookups by key that come at the same time, answered by one statement: what every call asks of the database costs a
//! busy server little more than what one call asks.
//!
//! Nothing is remembered: each lookup is asked after it came, so it sees all that was committed before. A lookup that
//! comes alone is asked alone, at once.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use crate::{FromRow, Query, Result, Row, Store};

/// Statements under way at once; what comes meanwhile goes with the next. More of them would be smaller.
const STATEMENTS: usize = 2;
/// Keys of one statement.
const MOST: usize = 64;

/// Rows by key. Cheap to clone; all clones share their statements.
pub struct Lookups<V>(Arc<Shared<V>>);

struct Shared<V> {
    store: Store,
    select: Query,
    queue: Mutex<Queue<V>>,
}

struct Queue<V> {
    waiting: Vec<Waiting<V>>,
    under_way: usize,
}

struct Waiting<V> {
    key: String,
    answer: oneshot::Sender<Vec<Arc<V>>>,
}

impl<V> Clone for Lookups<V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<V: FromRow + Send + Sync + 'static> Lookups<V> {
    /// `select` ends in `… IN `, where the keys follow; the first column is the key, as text. It has no other arguments.
    pub fn new(store: &Store, select: Query) -> Self {
        let queue = Mutex::new(Queue { waiting: Vec::new(), under_way: 0 });
        Self(Arc::new(Shared { store: store.clone(), select, queue }))
    }

    /// The rows of a key; hold no connection while you wait.
    pub async fn find(&self, key: &str) -> Result<Vec<Arc<V>>> {
        // PostgreSQL refuses a null character in any text, and what goes together would fail together.
        if key.contains('\0') {
            return Ok(Vec::new());
        }
        let (answer, answered) = oneshot::channel();
        if self.0.put(Waiting { key: key.to_owned(), answer }) {
            tokio::spawn(Statements { shared: self.0.clone(), ended: false }.run());
        }
        if let Ok(rows) = answered.await {
            return Ok(rows);
        }
        // Its statement failed. Why may be no matter of this key's.
        Ok(self.0.ask(&BTreeSet::from([key])).await?.remove(key).unwrap_or_default())
    }
}

impl<V> Shared<V> {
    /// Whether a statement is to be started for it.
    fn put(&self, waiting: Waiting<V>) -> bool {
        let mut queue = self.queue();
        queue.waiting.push(waiting);
        let starts = queue.under_way < STATEMENTS;
        queue.under_way += usize::from(starts);
        starts
    }

    /// Those who wait longest. Where nobody does, the one who asks has ended: in the same moment, so that whoever comes
    /// next starts another.
    fn take(&self) -> Option<Vec<Waiting<V>>> {
        let mut queue = self.queue();
        if queue.waiting.is_empty() {
            queue.under_way -= 1;
            return None;
        }
        let count = queue.waiting.len().min(MOST);
        Some(queue.waiting.drain(..count).collect())
    }

    fn queue(&self) -> MutexGuard<'_, Queue<V>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V: FromRow> Shared<V> {
    async fn ask(&self, keys: &BTreeSet<&str>) -> Result<HashMap<String, Vec<Arc<V>>>> {
        let mut select = self.select.clone();
        // Few different lengths, so that the database knows the statement: the last key fills it up.
        let length = keys.len().next_power_of_two();
        let filled = keys.iter().chain(std::iter::repeat_n(keys.last().unwrap_or(&""), length - keys.len()));
        for (place, key) in filled.enumerate() {
            select.push(if place == 0 { "(" } else { ", " }).push_bind(*key);
        }
        select.push(")");
        let mut ctx = self.store.read().await?;
        let (mut found, rows): (HashMap<_, Vec<_>>, Vec<_>) = (HashMap::new(), select.fetch_all(&mut ctx.tx).await?);
        for Keyed(key, row) in rows {
            found.entry(key).or_default().push(Arc::new(row));
        }
        Ok(found)
    }
}

/// A task that asks until nobody waits.
struct Statements<V> {
    shared: Arc<Shared<V>>,
    ended: bool,
}

impl<V> Drop for Statements<V> {
    /// A panic must not keep others waiting: they ask for themselves.
    fn drop(&mut self) {
        if !self.ended {
            let mut queue = self.shared.queue();
            queue.under_way -= 1;
            queue.waiting.clear();
        }
    }
}

impl<V: FromRow> Statements<V> {
    async fn run(mut self) {
        while let Some(waiting) = self.shared.take() {
            let keys = waiting.iter().map(|waiting| waiting.key.as_str()).collect();
            let Ok(found) = self.shared.ask(&keys).await else { continue };
            for Waiting { key, answer } in waiting {
                // Whoever asked may have gone away.
                let _ = answer.send(found.get(&key).cloned().unwrap_or_default());
            }
        }
        self.ended = true;
    }
}

struct Keyed<V>(String, V);

impl<V: FromRow> FromRow for Keyed<V> {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.get(0)?, V::from_row(row)?))
    }
}
