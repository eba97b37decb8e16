//! For tests: an app that proves that it has its key (RFC 9449 §4.2).

use std::sync::atomic::{AtomicU32, Ordering};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::digest::sha256;

use crate::keys::{Algorithm, Pair, fresh};

/// A key of an app's own, and how many proofs it made.
pub struct Prover {
    pair: Pair,
    count: AtomicU32,
}

impl Default for Prover {
    fn default() -> Self {
        Self::new(Algorithm::Es256)
    }
}

impl Prover {
    pub fn new(algorithm: Algorithm) -> Self {
        Self { pair: fresh(algorithm).expect("a key can be made"), count: AtomicU32::new(0) }
    }

    /// `jkt`
    pub fn thumbprint(&self) -> &str {
        &self.pair.id
    }

    pub fn header(&self) -> Value {
        let mut jwk = serde_json::to_value(&self.pair.public).expect("a key is JSON");
        for member in ["kid", "use", "alg"] {
            jwk.as_object_mut().and_then(|jwk| jwk.remove(member));
        }
        json!({ "typ": "dpop+jwt", "alg": self.pair.algorithm.as_str(), "jwk": jwk })
    }

    /// For a request without an access token. Each proof has a `jti` of its own.
    pub fn claims(&self, method: &str, address: &str, now: Timestamp) -> Value {
        let jti = format!("proof-{}", self.count.fetch_add(1, Ordering::Relaxed));
        json!({ "jti": jti, "htm": method, "htu": address, "iat": now.as_second() })
    }

    /// Signed as it is, valid or not.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = self.pair.signature(message.as_bytes()).expect("the key signs");
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// A valid proof for a token request.
    pub fn prove(&self, method: &str, address: &str, now: Timestamp) -> String {
        self.sign(&self.header(), &self.claims(method, address, now))
    }

    /// A valid proof for a call with an access token.
    pub fn prove_with(&self, method: &str, address: &str, now: Timestamp, token: &str) -> String {
        let mut claims = self.claims(method, address, now);
        claims["ath"] = sha256(token).into();
        self.sign(&self.header(), &claims)
    }
}
