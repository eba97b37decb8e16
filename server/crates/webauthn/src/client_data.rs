//! The browser's description of the request that it answered (`CollectedClientData`, WebAuthn §5.8.1).

use aws_lc_rs::digest::{SHA256, digest};
use serde::Deserialize;

use crate::{
    Expected,
    refused::{Refused, Result},
};

/// `type` for a new credential, and for proof of one.
pub const CREATE: &str = "webauthn.create";
pub const GET: &str = "webauthn.get";

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
    #[serde(rename = "topOrigin")]
    top_origin: Option<String>,
}

/// Checks it, and returns its hash, which the authenticator has signed.
pub fn check(json: &[u8], kind: &str, expected: &Expected<'_>) -> Result<[u8; 32]> {
    let data: ClientData = serde_json::from_slice(json).map_err(|_| Refused::Malformed("client data"))?;
    if data.kind != kind {
        return Err(Refused::Type);
    }
    if data.challenge != expected.challenge {
        return Err(Refused::Challenge);
    }
    if !expected.relying_party.is_origin(&data.origin) {
        return Err(Refused::Origin);
    }
    // Our pages may not be framed, so no genuine request comes from inside another site.
    if data.cross_origin || data.top_origin.is_some() {
        return Err(Refused::CrossOrigin);
    }
    sha256(json)
}

pub fn sha256(bytes: &[u8]) -> Result<[u8; 32]> {
    digest(&SHA256, bytes).as_ref().try_into().map_err(|_| Refused::Malformed("digest"))
}
