//! `GET {authz}/oauth/jwks` (RFC 7517 §5): public keys only.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};

use oauth::keys::PUBLISHED_TTL;

use super::call::Server;

pub async fn jwks(server: Server) -> Response {
    let cache = [(header::CACHE_CONTROL, format!("public, max-age={}", PUBLISHED_TTL.as_secs()))];
    (cache, Json(server.state.services.keys.published())).into_response()
}
