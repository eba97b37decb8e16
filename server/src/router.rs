//! Every route, inside every layer.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use programs::surface::{Surface, SurfaceKind};
use tower::{Service, ServiceBuilder};

use crate::{
    assets, fhir,
    middleware::{around::Around, body, compress::Compress, guard, headers, headers::Https, rate, trace, trace::Trace},
    oauth, portals,
    state::AppState,
};

/// Longer than any answer takes, shorter than a balancer waits.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

/// The whole server as one service. Its layers stand around the router and not in it, because a router boxes and clones its
/// layers for every request. Surfaces are found before routing, because they may rewrite the path.
pub fn service(
    state: AppState,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static {
    let https = Https(state.settings.public_url.scheme() == "https");
    let (surfaces, limits) = (state.surfaces.clone(), state.clone());
    ServiceBuilder::new()
        .map_request(move |request: Request| surfaces.find(request))
        .layer(Trace::default())
        .map_response(move |response| headers::protect(https, response))
        .layer(Around(move |request| rate::limit(&limits.limits, request)))
        .map_future(|answer| guard::answer(LONGEST_ANSWER, answer))
        .map_request(body::limit)
        .layer(Compress)
        .service(routes(state))
}

/// Every route there is. A test reads the list of them from here, so that none is forgotten.
pub fn routes(state: AppState) -> Router {
    let pages = Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .merge(assets::routes())
        .merge(oauth::routes(&state.services.programs))
        .merge(portals::routes(&state))
        .layer(trace::note_route());
    // The FHIR APIs note theirs with a layer that they have anyway.
    pages.merge(fhir::routes(&state.services.programs)).fallback(not_found).with_state(state)
}

/// In the words of whoever asks: FHIR below its bases, else a page.
async fn not_found(state: State<AppState>, request: Request) -> Response {
    match request.extensions().get::<Arc<Surface>>().map(|surface| surface.kind) {
        Some(kind @ (SurfaceKind::Fhir | SurfaceKind::Public)) => fhir::nothing_at(kind, request),
        Some(SurfaceKind::Authz) | None => portals::not_found(state, request).await,
    }
}

/// Whether requests can be served: the database answers.
async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let answer = async {
        let mut ctx = state.services.store.read().await?;
        store::sql("SELECT 1").execute(&mut ctx.tx).await
    };
    match answer.await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
