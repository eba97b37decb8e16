//! A request holds one connection at a time, and none while it waits for another server. Requests that hold one and ask
//! for a second can block each other: twelve on one page once blocked a whole pool for half a minute. Debug builds, and
//! so all tests, panic when a request tries; release builds do not track it.

use std::panic::Location;

/// Where a connection was asked for.
pub(crate) type Place = &'static Location<'static>;

/// Accompanies a lent connection.
pub(crate) struct Held {
    #[cfg(debug_assertions)]
    _by: watch::Holder,
}

impl Held {
    /// Called before a connection is requested, so that a request that would wait forever stops instead.
    pub(crate) fn note(place: Place) -> Self {
        #[cfg(not(debug_assertions))]
        let _ = place;
        Self {
            #[cfg(debug_assertions)]
            _by: watch::Holder::note(place),
        }
    }
}

/// Call it before anything that may take long, such as another server. Debug builds panic if the caller holds a
/// connection.
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

    /// Which requests hold connections, and where each asked for its own.
    static LENT: LazyLock<Mutex<HashMap<Request, Place>>> = LazyLock::new(Mutex::default);

    /// A request is a task of its own. The runtime does not count the main future as a task, so its thread identifies
    /// it.
    #[derive(Clone, Copy, PartialEq, Eq, Hash)]
    enum Request {
        #[cfg(feature = "testing")]
        Apart(u64),
        Task(task::Id),
        Thread(ThreadId),
    }

    /// Counts as held until it is dropped.
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

/// Requests of one test that are not tasks of their own.
#[cfg(feature = "testing")]
pub(crate) mod apart {
    use std::{
        future::Future,
        sync::atomic::{AtomicU64, Ordering},
    };

    tokio::task_local! {
        pub(super) static NUMBER: u64;
    }

    /// Counts as a separate request.
    pub async fn apart<F: Future>(future: F) -> F::Output {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        NUMBER.scope(COUNT.fetch_add(1, Ordering::Relaxed), future).await
    }
}
