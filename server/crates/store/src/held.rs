//! A request holds one connection at a time, and none while it waits for another machine. Requests that hold one and ask for
//! a second wait for each other in vain: twelve on one page once blocked a whole pool for half a minute. Debug builds, and so
//! all tests, panic at such a request; release builds do not check.

use std::panic::Location;

/// Where a connection was asked for.
pub(crate) type Place = &'static Location<'static>;

/// Goes with a connection that is lent.
pub(crate) struct Held {
    #[cfg(debug_assertions)]
    _by: watch::Holder,
}

impl Held {
    /// Before a connection is asked for, so that what would wait for ever stops.
    pub(crate) fn note(place: Place) -> Self {
        #[cfg(not(debug_assertions))]
        let _ = place;
        Self {
            #[cfg(debug_assertions)]
            _by: watch::Holder::note(place),
        }
    }
}

/// Call this before anything that may take long, such as a call to another machine. Debug builds panic where the caller holds
/// a connection meanwhile.
#[track_caller]
pub fn assert_nothing_lent() {
    #[cfg(debug_assertions)]
    if let Some(place) = watch::held() {
        panic!("the connection that was lent at {place} is held while waiting for something else: give it back first");
    }
}

#[cfg(debug_assertions)]
mod watch {
    use std::{
        collections::HashMap,
        sync::{LazyLock, Mutex, MutexGuard, PoisonError},
        thread::{self, ThreadId},
    };

    use tokio::task;

    use super::Place;

    /// Who holds connections, and where each asked for its own.
    static LENT: LazyLock<Mutex<HashMap<Request, Place>>> = LazyLock::new(Mutex::default);

    /// A request: what runs as a task of its own; the main one is none to the runtime, but has its thread.
    #[derive(Clone, Copy, PartialEq, Eq, Hash)]
    enum Request {
        #[cfg(feature = "testing")]
        Apart(u64),
        Task(task::Id),
        Thread(ThreadId),
    }

    /// Until it is dropped.
    pub(super) struct Holder(Request);

    impl Request {
        fn current() -> Self {
            #[cfg(feature = "testing")]
            if let Ok(number) = super::apart::NUMBER.try_with(|number| *number) {
                return Self::Apart(number);
            }
            task::try_id().map_or_else(|| Self::Thread(thread::current().id()), Self::Task)
        }
    }

    impl Holder {
        pub(super) fn note(place: Place) -> Self {
            let request = Request::current();
            if let Some(first) = held() {
                panic!(
                    "a request asks for a second connection at {place} while it holds the one that was lent at {first}: give \
                     that back first, or pass it on. (Tests that do several things at once use `store::testing::at_once`.)"
                );
            }
            lent().insert(request, place);
            Self(request)
        }
    }

    impl Drop for Holder {
        fn drop(&mut self) {
            lent().remove(&self.0);
        }
    }

    pub(super) fn held() -> Option<Place> {
        lent().get(&Request::current()).copied()
    }

    fn lent() -> MutexGuard<'static, HashMap<Request, Place>> {
        LENT.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Requests of one test that do not have tasks of their own.
#[cfg(feature = "testing")]
pub(crate) mod apart {
    use std::{
        future::Future,
        sync::atomic::{AtomicU64, Ordering},
    };

    tokio::task_local! {
        pub(super) static NUMBER: u64;
    }

    /// Counts as a request by itself.
    pub async fn apart<F: Future>(future: F) -> F::Output {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        NUMBER.scope(COUNT.fetch_add(1, Ordering::Relaxed), future).await
    }
}
