//! The configured base through which a request came. A program's hosts are other names for its paths: a request by host
//! is sent to the same routes as one by path.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{Uri, header, uri::PathAndQuery},
};
use programs::surface::{Surface, SurfaceKind};
use url::Url;

/// RFC 8414 §3.1 puts this before an issuer's path.
const BEFORE_PATH: &str = "/.well-known/oauth-authorization-server";

/// The configured bases, the longest path first.
#[derive(Clone)]
pub struct Surfaces(Arc<[Arc<Surface>]>);

impl Surfaces {
    pub fn new(surfaces: Vec<Surface>) -> Self {
        let mut surfaces: Vec<Arc<Surface>> = surfaces.into_iter().map(Arc::new).collect();
        surfaces.sort_by_key(|surface| std::cmp::Reverse(surface.path.len()));
        Self(surfaces.into())
    }

    /// The addresses of all of them.
    pub fn urls(&self) -> impl Iterator<Item = &Url> {
        self.0.iter().map(|surface| &surface.url)
    }

    /// Puts the request's surface, if it has one, into its extensions as `Arc<Surface>`. If the request came by host,
    /// rewrites its path to the one that the routes know.
    pub fn find(&self, mut request: Request) -> Request {
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let path = request.uri().path();
        let found = self.by_host(host, path).or_else(|| self.by_path(path).map(|surface| (surface, None)));
        let Some((surface, rewritten)) = found else { return request };
        let surface = surface.clone();
        if let Some(uri) = rewritten.and_then(|path| with_path(request.uri(), &path)) {
            *request.uri_mut() = uri;
        }
        request.extensions_mut().insert(surface);
        request
    }

    fn by_path(&self, path: &str) -> Option<&Arc<Surface>> {
        let path = path.strip_prefix(BEFORE_PATH).unwrap_or(path);
        self.0
            .iter()
            .filter(|surface| surface.host.is_none())
            .find(|surface| is_below(path, &surface.path) || surface.metadata.as_deref() == Some(path))
    }

    fn by_host(&self, host: &str, path: &str) -> Option<(&Arc<Surface>, Option<String>)> {
        let here =
            |surface: &&Arc<Surface>| surface.host.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(host));
        self.0.iter().filter(here).find_map(|surface| {
            let ours = is_below(path, &surface.host_path)
                && (surface.kind != SurfaceKind::Authz || is_authorization_path(path));
            let rest = path.strip_prefix(surface.host_path.as_str())?;
            ours.then(|| (surface, Some(format!("{}{rest}", surface.path))))
        })
    }
}

/// On an authorization host every other path is a page of the portals: sign-in and consent stay where they began.
fn is_authorization_path(path: &str) -> bool {
    path.starts_with("/oauth/") || path.starts_with("/.well-known/") || path.ends_with("/oauth/authorize")
}

/// Whether `path` is `base` or continues it at a slash.
fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use programs::Programs;

    use super::*;

    fn check(host: &str, path: &str, expect: Option<(&str, &str)>) {
        let origin = "http://127.0.0.1:3000".parse().unwrap();
        let surfaces = Surfaces::new(Programs::embedded().unwrap().surfaces(&origin));
        let request = Request::builder().uri(path).header("host", host).body(Body::empty()).unwrap();
        let request = surfaces.find(request);
        let base = request.extensions().get::<Arc<Surface>>().map(|surface| surface.base().to_owned());
        let found = base.as_deref().map(|base| (base, request.uri().path_and_query().unwrap().as_str()));
        assert_eq!(found, expect, "{host} {path}");
    }

    #[test]
    fn a_request_belongs_to_the_base_it_came_through() {
        let main = "127.0.0.1:3000";
        let idaho = ("http://127.0.0.1:3000/authz/idaho/sandbox", "/authz/idaho/sandbox/oauth/token");
        check(main, "/authz/idaho/sandbox/oauth/token", Some(idaho));
        let by_host = ("http://authz.sandbox.localhost:3000", "/authz/idaho/sandbox/oauth/authorize?a=b%20c");
        check("AUTHZ.sandbox.localhost:3000", "/oauth/authorize?a=b%20c", Some(by_host));
        let read = ("http://fhir.idaho.localhost:3000/R4", "/fhir/idaho/R4/Patient/1");
        check("fhir.idaho.localhost:3000", "/R4/Patient/1", Some(read));
        let discovery = "/.well-known/oauth-authorization-server/authz/oph/ca";
        check(main, discovery, Some(("http://127.0.0.1:3000/authz/oph/ca", discovery)));
        let metadata = "/fhirpublic/oph/ca/metadata";
        check(main, metadata, Some(("http://127.0.0.1:3000/fhirpublic/oph/ca/R4", metadata)));
    }

    #[test]
    fn every_other_request_is_a_page() {
        check("127.0.0.1:3000", "/", None);
        check("authz.sandbox.localhost:3000", "/signin", None);
        check("fhir.idaho.localhost:3000", "/R4x/Patient", None);
        check("evil.test", "/oauth/authorize", None);
    }
}
