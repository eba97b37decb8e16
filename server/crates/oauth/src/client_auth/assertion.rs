//! Client assertions: a JWT that the client signed for this one request (RFC 7523 §3, OpenID Connect Core §9
//! `private_key_jwt`, SMART App Launch 2.2 "Client Authentication: Asymmetric").

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, crypto::verify};
use model::{
    id::ClientId,
    jwk::{Jwk, JwkSet, PublicKey, SigningAlgorithm},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use store::{Ctx, digest::sha256, sql};

use crate::keys::Audience;

/// `client_assertion_type` (RFC 7523 §2.2).
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Longer than any that a client needs to write.
const LONGEST: usize = 8 * 1024;
/// Seconds for which an assertion may live, and for which clocks may differ.
const LIFETIME: f64 = 300.0;
const LEEWAY: f64 = 60.0;
/// How long we keep the id of an assertion that was used: as long as it could be used again, and a while longer for the clocks of
/// our other servers.
const KEPT: SignedDuration = SignedDuration::from_mins(10);

/// A well-formed assertion. Nothing in it is proven before [`Assertion::is_signed_by`].
pub(super) struct Assertion<'a> {
    /// Header and claims, as they were signed.
    message: &'a str,
    signature: &'a str,
    header: Header,
    claims: Claims,
}

/// RFC 7515 §4.1. What may name a key of the sender's own is refused; the rest is not needed.
#[derive(Deserialize)]
struct Header {
    /// Neither `none` nor an HMAC can be represented.
    alg: SigningAlgorithm,
    typ: Option<String>,
    kid: Option<String>,
    jku: Option<String>,
    jwk: Option<Value>,
    x5u: Option<Value>,
    x5c: Option<Value>,
    crit: Option<Value>,
}

/// RFC 7523 §3. Times are seconds since 1970 and may have fractions (RFC 7519 §2).
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: f64,
    nbf: Option<f64>,
    iat: Option<f64>,
    jti: String,
}

impl<'a> Assertion<'a> {
    /// Reads an assertion. `None` if it is not a JWT, is of another kind or of an algorithm that we do not offer, or is not about
    /// its own issuer.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        if LONGEST < text.len() {
            return None;
        }
        let (message, signature) = text.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let (header, claims): (Header, Claims) = (part(header)?, part(claims)?);
        let about_itself = claims.iss == claims.sub && !claims.sub.is_empty() && !claims.jti.is_empty();
        (header.is_plain() && about_itself).then_some(Self { message, signature, header, claims })
    }

    /// Who it says it comes from.
    pub(super) fn client(&self) -> ClientId {
        ClientId::new(self.claims.sub.as_str())
    }

    /// Whether its one audience is one of our names and it is valid now: not expired, not for later, and short-lived.
    pub(super) fn is_for(&self, audiences: &[String], now: Timestamp) -> bool {
        let Claims { aud, exp, nbf, iat, .. } = &self.claims;
        let now = now.as_millisecond() as f64 / 1000.0;
        let latest = now + LIFETIME + LEEWAY;
        aud.only().is_some_and(|only| audiences.iter().any(|audience| audience == only))
            && (now < *exp && *exp <= latest)
            && nbf.is_none_or(|nbf| nbf <= now + LEEWAY)
            && iat.is_none_or(|iat| iat <= now + LEEWAY && *exp - iat <= LIFETIME + LEEWAY)
    }

    /// Whether the address that it says its key is at, if any, is the one registered (SMART App Launch 2.2: `jku`).
    pub(super) fn names_only(&self, registered: Option<&str>) -> bool {
        self.header.jku.is_none() || self.header.jku.as_deref() == registered
    }

    /// The name of the key that it says it was signed with; empty without one.
    pub(super) fn kid(&self) -> &str {
        self.header.kid.as_deref().unwrap_or_default()
    }

    /// The key of the set that it says it was signed with.
    pub(super) fn key<'s>(&self, set: &'s JwkSet) -> Option<&'s Jwk> {
        set.find(self.header.kid.as_deref(), self.header.alg)
    }

    pub(super) fn is_signed_by(&self, key: &Jwk) -> bool {
        let decoding = match &key.key {
            PublicKey::Rsa { n, e } => DecodingKey::from_rsa_components(n, e),
            PublicKey::P256 { x, y } | PublicKey::P384 { x, y } => DecodingKey::from_ec_components(x, y),
        };
        let verified = decoding
            .and_then(|decoding| verify(self.signature, self.message.as_bytes(), &decoding, native(self.header.alg)));
        verified.unwrap_or(false)
    }

    /// Takes its id, once: of any number of uses, one gets `true`.
    pub(super) async fn consume(&self, ctx: &mut Ctx) -> store::Result<bool> {
        // Whatever `exp` says, `is_for` took it within this time.
        let expires_at = ctx.now + KEPT;
        let taken = sql("INSERT INTO client_assertion (client_id, jti_hash, expires_at) VALUES ($1, $2, $3) \
             ON CONFLICT (client_id, jti_hash) DO NOTHING")
        .bind(&self.client())
        .bind(sha256(&self.claims.jti))
        .bind(expires_at)
        .execute(&mut ctx.tx)
        .await?;
        Ok(taken == 1)
    }
}

impl Header {
    /// A token of another kind that the client signed with the same key does not count as an assertion.
    fn is_plain(&self) -> bool {
        let typ = self.typ.as_deref().unwrap_or("JWT");
        let is_assertion = ["JWT", "client-authentication+jwt"].iter().any(|known| typ.eq_ignore_ascii_case(known));
        is_assertion && self.jwk.is_none() && self.x5u.is_none() && self.x5c.is_none() && self.crit.is_none()
    }
}

fn part<T: DeserializeOwned>(encoded: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
}

fn native(algorithm: SigningAlgorithm) -> Algorithm {
    match algorithm {
        SigningAlgorithm::Rs256 => Algorithm::RS256,
        SigningAlgorithm::Rs384 => Algorithm::RS384,
        SigningAlgorithm::Es256 => Algorithm::ES256,
        SigningAlgorithm::Es384 => Algorithm::ES384,
    }
}
