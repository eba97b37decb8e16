//! The public keys with which apps sign, as JSON Web Keys (RFC 7517, RFC 7518 §6).

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::form::Code;

words! {
    /// What an app may sign with (RFC 7518 §3.1).
    SigningAlgorithm {
        Rs256 = "RS256",
        Rs384 = "RS384",
        Es256 = "ES256",
        Es384 = "ES384",
    }
}

/// A public key that verifies signatures. This type cannot hold a private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    /// What a signature calls the key.
    pub kid: Option<String>,
    /// The only algorithm of the key, if it has one (RFC 7517 §4.4).
    pub alg: Option<SigningAlgorithm>,
    pub key: PublicKey,
}

/// Numbers are big-endian bytes as base64url, without leading zeros for RSA, of the curve's length for the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// 2048 to 8192 bits.
    Rsa {
        n: String,
        e: String,
    },
    P256 {
        x: String,
        y: String,
    },
    P384 {
        x: String,
        y: String,
    },
}

/// At least one key. Its text contains only public members, whatever was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwkSet(Vec<Jwk>);

/// Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const LONGEST_KID: usize = 200;

impl JwkSet {
    /// Bytes that a vendor may register.
    pub const LARGEST: usize = 16 * 1024;

    /// What a vendor typed, or what was registered before. A key that cannot be used is an error, and so are several keys
    /// between which a signature cannot choose.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Code::Required);
        }
        if Self::LARGEST < text.len() {
            return Err(Code::TooLong);
        }
        // PEM, which people often have instead.
        if text.contains("PRIVATE KEY") {
            return Err(Code::PrivateKey);
        }
        let members = members(text)?;
        let keys = members.iter().map(|key| Jwk::parse(key.as_object().ok_or(Code::NotAJwks)?));
        let set = Self::of(keys.collect::<Result<_, _>>()?)?;
        if set.is_told_apart() { Ok(set) } else { Err(Code::KeyIdNeeded) }
    }

    /// What a vendor's server answered. Keys that we cannot use are left out (RFC 7517 §5), and so is a private one, because
    /// anyone can have it by now.
    pub fn read(text: &str) -> Result<Self, Code> {
        Self::of(members(text)?.iter().filter_map(|key| Jwk::parse(key.as_object()?).ok()).collect())
    }

    /// A set of these keys; at least one is required.
    pub fn only(self, is_wanted: impl Fn(&Jwk) -> bool) -> Result<Self, Code> {
        Self::of(self.0.into_iter().filter(is_wanted).collect())
    }

    /// The key that made a signature, according to its header (RFC 7515 §4.1.4). Nothing if that could be more than one.
    pub fn find(&self, kid: Option<&str>, algorithm: SigningAlgorithm) -> Option<&Jwk> {
        let meant = |key: &&Jwk| kid.is_none_or(|kid| key.kid.as_deref() == Some(kid)) && key.fits(algorithm);
        let mut found = self.0.iter().filter(meant);
        found.next().filter(|_| found.next().is_none())
    }

    pub fn keys(&self) -> &[Jwk] {
        &self.0
    }

    fn of(keys: Vec<Jwk>) -> Result<Self, Code> {
        if keys.is_empty() { Err(Code::NotAJwks) } else { Ok(Self(keys)) }
    }

    /// Whether each key has its own id, or there is only one key.
    fn is_told_apart(&self) -> bool {
        let repeats = |(place, key): (usize, &Jwk)| self.0[..place].iter().any(|other| other.kid == key.kid);
        self.0.len() == 1 || self.0.iter().all(|key| key.kid.is_some()) && !self.0.iter().enumerate().any(repeats)
    }
}

impl std::str::FromStr for JwkSet {
    type Err = Code;

    fn from_str(text: &str) -> Result<Self, Code> {
        Self::parse(text)
    }
}

/// JSON, never longer than what was read.
impl fmt::Display for JwkSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<Value> = self.0.iter().map(Jwk::to_json).collect();
        fmt::Display::fmt(&json!({ "keys": keys }), f)
    }
}

impl Jwk {
    /// Whether this key can make a signature of this algorithm.
    pub fn fits(&self, algorithm: SigningAlgorithm) -> bool {
        self.alg.is_none_or(|own| own == algorithm) && self.key.fits(algorithm)
    }

    fn parse(members: &Map<String, Value>) -> Result<Self, Code> {
        if PRIVATE.iter().any(|name| members.contains_key(*name)) {
            return Err(Code::PrivateKey);
        }
        check_purpose(members)?;
        let alg = match members.get("alg") {
            None => None,
            Some(alg) => Some(word(alg)?.parse::<SigningAlgorithm>().map_err(|_| Code::NotASigningKey)?),
        };
        let key = PublicKey::parse(members)?;
        if alg.is_some_and(|alg| !key.fits(alg)) {
            return Err(Code::NotASigningKey);
        }
        Ok(Self { kid: kid(members)?, alg, key })
    }

