//! Limits a body's size and time, so that a slow or large one does not hold what others wait for.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Body, Bytes, HttpBody},
    extract::{DefaultBodyLimit, Request},
};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::uploads;

/// No request to FLEX is larger.
const LARGEST: usize = fhir::search::request::LARGEST_BODY;
/// For the whole body: enough for the largest form over a telephone line.
const PATIENCE: Duration = Duration::from_secs(15);
/// For a body with files: 10 MB at one megabit a second, and a little more.
const PATIENCE_FOR_FILES: Duration = Duration::from_secs(120);

/// Limits the size and the arrival time of a body, if there is one. Its reader gets an error: 400, 408 or 413,
/// depending on the format of the answer.
pub fn limit(mut request: Request) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    DefaultBodyLimit::max(LARGEST).apply(&mut request);
    let patience = if uploads::boundary(request.headers()).is_some() { PATIENCE_FOR_FILES } else { PATIENCE };
    request.map(|body| within(patience, body))
}

fn within(patience: Duration, body: Body) -> Body {
    Body::new(Timely { body, patience, late: None })
}

struct Timely {
    body: Body,
    patience: Duration,
    /// Starts when the body is first read.
    late: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Timely {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let patience = self.patience;
        let late = self.late.get_or_insert_with(|| Box::pin(sleep(patience)));
        late.as_mut().poll(context).map(|()| Some(Err(io::Error::from(io::ErrorKind::TimedOut).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures::{StreamExt, stream};

    use super::*;

    fn stalling() -> Body {
        Body::from_stream(stream::iter([Ok::<_, BoxError>("begun")]).chain(stream::pending()))
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_given_up() {
        let given_up = to_bytes(within(Duration::from_millis(1), stalling()), 100).await;
        assert!(given_up.unwrap_err().to_string().contains("timed out"));
    }

    #[tokio::test]
    async fn a_body_in_time_comes_as_it_was() {
        let body = within(Duration::from_secs(60), Body::from("whole"));
        assert_eq!(body.size_hint().exact(), Some(5));
        assert_eq!(to_bytes(body, 100).await.unwrap(), "whole");
        assert!(limit(Request::new(Body::empty())).into_body().is_end_stream());
    }
}
