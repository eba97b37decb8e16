//! The FHIR APIs, one interaction per file, under every program's FHIR and public bases. They are read-only: any other
//! method gets 405 with the allowed ones, any unknown address 404, always in FHIR's format. A slash at the end of an
//! address makes no difference.

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

/// The routes of every program, by the paths of the main host; requests by host are rewritten to these first.
pub fn routes(programs: &Programs) -> Router<AppState> {
    let bases = programs.iter().flat_map(|program| &program.bases);
    let bases = bases.filter(|base| matches!(base.kind, SurfaceKind::Fhir | SurfaceKind::Public));
    bases.fold(Router::new(), |router, base| router.merge(of_base(base)))
}

fn of_base(base: &Base) -> Router<AppState> {
    // Full paths: `nest` would split and store the path of each request twice.
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
