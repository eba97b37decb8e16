//! `GET {base}/{type}/{id}/_history/{version}` (hl7.org/fhir/R4/http.html#vread).

use axum::{
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, Method},
    response::Response,
};

use super::{
    caller::Caller,
    outcome::Problem,
    read::{Shown, given, respond},
};
use crate::state::AppState;

pub async fn vread(
    State(state): State<AppState>,
    caller: Caller,
    path: Result<Path<(String, String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path((kind, id, version)) = path.map_err(|_| Problem::NOTHING)?;
    answer(&state, &caller, [&kind, &id, &version], query.as_deref(), &method, &headers).await
}

pub async fn answer(
    state: &AppState,
    caller: &Caller,
    [kind, id, version]: [&str; 3],
    query: Option<&str>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let shown = Shown::of(query, headers)?;
    let stored = state.services.fhir.vread(&caller.authority, kind, id, version).await;
    let stored = stored.map_err(|error| caller.refused(state, kind, error))?;
    let response = respond(state, caller, headers, &shown, kind, stored);
    given(state, caller, kind, method, response.status()).await;
    Ok(response)
}
