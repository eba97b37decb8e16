//! The FHIR APIs, one interaction a file, under every program's FHIR and public bases. Read-only: whatever else is asked
//! is answered 405 with what is allowed, or 404 where there is nothing, always in FHIR's words. A slash at the end of an
//! address changes nothing.

mod batch;
mod cache;
mod caller;
mod capabilities;
mod format;
mod openapi;
pub mod outcome;
mod read;
mod search;
mod vread;

use axum::{
    Router,
    http::Method,
    routing::{MethodRouter, any, get, post},
};
use programs::{
    Programs,
    surface::{Base, SurfaceKind},
};

use crate::state::AppState;

/// The routes of every program, by the paths of the main host; hosts are rewritten to these before.
pub fn routes(programs: &Programs) -> Router<AppState> {
    let bases = programs.iter().flat_map(|program| &program.bases);
    let bases = bases.filter(|base| matches!(base.kind, SurfaceKind::Fhir | SurfaceKind::Public));
    bases.fold(Router::new(), |router, base| router.merge(of_base(base)))
}

fn of_base(base: &Base) -> Router<AppState> {
    // Whole paths: within `nest`, each request's would be cut and kept twice.
    let at = |path: &str| format!("{}{path}", base.path);
    let each = [
        ("", only(post(batch::batch), Method::POST)),
        ("/{type}", only(get(search::by_query), Method::GET)),
        ("/{type}/_search", only(post(search::by_form), Method::POST)),
        ("/{type}/{id}", only(get(read::read), Method::GET)),
        ("/{type}/{id}/_history/{version}", only(get(vread::vread), Method::GET)),
    ];
    let interactions = each.into_iter().fold(Router::new(), |router, (path, methods)| {
        router.route(&at(path), methods.clone()).route(&at(&format!("{path}/")), methods)
    });
    let metadata = only(get(capabilities::capabilities), Method::GET);
    let router = interactions
        .route(&at("/{type}/{id}/{*rest}"), any(outcome::nothing_here))
        .route(&at("/metadata"), metadata.clone())
        .route(&at("/metadata/"), metadata.clone())
        .route(&at("/openapi.json"), only(get(openapi::document), Method::GET));
    match &base.metadata {
        Some(path) => router.route(path, metadata),
        None => router,
    }
}

/// Other methods are answered 405.
pub fn only(methods: MethodRouter<AppState>, allowed: Method) -> MethodRouter<AppState> {
    methods.fallback(async move || outcome::not_allowed(&allowed))
}
