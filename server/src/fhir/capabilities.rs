//! `GET {base}/metadata` (hl7.org/fhir/R4/http.html#capabilities); works without a token.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use fhir::capability::{Base, OauthUris};
use mail::site::MEMBER;
use programs::surface::{Surface, SurfaceKind};

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
    let services = &state.services;
    let program = services.programs.get(&surface.program).ok_or(Problem::NOTHING)?;
    let oauth = match surface.kind {
        SurfaceKind::Fhir => {
            services.bases.authz_beside(surface).map(|authz| oauth_uris(authz, services.registry.site.page(MEMBER)))
        }
        SurfaceKind::Public | SurfaceKind::Authz => None,
    };
    Ok(Base { program, kind: surface.kind, url: surface.base(), oauth })
}

/// The same addresses as in `.well-known/smart-configuration`.
fn oauth_uris(authz: &Surface, manage: String) -> OauthUris {
    let at = |path: &str| format!("{}/oauth/{path}", authz.base());
    OauthUris {
        authorize: at("authorize"),
        token: at("token"),
        introspect: at("introspect"),
        revoke: at("revoke"),
        manage,
    }
}
