//! One payer's provider: what program file and settings say of it, and what it says of itself.

use std::sync::{Arc, Mutex, PoisonError};

use identity::payer_accounts::Home;
use jiff::{SignedDuration, Timestamp};
use programs::program::MemberIdClaim;
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::{
    discovery::{self, Metadata},
    fault::Fault,
    fetch::Fetch,
    keys::{self, KeySet},
};

/// How long metadata and keys are taken for current.
const TTL: SignedDuration = SignedDuration::from_hours(1);

/// The payer's provider in one environment of a program.
pub struct Provider {
    pub home: Home,
    /// The payer's, for people.
    pub name: String,
    pub issuer: Issuer,
    pub credentials: Credentials,
    pub member_id: MemberIdClaim,
    /// The claim that lists for whom the person may act, if there is one.
    pub acts_for: Option<String>,
    /// Asked for besides `openid`.
    pub scopes: Vec<String>,
    known: Mutex<Known>,
}

/// Who we are at the provider.
pub struct Credentials {
    pub client_id: String,
    pub client_secret: Zeroizing<String>,
}

/// A provider's `iss`, to the letter: an https URL without query and fragment (OpenID Connect Core §2). On this machine
/// it may be http.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not an https URL without query, fragment, and user (http is allowed for 127.0.0.1, [::1], and localhost)")]
pub struct NotPlain;

/// What was fetched, and when.
#[derive(Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, Timestamp)>,
    keys: Option<(Arc<KeySet>, Timestamp)>,
}

impl Issuer {
    pub fn parse(text: &str) -> Result<Self, NotPlain> {
        plain_url(text).map(|_| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address that is [safe](is_safe) and holds nothing that could be a secret.
pub(crate) fn plain_url(text: &str) -> Result<Url, NotPlain> {
    let url = Url::parse(text).map_err(|_| NotPlain)?;
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if plain && is_safe(&url) { Ok(url) } else { Err(NotPlain) }
}

/// Whether what is said there stays between the two: https, or within this machine.
pub fn is_safe(url: &Url) -> bool {
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.password().is_none() && url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && local))
}

impl Provider {
    pub fn new(
        home: Home,
        name: String,
        issuer: Issuer,
        credentials: Credentials,
        rule: &programs::program::IdentityProvider,
    ) -> Self {
        let (member_id, acts_for, scopes) = (rule.member_id.clone(), rule.acts_for.clone(), rule.scopes.clone());
        Self { home, name, issuer, credentials, member_id, acts_for, scopes, known: Mutex::default() }
    }

    /// What discovery says, at most an hour old.
    pub(crate) async fn metadata(&self, fetch: &dyn Fetch, now: Timestamp) -> Result<Arc<Metadata>, Fault> {
        let known = self.known(|known| known.metadata.clone());
        if let Some((metadata, _)) = known.filter(|(_, at)| now < *at + TTL) {
            return Ok(metadata);
        }
        let metadata = Arc::new(discovery::fetch(fetch, &self.issuer).await?);
        self.known(|known| known.metadata = Some((metadata.clone(), now)));
        Ok(metadata)
    }

    /// The keys that id_tokens are signed with, at most an hour old.
    pub(crate) async fn keys(&self, fetch: &dyn Fetch, now: Timestamp) -> Result<Arc<KeySet>, Fault> {
        let known = self.known(|known| known.keys.clone());
        match known.filter(|(_, at)| now < *at + TTL) {
            Some((keys, _)) => Ok(keys),
            None => self.fresh_keys(fetch, now).await,
        }
    }

    /// The keys as they are now: the provider may have begun to sign with a new one.
    pub(crate) async fn fresh_keys(&self, fetch: &dyn Fetch, now: Timestamp) -> Result<Arc<KeySet>, Fault> {
        let metadata = self.metadata(fetch, now).await?;
        let keys = Arc::new(keys::fetch(fetch, &metadata.jwks_uri).await?);
        self.known(|known| known.keys = Some((keys.clone(), now)));
        Ok(keys)
    }

    /// When this process last fetched the keys that id_tokens are signed with; `None` if no one has signed in since it started.
    pub fn keys_fetched_at(&self) -> Option<Timestamp> {
        self.known(|known| known.keys.as_ref().map(|(_, at)| *at))
    }

    /// Where the provider ends its own session with a browser (OpenID Connect RP-Initiated Logout 1.0 §2): with who asks
    /// and where to go on, without a token, so that the provider asks its user. `None` where it offers none, or has not
    /// been asked yet.
    pub fn end_session_url(&self, return_to: &str) -> Option<String> {
        let mut url = self.known(|known| known.metadata.as_ref()?.0.end_session_endpoint.clone())?;
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &self.credentials.client_id).append_pair("post_logout_redirect_uri", return_to);
        drop(query);
        Some(url.into())
    }

    fn known<T>(&self, with: impl FnOnce(&mut Known) -> T) -> T {
        with(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_an_https_url_or_on_this_machine() {
        fn check(text: &str, expect: bool) {
            assert_eq!(Issuer::parse(text).is_ok(), expect, "{text}");
        }
        check("https://login.example.edu", true);
        check("https://login.example.edu/tenant/", true);
        check("http://127.0.0.1:3190", true);
        check("http://[::1]:3190", true);
        check("http://localhost:3190/op", true);
        check("http://login.example.edu", false);
        check("http://localhost.example.edu", false);
        check("https://login.example.edu?tenant=1", false);
        check("https://login.example.edu#here", false);
        check("https://user@login.example.edu", false);
        check("https://:secret@login.example.edu", false);
        check("mailto:login@example.edu", false);
        check("login.example.edu", false);
        check("", false);
    }
}
