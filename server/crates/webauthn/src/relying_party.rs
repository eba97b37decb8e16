//! Our identity for authenticators: one RP ID for the deployment, and the origins that may use it.

use std::sync::Arc;

use url::{Host, Url};

/// Depends only on the configuration. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty(Option<Arc<Site>>);

#[derive(Debug, PartialEq, Eq)]
struct Site {
    id: String,
    /// The main one first.
    origins: Vec<String>,
}

impl RelyingParty {
    /// The RP ID is the main host, because the deployment's other hosts are subdomains of it: a passkey created on one
    /// works on all.
    ///
    /// Browsers accept neither IP addresses nor, except on the local computer, anything but https (WebAuthn §5.1.2). If
    /// our URL is a loopback address, passkeys work at `localhost` with the same port; with other such URLs they do not
    /// work at all.
    pub fn new<'u>(public_url: &Url, hosts: impl IntoIterator<Item = &'u Url>) -> Self {
        let Some((id, main)) = main(public_url) else { return Self(None) };
        let mut origins = vec![main];
        for url in hosts {
            let origin = url.origin().ascii_serialization();
            let below = url.scheme() == public_url.scheme() && url.domain().is_some_and(|host| is_below(host, &id));
            if below && !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        Self(Some(Arc::new(Site { id, origins })))
    }

    /// The RP ID; `None` if passkeys cannot work at all.
    pub fn id(&self) -> Option<&str> {
        self.0.as_ref().map(|site| site.id.as_str())
    }

    /// The origin where passkeys always work: `https://flex.example.org`.
    pub fn main_origin(&self) -> Option<&str> {
        self.0.as_ref()?.origins.first().map(String::as_str)
    }

    /// Whether a page with this origin may use our passkeys.
    pub fn is_origin(&self, origin: &str) -> bool {
        self.0.as_ref().is_some_and(|site| site.origins.iter().any(|own| own == origin))
    }

    /// The same, for the host and port that a browser sent. They are compared with our own, never trusted.
    pub fn is_at(&self, host: &str) -> bool {
        let is_host = |origin: &String| {
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        };
        self.0.as_ref().is_some_and(|site| site.origins.iter().any(is_host))
    }
}

/// RP ID and origin of the main host.
fn main(public_url: &Url) -> Option<(String, String)> {
    let is_local = |domain: &str| domain == "localhost" || domain.ends_with(".localhost");
    match public_url.host()? {
        Host::Domain(domain) if public_url.scheme() == "https" || is_local(domain) => {
            Some((domain.to_owned(), public_url.origin().ascii_serialization()))
        }
        Host::Ipv4(address) if address.is_loopback() => Some(local(public_url)),
        Host::Ipv6(address) if address.is_loopback() => Some(local(public_url)),
        _ => None,
    }
}

fn local(public_url: &Url) -> (String, String) {
    let port = public_url.port().map(|port| format!(":{port}")).unwrap_or_default();
    ("localhost".to_owned(), format!("{}://localhost{port}", public_url.scheme()))
}

/// Whether browsers let `host` use the RP ID. A name without a dot counts as a public suffix, so only the host itself
/// may use it.
fn is_below(host: &str, id: &str) -> bool {
    host == id || (id.contains('.') && host.strip_suffix(id).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(public_url: &str, hosts: &[&str]) -> RelyingParty {
        let hosts: Vec<Url> = hosts.iter().map(|host| Url::parse(host).unwrap()).collect();
        RelyingParty::new(&Url::parse(public_url).unwrap(), &hosts)
    }

    #[test]
    fn the_rp_id_is_the_main_host_where_browsers_accept_it() {
        fn check(public_url: &str, expect: Option<(&str, &str)>) {
            let found = of(public_url, &[]);
            assert_eq!(found.id().zip(found.main_origin()), expect, "{public_url}");
        }
        check("https://flex.example.org", Some(("flex.example.org", "https://flex.example.org")));
        check("https://flex.example.org:8443/", Some(("flex.example.org", "https://flex.example.org:8443")));
        check("http://localhost:3000", Some(("localhost", "http://localhost:3000")));
        check("http://127.0.0.1:3000", Some(("localhost", "http://localhost:3000")));
        check("http://[::1]:3000", Some(("localhost", "http://localhost:3000")));
        check("http://flex.localhost", Some(("flex.localhost", "http://flex.localhost")));
        check("http://flex.example.org", None);
        check("https://192.0.2.1", None);
        check("http://notlocalhost", None);
    }

    #[test]
    fn hosts_below_the_main_one_use_the_same_passkeys() {
        let hosts =
            ["https://authz.idaho.flex.example.org/", "https://flex.example.org/authz", "https://evilflex.example.org"];
        let found = of("https://flex.example.org", &hosts);
        fn check(found: &RelyingParty, host: &str, expect: bool) {
            assert_eq!(found.is_at(host), expect, "{host}");
            assert_eq!(found.is_origin(&format!("https://{host}")), expect, "{host}");
            assert!(!found.is_origin(&format!("http://{host}")), "{host}");
        }
        check(&found, "flex.example.org", true);
        check(&found, "authz.idaho.flex.example.org", true);
        check(&found, "authz.ohio.flex.example.org", false);
        check(&found, "evilflex.example.org", false);
        check(&found, "flex.example.org.evil.test", false);
        check(&found, "flex.example.org:8443", false);
        check(&found, "", false);
        assert!(found.is_at("FLEX.example.org"));
    }

    #[test]
    fn localhost_is_good_for_itself_alone() {
        let found = of("http://127.0.0.1:3000", &["http://authz.sandbox.localhost:3000"]);
        assert!(found.is_at("localhost:3000"));
        for host in ["127.0.0.1:3000", "authz.sandbox.localhost:3000", "localhost:3001", "localhost"] {
            assert!(!found.is_at(host), "{host}");
        }
    }
}
