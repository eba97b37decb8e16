//! One log line a request: method, route, status, time, request id. Never the query or the path's ids, which may carry
//! codes, tokens or patients.

use std::time::Duration;

use axum::{
    extract::MatchedPath,
    http::{Request, Response},
};
use tower_http::{
    request_id::RequestId,
    trace::{HttpMakeClassifier, MakeSpan, OnResponse, TraceLayer},
};
use tracing::Span;

pub fn layer() -> TraceLayer<HttpMakeClassifier, Route, (), Done, (), (), ()> {
    TraceLayer::new_for_http()
        .make_span_with(Route)
        .on_request(())
        .on_response(Done)
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

/// Opens the request's span.
#[derive(Clone, Copy)]
pub struct Route;

impl<B> MakeSpan<B> for Route {
    fn make_span(&mut self, request: &Request<B>) -> Span {
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-");
        tracing::info_span!("request", id, method = %request.method(), route)
    }
}

/// Writes the line.
#[derive(Clone, Copy)]
pub struct Done;

impl<B> OnResponse<B> for Done {
    fn on_response(self, response: &Response<B>, latency: Duration, _span: &Span) {
        let status = response.status().as_u16();
        tracing::info!(status, micros = latency.as_micros(), "answered");
    }
}
