//! `/logos/{digest}`: an app's logo. Members see it before they know us, so it is for anyone who knows its digest; what is behind a
//! digest never changes, so browsers keep it.

use axum::{
    extract::{Path, Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use model::logo::LogoDigest;
use registry::logos;

use crate::{portals, state::AppState};

/// We made the picture ourselves. The headers say what it is and that it is nothing else, wherever someone embeds it.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (CONTENT_TYPE, HeaderValue::from_static("image/png")),
    (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

pub async fn answer(State(state): State<AppState>, Path(digest): Path<String>, request: Request) -> Response {
    match find(&state, &digest).await {
        Some(png) => (HEADERS, png).into_response(),
        None => portals::not_found(State(state), request).await,
    }
}

async fn find(state: &AppState, digest: &str) -> Option<Vec<u8>> {
    let digest = LogoDigest::parse(digest).ok()?;
    let mut ctx = state.services.store.read().await.ok()?;
    logos::find(&mut ctx, &digest).await.ok()?
}
