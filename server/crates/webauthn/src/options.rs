//! The requests to a browser, as the JSON that it parses itself (WebAuthn Level 3, `parseCreationOptionsFromJSON`,
//! `parseRequestOptionsFromJSON`).

use serde_json::{Value, json};

use crate::{posted::encode, public_key::ALGORITHMS};

/// How long the browser waits, in milliseconds: as long as the challenge is valid.
pub const TIMEOUT_MS: i64 = 300_000;

/// The account, as the authenticator lists it.
#[derive(Clone, Copy)]
pub struct User<'a> {
    /// At most 64 bytes without any personal information (§14.6.1).
    pub handle: &'a [u8],
    pub name: &'a str,
    pub display_name: &'a str,
}

/// A credential that exists already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// In base64url.
    pub id: String,
    pub transports: Vec<String>,
}

/// Options for a new credential. An authenticator that holds one of `exclude` does not create another.
///
/// `residentKey` is preferred, so that phones and password managers create what they show as a passkey. User
/// verification is discouraged, because the password is the other factor, and a PIN at every sign-in turns people away
/// from security keys.
pub fn creation(rp_id: &str, rp_name: &str, challenge: &str, user: &User<'_>, exclude: &[Descriptor]) -> String {
    let algorithms: Vec<Value> = ALGORITHMS.iter().map(|alg| json!({ "type": "public-key", "alg": alg })).collect();
    json!({
        "rp": { "id": rp_id, "name": rp_name },
        "user": { "id": encode(user.handle), "name": user.name, "displayName": user.display_name },
        "challenge": challenge,
        "pubKeyCredParams": algorithms,
        "timeout": TIMEOUT_MS,
        "excludeCredentials": list(exclude),
        "authenticatorSelection": {
            "residentKey": "preferred",
            "requireResidentKey": false,
            "userVerification": "discouraged",
        },
        "attestation": "none",
    })
    .to_string()
}

/// Options for proof of one of `allow`.
pub fn request(rp_id: &str, challenge: &str, allow: &[Descriptor]) -> String {
    json!({
        "rpId": rp_id,
        "challenge": challenge,
        "timeout": TIMEOUT_MS,
        "allowCredentials": list(allow),
        "userVerification": "discouraged",
    })
    .to_string()
}

fn list(credentials: &[Descriptor]) -> Vec<Value> {
    let descriptor = |known: &Descriptor| {
        if known.transports.is_empty() {
            json!({ "type": "public-key", "id": known.id })
        } else {
            json!({ "type": "public-key", "id": known.id, "transports": known.transports })
        }
    };
    credentials.iter().map(descriptor).collect()
}
