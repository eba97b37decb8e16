//! The authorization server's endpoints, one per file, under every program's authorization base.

mod authorize;
pub mod bearer;
mod call;
pub mod client_keys;
mod error;
mod introspect;
mod jwks;
mod metadata;
pub mod notices;
mod par;
mod proof;
mod public_address;
mod revoke;
mod token;
mod userinfo;

use axum::{
    Router,
    http::Method,
    routing::{get, post},
};
use oauth::endpoint::Endpoint;
use programs::surface::{Base, SurfaceKind};

use crate::{
    fhir::only,
    middleware::sessions::{self, Layer},
    state::AppState,
};

/// The routes of every program, by the paths of the main host; hosts are rewritten to these before.
pub fn routes(state: &AppState) -> Router<AppState> {
    let sessions = sessions::layer(state);
    let bases = state.services.programs.iter().flat_map(|program| &program.bases);
    bases.fold(Router::new(), |router, base| match base.kind {
        SurfaceKind::Authz => router.merge(endpoints(base, &sessions)).merge(discovery_by_prefix(base)),
        SurfaceKind::Fhir => router.merge(smart(base)),
        SurfaceKind::Public => router,
    })
}

fn endpoints(base: &Base, sessions: &Layer) -> Router<AppState> {
    let at = |path: &str| format!("{}{path}", base.path);
    let authorize = get(authorize::by_query).head(authorize::look).post(authorize::by_form).layer(sessions.clone());
    Router::new()
        .route(&at("/oauth/authorize"), authorize.clone())
        .route(&at("/{payer}/oauth/authorize"), authorize)
        .route(&at(Endpoint::Token.path()), post(token::token))
        .route(&at(Endpoint::PushedAuthorizationRequest.path()), post(par::push))
        .route(&at(Endpoint::Introspection.path()), post(introspect::introspect))
        .route(&at(Endpoint::Revocation.path()), post(revoke::revoke))
        .route(&at("/oauth/userinfo"), get(userinfo::userinfo).post(userinfo::userinfo))
        .route(&at("/oauth/jwks"), get(jwks::jwks))
        .route(&at("/.well-known/openid-configuration"), get(metadata::openid))
        .route(&at("/.well-known/oauth-authorization-server"), get(metadata::openid))
}

/// RFC 8414 §3.1: the well-known part goes before the issuer's path.
fn discovery_by_prefix(base: &Base) -> Router<AppState> {
    let path = format!("/.well-known/oauth-authorization-server{}", base.path);
    Router::new().route(&path, get(metadata::openid))
}

fn smart(base: &Base) -> Router<AppState> {
    let path = format!("{}/.well-known/smart-configuration", base.path);
    // It is below a FHIR base, so its errors are FHIR's.
    Router::new().route(&path, only(get(metadata::smart), Method::GET))
}
