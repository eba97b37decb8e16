//! The keys that a provider signs with (RFC 7517).

use jsonwebtoken::{
    Algorithm, DecodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::{
    fault::Fault,
    fetch::{self, Fetch, Request},
};

/// More keys than any provider signs with at a time, and few enough to try.
const MOST_CANDIDATES: usize = 16;

/// Those that we understand.
#[derive(Debug)]
pub struct KeySet(Vec<Jwk>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

/// A key that we do not understand is none; it may be for others (RFC 7517 §5).
pub async fn fetch(fetch: &dyn Fetch, jwks_uri: &Url) -> Result<KeySet, Fault> {
    let document: Document = fetch::json(fetch, "keys", Request::get(jwks_uri.clone())).await?;
    Ok(KeySet(document.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect()))
}

impl KeySet {
    /// The keys that may have signed a token with this header: those of its `kid`, or where it has none, every one that
    /// fits. Often one; a `kid` should not name several, but does with some providers (RFC 7517 §4.5: SHOULD), so each is
    /// tried.
    pub fn candidates(&self, header: &Header) -> Vec<DecodingKey> {
        let named = |key: &&Jwk| header.kid.is_none() || key.common.key_id == header.kid;
        let fitting = self.0.iter().filter(named).filter(|key| fits(key, header.alg));
        fitting.filter_map(|key| DecodingKey::from_jwk(key).ok()).take(MOST_CANDIDATES).collect()
    }
}

/// A key is of one kind, and signs with the algorithm that it names, if it names one.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    let kind = match &key.algorithm {
        AlgorithmParameters::RSA(_) => matches!(algorithm, RS256 | RS384 | RS512 | PS256 | PS384 | PS512),
        AlgorithmParameters::EllipticCurve(parameters) => match parameters.curve {
            EllipticCurve::P256 => algorithm == ES256,
            EllipticCurve::P384 => algorithm == ES384,
            _ => false,
        },
        AlgorithmParameters::OctetKeyPair(parameters) => {
            parameters.curve == EllipticCurve::Ed25519 && algorithm == EdDSA
        }
        _ => false,
    };
    let signs = key.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    kind && signs && key.common.key_algorithm.is_none_or(|named| named == KeyAlgorithm::from(algorithm))
}
