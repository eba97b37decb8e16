//! Discovery: OpenID Connect Discovery 1.0 §4, RFC 8414 §3 and SMART App Launch 2.2 §conformance. It describes what the
//! server does; addresses come from configuration.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use mail::site::MEMBER;
use oauth::metadata::{openid_configuration, smart_configuration};
use programs::surface::Surface;

use super::{call::Server, error::Failed};
use crate::state::AppState;

const CACHE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=300")];

/// `{authz}/.well-known/openid-configuration`, and the same as `oauth-authorization-server`.
pub async fn openid(server: Server) -> Response {
    (CACHE, Json(openid_configuration(&server.program, &server.surface))).into_response()
}

/// `{fhir}/.well-known/smart-configuration`
pub async fn smart(
    State(state): State<AppState>,
    Extension(fhir): Extension<Arc<Surface>>,
) -> Result<Response, Failed> {
    let services = &state.services;
    let program = services.programs.get(&fhir.program);
    let authz = services.bases.authz_beside(&fhir);
    let Some((program, authz)) = program.zip(authz) else {
        return Err(oauth::error::Code::ServerError.because("this base has no authorization server").into());
    };
    Ok((CACHE, Json(smart_configuration(program, authz, services.registry.site.page(MEMBER)))).into_response())
}
