//! The server's own endpoints, called as an app calls them: through every layer, with the visitor's limits, but not over the
//! network. The documentation tries requests with it.

use std::{future::Future, net::IpAddr, pin::Pin, time::Duration};

use url::Url;

/// What an app sends.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    /// Below one of our bases: `https://flex.example.org/fhir/idaho/sandbox/R4/Patient/1`
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    /// Who counts as the caller.
    pub address: Option<IpAddr>,
}

#[derive(Clone, Debug)]
pub enum Method {
    Get,
    /// With this form: `application/x-www-form-urlencoded`.
    Post(String),
}

/// What we answer it.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case; values that are not ASCII are left out.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// Without the time on the network.
    pub took: Duration,
}

pub trait Endpoints: Send + Sync {
    /// `None` if the server is about to stop, or its answer has more than a few MB.
    fn call(&self, call: Call) -> Pin<Box<dyn Future<Output = Option<Answer>> + Send + '_>>;
}
