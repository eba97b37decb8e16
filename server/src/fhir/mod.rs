//! The FHIR APIs, one interaction a file, under every program's FHIR and public bases. Read-only: whatever else is asked
//! is answered 405 with what is allowed, or 404 where there is nothing.

mod cache;
mod caller;
mod capabilities;
mod cors;
mod format;
mod openapi;
pub mod outcome;
mod read;
mod search;
mod vread;

use axum::{
    Router,
    http::Method,
    middleware::from_fn,
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
    let interactions = Router::new()
        .route("/{type}", only(get(search::by_query), Method::GET))
        .route("/{type}/_search", only(post(search::by_form), Method::POST))
        .route("/{type}/{id}", only(get(read::read), Method::GET))
        .route("/{type}/{id}/_history/{version}", only(get(vread::vread), Method::GET))
        .route("/{type}/{id}/{*rest}", any(outcome::nothing_here))
        .route("/", any(outcome::nothing_here));
    let interactions = match base.kind {
        SurfaceKind::Public => interactions.layer(from_fn(cors::anybody)),
        SurfaceKind::Fhir | SurfaceKind::Authz => interactions.layer(from_fn(cors::own_pages)),
    };
    let metadata = only(get(capabilities::capabilities), Method::GET).layer(from_fn(cors::anybody));
    let document = only(get(openapi::document), Method::GET).layer(from_fn(cors::anybody));
    let interactions = interactions.route("/metadata", metadata.clone()).route("/openapi.json", document);
    let router = Router::new().nest(&base.path, interactions);
    match &base.metadata {
        Some(path) => router.route(path, metadata),
        None => router,
    }
}

/// Other methods are answered 405.
fn only(methods: MethodRouter<AppState>, allowed: Method) -> MethodRouter<AppState> {
    methods.fallback(async move || outcome::not_allowed(&allowed))
}
