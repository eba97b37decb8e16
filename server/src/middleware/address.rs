//! Who is calling: the address at the other end of the connection. If that is one of our proxies, the address that it
//! forwards for, in `X-Forwarded-For` or in `Forwarded` (RFC 7239). From anyone else a stranger wrote these headers. We
//! also ignore them if the two differ: a proxy writes one and passes the other on.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

use axum::{
    extract::Request,
    http::{Extensions, HeaderMap, HeaderName},
};
use ipnet::{IpNet, Ipv4Net};
use serde::Deserialize;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED: HeaderName = HeaderName::from_static("forwarded");

/// The networks of our own proxies, as written in the settings: `10.0.0.0/8 192.0.2.7`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Proxies(Vec<IpNet>);

/// The caller's address, in the extensions of every request that came over the network.
#[derive(Clone, Copy)]
struct Address(IpAddr);

/// The caller's address; `None` if the request did not come over the network.
pub fn of(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<Address>().map(|Address(address)| *address)
}

/// Records that this caller sent the request.
pub fn set(caller: IpAddr, request: &mut Request) {
    request.extensions_mut().insert(Address(caller));
}

/// Records who sent the request that came from `peer`.
pub fn note(proxies: &Proxies, peer: SocketAddr, request: &mut Request) {
    set(proxies.caller(peer.ip(), request.headers()), request);
}

impl Proxies {
    fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.contain(peer) {
            return peer;
        }
        let named = |name, of: fn(&str) -> Option<IpAddr>| {
            let lines = headers.get_all(name).iter().rev();
            // A value that is not text names no one: nothing before it counts.
            let mut hops = lines.flat_map(|line| elements(line.to_str().unwrap_or("?"))).map(of).peekable();
            hops.peek().is_some().then(|| self.nearest(peer, hops))
        };
        match (named(FORWARDED_FOR, address), named(FORWARDED, forwarded_for)) {
            (Some(one), Some(other)) if one != other => peer,
            (Some(one), _) | (None, Some(one)) => one,
            (None, None) => peer,
        }
    }

    /// The nearest of these addresses that is not one of our proxies. Anything before it may be invented.
    fn nearest(&self, peer: IpAddr, mut hops: impl Iterator<Item = Option<IpAddr>>) -> IpAddr {
        let mut nearest = peer;
        while self.contain(nearest) {
            let Some(Some(hop)) = hops.next() else { break };
            nearest = hop;
        }
        nearest
    }

    /// Whether no proxy is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The elements of a list (RFC 9110 §5.6.1), the last first; a comma within quotes does not separate. Empty ones are
/// left out.
fn elements(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.rsplit(move |char| {
        quoted ^= char == '"';
        char == ',' && !quoted
    })
    .map(str::trim)
    .filter(|element| !element.is_empty())
}

/// An address as proxies write it: bare, or with a port, for which IPv6 needs brackets. `None` for anything else, such
/// as `unknown`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let text = text.strip_prefix('"').map_or(Some(text), |text| text.strip_suffix('"'))?;
    let bare = text.parse().ok();
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::from);
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.or_else(bracketed).or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// RFC 7239 §4: `for=192.0.2.60;proto=https`, `For="[2001:db8::1]:4711"`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    let (_, node) = found.next()?;
    // §4: each parameter once.
    found.next().is_none().then(|| address(node))?
}

/// The form in which we compare it: an IPv4 address is never written as IPv6.
fn canonical(network: IpNet) -> IpNet {
    match network {
        IpNet::V6(v6) if 96 <= v6.prefix_len() => {
            let v4 = v6.addr().to_ipv4_mapped().map(|address| Ipv4Net::new(address, v6.prefix_len() - 96));
            v4.and_then(Result::ok).map_or(network, IpNet::V4)
        }
        _ => network,
    }
}

