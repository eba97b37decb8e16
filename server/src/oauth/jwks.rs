//! `GET {authz}/oauth/jwks` (RFC 7517 §5): public keys only.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};

use super::{call::Server, cors};

/// Long enough to spare calls, short against the time that an old key outlives a new one's first day.
const CACHE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=300")];

pub async fn jwks(server: Server) -> Response {
    (cors::ANYBODY, CACHE, Json(server.state.services.keys.published())).into_response()
}
