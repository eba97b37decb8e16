//! `/docs/{program}/index.json`: what the search of the documentation looks through, for its script.

use app::{docs::search, web::Web};
use axum::{
    extract::{Path, Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG},
    },
    response::{IntoResponse, Response},
};
use store::digest::sha256;

use crate::{etag, portals, state::AppState};

/// The index, or 304 for a browser that has it; 404 for an unknown program.
pub async fn answer(State(state): State<AppState>, Path(program): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let web = Web::new(state.services.clone(), portals::asked(&parts, Vec::new()));
    let Some(json) = search::index(&web, &program) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", sha256(&json));
    let known = etag::is_known(&parts.headers, &tag) == Some(true);
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ];
    let tag = HeaderValue::try_from(tag).ok().map(|tag| [(ETAG, tag)]);
    if known {
        return (StatusCode::NOT_MODIFIED, tag, headers).into_response();
    }
    (tag, headers, json).into_response()
}
