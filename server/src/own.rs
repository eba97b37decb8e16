//! The server's own endpoints for its own pages; see [`app::endpoints`].

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock, Weak},
    time::Instant,
};

use app::endpoints::{Answer, Call, Endpoints, Method};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::header::{CONTENT_TYPE, HOST},
    response::IntoResponse,
};
use tower::ServiceExt;

use crate::{
    middleware::address,
    router,
    state::{AppState, Inner},
};

/// Pages show much less.
pub(crate) const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Of the state that holds this, and therefore weak. Empty until that state is complete.
#[derive(Default)]
pub struct Own(OnceLock<Weak<Inner>>);

impl Own {
    /// Calls lead to this state from now on.
    pub fn serve(&self, state: &Arc<Inner>) {
        self.0.get_or_init(|| Arc::downgrade(state));
    }
}

impl Endpoints for Own {
    fn call(&self, call: Call) -> Pin<Box<dyn Future<Output = Option<Answer>> + Send + '_>> {
        Box::pin(async move {
            let service = router::endpoints(&AppState::of(self.0.get()?.upgrade()?));
            let request = request(call)?;
            let began = Instant::now();
            let response = service.oneshot(request).await.into_response();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, LARGEST_ANSWER).await.ok()?;
            let took = began.elapsed();
            let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            };
            let headers = parts.headers.iter().filter_map(header).collect();
            let body = String::from_utf8_lossy(&body).into_owned();
            Some(Answer { status: parts.status.as_u16(), headers, body, took })
        })
    }
}

/// As it would come over the network; `None` if a header's value is not one.
pub(crate) fn request(call: Call) -> Option<Request> {
    let url = &call.url;
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let builder = Request::builder().uri(target).header(HOST, host);
    let builder = call.headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, value));
    let request = match call.method {
        Method::Get => builder.method(http::Method::GET).body(Body::empty()),
        Method::Post(form) => {
            let builder = builder.method(http::Method::POST);
            builder.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form))
        }
    };
    let mut request = request.ok()?;
    if let Some(caller) = call.address {
        address::set(caller, &mut request);
    }
    Some(request)
}
