//! Who calls: the address at the other end of the connection, or, where that is a proxy of ours, the one that the proxy
//! says it forwards for. `X-Forwarded-For` of anybody else is only what a stranger wrote.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::{
    extract::Request,
    http::{Extensions, HeaderMap, HeaderName},
};
use ipnet::IpNet;
use serde::Deserialize;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The networks of our own proxies, as the settings name them: `10.0.0.0/8 192.0.2.7`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Proxies(Vec<IpNet>);

/// The caller's address, in the extensions of every request that came over the network.
#[derive(Clone, Copy)]
struct Address(IpAddr);

/// The caller's address; `None` where the request did not come over the network.
pub fn of(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<Address>().map(|Address(address)| *address)
}

/// Takes note of whose request came from `peer`.
pub fn note(proxies: &Proxies, peer: SocketAddr, request: &mut Request) {
    let address = proxies.caller(peer.ip(), request.headers());
    request.extensions_mut().insert(Address(address));
}

impl Proxies {
    /// The nearest address that is no proxy of ours. What stands before it may be invented.
    fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        let mut hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
        while self.contain(nearest) {
            let Some(Ok(hop)) = hops.next().map(|hop| IpAddr::from_str(hop.trim())) else { break };
            nearest = hop.to_canonical();
        }
        nearest
    }

    fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for Proxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let network = |word: &str| {
            let host = word.parse::<IpAddr>().map(IpNet::from);
            host.or_else(|_| word.parse()).map_err(|_| format!("`{word}` is neither an address nor a network"))
        };
        text.split([' ', ',']).filter(|word| !word.is_empty()).map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<String> for Proxies {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_caller_is_the_nearest_address_that_is_no_proxy_of_ours() {
        fn check(peer: &str, forwarded: &[&'static str], expect: &str) {
            let proxies: Proxies = "10.0.0.0/8, 2001:db8::1".parse().unwrap();
            let lines = forwarded.iter().map(|line| (FORWARDED_FOR, HeaderValue::from_static(line)));
            let caller = proxies.caller(peer.parse().unwrap(), &lines.collect());
            assert_eq!(caller, expect.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?}");
        }
        check("192.0.2.1", &[], "192.0.2.1");
        check("192.0.2.1", &["198.51.100.7"], "192.0.2.1");
        check("10.1.1.1", &["198.51.100.7"], "198.51.100.7");
        check("::ffff:10.1.1.1", &["198.51.100.7"], "198.51.100.7");
        check("2001:db8::1", &["2001:db8:5::9"], "2001:db8:5::9");
        check("10.1.1.1", &["203.0.113.5, 198.51.100.7,10.2.2.2"], "198.51.100.7");
        check("10.1.1.1", &["203.0.113.5", "198.51.100.7", "10.2.2.2"], "198.51.100.7");
        check("10.1.1.1", &["10.3.3.3, 10.2.2.2"], "10.3.3.3");
        check("10.1.1.1", &["198.51.100.7, nonsense"], "10.1.1.1");
        check("10.1.1.1", &[], "10.1.1.1");
    }

    #[test]
    fn networks_are_read_or_named_as_wrong() {
        assert!("".parse::<Proxies>().unwrap().0.is_empty());
        assert_eq!("10.0.0.0/8".parse::<Proxies>().unwrap().0.len(), 1);
        assert!("10.0.0.0/33".parse::<Proxies>().unwrap_err().contains("10.0.0.0/33"));
    }
}
