//! A new credential (WebAuthn §7.1).

use serde::Deserialize;

use crate::{
    Expected,
    authenticator_data::AuthenticatorData,
    cbor::Map,
    client_data::{self, CREATE},
    posted::{Posted, decode, encode},
    public_key::PublicKey,
    refused::{Refused, Result},
};

/// How many transports are stored, and how long each may be.
const MOST_TRANSPORTS: usize = 8;
const LONGEST_TRANSPORT: usize = 16;

/// What to store of a new credential.
pub struct Credential {
    /// In base64url.
    pub id: String,
    pub public_key: PublicKey,
    pub sign_count: u32,
    /// `usb`, `nfc`, `hybrid` …: hints by the browser, for the browser.
    pub transports: Vec<String>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    #[serde(rename = "attestationObject")]
    attestation_object: String,
    #[serde(default)]
    transports: Vec<String>,
}

/// The credential, if the answer is valid. We do not request attestation, so if some arrives anyway, we neither check
/// nor trust it.
pub fn verify(expected: &Expected<'_>, json: &str) -> Result<Credential> {
    let posted: Posted<Response> = Posted::parse(json)?;
    client_data::check(&decode(&posted.response.client_data, "client data")?, CREATE, expected)?;
    let object = decode(&posted.response.attestation_object, "attestation object")?;
    let mut rest = object.as_slice();
    let attestation = Map::read(&mut rest, "attestation object")?;
    let (format, statement) = (attestation.text("fmt"), attestation.size_of("attStmt"));
    // §8.7: the statement of the format `none` is empty.
    let sound =
        matches!((format, statement), (Some("none"), Some(0))) || (format != Some("none") && statement.is_some());
    if !rest.is_empty() || format.is_none() || !sound {
        return Err(Refused::Malformed("attestation object"));
    }
    let data = attestation.bytes("authData").ok_or(Refused::Malformed("attestation object"))?;
    let data = AuthenticatorData::parse(data)?;
    data.check(expected)?;
    let sign_count = data.sign_count;
    let (id, public_key) = data.into_credential()?;
    let id = encode(id);
    if id != posted.id()? {
        return Err(Refused::Credential);
    }
    Ok(Credential { id, public_key, sign_count, transports: transports(posted.response.transports) })
}

/// Unknown ones are kept (§5.8.4) if they have the usual form.
fn transports(named: Vec<String>) -> Vec<String> {
    let looks_right = |name: &String| {
        (1..=LONGEST_TRANSPORT).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    named.into_iter().filter(looks_right).take(MOST_TRANSPORTS).collect()
}
