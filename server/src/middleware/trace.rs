//! One log line per request: method, route, status, time, request id. Never the query or the path's ids, which may
//! carry codes, tokens or patients. ARCHITECTURE.md says why this layer is our own.

use std::{
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Response},
};
use pin_project_lite::pin_project;
use tower::{Layer, Service, util::MapRequestLayer};
use tracing::{Span, field::Empty};

use super::request_id::{REQUEST_ID, RequestIds};

/// Puts the request's id into everything that is logged for it and into its answer.
#[derive(Clone, Default)]
pub struct Trace(RequestIds);

impl<S> Layer<S> for Trace {
    type Service = Traced<S>;

    fn layer(&self, inner: S) -> Traced<S> {
        Traced { inner, ids: self.0.clone() }
    }
}

/// Adds the route to what is logged for the request; placed inside the router, where it is known.
pub fn note_route() -> MapRequestLayer<fn(Request) -> Request> {
    MapRequestLayer::new(|request| {
        if let Some(route) = request.extensions().get::<MatchedPath>() {
            Span::current().record("route", route.as_str());
        }
        request
    })
}

#[derive(Clone)]
pub struct Traced<S> {
    inner: S,
    ids: RequestIds,
}

impl<S, B> Service<Request> for Traced<S>
where
    S: Service<Request, Response = Response<B>>,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = Answer<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (id, begun) = (self.ids.of(request.headers()), Instant::now());
        let span =
            tracing::info_span!("request", id = id.to_str().unwrap_or("-"), method = %request.method(), route = Empty);
        let inner = span.in_scope(|| self.inner.call(request));
        Answer { inner, span, id, begun }
    }
}

pin_project! {
    /// Writes the line.
    pub struct Answer<F> {
        #[pin]
        inner: F,
        span: Span,
        id: HeaderValue,
        begun: Instant,
    }
}

impl<F, B, E> Future for Answer<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let _entered = this.span.enter();
        let mut answer = ready!(this.inner.poll(context));
        if let Ok(response) = &mut answer {
            tracing::info!(status = response.status().as_u16(), micros = this.begun.elapsed().as_micros(), "answered");
            response.headers_mut().insert(REQUEST_ID, mem::replace(this.id, HeaderValue::from_static("-")));
        }
        Poll::Ready(answer)
    }
}
