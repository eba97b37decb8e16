//! What pages and server functions may call.

use std::sync::Arc;

use fhir::engine::Engine;
use identity::Identity;
use oauth::{bases::Bases, keys::Keys};
use payers::Payers;
use programs::Programs;
use registry::Registry;
use store::Store;
use url::Url;

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
}
