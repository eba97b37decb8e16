//! `POST {base}` (hl7.org/fhir/R4/http.html#transaction): a batch of reads and searches. Each entry is treated exactly
//! like a separate call by the same caller: what it may see, what it costs, and what is recorded are the same. Writes
//! and transactions are refused.

use std::borrow::Cow;

use axum::{
    body::{Bytes, to_bytes},
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use fhir::{
    batch::{Answer, Answers, Call, LARGEST_ANSWER, read as read_batch},
    error::Error,
};
use jiff::{Timestamp, fmt::rfc2822};
use percent_encoding::percent_decode_str;
use programs::surface::SurfaceKind;

use super::{
    cache,
    caller::Caller,
    capabilities,
    format::{FHIR_JSON, Format},
    outcome::{self, Problem},
    read,
    search::{self, arrived, pairs},
    vread,
};
use crate::{middleware::rate, state::AppState};

const JSON: [&str; 2] = ["application/fhir+json", "application/json"];

pub async fn batch(
    State(state): State<AppState>,
    caller: Caller,
    parts: Parts,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = arrived(body)?;
    if !is_json(&parts.headers) {
        return Err(Problem::NOT_JSON);
    }
    let format = Format::of(&pairs(parts.uri.query().unwrap_or_default().as_bytes())?, &parts.headers)?;
    let mut answers = Answers::default();
    for (place, call) in read_batch(&body)?.into_iter().enumerate() {
        let response = if answers.are_enough() {
            let reason = format!("the answers before this one have {LARGEST_ANSWER} bytes; request fewer at once");
            Problem::from(Error::TooCostly(reason)).into_response()
        } else {
            // The first was counted as the call itself.
            one(&state, &caller, &parts, call, 0 < place).await
        };
        answers.push(&entry(response).await);
    }
    let keep = cache::keep(caller.surface.kind == SurfaceKind::Public);
    let bundle = format.write(answers.finish());
    Ok(([(header::CONTENT_TYPE, FHIR_JSON), (header::CACHE_CONTROL, keep)], bundle).into_response())
}

/// The answer that this call gets on its own.
async fn one(state: &AppState, caller: &Caller, parts: &Parts, call: Option<Call>, counts: bool) -> Response {
    let Some(call) = call else { return Problem::NO_CALL.into_response() };
    if counts && let Err(exceeded) = caller.admit(state, &parts.extensions) {
        return rate::fhir(&exceeded);
    }
    match call.method.as_str() {
        "GET" | "HEAD" => {}
        _ => return outcome::not_allowed(&Method::GET),
    }
    let answer = answer(state, caller, &call, &headers(&parts.headers, &call)).await;
    let mut response = answer.unwrap_or_else(Problem::into_response);
    if call.method == "HEAD" && response.status().is_success() {
        *response.body_mut() = Default::default();
    }
    response
}

async fn answer(state: &AppState, caller: &Caller, call: &Call, headers: &HeaderMap) -> Result<Response, Problem> {
    let (path, query) = relative(caller.surface.base(), &call.url)?;
    let method = if call.method == "HEAD" { Method::HEAD } else { Method::GET };
    match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["metadata"] => capabilities::answer(state, &caller.surface, query, headers),
        [kind] if !kind.is_empty() => search::answer(state, caller, kind, query, &method, headers).await,
        [kind, id] => read::answer(state, caller, [kind, id], query, &method, headers).await,
        [kind, id, "_history", version] => {
            vread::answer(state, caller, [kind, id, version], query, &method, headers).await
        }
        _ => Err(Problem::NOTHING),
    }
}

/// Splits an address that is relative to the base, or below it, into the decoded parts of its path and its query.
fn relative<'u>(base: &str, url: &'u str) -> Result<(Vec<String>, Option<&'u str>), Problem> {
    let below = url.strip_prefix(base).filter(|rest| rest.starts_with(['/', '?']));
    let url = below.unwrap_or(url);
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    let decoded = |part: &str| percent_decode_str(part).decode_utf8().map(Cow::into_owned);
    let path = path.split('/').map(decoded).collect::<Result<_, _>>().map_err(|_| Problem::NOTHING)?;
    Ok((path, query))
}

/// The call's own headers take precedence; its conditions are its own.
fn headers(shared: &HeaderMap, call: &Call) -> HeaderMap {
    let mut headers = shared.clone();
    let conditions =
        [(header::IF_NONE_MATCH, &call.if_none_match), (header::IF_MODIFIED_SINCE, &call.if_modified_since)];
    for (name, value) in conditions {
        set(&mut headers, name, value.as_deref());
    }
    headers
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    headers.remove(&name);
    headers.extend(value.and_then(|value| HeaderValue::try_from(value).ok()).map(|value| (name, value)));
}

/// The answer in the form of an entry.
async fn entry(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let text = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let is_error = !parts.status.is_success() && parts.status != StatusCode::NOT_MODIFIED;
    // It is in memory already.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    Answer {
        status: parts.status.to_string(),
        etag: text(header::ETAG).map(str::to_owned),
        last_modified: text(header::LAST_MODIFIED).and_then(http_date),
        body: String::from_utf8(body.into()).unwrap_or_default(),
        is_error,
    }
}

fn http_date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    JSON.iter().any(|json| kind.eq_ignore_ascii_case(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_relative_to_the_base_or_below_it() {
        fn check(url: &str, expect: (&[&str], Option<&str>)) {
            let Ok((path, query)) = relative("https://fhir.example/R4", url) else { panic!("{url}") };
            assert_eq!((path.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), query), expect, "{url}");
        }
        check("Patient/1", (&["Patient", "1"], None));
        check("/Patient/1/", (&["Patient", "1"], None));
        check("Patient?name=a%20b&x=/", (&["Patient"], Some("name=a%20b&x=/")));
        check("https://fhir.example/R4/Patient/1/_history/2", (&["Patient", "1", "_history", "2"], None));
        check("https://fhir.example/R4?a=b", (&[""], Some("a=b")));
        check("https://fhir.example/R42/Patient/1", (&["https:", "", "fhir.example", "R42", "Patient", "1"], None));
        check("https://evil.example/R4/Patient/1", (&["https:", "", "evil.example", "R4", "Patient", "1"], None));
        check("../Patient/1", (&["..", "Patient", "1"], None));
        check("Patient%2F1", (&["Patient/1"], None));
        check("", (&[""], None));
        assert!(relative("https://fhir.example/R4", "Patient/%ff").is_err());
    }
}
