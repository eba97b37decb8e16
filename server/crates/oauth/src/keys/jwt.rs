//! Access tokens (RFC 9068) and id_tokens (OpenID Connect Core §2) as JWTs.

use std::sync::Arc;

use jiff::Timestamp;
use jsonwebtoken::{Header, Validation};
use serde::{Deserialize, Serialize};
use store::{Store, digest::sha256_bytes};

use super::{Algorithm, Error, Keys, Unusable};
use crate::dpop::Confirmation;

/// RFC 9068 §2.2. Times are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    pub iss: String,
    pub aud: Audience,
    pub sub: String,
    pub client_id: String,
    pub iat: i64,
    pub exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// Names the token's row.
    pub jti: String,
    pub scope: String,
    /// Of a token bound to a key (RFC 9449 §6.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// RFC 7519 §4.1.3: one audience or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Not an access token of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Untrusted {
    /// Malformed, of another type or algorithm, or the signature is not the key's.
    Forged,
    /// It names an unknown key: forged, retired, or made by another node a moment ago.
    UnknownKey,
}

impl Audience {
    pub fn contains(&self, wanted: &str) -> bool {
        match self {
            Self::One(one) => one == wanted,
            Self::Several(several) => several.iter().any(|one| one == wanted),
        }
    }

    /// The audience, if there is only one.
    pub fn only(&self) -> Option<&str> {
        match self {
            Self::One(one) => Some(one),
            Self::Several(several) => match several.as_slice() {
                [one] => Some(one),
                _ => None,
            },
        }
    }
}

/// RFC 9068 §2.1.
const ACCESS_TOKEN: &str = "at+jwt";

/// RFC 8417 §2.3.
const SECURITY_EVENT: &str = "secevent+jwt";

/// Longer than any token that we issue.
const LONGEST: usize = 4096;

impl Keys {
    /// `now` decides which key signs.
    pub fn sign_access_token(&self, now: Timestamp, claims: &AccessClaims) -> Result<String, Unusable> {
        self.sign(now, Algorithm::Es256, ACCESS_TOKEN, claims)
    }

    /// `now` decides which key signs.
    pub fn sign_id_token(&self, now: Timestamp, claims: &impl Serialize) -> Result<String, Unusable> {
        self.sign(now, Algorithm::Rs256, "JWT", claims)
    }

    /// Signs a Security Event Token (RFC 8417). `now` decides which key signs.
    pub fn sign_event(&self, now: Timestamp, claims: &impl Serialize) -> Result<String, Unusable> {
        self.sign(now, Algorithm::Es256, SECURITY_EVENT, claims)
    }

    /// The claims of an access token that one of our keys signed, `None` for anything else. The caller checks times, issuer, and
    /// audience at every call. An unknown key may be another node's new one, so we read the table, but not often.
    pub async fn verify_access_token(&self, store: &Store, token: &str) -> store::Result<Option<Arc<AccessClaims>>> {
        match self.verify_known(token) {
            Err(Untrusted::UnknownKey) if self.may_ask(store.now()) => {
                match self.refresh(&mut store.read().await?).await {
                    Err(Error::Store(error)) => Err(error),
                    // A worker reads the table too, and says what is wrong with it.
                    Err(Error::Sealed(_) | Error::Unusable(_)) => Ok(None),
                    Ok(()) => Ok(self.verify_known(token).ok()),
                }
            }
            known => Ok(known.ok()),
        }
    }

    fn verify_known(&self, token: &str) -> Result<Arc<AccessClaims>, Untrusted> {
        if LONGEST < token.len() {
            return Err(Untrusted::Forged);
        }
        let key = sha256_bytes(token.as_bytes());
        if let Some(claims) = self.verified.get(&key) {
            return Ok(claims);
        }
        let claims = Arc::new(self.verify(token)?);
        self.verified.insert(key, claims.clone());
        Ok(claims)
    }

    fn verify(&self, token: &str) -> Result<AccessClaims, Untrusted> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Untrusted::Forged)?;
        if !is_plain(&header) {
            return Err(Untrusted::Forged);
        }
        let set = self.set();
        let pair = header.kid.as_deref().and_then(|id| set.find(id)).ok_or(Untrusted::UnknownKey)?;
        if pair.algorithm != Algorithm::Es256 {
            return Err(Untrusted::Forged);
        }
        let mut validation = Validation::new(jsonwebtoken::Algorithm::ES256);
        // The request has the clock, and issuer and audience depend on where it came in.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let verified = jsonwebtoken::decode(token, &pair.verify, &validation);
        verified.map(|token| token.claims).map_err(|_| Untrusted::Forged)
    }
}

/// Only headers that we write ourselves: no key or key address from the sender, no extension that must be understood, no token
/// within the token.
fn is_plain(header: &Header) -> bool {
    let Header { typ, alg, cty, jku, jwk, kid: _, x5u, x5c, x5t, x5t_s256, crit, enc, zip, url, nonce, extras } =
        header;
    typ.as_deref().is_some_and(|typ| typ.eq_ignore_ascii_case(ACCESS_TOKEN))
        && *alg == jsonwebtoken::Algorithm::ES256
        && cty.is_none()
        && jku.is_none()
        && jwk.is_none()
        && x5u.is_none()
        && x5c.is_none()
        && x5t.is_none()
        && x5t_s256.is_none()
        && crit.is_none()
        && enc.is_none()
        && zip.is_none()
        && url.is_none()
        && nonce.is_none()
        && extras.inner().is_empty()
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    use super::*;
    use crate::keys::pair::{Pair, fresh};

    fn claims() -> Value {
        json!({ "iss": "i", "aud": ["a", "b"], "sub": "s", "client_id": "c", "iat": 1, "exp": 2, "jti": "j", "scope": "" })
    }

    /// A header from someone who has our key, which should never happen. We refuse it nevertheless.
    fn signed(pair: &Pair, header: &Value) -> String {
        let message = [header, &claims()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = URL_SAFE_NO_PAD.encode(pair.signature(message.as_bytes()).unwrap());
        format!("{message}.{signature}")
    }

    #[test]
    fn only_our_own_kind_of_header_is_taken() {
        let pair = fresh(Algorithm::Es256).unwrap();
        let kid = pair.id.clone();
        let jwk = serde_json::to_value(&pair.public).unwrap();
        let keys = Keys::of(pair);
        let check = |header: Value, expect: bool| {
            let token = signed(keys.set().find(&kid).unwrap(), &header);
            assert_eq!(keys.verify_known(&token).is_ok(), expect, "{header}");
        };
        let plain = json!({ "typ": "at+jwt", "alg": "ES256", "kid": kid });
        check(plain.clone(), true);
        check(json!({ "typ": "AT+JWT", "alg": "ES256", "kid": kid }), true);
        for (name, value) in [
            ("typ", json!("JWT")),
            ("typ", json!("dpop+jwt")),
            ("typ", Value::Null),
            ("alg", json!("ES384")),
            ("alg", json!("HS256")),
            ("alg", json!("none")),
            ("kid", json!("../../etc/passwd")),
            ("kid", json!("' OR '1'='1")),
            ("kid", Value::Null),
            ("jku", json!("https://evil.example/jwks")),
            ("x5u", json!("https://evil.example/x5u")),
            ("x5c", json!(["MIIB"])),
            ("jwk", jwk.clone()),
            ("crit", json!(["exp"])),
            ("crit", json!([])),
            ("b64", json!(false)),
            ("cty", json!("JWT")),
            ("zip", json!("DEF")),
        ] {
            let mut header = plain.clone();
            header[name] = value;
            check(header, false);
        }
    }
}
