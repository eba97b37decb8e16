//! Every request gets an answer in time: 500 if a panic stopped it, 503 if it took too long. The timer starts only if
//! the answer is not ready immediately.

use std::{
    any::Any, convert::Infallible, future::Future, panic::AssertUnwindSafe, pin::pin, task::Poll, time::Duration,
};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures::{FutureExt, poll};
use tokio::time::timeout;

/// The answer, unless it panics or takes longer than `patience`.
pub async fn answer(
    patience: Duration,
    answer: impl Future<Output = Result<Response, Infallible>>,
) -> Result<Response, Infallible> {
    let mut answer = pin!(AssertUnwindSafe(answer).catch_unwind());
    let ended = match poll!(answer.as_mut()) {
        Poll::Ready(ended) => ended,
        Poll::Pending => match timeout(patience, answer).await {
            Ok(ended) => ended,
            Err(_) => return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()),
        },
    };
    ended.unwrap_or_else(|panic| Ok(defect(&*panic)))
}

/// Only we may see what a panic says.
fn defect(panic: &(dyn Any + Send)) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
    tracing::error!(panic = text.unwrap_or_default(), "a request could not be answered");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use std::future;

    use super::*;

    async fn status(patience: Duration, given: impl Future<Output = Result<Response, Infallible>>) -> StatusCode {
        answer(patience, given).await.unwrap_or_default().status()
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_is_given_up() {
        assert_eq!(status(Duration::from_millis(1), future::pending()).await, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn an_answer_that_comes_is_given() {
        assert_eq!(status(Duration::ZERO, future::ready(Ok(Response::default()))).await, StatusCode::OK);
        let later = async {
            tokio::task::yield_now().await;
            Ok(Response::default())
        };
        assert_eq!(status(Duration::from_secs(60), later).await, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_defect_is_an_answer_too() {
        let defect = async { panic!("the secret is 42") };
        let response = answer(Duration::from_secs(60), defect).await.unwrap_or_default();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap_or_default();
        assert!(body.is_empty(), "no caller sees what a panic says");
    }
}