impl FromStr for Proxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let network = |word: &str| {
            let host = word.parse::<IpAddr>().map(IpNet::from);
            host.or_else(|_| word.parse())
                .map(canonical)
                .map_err(|_| format!("`{word}` is neither an address nor a network"))
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
        // With ports, as Azure's and others write them, in brackets, with blanks and empty elements.
        check("10.1.1.1", &["198.51.100.7:54321"], "198.51.100.7");
        check("10.1.1.1", &["203.0.113.5, 198.51.100.7:1 , 10.2.2.2:443"], "198.51.100.7");
        check("10.1.1.1", &["[2001:db8:5::9]:54321"], "2001:db8:5::9");
        check("10.1.1.1", &["[2001:db8:5::9]"], "2001:db8:5::9");
        check("10.1.1.1", &["2001:db8:5::9, [2001:db8::1]:80"], "2001:db8:5::9");
        check("10.1.1.1", &["\t198.51.100.7\t", "", " , ,"], "198.51.100.7");
        check("10.1.1.1", &["198.51.100.7,,10.2.2.2,"], "198.51.100.7");
        check("10.1.1.1", &["::ffff:198.51.100.7"], "198.51.100.7");
        check("10.1.1.1", &["198.51.100.7, ::ffff:10.2.2.2"], "198.51.100.7");
        check("10.1.1.1", &["[::ffff:198.51.100.7]:80"], "198.51.100.7");
        for unknown in
            ["unknown", "_hidden", "198.51.100.7:http", "[198.51.100.7]", "198.51.100.7:99999", "[2001:db8::9"]
        {
            check("10.1.1.1", &["203.0.113.5", unknown, "10.2.2.2"], "10.2.2.2");
        }
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_writes_it() {
        fn check(forwarded: &[&'static str], expect: &str) {
            let proxies: Proxies = "10.0.0.0/8 ::ffff:172.16.0.0/108".parse().unwrap();
            let lines = forwarded.iter().map(|line| (FORWARDED, HeaderValue::from_static(line)));
            let caller = proxies.caller("10.1.1.1".parse().unwrap(), &lines.collect());
            assert_eq!(caller, expect.parse::<IpAddr>().unwrap(), "{forwarded:?}");
        }
        check(&["for=192.0.2.60;proto=http;by=203.0.113.43"], "192.0.2.60");
        check(&["For=\"[2001:db8:cafe::17]:4711\""], "2001:db8:cafe::17");
        check(&["proto=https; FOR = \"192.0.2.60:80\" ;host=\"a,b\""], "192.0.2.60");
        check(&["for=192.0.2.43, for=198.51.100.17"], "198.51.100.17");
        check(&["for=192.0.2.43, for=198.51.100.17, for=10.9.9.9, for=172.16.1.1"], "198.51.100.17");
        check(&["for=192.0.2.43", "for=\"[::ffff:198.51.100.17]\", for=10.9.9.9", "proto=https"], "10.1.1.1");
        check(&["for=192.0.2.43", "for=\"[::ffff:198.51.100.17]\", for=10.9.9.9"], "198.51.100.17");
        check(&["for=192.0.2.43, for=unknown"], "10.1.1.1");
        check(&["for=192.0.2.43, for=_gazonk, for=10.9.9.9"], "10.9.9.9");
        check(&["for=192.0.2.43;for=198.51.100.17"], "10.1.1.1");
        check(&["for=\"192.0.2.43"], "10.1.1.1");
        check(&[], "10.1.1.1");
    }

    #[test]
    fn of_two_headers_that_differ_a_stranger_wrote_one() {
        fn check(one: &'static str, other: &'static str, expect: &str) {
            let proxies: Proxies = "10.0.0.0/8".parse().unwrap();
            let lines = [(FORWARDED_FOR, one), (FORWARDED, other)];
            let lines = lines.map(|(name, line)| (name, HeaderValue::from_static(line)));
            let caller = proxies.caller("10.1.1.1".parse().unwrap(), &HeaderMap::from_iter(lines));
            assert_eq!(caller, expect.parse::<IpAddr>().unwrap(), "{one} {other}");
        }
        check("192.0.2.43:80", "for=192.0.2.43;proto=https", "192.0.2.43");
        check("192.0.2.43", "for=198.51.100.17", "10.1.1.1");
        check("192.0.2.43", "for=unknown", "10.1.1.1");
        check("192.0.2.43", "", "192.0.2.43");
        check("", "for=192.0.2.43", "192.0.2.43");
    }

    #[test]
    fn networks_are_read_or_named_as_wrong() {
        assert!("".parse::<Proxies>().unwrap().0.is_empty());
        assert_eq!("10.0.0.0/8".parse::<Proxies>().unwrap().0.len(), 1);
        assert!("10.0.0.0/33".parse::<Proxies>().unwrap_err().contains("10.0.0.0/33"));
    }
}
