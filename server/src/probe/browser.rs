//! The browser and the app of a probe: within the process, through every layer, or over the network.

use std::{collections::BTreeMap, convert::Infallible, time::Duration};

use app::endpoints::{Call, Method};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, header},
    response::Response,
};
use serde_json::Value;
use tokio::time::timeout;
use tower::{ServiceExt, util::BoxCloneSyncService};
use url::{Url, form_urlencoded::Serializer};

use crate::{Failure, middleware::meter::Uncounted, own, router, state::AppState};

/// For one answer.
const PATIENCE: Duration = Duration::from_secs(10);
const AGENT: &str = "FLEX probe";

/// How calls leave.
pub enum Way {
    Process,
    Network(reqwest::Client),
}

/// What came back.
pub struct Reply {
    pub status: u16,
    /// Where it leads, absolute.
    pub location: Option<Url>,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Keeps cookies, and follows no redirect by itself.
pub struct Browser<'a> {
    way: &'a Way,
    service: Option<BoxCloneSyncService<Request, Response, Infallible>>,
    cookies: BTreeMap<String, String>,
}

impl Way {
    pub fn network() -> Result<Self, Failure> {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
        client.user_agent(AGENT).build().map(Self::Network).map_err(Failure::Probe)
    }

    /// A browser without cookies.
    pub fn browser<'a>(&'a self, state: &AppState) -> Browser<'a> {
        let service = matches!(self, Self::Process).then(|| BoxCloneSyncService::new(router::service(state)));
        Browser { way: self, service, cookies: BTreeMap::new() }
    }
}

impl Browser<'_> {
    /// Opens a page; `None` without an answer.
    pub async fn get(&mut self, url: &Url) -> Option<Reply> {
        let headers = vec![("accept", "text/html".to_owned())];
        self.visit(Call { method: Method::Get, url: url.clone(), headers, address: None }).await
    }

    /// Sends a form of one of our pages.
    pub async fn post(&mut self, url: &Url, form: &[(&str, &str)]) -> Option<Reply> {
        let origin = url.origin().ascii_serialization();
        let headers = vec![("accept", "text/html".to_owned()), ("origin", origin)];
        self.visit(Call { method: Method::Post(encoded(form)), url: url.clone(), headers, address: None }).await
    }

    /// A call of the app, which has no cookies.
    pub async fn call(&self, url: Url, method: Method, token: Option<&str>) -> Option<Reply> {
        let token = token.map(|token| ("authorization", ["Bearer", token].join(" ")));
        let headers = [("accept", "application/json".to_owned())].into_iter().chain(token).collect();
        self.send(Call { method, url, headers, address: None }).await.map(|(reply, _)| reply)
    }

    async fn visit(&mut self, mut call: Call) -> Option<Reply> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            call.headers.push(("cookie", cookies.join("; ")));
        }
        let (reply, headers) = self.send(call).await?;
        for line in headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let (name, value) = line.split(';').next().unwrap_or_default().split_once('=')?;
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Some(reply)
    }

    async fn send(&self, call: Call) -> Option<(Reply, HeaderMap)> {
        let url = call.url.clone();
        let (status, headers, body) = match self.way {
            Way::Process => timeout(PATIENCE, self.within(call)).await.ok()??,
            Way::Network(client) => over(client, call).await?,
        };
        let location = headers.get(header::LOCATION).and_then(|location| url.join(location.to_str().ok()?).ok());
        Some((Reply { status, location, body }, headers))
    }

    async fn within(&self, call: Call) -> Option<(u16, HeaderMap, String)> {
        let mut request = own::request(call)?;
        request.extensions_mut().insert(Uncounted);
        let service = self.service.clone()?;
        let (parts, body) = service.oneshot(request).await.ok()?.into_parts();
        let body = to_bytes(Body::new(body), own::LARGEST_ANSWER).await.ok()?;
        Some((parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned()))
    }
}

async fn over(client: &reqwest::Client, call: Call) -> Option<(u16, HeaderMap, String)> {
    let request = match call.method {
        Method::Get => client.get(call.url),
        Method::Post(form) => {
            client.post(call.url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)
        }
    };
    let request = call.headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    let log = |error: &reqwest::Error| tracing::info!(%error, "the probe got no answer");
    let mut response = request.send().await.map_err(reqwest::Error::without_url).inspect_err(log).ok()?;
    let (status, headers, mut body) = (response.status().as_u16(), response.headers().clone(), Vec::new());
    while let Some(chunk) = response.chunk().await.ok()? {
        if own::LARGEST_ANSWER < body.len() + chunk.len() {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some((status, headers, String::from_utf8_lossy(&body).into_owned()))
}

pub fn encoded(form: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(form).finish()
}
