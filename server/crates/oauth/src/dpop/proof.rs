//! One proof: a JWT signed with the key that it shows (RFC 9449 §4.2, §4.3).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::Algorithm;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use store::digest::{is_same, sha256};

use super::{Invalid, Thumbprint, WINDOW, address, key};

/// A proof with the request that it came with.
#[derive(Clone, Debug)]
pub struct Presented<'a> {
    /// The only `DPoP` header.
    pub proof: &'a str,
    /// `POST`
    pub method: &'a str,
    /// Where the request came in, by our configuration. The query may be left out.
    pub address: String,
}

/// What we know once a proof has been verified.
pub(super) struct Proof {
    pub(super) key: Thumbprint,
    /// Of the key and its `jti`.
    pub(super) hash: String,
    /// When it is too old to be shown again.
    pub(super) expires_at: Timestamp,
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: Map<String, Value>,
    /// Extensions that must be understood. We understand none.
    crit: Option<Value>,
}

/// Times are seconds since 1970, fractions allowed (RFC 7519 §2).
#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: f64,
    ath: Option<String>,
    exp: Option<f64>,
    nbf: Option<f64>,
}

/// Longer than any proof. An RSA key and its signature take 2 KiB.
const LONGEST: usize = 8192;
const LONGEST_JTI: usize = 256;

/// Every check of RFC 9449 §4.3, except whether the proof is new. `token` is the access token that it comes with.
pub(super) fn verify(presented: &Presented<'_>, token: Option<&str>, now: Timestamp) -> Result<Proof, Invalid> {
    let (key, claims) = signed(presented.proof)?;
    if claims.htm != presented.method {
        return Err(Invalid::Method);
    }
    if !address::is_same(&claims.htu, &presented.address) {
        return Err(Invalid::Address);
    }
    let ends = claims.check_time(now)?;
    if let Some(token) = token
        && !claims.ath.as_deref().is_some_and(|ath| is_same(ath, &sha256(token)))
    {
        return Err(Invalid::Token);
    }
    let hash = sha256(&format!("{}.{}", key.as_str(), claims.jti));
    Ok(Proof { key, hash, expires_at: ends })
}

/// The key and the claims that it signed.
fn signed(proof: &str) -> Result<(Thumbprint, Claims), Invalid> {
    if LONGEST < proof.len() {
        return Err(Invalid::Malformed);
    }
    let (message, signature) = proof.rsplit_once('.').ok_or(Invalid::Malformed)?;
    let (header, payload) = message.split_once('.').ok_or(Invalid::Malformed)?;
    let header: Header = part(header)?;
    if !header.typ.eq_ignore_ascii_case("dpop+jwt") {
        return Err(Invalid::Type);
    }
    if header.crit.is_some() {
        return Err(Invalid::Malformed);
    }
    let algorithm = algorithm(&header.alg).ok_or(Invalid::Algorithm)?;
    let (key, thumbprint) = key::read(algorithm, &header.jwk)?;
    match jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key, algorithm) {
        Ok(true) => {}
        Ok(false) | Err(_) => return Err(Invalid::Signature),
    }
    let claims: Claims = part(payload)?;
    if claims.jti.is_empty() || LONGEST_JTI < claims.jti.len() {
        return Err(Invalid::Malformed);
    }
    Ok((thumbprint, claims))
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, Invalid> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Invalid::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Invalid::Malformed)
}

/// [`super::ALGORITHMS`]: asymmetric ones, and never `none`.
fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "ES256" => Some(Algorithm::ES256),
        "ES384" => Some(Algorithm::ES384),
        "RS256" => Some(Algorithm::RS256),
        _ => None,
    }
}

impl Claims {
    /// Returns when the proof will be too old.
    fn check_time(&self, now: Timestamp) -> Result<Timestamp, Invalid> {
        let (now, window) = (now.as_millisecond() as f64 / 1000.0, WINDOW.as_secs_f64());
        let is_recent = (self.iat - now).abs() <= window;
        let is_current = self.exp.is_none_or(|exp| now < exp) && self.nbf.is_none_or(|nbf| nbf <= now + window);
        if !is_recent || !is_current {
            return Err(Invalid::Time);
        }
        // One second more than needed, so that rounding never lets a proof live longer than our record of it.
        Timestamp::from_second((self.iat + window).ceil() as i64 + 1).map_err(|_| Invalid::Time)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        rand::SystemRandom,
        signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
    };
    use serde_json::json;

    use super::*;
    use crate::{keys, testing::Prover};

    const ADDRESS: &str = "https://authz.example/oauth/token";

    fn now() -> Timestamp {
        "2026-03-02T17:00:00Z".parse().unwrap()
    }

    fn refusal(proof: &str, token: Option<&str>) -> Option<Invalid> {
        verify(&Presented { proof, method: "POST", address: ADDRESS.to_owned() }, token, now()).err()
    }

    #[test]
    fn a_good_proof_names_its_key_and_is_remembered_longer_than_it_is_good() {
        for algorithm in [keys::Algorithm::Es256, keys::Algorithm::Rs256] {
            let prover = Prover::new(algorithm);
            let proof = prover.prove("POST", ADDRESS, now());
            let presented = Presented { proof: &proof, method: "POST", address: ADDRESS.to_owned() };

            let verified = verify(&presented, None, now()).unwrap();

            assert_eq!(verified.key.as_str(), prover.thumbprint());
            assert!(now() + WINDOW < verified.expires_at);
            assert_eq!(verify(&presented, None, verified.expires_at).err(), Some(Invalid::Time));
        }
    }

