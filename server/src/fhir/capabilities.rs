//! `GET {base}/metadata` (hl7.org/fhir/R4/http.html#capabilities); works without a token.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use fhir::capability::Base;
use programs::surface::Surface;

use super::{
    format::{FHIR_JSON, Format},
    outcome::Problem,
    search::pairs,
};
use crate::state::AppState;

pub const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=300");

pub async fn capabilities(
    State(state): State<AppState>,
    Extension(surface): Extension<Arc<Surface>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(&state, &surface, query.as_deref(), &headers)
}

pub fn answer(
    state: &AppState,
    surface: &Surface,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let format = Format::of(&pairs(query.unwrap_or_default().as_bytes())?, headers)?;
    let statement = state.services.fhir.capability_statement(&base(state, surface)?);
    let body = format.write(statement.to_string());
    Ok(([(header::CONTENT_TYPE, FHIR_JSON), (header::CACHE_CONTROL, KEEP)], body).into_response())
}

/// The properties of a base.
pub fn base<'a>(state: &'a AppState, surface: &'a Surface) -> Result<Base<'a>, Problem> {
    state.services.described(surface).ok_or(Problem::NOTHING)
}
