//! Detects a proxy that the settings do not name: everyone behind it has its address, so one person who guesses there
//! slows down everyone else. We count it and log it once; we do not trust what the proxy says about its callers.

use std::sync::atomic::{AtomicBool, Ordering};

use audit::security::{Kind, Trace, Watch};
use axum::http::{HeaderMap, HeaderName};

use super::address::Proxies;

const FORWARDED: [HeaderName; 2] = [HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("forwarded")];

/// Checks requests as they arrive. One per process.
#[derive(Default)]
pub struct Unproxied {
    is_said: AtomicBool,
}

impl Unproxied {
    pub fn look(&self, proxies: &Proxies, headers: &HeaderMap, watch: &Watch) {
        if !proxies.is_empty() || !FORWARDED.iter().any(|name| headers.contains_key(name)) {
            return;
        }
        watch.note(Trace::of(Kind::AddressUnknown, "setting", "proxies"));
        if !self.is_said.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "requests come through a proxy, but `proxies` (FLEX_PROXIES) is not set: all callers count as one address, \
                 and one caller who guesses passwords slows down everyone who has not signed in before. Name the proxy's network"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use store::testing::sqlite;

    use super::*;

    #[tokio::test]
    async fn forwarded_requests_are_counted_where_no_proxy_is_configured() {
        let test = sqlite().await;
        let count = async |proxies: &str, name: HeaderName| {
            let watch = Watch::default();
            let headers = HeaderMap::from_iter([(name, HeaderValue::from_static("192.0.2.1"))]);
            Unproxied::default().look(&proxies.parse().unwrap(), &headers, &watch);
            watch.flush(&test.store).await.unwrap();
            let counts =
                audit::security::counts(&mut test.store.read().await.unwrap(), test.store.now()).await.unwrap();
            counts.first().map_or(0, |(_, _, seen)| *seen)
        };
        let [forwarded_for, forwarded] = FORWARDED;
        assert_eq!(count("10.0.0.0/8", forwarded_for.clone()).await, 0, "a stranger's invention");
        assert_eq!(count("", HeaderName::from_static("x-request-id")).await, 0);
        assert_eq!(count("", forwarded_for).await, 1);
        assert_eq!(count("", forwarded).await, 2);
    }
}