    #[test]
    fn es384_is_taken_too() {
        let pair = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
        let point = pair.public_key().as_ref().to_vec();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..49]), URL_SAFE_NO_PAD.encode(&point[49..]));
        let jwk = json!({ "kty": "EC", "crv": "P-384", "x": x, "y": y });
        let header = json!({ "typ": "dpop+jwt", "alg": "ES384", "jwk": jwk });
        let claims = Prover::default().claims("POST", ADDRESS, now());
        let message = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();

        assert_eq!(refusal(&format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)), None), None);
    }

    #[test]
    fn every_part_of_a_proof_counts() {
        let prover = Prover::default();
        let at = now().as_second();
        let check = |of_header: bool, member: &str, value: Value, expect: Option<Invalid>| {
            let (mut header, mut claims) = (prover.header(), prover.claims("POST", ADDRESS, now()));
            let part = if of_header { &mut header } else { &mut claims };
            match value {
                Value::Null => _ = part.as_object_mut().unwrap().remove(member),
                ref value => part[member] = value.clone(),
            }
            assert_eq!(refusal(&prover.sign(&header, &claims), None), expect, "{member} {value}");
        };
        let header = |member, value, expect| check(true, member, value, expect);
        let claim = |member, value, expect| check(false, member, value, expect);
        let public = prover.header()["jwk"].clone();
        let with = |member: &str, value: Value| {
            let mut jwk = public.clone();
            jwk[member] = value;
            jwk
        };

        header("typ", json!("DPOP+JWT"), None);
        header("typ", json!("JWT"), Some(Invalid::Type));
        header("typ", json!("at+jwt"), Some(Invalid::Type));
        header("typ", Value::Null, Some(Invalid::Malformed));
        for alg in ["none", "None", "HS256", "ES512", "EdDSA", "PS256", ""] {
            header("alg", json!(alg), Some(Invalid::Algorithm));
        }
        header("alg", json!("ES384"), Some(Invalid::Key));
        header("alg", json!("RS256"), Some(Invalid::Key));
        header("jwk", Value::Null, Some(Invalid::Malformed));
        header("jwk", with("d", json!("AAAA")), Some(Invalid::PrivateKey));
        header("jwk", with("crv", json!("P-384")), Some(Invalid::Key));
        header("jwk", Prover::default().header()["jwk"].clone(), Some(Invalid::Signature));
        header("jwk", with("x", public["y"].clone()), Some(Invalid::Signature));
        header("jwk", with("kid", json!("../../etc/passwd")), None);
        header("crit", json!(["b64"]), Some(Invalid::Malformed));

        claim("htm", json!("GET"), Some(Invalid::Method));
        claim("htm", json!("post"), Some(Invalid::Method));
        claim("htu", json!("https://authz.example/oauth/token?a=b#c"), None);
        claim("htu", json!("https://evil.example/oauth/token"), Some(Invalid::Address));
        claim("iat", json!(at - 60), None);
        claim("iat", json!(at + 60), None);
        claim("iat", json!(at as f64 + 0.5), None);
        claim("iat", json!(at - 61), Some(Invalid::Time));
        claim("iat", json!(at + 61), Some(Invalid::Time));
        claim("iat", json!(1e300), Some(Invalid::Time));
        claim("iat", json!(at.to_string()), Some(Invalid::Malformed));
        claim("exp", json!(at + 1), None);
        claim("exp", json!(at), Some(Invalid::Time));
        claim("nbf", json!(at + 61), Some(Invalid::Time));
        claim("jti", json!(""), Some(Invalid::Malformed));
        claim("jti", json!("x".repeat(257)), Some(Invalid::Malformed));
        for member in ["jti", "htm", "htu", "iat"] {
            claim(member, Value::Null, Some(Invalid::Malformed));
        }
    }

    #[test]
    fn a_proof_is_for_one_access_token() {
        let prover = Prover::default();
        let proof = prover.prove_with("POST", ADDRESS, now(), "token");
        assert_eq!(refusal(&proof, Some("token")), None);
        assert_eq!(refusal(&proof, Some("other")), Some(Invalid::Token));
        assert_eq!(refusal(&prover.prove("POST", ADDRESS, now()), Some("token")), Some(Invalid::Token));
    }

    #[test]
    fn what_is_no_proof_is_refused() {
        let prover = Prover::default();
        let proof = prover.prove("POST", ADDRESS, now());
        let (message, signature) = proof.rsplit_once('.').unwrap();
        let (header, payload) = message.split_once('.').unwrap();
        for (wrong, expect) in [
            (String::new(), Invalid::Malformed),
            ("a.b.c".to_owned(), Invalid::Malformed),
            ("x".repeat(100_000), Invalid::Malformed),
            (format!("{message}."), Invalid::Signature),
            (message.to_owned(), Invalid::Malformed),
            (format!("{message}.{}", "A".repeat(86)), Invalid::Signature),
            (format!("{header}.{payload}A.{signature}"), Invalid::Signature),
            (format!("{proof}.{proof}"), Invalid::Signature),
            (format!("{proof}, {proof}"), Invalid::Signature),
        ] {
            assert_eq!(refusal(&wrong, None), Some(expect), "{wrong}");
        }
    }
}
