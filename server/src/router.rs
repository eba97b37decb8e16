//! Every route, inside every layer.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use tower::{Service, ServiceBuilder, ServiceExt};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    assets, fhir,
    middleware::{around::Around, body, headers, headers::Https, rate, timeout::Timeout, trace::Trace},
    oauth, portals,
    state::AppState,
};

/// Longer than any answer takes, shorter than a balancer waits.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

/// The whole server as one service. Surfaces are found before routing, because they may rewrite the path.
pub fn service(
    state: AppState,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static {
    let surfaces = state.surfaces.clone();
    routes(state).map_request(move |request: Request<Body>| surfaces.find(request))
}

/// Every route there is, each inside every layer. A test reads the list of them from here, so that none is forgotten.
pub fn routes(state: AppState) -> Router {
    let https = Https(state.settings.public_url.scheme() == "https");
    let limits = state.clone();
    // One layer to the router, which boxes and clones each of its layers for every request.
    let layers = ServiceBuilder::new()
        .layer(Trace::default())
        .map_response(move |response| headers::protect(https, response))
        .layer(Around(move |request| rate::limit(&limits.limits, request)))
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(CatchPanicLayer::new())
        .layer(Timeout(LONGEST_ANSWER))
        .map_request(body::limit)
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(CompressionLayer::new().gzip(true));
    Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .merge(assets::routes())
        .merge(fhir::routes(&state.services.programs))
        .merge(oauth::routes(&state.services.programs))
        .merge(portals::routes())
        .fallback(portals::not_found)
        .layer(layers)
        .with_state(state)
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
