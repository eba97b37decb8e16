//! What pages and server functions may call.

use std::sync::Arc;

use fhir::{
    capability::{Base, OauthUris},
    engine::Engine,
};
use identity::Identity;
use mail::site::MEMBER;
use oauth::{bases::Bases, keys::Keys};
use payers::Payers;
use programs::{
    Programs,
    surface::{Surface, SurfaceKind},
};
use registry::Registry;
use store::Store;
use url::{Host, Url};
use usage::meter::Meter;

use crate::{diagnosis::Diagnosis, endpoints::Endpoints, quality};

/// The services of this process, made once by the server. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub store: Store,
    pub programs: Arc<Programs>,
    pub registry: Registry,
    pub identity: Identity,
    pub bases: Arc<Bases>,
    pub keys: Arc<Keys>,
    /// Payers' identity providers.
    pub payers: Payers,
    pub fhir: Arc<Engine>,
    /// The origin that browsers use; every address in a message begins with it.
    pub public_url: Url,
    pub assets: Arc<Assets>,
    pub limits: CallLimits,
    /// Counts calls, and what comes of authorization requests.
    pub meter: Meter,
    /// How well the endpoints worked.
    pub quality: quality::cache::Cache,
    /// This server, as apps call it.
    pub endpoints: Arc<dyn Endpoints>,
    /// Checks the configuration.
    pub diagnosis: Arc<dyn Diagnosis>,
}

/// How many calls a minute we accept, as the documentation says; 0 means any number.
#[derive(Clone, Copy, Debug)]
pub struct CallLimits {
    pub network: u32,
    pub client: u32,
}

impl Services {
    /// Whether the software is developed here: no one but this machine reaches the server, by its own public address.
    pub fn is_development(&self) -> bool {
        is_loopback(&self.public_url)
    }

    /// A FHIR base as its own documents describe it. `None` if its program is not served here.
    pub fn described<'a>(&'a self, surface: &'a Surface) -> Option<Base<'a>> {
        let oauth = match surface.kind {
            SurfaceKind::Fhir => {
                let manage = self.registry.site.page(MEMBER);
                self.bases.authz_beside(surface).map(|authz| oauth_uris(authz, manage))
            }
            SurfaceKind::Public | SurfaceKind::Authz => None,
        };
        Some(Base { program: self.programs.get(&surface.program)?, kind: surface.kind, url: surface.base(), oauth })
    }
}

/// Whether only this machine reaches the address (RFC 6761 §6.3).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

/// The same addresses as in `.well-known/smart-configuration`.
fn oauth_uris(authz: &Surface, manage: String) -> OauthUris {
    let at = |path: &str| format!("{}/oauth/{path}", authz.base());
    OauthUris {
        authorize: at("authorize"),
        token: at("token"),
        introspect: at("introspect"),
        revoke: at("revoke"),
        manage,
    }
}

/// The files of the browser's part, by the addresses they are served at.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The style sheet: `/pkg/flex.1f3a.css`; empty in a build without it.
    pub style: String,
    /// The fonts of every page's first screen.
    pub fonts: &'static [&'static str],
    /// The script that counts what a consent shares: `/pkg/consent.1f3a.js`; empty in a build without it.
    pub consent: &'static str,
    /// The islands: `flex.1f3a` where `/pkg/flex.1f3a.js` and `/pkg/flex.1f3a_bg.wasm` are served. None of it is
    /// needed: a build without it serves pages without islands.
    pub islands: Option<String>,
    /// The script that saves drafts: `/pkg/draft.1f3a.js`; empty in a build without it.
    pub draft: &'static str,
    /// The script of the documentation: `/pkg/docs.1f3a.js`; empty in a build without it.
    pub docs: &'static str,
}
