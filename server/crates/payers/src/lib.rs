//! Payers' identity providers: the relying party of OpenID Connect Core 1.0, by the authorization code flow with PKCE.
//!
//! [`begin`](begin::begin) sends a browser to its payer's provider, [`finish`](finish::finish) takes it back and signs it
//! in as the member whom the provider vouches for. Where a payer has none, [`codes`] brings its members what proves, besides
//! their card, who they are. Opens no connection: requests go out through [`fetch::Fetch`].

mod acts_for;
pub mod begin;
mod client;
pub mod code_hook;
pub mod codes;
mod discovery;
pub mod fault;
pub mod fetch;
pub mod finish;
pub mod health;
pub mod housekeeping;
mod id_token;
mod keys;
pub mod provider;
mod sign_in;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod userinfo;

use std::sync::Arc;

use identity::payer_accounts::Home;
use model::{id::PayerId, partition::Partition};
use url::Url;

use code_hook::CodeHook;
use fetch::Fetch;
use provider::Provider;

/// Where a payer's provider sends browsers back to, on the main host: an address of each payer's own, so that no answer
/// can be taken for another payer's (RFC 9700 §4.4.2.2).
pub const CALLBACK: &str = "/signin/payer/{program}/{environment}/{payer}/callback";

/// The `redirect_uri` to be registered with a payer's provider.
pub fn redirect_uri(public_url: &Url, home: &Home) -> String {
    redirect_url(public_url, home).into()
}

fn redirect_url(public_url: &Url, home: &Home) -> Url {
    let mut url = public_url.clone();
    url.set_path(&callback(home));
    url
}

fn callback(home: &Home) -> String {
    let Home { partition, payer } = home;
    let callback = CALLBACK.replace("{program}", partition.program.as_str());
    callback.replace("{environment}", partition.environment.as_str()).replace("{payer}", payer.as_str())
}

/// Every provider and code hook of the deployment. Cheap to clone.
#[derive(Clone)]
pub struct Payers {
    providers: Arc<[Provider]>,
    code_hooks: Arc<[CodeHook]>,
    fetch: Arc<dyn Fetch>,
    public_url: Url,
    origin: Arc<str>,
}

impl Payers {
    pub fn new(providers: Vec<Provider>, public_url: &Url, fetch: Arc<dyn Fetch>) -> Self {
        let origin = public_url.origin().ascii_serialization();
        Self {
            providers: providers.into(),
            code_hooks: Arc::new([]),
            fetch,
            public_url: public_url.clone(),
            origin: origin.into(),
        }
    }

    /// With these ways to bring codes to members.
    #[must_use]
    pub fn with_code_hooks(self, hooks: Vec<CodeHook>) -> Self {
        Self { code_hooks: hooks.into(), ..self }
    }

    /// The main host, where [`CALLBACK`] is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The payer's `redirect_uri`.
    pub fn redirect_uri(&self, home: &Home) -> String {
        redirect_uri(&self.public_url, home)
    }

    pub(crate) fn redirect_url(&self, home: &Home) -> Url {
        redirect_url(&self.public_url, home)
    }

    pub fn find(&self, partition: &Partition, payer: &PayerId) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.home.partition == *partition && provider.home.payer == *payer)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.providers.iter()
    }

    pub fn code_hooks(&self) -> impl Iterator<Item = &CodeHook> {
        self.code_hooks.iter()
    }

    /// Whether no payer has a provider.
    pub fn is_empty(&self) -> bool {
        self.providers.is_empty()
    }
}