    fn to_json(&self) -> Value {
        let mut json = match &self.key {
            PublicKey::Rsa { n, e } => json!({ "kty": "RSA", "n": n, "e": e }),
            PublicKey::P256 { x, y } => json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }),
            PublicKey::P384 { x, y } => json!({ "kty": "EC", "crv": "P-384", "x": x, "y": y }),
        };
        if let Some(kid) = &self.kid {
            json["kid"] = kid.as_str().into();
        }
        if let Some(alg) = self.alg {
            json["alg"] = alg.as_str().into();
        }
        json
    }
}

impl PublicKey {
    /// `RSA, 2048 bits`; `EC, P-256`.
    pub fn name(&self) -> String {
        match self {
            Self::Rsa { n, .. } => {
                let bytes = URL_SAFE_NO_PAD.decode(n).unwrap_or_default();
                format!("RSA, {} bits", bits(&bytes))
            }
            Self::P256 { .. } => "EC, P-256".to_owned(),
            Self::P384 { .. } => "EC, P-384".to_owned(),
        }
    }

    fn fits(&self, algorithm: SigningAlgorithm) -> bool {
        use SigningAlgorithm::{Es256, Es384, Rs256, Rs384};
        match self {
            Self::Rsa { .. } => matches!(algorithm, Rs256 | Rs384),
            Self::P256 { .. } => algorithm == Es256,
            Self::P384 { .. } => algorithm == Es384,
        }
    }

    fn parse(members: &Map<String, Value>) -> Result<Self, Code> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        match (text("kty"), text("crv")) {
            (Some("RSA"), _) => rsa(members),
            (Some("EC"), Some("P-256")) => {
                Ok(Self::P256 { x: coordinate(members, "x", 32)?, y: coordinate(members, "y", 32)? })
            }
            (Some("EC"), Some("P-384")) => {
                Ok(Self::P384 { x: coordinate(members, "x", 48)?, y: coordinate(members, "y", 48)? })
            }
            _ => Err(Code::NotASigningKey),
        }
    }
}

fn members(text: &str) -> Result<Vec<Value>, Code> {
    let Ok(Value::Object(mut set)) = serde_json::from_str(text) else { return Err(Code::NotAJwks) };
    let Some(Value::Array(keys)) = set.remove("keys") else { return Err(Code::NotAJwks) };
    Ok(keys)
}

/// RFC 7517 §4.2, §4.3: both members are optional, but neither may say that the key has another purpose.
fn check_purpose(members: &Map<String, Value>) -> Result<(), Code> {
    let signs = members.get("use").is_none_or(|purpose| purpose == "sig");
    let verifies = members.get("key_ops").is_none_or(|operations| {
        operations.as_array().is_some_and(|operations| operations.iter().any(|operation| operation == "verify"))
    });
    if signs && verifies { Ok(()) } else { Err(Code::NotASigningKey) }
}

fn kid(members: &Map<String, Value>) -> Result<Option<String>, Code> {
    let Some(kid) = members.get("kid") else { return Ok(None) };
    let kid = word(kid)?;
    let fits = !kid.is_empty() && kid.len() <= LONGEST_KID && !kid.chars().any(char::is_control);
    if fits { Ok(Some(kid.to_owned())) } else { Err(Code::MalformedKey) }
}

/// RFC 7518 §6.3.1. Leading zeros, which some libraries write, are left out.
fn rsa(members: &Map<String, Value>) -> Result<PublicKey, Code> {
    let (n, e) = (number(members, "n")?, number(members, "e")?);
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
    if 8192 < bits(&n) || 32 < bits(&e) || bits(&e) < 2 || !is_odd(&n) || !is_odd(&e) {
        return Err(Code::MalformedKey);
    }
    if bits(&n) < 2048 {
        return Err(Code::WeakKey);
    }
    Ok(PublicKey::Rsa { n: URL_SAFE_NO_PAD.encode(n), e: URL_SAFE_NO_PAD.encode(e) })
}

/// RFC 7518 §6.2.1.2: the full length of the curve.
fn coordinate(members: &Map<String, Value>, name: &str, length: usize) -> Result<String, Code> {
    let bytes = bytes(members, name)?;
    if bytes.len() == length { Ok(URL_SAFE_NO_PAD.encode(bytes)) } else { Err(Code::MalformedKey) }
}

fn number(members: &Map<String, Value>, name: &str) -> Result<Vec<u8>, Code> {
    let bytes = bytes(members, name)?;
    Ok(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
}

fn bytes(members: &Map<String, Value>, name: &str) -> Result<Vec<u8>, Code> {
    let text = word(members.get(name).ok_or(Code::MalformedKey)?)?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Code::MalformedKey)
}

fn word(value: &Value) -> Result<&str, Code> {
    value.as_str().ok_or(Code::MalformedKey)
}

/// Of a number without leading zeros.
fn bits(number: &[u8]) -> usize {
    let zeros = number.first().map_or(0, |first| first.leading_zeros() as usize);
    number.len() * 8 - zeros
}

#[cfg(test)]
mod tests;
