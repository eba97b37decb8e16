//! The id_token, checked completely (OpenID Connect Core §3.1.3.7): nothing of it is believed before.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, errors::ErrorKind};
use serde::Deserialize;
use serde_json::{Map, Value};
use store::digest::{Sha2, left_half};

use crate::{fault::IdTokenFault, keys::KeySet};

/// How far the provider's clock may be off.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);
/// Core §2.
const LONGEST_SUBJECT: usize = 255;

/// What must stand in it.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    /// `id_token_signing_alg_values_supported`; none: whatever verifies.
    pub algorithms: &'a [String],
    pub access_token: Option<&'a str>,
    pub began_at: Timestamp,
    /// An older authentication does not count.
    pub signed_in_since: Option<Timestamp>,
    /// Whether an app wants to know so: `auth_time` must be there.
    pub for_app: bool,
    pub now: Timestamp,
}

/// What it says.
#[derive(Debug)]
pub struct IdToken {
    pub subject: String,
    /// When the member proved who they are: `auth_time` as far as it is given, never before what was asked for and never
    /// to come.
    pub authenticated_at: Timestamp,
    /// Every claim, for the payer's claim map.
    pub claims: Map<String, Value>,
}

#[derive(Deserialize)]
struct Claims {
    #[expect(dead_code, reason = "read to be one text: `jsonwebtoken` also takes a list in which the provider is")]
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: Seconds,
    iat: Seconds,
    nbf: Option<Seconds>,
    /// Read where it is needed: many a provider writes it wrongly, and most sign-ins do not need it.
    auth_time: Option<Value>,
    nonce: Option<String>,
    at_hash: Option<String>,
}

/// RFC 7519 §4.1.3: one or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// A NumericDate (RFC 7519 §2), which may have a fraction.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "f64")]
struct Seconds(Timestamp);

impl TryFrom<f64> for Seconds {
    type Error = jiff::Error;

    fn try_from(seconds: f64) -> Result<Self, jiff::Error> {
        // Saturates, and what is not a time is refused.
        Timestamp::from_second(seconds.floor() as i64).map(Self)
    }
}

/// The header, if it names an algorithm that a public key verifies and nothing that we would have to understand.
pub fn header(token: &str, announced: &[String]) -> Result<Header, IdTokenFault> {
    // An algorithm unknown to the library, `none` among them, does not parse as a header.
    let header = jsonwebtoken::decode_header(token).map_err(|_| IdTokenFault::Algorithm)?;
    let is_announced = announced.is_empty() || announced.iter().any(|name| *name == format!("{:?}", header.alg));
    if hash(header.alg).is_none() || !is_announced {
        return Err(IdTokenFault::Algorithm);
    }
    if header.crit.is_some() { Err(IdTokenFault::Malformed) } else { Ok(header) }
}

