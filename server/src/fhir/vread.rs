//! `GET {base}/{type}/{id}/_history/{version}` (hl7.org/fhir/R4/http.html#vread).

use axum::{
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};

use super::{
    caller::Caller,
    outcome::Problem,
    read::{Shown, respond},
};
use crate::state::AppState;

pub async fn vread(
    State(state): State<AppState>,
    caller: Caller,
    path: Result<Path<(String, String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path((kind, id, version)) = path.map_err(|_| Problem::NOTHING)?;
    let shown = Shown::of(query.as_deref(), &headers)?;
    let stored = state.services.fhir.vread(&caller.authority, &kind, &id, &version).await?;
    caller.record(&state, &kind);
    Ok(respond(&caller, &headers, &shown, &kind, stored))
}
