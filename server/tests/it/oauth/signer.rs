//! An app with a key pair on P-256.

use std::sync::atomic::{AtomicU32, Ordering};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::site::{App, Site};

pub const TYPE: (&str, &str) = ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

pub struct Signer(EcdsaKeyPair);

impl Signer {
    pub fn new() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    /// The public half as a JWK set.
    pub fn jwks(&self) -> Value {
        // An uncompressed point: 4, x, y.
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "one", "alg": "ES256", "x": x, "y": y }] })
    }

    /// A valid assertion of the app for this audience, with its own id.
    pub fn assert(&self, site: &Site, app: &App, audience: &str) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let now = site.state.services.store.now().as_second();
        let jti = format!("jti-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let claims = json!({ "iss": app.id, "sub": app.id, "aud": audience, "exp": now + 300, "jti": jti });
        self.sign(&json!({ "alg": "ES256", "kid": "one" }), &claims)
    }

    /// A JWT of this header and these claims.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = self.0.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}
