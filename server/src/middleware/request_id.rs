//! What a request is called in its answer and in the log.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::http::{HeaderValue, Request};
use store::{Random, SystemRandom};
use tower_http::request_id::{MakeRequestId, RequestId};

/// Names the requests of a process by chance once and then by number: the system is not asked for chance at each call, and
/// no two processes use the same names. They are no secret.
#[derive(Clone)]
pub struct RequestIds {
    process: u64,
    next: Arc<AtomicU64>,
}

impl Default for RequestIds {
    fn default() -> Self {
        let mut process = [0; 8];
        SystemRandom.fill(&mut process);
        Self { process: u64::from_be_bytes(process), next: Arc::default() }
    }
}

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::try_from(format!("{:016x}-{number:x}", self.process)).ok().map(RequestId::new)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_requests_are_called_the_same() {
        let request = Request::new(());
        let mut one = RequestIds::default();
        let mut makers = [one.clone(), one.clone(), RequestIds::default()];
        let names = (0..300).filter_map(|index| makers[index % 3].make_request_id(&request));
        let names: BTreeSet<_> = names.map(|id| id.header_value().as_bytes().to_vec()).collect();
        assert_eq!(names.len(), 300);
        assert!(one.make_request_id(&request).is_some_and(|id| !names.contains(id.header_value().as_bytes())));
    }
}
