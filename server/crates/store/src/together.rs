//! One statement for items that come at the same time, so that what every call asks of the database costs a busy server little
//! more than what one call asks.
//!
//! Nothing is remembered: each item goes with a statement that begins after it came. One that comes alone goes alone, at
//! once.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use crate::{Dialect, Result, assert_nothing_lent};

/// Items of one statement.
const MOST: usize = 64;

/// What is done with items, any number at once.
pub(crate) trait Statement: Send + Sync + 'static {
    type Item: Clone + Send + Sync + 'static;
    type Answer: Send + 'static;

    /// The answers, in the order of the items.
    fn run(&self, items: &[Self::Item]) -> impl Future<Output = Result<Vec<Self::Answer>>> + Send;
}

/// Cheap to clone; all clones share their statements.
pub(crate) struct Together<S: Statement>(Arc<Shared<S>>);

struct Shared<S: Statement> {
    statement: S,
    /// Statements under way at once; what comes meanwhile goes with the next. More of them would be smaller.
    most: usize,
    queue: Mutex<Queue<S>>,
}

struct Queue<S: Statement> {
    waiting: Vec<Waiting<S>>,
    under_way: usize,
}

struct Waiting<S: Statement> {
    item: S::Item,
    answer: oneshot::Sender<S::Answer>,
}

impl<S: Statement> Clone for Together<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: Statement> Together<S> {
    pub(crate) fn new(statement: S, dialect: Dialect) -> Self {
        let queue = Mutex::new(Queue { waiting: Vec::new(), under_way: 0 });
        let most = match dialect {
            // Each statement wakes a thread, and takes microseconds.
            Dialect::Sqlite => 1,
            Dialect::Postgres => 2,
        };
        Self(Arc::new(Shared { statement, most, queue }))
    }

    /// The answer to an item; hold no connection while you wait.
    pub(crate) async fn run(&self, item: S::Item) -> Result<Option<S::Answer>> {
        assert_nothing_lent();
        let (answer, answered) = oneshot::channel();
        if self.0.put(Waiting { item: item.clone(), answer }) {
            tokio::spawn(Statements { shared: self.0.clone(), ended: false }.run());
        }
        if let Ok(answer) = answered.await {
            return Ok(Some(answer));
        }
        // Its statement failed. Why may be no matter of this item's.
        Ok(self.0.statement.run(&[item]).await?.pop())
    }
}

impl<S: Statement> Shared<S> {
    /// Whether a statement is to be started for it.
    fn put(&self, waiting: Waiting<S>) -> bool {
        let mut queue = self.queue();
        queue.waiting.push(waiting);
        let starts = queue.under_way < self.most;
        queue.under_way += usize::from(starts);
        starts
    }

    /// Those who wait longest. Where no one waits, the task that asks ends at that same moment, so that the next caller starts
    /// another one.
    fn take(&self) -> Option<Vec<Waiting<S>>> {
        let mut queue = self.queue();
        if queue.waiting.is_empty() {
            queue.under_way -= 1;
            return None;
        }
        let count = queue.waiting.len().min(MOST);
        Some(queue.waiting.drain(..count).collect())
    }

    fn queue(&self) -> MutexGuard<'_, Queue<S>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task that works until no one waits.
struct Statements<S: Statement> {
    shared: Arc<Shared<S>>,
    ended: bool,
}

impl<S: Statement> Drop for Statements<S> {
    /// A panic must not keep others waiting: they ask for themselves.
    fn drop(&mut self) {
        if !self.ended {
            let mut queue = self.shared.queue();
            queue.under_way -= 1;
            queue.waiting.clear();
        }
    }
}

impl<S: Statement> Statements<S> {
    async fn run(mut self) {
        loop {
            // What this thread has to do first may come along.
            tokio::task::yield_now().await;
            let Some(waiting) = self.shared.take() else { break };
            let (items, answers): (Vec<_>, Vec<_>) =
                waiting.into_iter().map(|waiting| (waiting.item, waiting.answer)).unzip();
            let Ok(done) = self.shared.statement.run(&items).await else { continue };
            for (waits, answer) in answers.into_iter().zip(done) {
                // The caller may have gone away.
                let _ = waits.send(answer);
            }
        }
        self.ended = true;
    }
}
