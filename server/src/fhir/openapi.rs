//! `GET {base}/openapi.json`: the base as an OpenAPI document; works without a token.

use std::sync::Arc;

use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use programs::surface::Surface;

use super::{
    capabilities::{KEEP, base},
    outcome::Problem,
};
use crate::state::AppState;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

pub async fn document(
    State(state): State<AppState>,
    Extension(surface): Extension<Arc<Surface>>,
) -> Result<Response, Problem> {
    let document = state.services.fhir.openapi(&base(&state, &surface)?);
    Ok(([(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, KEEP)], document.to_string()).into_response())
}
