//! `GET {base}/{type}/{id}/_history/{version}` (hl7.org/fhir/R4/http.html#vread).

use axum::{
    extract::{Path, RawQuery, State, rejection::PathRejection},
    http::HeaderMap,
    response::Response,
};

use super::{caller::Caller, format::Format, outcome::Problem, read::respond, search::pairs};
use crate::state::AppState;

pub async fn vread(
    State(state): State<AppState>,
    caller: Caller,
    path: Result<Path<(String, String, String)>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path((kind, id, version)) = path.map_err(|_| Problem::NOTHING)?;
    let format = Format::of(&pairs(query.as_deref().unwrap_or_default().as_bytes())?, &headers)?;
    let stored = state.services.fhir.vread(&caller.authority, &kind, &id, &version).await?;
    caller.record(&state, &kind);
    Ok(respond(&caller, &headers, format, stored))
}
