//! Every route, inside every layer.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use programs::surface::{Surface, SurfaceKind};
use tower::{Service, ServiceBuilder};

use crate::{
    assets, documents,
    fhir::{self, outcome},
    middleware::{
        around::Around, body, compress::Compress, cors, guard, headers, headers::Https, meter::Metering, rate, refusal,
        trace, trace::Trace,
    },
    oauth, portals, ready,
    state::AppState,
};

/// Longer than any answer takes, shorter than a load balancer waits.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

/// The whole server as one service.
pub fn service(
    state: &AppState,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + use<> + 'static
{
    layered(state, routes(state.clone()), LONGEST_ANSWER)
}

/// The endpoints that apps call, as one service.
pub fn endpoints(
    state: &AppState,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + use<> + 'static
{
    let routes = Router::new().merge(oauth::routes(state)).merge(fhir::routes(&state.services.programs));
    let routes = routes.layer(trace::note_route()).fallback(outcome::nothing_here).with_state(state.clone());
    layered(state, routes, LONGEST_ANSWER)
}

/// These routes inside every layer, with this limit for an answer. The layers wrap the router from outside, because a
/// router boxes and clones its layers for every request. Surfaces are found before routing, because they may rewrite
/// the path.
pub fn layered(
    state: &AppState,
    routes: Router,
    patience: Duration,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + use<> + 'static
{
    let https = Https(state.settings.public_url.scheme() == "https");
    let (surfaces, limits) = (state.surfaces.clone(), state.clone());
    let metering = Metering::new(state.services.meter.clone(), state.services.store.clone());
    let style: Arc<str> = state.services.assets.style.as_str().into();
    ServiceBuilder::new()
        .map_request(move |request: Request| surfaces.find(request))
        .layer(Trace::default())
        .layer(metering)
        .map_response(move |response| headers::protect(https, response))
        .layer(Around(cors::share))
        .layer(Around(move |request| refusal::dress(&style, request)))
        .layer(Around(move |request| rate::limit(&limits.limits, request)))
        .map_future(move |answer| guard::answer(patience, answer))
        .map_request(body::limit)
        .layer(Compress)
        .service(routes)
}

/// Every route. A test reads the list of them from here, so that none is forgotten.
pub fn routes(state: AppState) -> Router {
    Router::new()
        .route("/livez", get(ready::live))
        .route("/readyz", get(ready::ready))
        .merge(assets::routes())
        .merge(oauth::routes(&state))
        .merge(fhir::routes(&state.services.programs))
        .merge(documents::routes())
        .merge(portals::routes(&state))
        .layer(trace::note_route())
        .fallback(not_found)
        .with_state(state)
}

/// In the format of the caller: FHIR below its bases, otherwise a page.
async fn not_found(state: State<AppState>, request: Request) -> Response {
    match request.extensions().get::<Arc<Surface>>().map(|surface| surface.kind) {
        Some(SurfaceKind::Fhir | SurfaceKind::Public) => outcome::nothing_here().await.into_response(),
        Some(SurfaceKind::Authz) | None => portals::not_found(state, request).await,
    }
}
