//! What browsers post: `PublicKeyCredential.toJSON()` (WebAuthn Level 3, §5.1).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, de::DeserializeOwned};

use crate::refused::{Refused, Result};

/// More than the certificates of any authenticator need.
pub const LONGEST: usize = 16 * 1024;

#[derive(Deserialize)]
pub struct Posted<R> {
    id: String,
    #[serde(rename = "rawId")]
    raw_id: String,
    #[serde(rename = "type")]
    kind: String,
    pub response: R,
}

impl<R: DeserializeOwned> Posted<R> {
    pub fn parse(json: &str) -> Result<Self> {
        if LONGEST < json.len() {
            return Err(Refused::TooLong);
        }
        let posted: Self = serde_json::from_str(json).map_err(|_| Refused::Malformed("credential"))?;
        if posted.kind != "public-key" || posted.id != posted.raw_id {
            return Err(Refused::Malformed("credential"));
        }
        Ok(posted)
    }

    /// The credential's ID in the form that we store: base64url, which has only one form for each ID.
    pub fn id(&self) -> Result<String> {
        decode(&self.id, "credential ID").map(|bytes| encode(&bytes))
    }
}

pub fn decode(text: &str, what: &'static str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::Malformed(what))
}

pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
