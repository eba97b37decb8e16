//! 429 for networks that call too often, in the format that the caller reads.

use std::ops::ControlFlow;

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use fhir::outcome::Issue;
use serde_json::json;

use super::{address, refusal::Form};
use crate::{
    fhir::outcome,
    limits::{Budget, Exceeded, Limits},
};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Counts the call; every answer says what is left.
pub fn limit(
    limits: &Limits,
    request: Request,
) -> ControlFlow<Response, (Request, impl FnOnce(Response) -> Response + use<>)> {
    let counted = address::of(request.extensions()).map_or(Ok(None), |address| limits.admit_address(address));
    let budget = match counted {
        Ok(budget) => budget,
        Err(exceeded) => return ControlFlow::Break(refusal(&request, &exceeded)),
    };
    ControlFlow::Continue((request, move |mut response: Response| {
        if let Some(budget) = budget.filter(|_| !response.headers().contains_key(LIMIT)) {
            write(response.headers_mut(), &budget);
        }
        response
    }))
}

/// In the format that the caller reads.
fn refusal(request: &Request, exceeded: &Exceeded) -> Response {
    match Form::of(request) {
        Form::OAuth => oauth(exceeded),
        Form::Fhir => fhir(exceeded),
        Form::Text => refuse(exceeded, format!("{exceeded}\n")),
        // An outer layer fills it.
        Form::Page => refuse(exceeded, ()),
    }
}

/// For the authorization server's endpoints.
pub fn oauth(exceeded: &Exceeded) -> Response {
    let body = json!({ "error": "temporarily_unavailable", "error_description": exceeded.to_string() });
    refuse(exceeded, Json(body))
}

/// For the FHIR bases: an OperationOutcome.
pub fn fhir(exceeded: &Exceeded) -> Response {
    refuse(exceeded, outcome::respond(Issue::Throttled, &exceeded.to_string()))
}

fn refuse(exceeded: &Exceeded, body: impl IntoResponse) -> Response {
    let mut response = (StatusCode::TOO_MANY_REQUESTS, body).into_response();
    let headers = response.headers_mut();
    write(headers, &exceeded.0);
    headers.insert(header::RETRY_AFTER, HeaderValue::from(exceeded.0.seconds()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn write(headers: &mut HeaderMap, budget: &Budget) {
    headers.insert(LIMIT, HeaderValue::from(budget.limit));
    headers.insert(REMAINING, HeaderValue::from(budget.remaining));
    headers.insert(RESET, HeaderValue::from(budget.seconds()));
}
