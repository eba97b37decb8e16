//! gzip for callers that accept it. A caller that names no encoding (RFC 9110 §12.5.3) gets the answer unchanged,
//! without a second body around its own.

use std::task::{Context, Poll};

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::{HeaderValue, header},
    response::Response,
};
use futures::{
    FutureExt, TryFutureExt,
    future::{Either, MapOk},
};
use tower::{Layer, Service};
use tower_http::compression::{Compression, CompressionBody, ResponseFuture, predicate::Predicate};

/// Smaller bodies grow when compressed.
const SMALLEST: u64 = 32;

const ACCEPT_ENCODING: HeaderValue = HeaderValue::from_static("accept-encoding");

/// What happens to a body on its way out.
type Then<B> = fn(Response<B>) -> Response;

#[derive(Clone, Copy)]
pub struct Compress;

#[derive(Clone)]
pub struct Compressed<S>(Compression<S, IsText>);

impl<S> Layer<S> for Compress {
    type Service = Compressed<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Compressed(Compression::new(inner).compress_when(IsText))
    }
}

impl<S> Service<Request> for Compressed<S>
where
    S: Service<Request, Response = Response>,
{
    type Response = Response;
    type Error = S::Error;
    type Future =
        Either<MapOk<ResponseFuture<S::Future, IsText>, Then<CompressionBody<Body>>>, MapOk<S::Future, Then<Body>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.get_mut().poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.headers().contains_key(header::ACCEPT_ENCODING) {
            let compressed: Then<_> = |response| response.map(Body::new);
            return self.0.call(request).map_ok(compressed).left_future();
        }
        self.0.get_mut().call(request).map_ok(plain as Then<Body>).right_future()
    }
}

/// Tells caches that other callers would get the answer compressed.
fn plain(mut response: Response) -> Response {
    let is_said = response.headers().get_all(header::VARY).iter().any(|value| value == ACCEPT_ENCODING);
    if !is_said && IsText.should_compress(&response) {
        response.headers_mut().append(header::VARY, ACCEPT_ENCODING);
    }
    response
}

/// Images and fonts are compressed already.
#[derive(Clone, Copy)]
pub struct IsText;

impl Predicate for IsText {
    fn should_compress<B: HttpBody>(&self, response: &Response<B>) -> bool {
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let is_text = [&b"text/"[..], b"application/"].iter().any(|prefix| kind.starts_with(prefix));
        // An answer to HEAD states the length of the body that it does not contain.
        let stated =
            response.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        is_text && SMALLEST <= stated.unwrap_or_else(|| response.body().size_hint().lower())
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::ready};

    use axum::body::to_bytes;
    use tower::{ServiceExt, service_fn};

    use super::*;

    /// The result for a body of this type: its encoding, what it varies by, and its length.
    async fn sent(accept: Option<&str>, kind: &'static str, vary: &'static str) -> (Option<String>, String, usize) {
        let answer = service_fn(move |_: Request| {
            let headers = [(header::CONTENT_TYPE, kind), (header::VARY, vary)];
            let mut response = Response::new(Body::from("a ".repeat(500)));
            response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
            ready(Ok::<_, Infallible>(response))
        });
        let mut request = Request::new(Body::empty());
        request.headers_mut().extend(accept.map(|accept| (header::ACCEPT_ENCODING, accept.parse().unwrap())));
        let response = Compress.layer(answer).oneshot(request).await.unwrap();
        let all = |name| response.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_owned());
        let (encoding, vary) = (all(header::CONTENT_ENCODING).next(), all(header::VARY).collect::<Vec<_>>().join(", "));
        (encoding, vary, to_bytes(response.into_body(), 10_000).await.unwrap().len())
    }

    #[tokio::test]
    async fn text_is_compressed_for_those_who_ask_and_says_so_to_all() {
        for kind in ["application/fhir+json; charset=utf-8", "text/html", "text/csv"] {
            let (encoding, vary, length) = sent(Some("br, gzip"), kind, "origin").await;
            assert_eq!((encoding.as_deref(), vary.as_str()), (Some("gzip"), "origin, accept-encoding"), "{kind}");
            assert!(length < 100, "{length}");
            for accept in [None, Some("identity"), Some("gzip;q=0"), Some("")] {
                let plain = (None, "origin, accept-encoding".to_owned(), 1000);
                assert_eq!(sent(accept, kind, "origin").await, plain, "{kind} {accept:?}");
            }
        }
    }

    #[test]
    fn an_answer_without_its_body_is_taken_for_the_one_with_it() {
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
        assert!(!plain(response).headers().contains_key(header::VARY));
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("1000"));
        assert_eq!(plain(response).headers()[header::VARY], ACCEPT_ENCODING);
    }

    #[tokio::test]
    async fn what_is_compressed_already_and_what_says_so_already_stays() {
        for accept in [None, Some("gzip")] {
            assert_eq!(sent(accept, "image/png", "origin").await, (None, "origin".to_owned(), 1000), "{accept:?}");
        }
        assert_eq!(sent(None, "text/css", "accept-encoding").await, (None, "accept-encoding".to_owned(), 1000));
    }
}
