//! The id of a request in its answer and in the log.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use store::{Random, SystemRandom};

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longer than any id that proxies send.
const LONGEST: usize = 64;

/// Numbers the requests of a process after a random prefix: it asks the system for randomness only once, and no two
/// processes use the same ids. They are not secret.
#[derive(Clone)]
pub struct RequestIds {
    process: Arc<str>,
    next: Arc<AtomicU64>,
}

impl Default for RequestIds {
    fn default() -> Self {
        let mut process = [0; 8];
        SystemRandom.fill(&mut process);
        Self { process: format!("{:016x}-", u64::from_be_bytes(process)).into(), next: Arc::default() }
    }
}

impl RequestIds {
    /// The id that a proxy gave the request, if it is valid, otherwise a new one.
    pub fn of(&self, headers: &HeaderMap) -> HeaderValue {
        let given = headers.get(REQUEST_ID).filter(|given| is_name(given.as_bytes()));
        given.cloned().unwrap_or_else(|| self.next())
    }

    fn next(&self) -> HeaderValue {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::try_from([&*self.process, &number.to_string()].concat()).unwrap_or(HeaderValue::from_static("-"))
    }
}

fn is_name(bytes: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_requests_are_called_the_same() {
        let one = RequestIds::default();
        let makers = [one.clone(), one.clone(), RequestIds::default()];
        let names: BTreeSet<_> = (0..300).map(|index| makers[index % 3].next().as_bytes().to_vec()).collect();
        assert_eq!(names.len(), 300);
        assert!(!names.contains(one.next().as_bytes()));
    }

    #[test]
    fn a_name_that_is_given_is_kept_and_nothing_else() {
        let of = |given: &str| {
            let headers = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_str(given).unwrap())]);
            RequestIds::default().of(&headers)
        };
        for name in ["7d4be5a4-1a5e-4a5d-b8cd-3ea11b9e2a11", "host_1.42", &"a".repeat(64)] {
            assert_eq!(of(name), name);
        }
        for other in ["", "a b", "<b>", "a\tb=c", &"a".repeat(65)] {
            assert_ne!(of(other), other);
        }
    }
}
