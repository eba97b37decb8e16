//! How often callers may call: everyone by network, apps by client once they have authenticated. Also how often forms
//! may come from a network in which no one is signed in. A caller that calls too often learns when to come back, and no
//! one else waits for it.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::Clock, middleware::StateInformationMiddleware, nanos::Nanos,
    state::keyed::HashMapStateStore,
};
use identity::attempts;
use model::id::ClientId;
use oauth::reason::Reason;
use store::Store;

use crate::settings;

/// The limits of this process; behind a load balancer each process counts separately.
pub struct Limits {
    by_network: Limit,
    by_client: Limit,
    anonymous_forms: Limit,
}

/// The calls that a caller has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Calls per minute.
    pub limit: u32,
    pub remaining: u32,
    /// Until the full budget is back; if nothing remains, until one more call is allowed.
    pub reset: Duration,
}

/// The caller has to wait: 429 (RFC 6585 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: more than {} calls a minute; try again in {} s", Reason::RateLimited, .0.limit, .0.seconds())]
pub struct Exceeded(pub Budget);

impl Budget {
    /// Whole seconds, at least one.
    pub fn seconds(&self) -> u64 {
        self.reset.as_millis().div_ceil(1000).max(1) as u64
    }
}

impl Limits {
    pub fn new(settings: &settings::Limits, store: &Store) -> Self {
        let limit = |calls| Limit::new(calls, store);
        Self {
            by_network: limit(settings.network),
            by_client: limit(settings.client),
            anonymous_forms: limit(settings.anonymous_forms),
        }
    }

    /// Counts a call from this address. `None` if there is no limit.
    pub fn admit_address(&self, address: IpAddr) -> Result<Option<Budget>, Exceeded> {
        self.by_network.admit(|| attempts::network(Some(address)))
    }

    /// Counts a form from this address without a signed-in account.
    pub fn admit_anonymous_form(&self, address: IpAddr) -> Result<Option<Budget>, Exceeded> {
        self.anonymous_forms.admit(|| attempts::network(Some(address)))
    }

    /// Counts a call of this app after it has authenticated: no app uses up the calls of another.
    pub fn admit_client(&self, client: &ClientId) -> Result<Option<Budget>, Exceeded> {
        self.by_client.admit(|| client.as_str().to_owned())
    }
}

type Limiter = RateLimiter<String, HashMapStateStore<String>, Time, StateInformationMiddleware>;

/// A number of calls per minute for each key; all of them may come at the same time.
struct Limit(Option<(Limiter, AtomicU32)>);

/// After this many calls in total, keys that have their full budget back are removed.
const FORGET_EVERY: u32 = 10_000;

impl Limit {
    fn new(calls_a_minute: u32, store: &Store) -> Self {
        let quota = NonZeroU32::new(calls_a_minute).map(Quota::per_minute);
        let limiter = |quota| Limiter::new(quota, HashMapStateStore::default(), Time(store.clone()));
        Self(quota.map(|quota| (limiter(quota), AtomicU32::new(0))))
    }

    fn admit(&self, key: impl FnOnce() -> String) -> Result<Option<Budget>, Exceeded> {
        let Some((limiter, calls)) = &self.0 else { return Ok(None) };
        if calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(FORGET_EVERY) {
            limiter.retain_recent();
        }
        match limiter.check_key(&key()) {
            Ok(state) => {
                let (limit, remaining) = (state.quota().burst_size().get(), state.remaining_burst_capacity());
                let reset = state.quota().replenish_interval() * limit.saturating_sub(remaining);
                Ok(Some(Budget { limit, remaining, reset }))
            }
            Err(refused) => {
                let reset = refused.wait_time_from(limiter.clock().now());
                Err(Exceeded(Budget { limit: refused.quota().burst_size().get(), remaining: 0, reset }))
            }
        }
    }
}

/// The store's clock, so that tests can move it.
#[derive(Clone)]
struct Time(Store);

impl Clock for Time {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let epoch = self.0.now().as_duration();
        Nanos::from(Duration::try_from(epoch).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use store::testing::{TestStore, sqlite};

    use super::*;

    async fn limits(network: u32, client: u32) -> (TestStore, Limits) {
        let test = sqlite().await;
        let limits = Limits::new(&settings::Limits { network, client, anonymous_forms: 1 }, &test.store);
        (test, limits)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn one_network_that_calls_too_often_waits_and_no_other() {
        let (test, limits) = limits(3, 0).await;
        let left = [2, 1, 0].map(Some);
        let admit =
            |text: &str| limits.admit_address(address(text)).map(|budget| budget.map(|budget| budget.remaining));
        assert_eq!([(); 3].map(|()| admit("192.0.2.1").unwrap()), left);

        let Exceeded(budget) = admit("192.0.2.1").unwrap_err();
        assert_eq!((budget.limit, budget.remaining, budget.seconds()), (3, 0, 20));
        assert_eq!(admit("192.0.2.2"), Ok(Some(2)));

        test.clock.advance(20.seconds());
        assert_eq!(admit("192.0.2.1"), Ok(Some(0)));
    }

    #[tokio::test]
    async fn an_ipv6_network_is_one_caller() {
        let (_test, limits) = limits(1, 0).await;
        assert!(limits.admit_address(address("2001:db8:1:2::1")).is_ok());
        assert!(limits.admit_address(address("2001:db8:1:2::2")).is_err());
        assert!(limits.admit_address(address("2001:db8:1:3::1")).is_ok());
    }

    #[tokio::test]
    async fn forms_of_nobody_have_a_limit_of_their_own() {
        let (test, limits) = limits(0, 0).await;
        assert!(limits.admit_anonymous_form(address("192.0.2.1")).is_ok());
        assert!(limits.admit_anonymous_form(address("192.0.2.1")).is_err());
        assert!(limits.admit_anonymous_form(address("192.0.2.2")).is_ok());
        test.clock.advance(60.seconds());
        assert!(limits.admit_anonymous_form(address("192.0.2.1")).is_ok());
    }

    #[tokio::test]
    async fn clients_have_budgets_of_their_own_and_zero_is_no_limit() {
        let (_test, limits) = limits(0, 1).await;
        assert!(limits.admit_client(&ClientId::new("one")).is_ok());
        assert!(limits.admit_client(&ClientId::new("one")).is_err());
        assert!(limits.admit_client(&ClientId::new("two")).is_ok());
        assert!((0..100).all(|_| limits.admit_address(address("192.0.2.1")) == Ok(None)));
    }
}
