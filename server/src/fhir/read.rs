//! `GET {base}/{type}/{id}` (hl7.org/fhir/R4/http.html#read).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::Response,
};
use fhir::{read::Stored, subset::Subset};
use programs::surface::SurfaceKind;

use super::{
    cache,
    caller::Caller,
    format::{FHIR_JSON, Format},
    outcome::Problem,
    search::pairs,
};
use crate::state::AppState;

pub async fn read(
    State(state): State<AppState>,
    caller: Caller,
    path: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let Path((kind, id)) = path.map_err(|_| Problem::NOTHING)?;
    let (Parts { uri, method, headers, .. }, _) = request.into_parts();
    answer(&state, &caller, [&kind, &id], uri.query(), &method, &headers).await
}

pub async fn answer(
    state: &AppState,
    caller: &Caller,
    [kind, id]: [&str; 2],
    query: Option<&str>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let shown = Shown::of(query, headers)?;
    let stored = state.services.fhir.read(&caller.authority, kind, id).await;
    let stored = stored.map_err(|error| caller.refused(state, kind, error))?;
    let response = respond(state, caller, headers, &shown, kind, stored);
    given(state, caller, kind, method, response.status()).await;
    Ok(response)
}

/// Records what the answer gave. A caller that has the resource already gets nothing of it.
pub async fn given(state: &AppState, caller: &Caller, kind: &str, method: &Method, status: StatusCode) {
    let kinds = [kind.to_owned()];
    caller.record(state, &kinds);
    if status == StatusCode::OK && *method != Method::HEAD {
        caller.transferred(state, &kinds).await;
    }
}

/// How much of a resource we send, and in which format.
pub struct Shown {
    format: Format,
    subset: Option<Subset>,
}

impl Shown {
    pub fn of(query: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        let parameters = pairs(query.unwrap_or_default().as_bytes())?;
        Ok(Self { format: Format::of(&parameters, headers)?, subset: Subset::of(&parameters)? })
    }
}

/// The resource, or 304 if the caller has it already.
pub fn respond(
    state: &AppState,
    caller: &Caller,
    request: &HeaderMap,
    shown: &Shown,
    kind: &str,
    stored: Arc<Stored>,
) -> Response {
    let mut response = Response::default();
    *response.headers_mut() = cache::headers(&stored, caller.surface.kind == SurfaceKind::Public);
    if cache::is_fresh(request, &stored, state.services.store.now()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let body: Bytes = match &shown.subset {
        Some(subset) => shown.format.write(subset.apply(kind, &stored.body)).into(),
        None if shown.format.is_pretty => shown.format.write(stored.body.clone()).into(),
        None => Bytes::from_owner(Shared(stored)),
    };
    response.headers_mut().insert(header::CONTENT_TYPE, FHIR_JSON);
    *response.body_mut() = body.into();
    response
}

/// A cached resource, sent without copying.
struct Shared(Arc<Stored>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.body.as_bytes()
    }
}
