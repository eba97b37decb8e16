//! What goes out to a payer's provider or code hook, free of any HTTP library.

use std::{fmt, future::Future, pin::Pin};

use url::Url;

use crate::fault::Fault;

/// A request to a payer's machine: GET, or POST where there is a body. Its `Debug` shows where it goes and nothing else.
#[derive(Clone)]
pub struct Request {
    pub url: Url,
    pub body: Option<Body>,
    /// The `Authorization` header. Never to be written down.
    pub authorization: Option<String>,
}

#[derive(Clone)]
pub enum Body {
    /// `application/x-www-form-urlencoded`
    Form(String),
    /// `application/json`, with the headers that sign it. Never to be written down.
    Signed { json: String, headers: [(&'static str, String); 3] },
}

/// What came back, read to its end. Its `Debug` shows the status alone.
#[derive(Clone)]
pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
}

/// No answer: the reason in a few words, for administrators.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);

/// Asks a payer's machine. Gives up after five seconds or 256 KiB, follows no redirect, and asks only where [`is_safe`] allows.
///
/// [`is_safe`]: crate::provider::is_safe
pub trait Fetch: Send + Sync {
    fn fetch(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, Failed>> + Send + '_>>;
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Request {
    pub(crate) fn get(url: Url) -> Self {
        Self { url, body: None, authorization: None }
    }
}

/// The response. It may take a while: no connection is held meanwhile.
pub(crate) async fn ask(fetch: &dyn Fetch, what: &'static str, request: Request) -> Result<Response, Fault> {
    store::assert_nothing_lent();
    fetch.fetch(request).await.map_err(|error| Fault::NoAnswer(what, error))
}

/// The JSON of an answer that says 200.
pub(crate) async fn json<T: serde::de::DeserializeOwned>(
    fetch: &dyn Fetch,
    what: &'static str,
    request: Request,
) -> Result<T, Fault> {
    let response = ask(fetch, what, request).await?;
    if response.status != 200 {
        return Err(Fault::Status(what, response.status));
    }
    // What serde says of it could quote it.
    serde_json::from_slice(&response.body).map_err(|_| Fault::Malformed(what))
}