/// Checks the token against the keys. [`IdTokenFault::UnknownKey`] may mean that the keys are too old.
pub fn verify(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<IdToken, IdTokenFault> {
    let header = header(token, expected.algorithms)?;
    let candidates = keys.candidates(&header);
    if candidates.is_empty() {
        return Err(IdTokenFault::UnknownKey);
    }
    let all = decode(token, &candidates, &validation(header.alg, expected))?;
    let claims: Claims = serde_json::from_value(Value::Object(all.clone())).map_err(|_| IdTokenFault::Malformed)?;
    check_parties(&claims, expected)?;
    check_times(&claims, expected)?;
    check_bindings(&claims, header.alg, expected)?;
    let authenticated_at = authenticated_at(&claims, expected)?;
    Ok(IdToken { subject: claims.sub, authenticated_at, claims: all })
}

/// What the library checks: signature, issuer, that we are an audience, that the claims which it knows are there. Not the
/// times, because it reads the system's clock.
fn validation(algorithm: Algorithm, expected: &Expected<'_>) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["iss", "sub", "aud"]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

/// The claims, by the first key that has signed them.
fn decode(token: &str, keys: &[DecodingKey], validation: &Validation) -> Result<Map<String, Value>, IdTokenFault> {
    for key in keys {
        let error = match jsonwebtoken::decode(token, key, validation) {
            Ok(decoded) => return Ok(decoded.claims),
            Err(error) => error,
        };
        // The library reads no claim before the signature fits.
        match error.kind() {
            ErrorKind::InvalidIssuer => return Err(IdTokenFault::Issuer),
            ErrorKind::InvalidAudience => return Err(IdTokenFault::Audience),
            ErrorKind::MissingRequiredClaim(_) => return Err(IdTokenFault::Malformed),
            _ => {}
        }
    }
    Err(IdTokenFault::Signature)
}

fn check_parties(claims: &Claims, expected: &Expected<'_>) -> Result<(), IdTokenFault> {
    // Rule 3 also refuses audiences that we do not trust; we trust none beside us. To the library one of several is enough.
    let is_us = match &claims.aud {
        Audience::One(one) => one == expected.client_id,
        Audience::Several(several) => !several.is_empty() && several.iter().all(|one| one == expected.client_id),
    };
    if !is_us {
        return Err(IdTokenFault::Audience);
    }
    if claims.azp.as_ref().is_some_and(|azp| azp != expected.client_id) {
        return Err(IdTokenFault::AuthorizedParty);
    }
    let subject = &claims.sub;
    let plain = !subject.is_empty() && subject.len() <= LONGEST_SUBJECT && !subject.contains(char::is_control);
    if plain { Ok(()) } else { Err(IdTokenFault::Subject) }
}

fn check_times(claims: &Claims, expected: &Expected<'_>) -> Result<(), IdTokenFault> {
    let now = expected.now;
    if claims.exp.0 + LEEWAY <= now {
        return Err(IdTokenFault::Expired);
    }
    if claims.nbf.is_some_and(|nbf| now + LEEWAY < nbf.0) {
        return Err(IdTokenFault::NotBefore);
    }
    let issued = claims.iat.0;
    if issued + LEEWAY < expected.began_at || now + LEEWAY < issued {
        return Err(IdTokenFault::IssuedAt);
    }
    Ok(())
}

fn check_bindings(claims: &Claims, algorithm: Algorithm, expected: &Expected<'_>) -> Result<(), IdTokenFault> {
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(IdTokenFault::Nonce);
    }
    let Some(at_hash) = &claims.at_hash else { return Ok(()) };
    let fits =
        hash(algorithm).zip(expected.access_token).is_some_and(|(hash, token)| left_half(hash, token) == *at_hash);
    if fits { Ok(()) } else { Err(IdTokenFault::AccessTokenHash) }
}

/// Core §2: `auth_time` is required where `max_age` was asked for, which we always do. A provider that does not say, or
/// not as a NumericDate, counts as having asked just now, unless an app wants to know.
fn authenticated_at(claims: &Claims, expected: &Expected<'_>) -> Result<Timestamp, IdTokenFault> {
    let told = claims.auth_time.as_ref().and_then(|told| Seconds::deserialize(told).ok());
    match (told, expected.signed_in_since) {
        (None, Some(_)) if expected.for_app => Err(IdTokenFault::AuthTime),
        (Some(at), _) if expected.now + LEEWAY < at.0 => Err(IdTokenFault::AuthTime),
        (Some(at), Some(since)) if at.0 + LEEWAY < since => Err(IdTokenFault::AuthTime),
        // Within the leeway it is the clocks that differ.
        (at, since) => Ok(at.map_or(expected.now, |at| at.0).max(since.unwrap_or(Timestamp::MIN)).min(expected.now)),
    }
}

/// The digest of an algorithm with a public key (RFC 7518 §3.1, RFC 8037 §3.1); `None` for any other.
fn hash(algorithm: Algorithm) -> Option<Sha2> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    match algorithm {
        RS256 | PS256 | ES256 => Some(Sha2::Sha256),
        RS384 | PS384 | ES384 => Some(Sha2::Sha384),
        RS512 | PS512 | EdDSA => Some(Sha2::Sha512),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, encode};
    use serde_json::json;

    use super::*;

    const EXPECTED: Expected<'_> = Expected {
        issuer: "https://op.example",
        client_id: "us",
        nonce: "nonce",
        algorithms: &[],
        access_token: None,
        began_at: Timestamp::UNIX_EPOCH,
        signed_in_since: None,
        for_app: false,
        now: Timestamp::UNIX_EPOCH,
    };

    /// What the library says of these claims, rightly signed, and what we say after it.
    fn check(claims: &Value, library: Result<(), IdTokenFault>, then: Result<(), IdTokenFault>) {
        let token = encode(&Header::default(), claims, &EncodingKey::from_secret(b"secret")).unwrap();
        let keys = [b"another".as_slice(), b"secret"].map(DecodingKey::from_secret);
        let decoded = decode(&token, &keys, &validation(Algorithm::HS256, &EXPECTED));
        assert_eq!(decoded.as_ref().map(|_| ()).map_err(|fault| *fault), library, "{claims}");
        let read = decoded.and_then(|all| {
            let read: Claims = serde_json::from_value(Value::Object(all)).map_err(|_| IdTokenFault::Malformed)?;
            check_parties(&read, &EXPECTED)?;
            check_times(&read, &EXPECTED)
        });
        assert_eq!(read, then, "{claims}");
    }

    /// Why parties and times are checked once more: the library takes any issuer and any audience of several, and would take
    /// its own clock.
    #[test]
    fn the_library_checks_issuer_and_audience_and_we_what_it_lets_pass() {
        let right = json!({ "iss": "https://op.example", "aud": "us", "sub": "s", "exp": 60, "iat": 0 });
        let with = |name: &str, value: Value| {
            let mut claims = right.clone();
            claims[name] = value;
            claims
        };
        check(&right, Ok(()), Ok(()));
        check(&with("aud", json!(["us", "us"])), Ok(()), Ok(()));
        for (name, value, fault) in [
            ("iss", json!("https://op.example/"), IdTokenFault::Issuer),
            ("iss", json!(null), IdTokenFault::Malformed),
            ("iss", json!(7), IdTokenFault::Malformed),
            ("aud", json!("them"), IdTokenFault::Audience),
            ("aud", json!([]), IdTokenFault::Audience),
            ("aud", json!(null), IdTokenFault::Malformed),
            ("sub", json!(null), IdTokenFault::Malformed),
        ] {
            check(&with(name, value), Err(fault), Err(fault));
        }
        for (name, value, fault) in [
            ("iss", json!(["https://op.example", "https://evil.example"]), IdTokenFault::Malformed),
            ("aud", json!(["us", "them"]), IdTokenFault::Audience),
            ("exp", json!(-60), IdTokenFault::Expired),
            ("nbf", json!(61), IdTokenFault::NotBefore),
        ] {
            check(&with(name, value), Ok(()), Err(fault));
        }
    }
}
