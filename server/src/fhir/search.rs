//! `GET {base}/{type}?…` and `POST {base}/{type}/_search` (hl7.org/fhir/R4/http.html#search).

use axum::{
    body::Bytes,
    extract::{
        Path, RawQuery, State,
        rejection::{BytesRejection, FailedToBufferBody, PathRejection},
    },
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
};
use fhir::{
    bundle::gives_anything,
    search::{
        request::{LONGEST_QUERY, Request},
        run::Searched,
    },
};
use programs::surface::SurfaceKind;
use url::form_urlencoded;

use super::{
    cache,
    caller::Caller,
    format::{FHIR_JSON, Format},
    outcome::Problem,
};
use crate::state::AppState;

const FORM: &str = "application/x-www-form-urlencoded";

pub async fn by_query(
    State(state): State<AppState>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path(kind) = path.map_err(|_| Problem::NOTHING)?;
    answer(&state, &caller, &kind, query.as_deref(), &method, &headers).await
}

pub async fn answer(
    state: &AppState,
    caller: &Caller,
    kind: &str,
    query: Option<&str>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    respond(state, caller, kind, query_pairs(query)?, method, headers).await
}

/// Parameters of the form and of the address both count.
pub async fn by_form(
    State(state): State<AppState>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let Path(kind) = path.map_err(|_| Problem::NOTHING)?;
    let body = arrived(body)?;
    if !body.is_empty() && !is_form(&headers) {
        return Err(Problem::NOT_A_FORM);
    }
    let mut parameters = query_pairs(query.as_deref())?;
    parameters.extend(pairs(&body)?);
    respond(&state, &caller, &kind, parameters, &Method::POST, &headers).await
}

/// The body, once all of it has arrived.
pub fn arrived(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Problem> {
    body.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => Problem::too_large(),
        _ => Problem::TOO_SLOW,
    })
}

async fn respond(
    state: &AppState,
    caller: &Caller,
    kind: &str,
    parameters: Vec<(String, String)>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let format = Format::of(&parameters, headers)?;
    let request =
        Request { base: caller.surface.base(), kind, parameters: &parameters, is_lenient: is_lenient(headers) };
    let Searched { bundle, kinds } = state.services.fhir.searched(&caller.authority, &request).await?;
    if !kinds.is_empty() {
        caller.record(state, &kinds);
        if *method != Method::HEAD {
            caller.transferred(state, &kinds).await;
        }
    } else if gives_anything(&bundle) {
        // A count alone says something of the member, but transfers nothing. A caller that found nothing has read nothing.
        caller.record(state, &[kind.to_owned()]);
    }
    let keep = cache::keep(caller.surface.kind == SurfaceKind::Public);
    Ok(([(header::CONTENT_TYPE, FHIR_JSON), (header::CACHE_CONTROL, keep)], format.write(bundle)).into_response())
}

fn query_pairs(query: Option<&str>) -> Result<Vec<(String, String)>, Problem> {
    let query = query.unwrap_or_default();
    if LONGEST_QUERY < query.len() { Err(Problem::too_long()) } else { pairs(query.as_bytes()) }
}

/// Names and values, decoded.
pub fn pairs(form: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let pairs: Vec<_> = form_urlencoded::parse(form).into_owned().collect();
    // The decoder's replacement for bytes that are not UTF-8.
    let is_broken = |text: &String| text.contains('\u{fffd}');
    if pairs.iter().any(|(name, value)| is_broken(name) || is_broken(value)) {
        Err(Problem::NOT_UTF8)
    } else {
        Ok(pairs)
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM)
}

/// `Prefer: handling=lenient` (hl7.org/fhir/R4/search.html#errors).
fn is_lenient(headers: &HeaderMap) -> bool {
    let preferences = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    preferences.flat_map(|value| value.split([',', ';'])).any(|one| one.trim().eq_ignore_ascii_case("handling=lenient"))
}
