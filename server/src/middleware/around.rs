//! A layer that either answers a request itself or can change the answer. It does what `axum::middleware::from_fn` does
//! for functions that never wait, without its boxes: every call passes through here.

use std::{
    future::{Ready, ready},
    ops::ControlFlow,
    task::{Context, Poll},
};

use axum::{extract::Request, response::Response};
use futures::{
    FutureExt, TryFutureExt,
    future::{Either, MapOk},
};
use tower::{Layer, Service};

/// A function from a request to its answer, or to the forwarded request and a function that changes its answer.
#[derive(Clone, Copy)]
pub struct Around<F>(pub F);

#[derive(Clone)]
pub struct Surrounded<S, F> {
    inner: S,
    before: F,
}

impl<S, F: Clone> Layer<S> for Around<F> {
    type Service = Surrounded<S, F>;

    fn layer(&self, inner: S) -> Self::Service {
        Surrounded { inner, before: self.0.clone() }
    }
}

impl<S, F, A> Service<Request> for Surrounded<S, F>
where
    S: Service<Request, Response = Response>,
    F: Fn(Request) -> ControlFlow<Response, (Request, A)>,
    A: FnOnce(Response) -> Response,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response, S::Error>>, MapOk<S::Future, A>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match (self.before)(request) {
            ControlFlow::Break(response) => ready(Ok(response)).left_future(),
            ControlFlow::Continue((request, after)) => self.inner.call(request).map_ok(after).right_future(),
        }
    }
}
