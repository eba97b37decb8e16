//! An answer that is not there in time is given up: 503. The time is looked at only where the answer has to be waited for.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{extract::Request, http::StatusCode, response::Response};
use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};
use tower::{Layer, Service};

/// How long an answer may take.
#[derive(Clone, Copy)]
pub struct Timeout(pub Duration);

impl<S> Layer<S> for Timeout {
    type Service = Timed<S>;

    fn layer(&self, inner: S) -> Timed<S> {
        Timed { inner, patience: self.0 }
    }
}

#[derive(Clone)]
pub struct Timed<S> {
    inner: S,
    patience: Duration,
}

impl<S> Service<Request> for Timed<S>
where
    S: Service<Request, Response = Response>,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Answer<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        Answer { inner: self.inner.call(request), patience: self.patience, late: None }
    }
}

pin_project! {
    pub struct Answer<F> {
        #[pin]
        inner: F,
        patience: Duration,
        // From when the answer is first waited for.
        late: Option<Pin<Box<Sleep>>>,
    }
}

impl<F, E> Future for Answer<F>
where
    F: Future<Output = Result<Response, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(answer) = this.inner.poll(context) {
            return Poll::Ready(answer);
        }
        let patience = *this.patience;
        let late = this.late.get_or_insert_with(|| Box::pin(sleep(patience)));
        late.as_mut().poll(context).map(|()| {
            let mut response = Response::default();
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            Ok(response)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future};

    use axum::body::Body;
    use tower::{ServiceExt, service_fn};

    use super::*;

    async fn status<F>(patience: Duration, answer: fn() -> F) -> StatusCode
    where
        F: Future<Output = Result<Response, Infallible>>,
    {
        let timed = Timeout(patience).layer(service_fn(move |_: Request| answer()));
        timed.oneshot(Request::new(Body::empty())).await.unwrap_or_default().status()
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_is_given_up() {
        assert_eq!(status(Duration::from_millis(1), future::pending).await, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn an_answer_that_comes_is_given() {
        let answer = || future::ready(Ok(Response::default()));
        assert_eq!(status(Duration::ZERO, answer).await, StatusCode::OK);
    }
}
