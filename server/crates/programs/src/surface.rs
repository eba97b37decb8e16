//! Where a program answers: paths on the main host, and hosts of its own.

use model::partition::{Environment, ProgramId};
use serde::Deserialize;
use url::Url;

use crate::Programs;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurfaceKind {
    /// The authorization server.
    Authz,
    /// FHIR with a bearer token.
    Fhir,
    /// The provider directory without a token.
    Public,
}

/// A base as the program file configures it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    pub kind: SurfaceKind,
    /// One, or both where the client decides.
    pub environments: Vec<Environment>,
    /// On the main host: `/fhir/idaho/R4`.
    pub path: String,
    /// Hosts, each with the path there; `{D}` is the deployment's domain: `fhir.idaho.{D}/R4`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// A second path of the CapabilityStatement, where the program prints one.
    pub metadata: Option<String>,
    /// The URLs that the program's document prints for it, as printed.
    #[serde(default)]
    pub published: Vec<String>,
    pub published_metadata: Option<String>,
    /// The URL that the program's document prints for all environments, with `[environment]` in it.
    pub published_pattern: Option<String>,
}

/// One configured base: a program's authorization server or API as it is reached by one path or one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    pub program: ProgramId,
    pub kind: SurfaceKind,
    pub environments: Vec<Environment>,
    /// Absolute, without a slash at the end of its path unless that is all of it; see [`Surface::base`].
    pub url: Url,
    /// The path on the main host, which is also the one routes know it by: `/fhir/idaho/R4`.
    pub path: String,
    /// `authz.idaho.localhost:3000`: with the port where the URL has one. `None`: the main host.
    pub host: Option<String>,
    /// The path under `host`: `/R4` or empty; the same as `path` on the main host.
    pub host_path: String,
    /// A second path of the CapabilityStatement on the main host.
    pub metadata: Option<String>,
}

impl Surface {
    /// The base without a slash at its end: `http://authz.idaho.localhost:3000`. An issuer is exactly this.
    pub fn base(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// The environment, where the base alone decides it.
    pub fn environment(&self) -> Option<Environment> {
        match self.environments[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

impl Programs {
    /// Every surface of every program. The domain `{D}` of hosts is `localhost` for a loopback `public_url`, else its host,
    /// with its port.
    pub fn surfaces(&self, public_url: &Url) -> Vec<Surface> {
        let domain = match public_url.host() {
            Some(url::Host::Domain(domain)) => domain,
            _ => "localhost",
        };
        self.surfaces_under(public_url, domain)
    }

    /// Like [`Programs::surfaces`], with a `domain` of one's own (no port: the one of `public_url` is used).
    pub fn surfaces_under(&self, public_url: &Url, domain: &str) -> Vec<Surface> {
        let site = Site::new(public_url, domain);
        self.iter().flat_map(|program| program.bases.iter().flat_map(|base| site.surfaces(&program.id, base))).collect()
    }
}

/// Where the deployment itself is.
struct Site {
    origin: String,
    scheme: String,
    domain: String,
}

impl Site {
    fn new(public_url: &Url, domain: &str) -> Self {
        let port = public_url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Self {
            origin: public_url.origin().ascii_serialization(),
            scheme: public_url.scheme().to_owned(),
            domain: format!("{domain}{port}"),
        }
    }

    fn surfaces(&self, program: &ProgramId, base: &Base) -> Vec<Surface> {
        let by_path = (None, base.path.clone(), format!("{}{}", self.origin, base.path));
        let by_host = base.hosts.iter().map(|pattern| {
            let authority_and_path = pattern.replace("{D}", &self.domain);
            let (host, path) = split_host(&authority_and_path);
            (Some(host.to_owned()), path.to_owned(), format!("{}://{authority_and_path}", self.scheme))
        });
        std::iter::once(by_path)
            .chain(by_host)
            .filter_map(|(host, host_path, url)| {
                Some(Surface {
                    program: program.clone(),
                    kind: base.kind,
                    environments: base.environments.clone(),
                    url: Url::parse(&url).ok()?,
                    path: base.path.clone(),
                    host,
                    host_path,
                    metadata: base.metadata.clone(),
                })
            })
            .collect()
    }
}

/// `fhir.idaho.{D}/R4` → (`fhir.idaho.{D}`, `/R4`).
pub(crate) fn split_host(pattern: &str) -> (&str, &str) {
    pattern.split_at(pattern.find('/').unwrap_or(pattern.len()))
}
