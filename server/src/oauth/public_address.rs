//! Addresses that a stranger may make us call: those of the public internet, and none of ours or our neighbors'.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

/// Looks names up, and refuses a name that has any address which is not public. The connection uses the very addresses
/// that it returns, so a name that changes after the check gains nothing.
pub struct PublicNames;

#[derive(Debug, thiserror::Error)]
#[error("the name has no address, or one that is not public")]
pub struct NotPublic;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The caller replaces this port with the URL's own.
            let found: Vec<SocketAddr> = lookup_host((name.as_str(), 0)).await?.collect();
            let addresses: Addrs = Box::new(all_public(found)?.into_iter());
            Ok(addresses)
        })
    }
}

fn all_public(addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NotPublic> {
    let public = !addresses.is_empty() && addresses.iter().all(|address| is_public(address.ip()));
    if public { Ok(addresses) } else { Err(NotPublic) }
}

/// Whether the address is on the public internet, by IANA's registries of special-purpose addresses (RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL_V4.iter().any(|block| block.holds(address)),
        IpAddr::V6(address) => GLOBAL_UNICAST.holds(address) && !SPECIAL_V6.iter().any(|block| block.holds(address)),
    }
}

/// The addresses that share this many leading bits with this one.
struct Block<A>(A, u32);

impl Block<Ipv4Addr> {
    fn holds(&self, address: Ipv4Addr) -> bool {
        let rest = 32 - self.1;
        address.to_bits() >> rest == self.0.to_bits() >> rest
    }
}

impl Block<Ipv6Addr> {
    fn holds(&self, address: Ipv6Addr) -> bool {
        let rest = 128 - self.1;
        address.to_bits() >> rest == self.0.to_bits() >> rest
    }
}

const SPECIAL_V4: [Block<Ipv4Addr>; 15] = [
    // This network, and this host on it.
    Block(Ipv4Addr::new(0, 0, 0, 0), 8),
    // Private use.
    Block(Ipv4Addr::new(10, 0, 0, 0), 8),
    Block(Ipv4Addr::new(172, 16, 0, 0), 12),
    Block(Ipv4Addr::new(192, 168, 0, 0), 16),
    // Shared by the customers of a carrier.
    Block(Ipv4Addr::new(100, 64, 0, 0), 10),
    // Loopback.
    Block(Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local; clouds serve their machines' credentials there.
    Block(Ipv4Addr::new(169, 254, 0, 0), 16),
    // Protocol assignments.
    Block(Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation.
    Block(Ipv4Addr::new(192, 0, 2, 0), 24),
    Block(Ipv4Addr::new(198, 51, 100, 0), 24),
    Block(Ipv4Addr::new(203, 0, 113, 0), 24),
    // Relays between the two protocols, deprecated.
    Block(Ipv4Addr::new(192, 88, 99, 0), 24),
    // Benchmarks.
    Block(Ipv4Addr::new(198, 18, 0, 0), 15),
    // Multicast; reserved, with broadcast.
    Block(Ipv4Addr::new(224, 0, 0, 0), 4),
    Block(Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Outside of it are loopback, link-local, unique local and multicast addresses, and those that contain an IPv4
/// address: mapped, compatible, translated.
const GLOBAL_UNICAST: Block<Ipv6Addr> = Block(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const SPECIAL_V6: [Block<Ipv6Addr>; 4] = [
    // Protocol assignments: Teredo, which contains an IPv4 address, benchmarks, ORCHID.
    Block(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation.
    Block(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    Block(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4, which contains an IPv4 address.
    Block(Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_called() {
        let check = |address: &str, expect: bool| {
            assert_eq!(is_public(address.parse().unwrap()), expect, "{address}");
        };
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001::200e",
            "2001:4860:4860::8888",
            "2001:200::1",
        ] {
            check(public, true);
        }
        for special in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.255",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            check(special, false);
        }
    }

    #[test]
    fn a_name_with_one_address_that_is_not_public_is_refused() {
        let check = |addresses: &[&str], expect: bool| {
            let addresses = addresses.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect();
            assert_eq!(all_public(addresses).is_ok(), expect);
        };
        check(&["1.1.1.1", "2606:4700:4700::1111"], true);
        check(&["1.1.1.1", "10.0.0.1"], false);
        check(&["::1", "1.1.1.1"], false);
        check(&[], false);
    }
}
