//! Combines calls that arrive at the same time into one statement, so that a query that every call makes costs a busy
//! server little more than a single one.
//!
//! Nothing is cached: each item is part of a statement that starts after the item arrived. A single item starts its own
//! statement immediately.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use crate::{Dialect, Result, assert_nothing_lent};

/// The most items in one statement.
const MOST: usize = 64;

/// An operation on items, any number at a time.
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
    /// How many statements may run at the same time. Items that arrive meanwhile go with the next one. With a higher
    /// limit, statements would combine fewer items.
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
            // Each statement wakes a thread and takes microseconds.
            Dialect::Sqlite => 1,
            Dialect::Postgres => 2,
        };
        Self(Arc::new(Shared { statement, most, queue }))
    }

    /// The answer to an item. Do not hold a connection while you wait.
    pub(crate) async fn run(&self, item: S::Item) -> Result<Option<S::Answer>> {
        assert_nothing_lent();
        let (answer, answered) = oneshot::channel();
        if self.0.put(Waiting { item: item.clone(), answer }) {
            tokio::spawn(Statements { shared: self.0.clone(), ended: false }.run());
        }
        if let Ok(answer) = answered.await {
            return Ok(Some(answer));
        }
        // Its statement failed, perhaps because of another item.
        Ok(self.0.statement.run(&[item]).await?.pop())
    }
}

impl<S: Statement> Shared<S> {
    /// Returns whether to start a statement for it.
    fn put(&self, waiting: Waiting<S>) -> bool {
        let mut queue = self.queue();
        queue.waiting.push(waiting);
        let starts = queue.under_way < self.most;
        queue.under_way += usize::from(starts);
        starts
    }

    /// The items that have waited longest. If there are none, the calling task ends; the count decreases under the same
    /// lock, so that the next item starts another task.
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

/// A task that runs until no items are left.
struct Statements<S: Statement> {
    shared: Arc<Shared<S>>,
    ended: bool,
}

impl<S: Statement> Drop for Statements<S> {
    /// A panic must not leave callers waiting: they then run their items themselves.
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
            // Lets this thread's other tasks run first; their items can join the statement.
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
