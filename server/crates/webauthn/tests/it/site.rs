//! The site that makes the requests.

use url::Url;
use webauthn::{
    options::{self, User},
    relying_party::RelyingParty,
};

/// What a test changes in an answer.
pub type Tamper<T> = fn(&mut T);

pub const ORIGIN: &str = "https://flex.example.org";
/// A subdomain of the main host, for a program.
pub const BELOW: &str = "https://authz.idaho.flex.example.org";
pub const CHALLENGE: &str = "rwrBlcZ8ClaFp8ZBXOIFBBmEjNQZ3Q1oDD-wXPFlYEo";
pub const USER: User<'static> = User { handle: b"ada", name: "ada.lovelace", display_name: "Ada Lovelace" };

pub fn relying_party() -> RelyingParty {
    RelyingParty::new(&url(ORIGIN), &[url(BELOW)])
}

/// Asks for a new credential.
pub fn creation() -> String {
    options::creation("flex.example.org", "FLEX", CHALLENGE, &USER, &[])
}

/// Asks for proof.
pub fn request() -> String {
    options::request("flex.example.org", CHALLENGE, &[])
}

fn url(text: &str) -> Url {
    text.parse().unwrap()
}
