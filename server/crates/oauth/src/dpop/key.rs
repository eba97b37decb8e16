//! The public key in a proof's header (RFC 7517, RFC 9449 §4.2), and its thumbprint (RFC 7638).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{
        AlgorithmParameters, CommonParameters, EllipticCurve, EllipticCurveKeyParameters, EllipticCurveKeyType, Jwk,
        RSAKeyParameters, RSAKeyType, ThumbprintHash,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Invalid;

/// A public key's SHA-256 thumbprint as base64url: `jkt`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbprint(String);

impl Thumbprint {
    /// As `dpop_jkt` brings it (RFC 9449 §10). `None` if it does not have the form of a thumbprint.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Members that only private and symmetric keys have (RFC 7518 §6).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// 4096 bits. Verifying with longer keys costs more than it is worth.
const LONGEST_MODULUS: usize = 512;
const LONGEST_EXPONENT: usize = 4;

/// The key to verify with, and its name.
pub(super) fn read(algorithm: Algorithm, jwk: &Map<String, Value>) -> Result<(DecodingKey, Thumbprint), Invalid> {
    if PRIVATE.iter().any(|member| jwk.contains_key(*member)) {
        return Err(Invalid::PrivateKey);
    }
    let parameters = match (algorithm, text(jwk, "kty"), text(jwk, "crv")) {
        (Algorithm::ES256, Some("EC"), Some("P-256")) => point(jwk, EllipticCurve::P256, 32),
        (Algorithm::ES384, Some("EC"), Some("P-384")) => point(jwk, EllipticCurve::P384, 48),
        (Algorithm::RS256, Some("RSA"), _) => modulus(jwk),
        _ => None,
    };
    let algorithm = parameters.ok_or(Invalid::Key)?;
    let jwk = Jwk { common: CommonParameters::default(), algorithm };
    let key = DecodingKey::from_jwk(&jwk).map_err(|_| Invalid::Key)?;
    let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).map_err(|_| Invalid::Key)?;
    Ok((key, Thumbprint(thumbprint)))
}

fn point(jwk: &Map<String, Value>, curve: EllipticCurve, length: usize) -> Option<AlgorithmParameters> {
    let x = octets(jwk, "x", length..=length)?;
    let y = octets(jwk, "y", length..=length)?;
    let point = EllipticCurveKeyParameters { key_type: EllipticCurveKeyType::EC, curve, x, y };
    Some(AlgorithmParameters::EllipticCurve(point))
}

fn modulus(jwk: &Map<String, Value>) -> Option<AlgorithmParameters> {
    let n = octets(jwk, "n", 1..=LONGEST_MODULUS)?;
    let e = octets(jwk, "e", 1..=LONGEST_EXPONENT)?;
    Some(AlgorithmParameters::RSA(RSAKeyParameters { key_type: RSAKeyType::RSA, n, e }))
}

/// A member, unchanged, if it is base64url of so many octets.
fn octets(jwk: &Map<String, Value>, member: &str, length: std::ops::RangeInclusive<usize>) -> Option<String> {
    let text = text(jwk, member)?;
    let octets = URL_SAFE_NO_PAD.decode(text).ok()?;
    length.contains(&octets.len()).then(|| text.to_owned())
}

fn text<'a>(jwk: &'a Map<String, Value>, member: &str) -> Option<&'a str> {
    jwk.get(member).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// RFC 9449 §4.2 prints the key, §6.1 its thumbprint.
    #[test]
    fn the_printed_key_has_the_printed_thumbprint() {
        let jwk = json!({
            "kty": "EC", "crv": "P-256",
            "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
            "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
        });
        let (_, thumbprint) = read(Algorithm::ES256, jwk.as_object().unwrap()).unwrap();
        assert_eq!(thumbprint.as_str(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        assert_eq!(Thumbprint::parse(thumbprint.as_str()), Some(thumbprint));
    }

    #[test]
    fn only_the_form_of_a_thumbprint_is_one() {
        let whole = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
        for wrong in ["", &whole[1..], &format!("{whole}="), &whole.replace('-', "+"), &format!("{whole}A")] {
            assert_eq!(Thumbprint::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_that_do_not_fit_are_refused() {
        let (x, y) = ("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");
        let check = |algorithm, jwk: Value, expect| {
            assert_eq!(read(algorithm, jwk.as_object().unwrap()).err(), Some(expect), "{jwk}");
        };
        let key = Invalid::Key;
        check(Algorithm::ES384, json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }), key);
        check(Algorithm::ES384, json!({ "kty": "EC", "crv": "P-384", "x": x, "y": y }), key);
        check(Algorithm::ES256, json!({ "kty": "EC", "crv": "P-256", "x": x }), key);
        check(Algorithm::ES256, json!({ "kty": "EC", "crv": "P-256", "x": x, "y": 1 }), key);
        check(Algorithm::ES256, json!({ "kty": "EC", "crv": "P-256", "x": format!("{x}="), "y": y }), key);
        check(Algorithm::ES256, json!({ "kty": "EC", "crv": "P-256", "x": "\",\"", "y": y }), key);
        check(Algorithm::RS256, json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }), key);
        check(Algorithm::RS256, json!({ "kty": "RSA", "n": "AQAB" }), key);
        check(Algorithm::RS256, json!({ "kty": "RSA", "n": "AQAB", "e": "AQABAQABAQAB" }), key);
        check(Algorithm::RS256, json!({ "kty": "RSA", "n": "AQAB".repeat(200), "e": "AQAB" }), key);
        check(Algorithm::ES256, json!({}), key);
        check(Algorithm::ES256, json!({ "kty": "oct", "k": "AAAA" }), Invalid::PrivateKey);
        let private = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "d": "AAAA" });
        check(Algorithm::ES256, private, Invalid::PrivateKey);
    }
}
