//! The keys that apps publish at an address of their own (`jwks_uri`), remembered for a while.
//!
//! The server decides how to fetch a document ([`Fetch`]). This module decides when: a set is good for five minutes, a missing
//! key causes at most one fetch a minute, and of several requests at the same time one fetches.

use std::{future::Future, pin::Pin, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use model::{client_keys::JwksUrl, jwk::JwkSet};
use quick_cache::sync::Cache;
use registry::client_keys::is_on_its_curve;
use tokio::sync::Mutex;

/// Fetches what is at an address that a vendor chose.
pub trait Fetch: Send + Sync {
    /// The document's text. `None` if it cannot be fetched or if we may not ask for it. The reason goes to the log only, because
    /// the sender must not learn it.
    fn fetch<'a>(&'a self, url: &'a JwksUrl) -> Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>>;
}

/// The sets that were fetched recently. One for each process.
pub struct ClientKeySets {
    fetch: Box<dyn Fetch>,
    sets: Cache<JwksUrl, Arc<Mutex<Fetched>>>,
}

#[derive(Default)]
struct Fetched {
    set: Option<Arc<JwkSet>>,
    /// From then on, the set is not used.
    stale_at: Timestamp,
    /// Before then, we do not fetch again.
    ask_again_at: Timestamp,
}

const FRESH: SignedDuration = SignedDuration::from_mins(5);
const BETWEEN_CALLS: SignedDuration = SignedDuration::from_mins(1);
/// Short enough that a brief failure at the vendor's does not become an outage, and long enough not to bother the vendor.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_secs(10);
/// Addresses remembered.
const REMEMBERED: usize = 1_000;

impl ClientKeySets {
    pub fn new(fetch: impl Fetch + 'static) -> Self {
        Self { fetch: Box::new(fetch), sets: Cache::new(REMEMBERED) }
    }

    /// The set at this address, fetched again if it is not known, is too old, or lacks the key. `None` if it cannot be fetched.
    pub async fn get(&self, url: &JwksUrl, now: Timestamp, has_it: impl Fn(&JwkSet) -> bool) -> Option<Arc<JwkSet>> {
        store::assert_nothing_lent();
        let Ok(entry) = self.sets.get_or_insert_with(url, || Ok::<_, std::convert::Infallible>(Arc::default()));
        // Held while fetching, so that other requests wait for the answer and do not fetch too.
        let mut fetched = entry.lock().await;
        let known = fetched.fresh(now);
        if known.as_deref().is_some_and(has_it) || now < fetched.ask_again_at {
            return known;
        }
        match self.fetch.fetch(url).await.and_then(|text| usable(url, &text)) {
            Some(set) => {
                *fetched =
                    Fetched { set: Some(Arc::new(set)), stale_at: now + FRESH, ask_again_at: now + BETWEEN_CALLS };
            }
            None => fetched.ask_again_at = now + AFTER_FAILURE,
        }
        fetched.fresh(now)
    }
}

/// The keys of a document that can verify something. A key that cannot be used does not affect others, even of the same name.
fn usable(url: &JwksUrl, text: &str) -> Option<JwkSet> {
    let read = JwkSet::read(text).and_then(|set| {
        let all = set.keys().len();
        let set = set.only(|key| is_on_its_curve(&key.key))?;
        let left_out = all - set.keys().len();
        if 0 < left_out {
            tracing::info!(%url, left_out, "some of an app's keys are not points of their curves");
        }
        Ok(set)
    });
    read.inspect_err(|_| tracing::info!(%url, "an app publishes no key that can be used")).ok()
}

impl Fetched {
    fn fresh(&self, now: Timestamp) -> Option<Arc<JwkSet>> {
        self.set.clone().filter(|_| now < self.stale_at)
    }
}
