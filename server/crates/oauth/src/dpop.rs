//! Demonstrating Proof of Possession (RFC 9449): a token that is bound to a key is valid only with a fresh proof of that key, so
//! that a stolen token is worthless. It is optional for every client, and tokens that are not bound cost nothing extra.
//!
//! Proofs are single-use. We remember each one for as long as it could be used again.

mod address;
mod key;
mod proof;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::{Ctx, Store, sql};

use crate::{
    access::{Access, Denied},
    error::{Code, OAuthError},
    reason::Reason,
};

pub use key::Thumbprint;
pub use proof::Presented;

/// What proofs may be signed with, as discovery says it (RFC 9449 §5.1).
pub const ALGORITHMS: &[&str] = &["ES256", "ES384", "RS256"];

/// How far a proof's `iat` may be from our clock, before or after (RFC 9449 §11.1).
pub const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// The `cnf` of a bound token (RFC 9449 §6.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    pub jkt: Thumbprint,
}

/// How a token came to an API.
#[derive(Debug)]
pub enum Scheme<'a> {
    Bearer,
    Dpop(Result<Presented<'a>, Invalid>),
}

/// Why a proof is not accepted: `invalid_dpop_proof`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("a proof is required in a DPoP header")]
    Missing,
    #[error("more than one DPoP header was sent")]
    Repeated,
    #[error("the proof is not a JWT with the header and the claims of RFC 9449 section 4.2")]
    Malformed,
    #[error("typ must be dpop+jwt")]
    Type,
    #[error("alg must be one of ES256, ES384, RS256")]
    Algorithm,
    #[error("jwk must be a public key that fits alg")]
    Key,
    #[error("jwk holds a private key: make a new one")]
    PrivateKey,
    #[error("the signature is not that of jwk")]
    Signature,
    #[error("htm is not the method of this request")]
    Method,
    #[error("htu is not the address of this request")]
    Address,
    #[error("iat is more than 60 seconds away from this server's clock")]
    Time,
    #[error("ath is not the hash of this access token")]
    Token,
    #[error("jti was used before: make a new proof for each request")]
    Used,
}

/// A proof that we cannot accept, or a failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The key of a token request's proof, which is used up once this transaction is committed.
pub(crate) async fn take(ctx: &mut Ctx, presented: &Presented<'_>) -> Result<Thumbprint, Error> {
    let proof = proof::verify(presented, None, ctx.now)?;
    use_up(ctx, &proof).await?;
    Ok(proof.key)
}

/// Whether something that is bound to a key came with a proof of that key. What is not bound may come with any proof.
pub(crate) fn check_key(bound: Option<&Thumbprint>, proved: Option<&Thumbprint>) -> Result<(), OAuthError> {
    match bound {
        Some(key) if proved != Some(key) => {
            Err(Code::InvalidGrant.with(Reason::DpopKeyMismatch, "it is bound to a key; send a proof of that key"))
        }
        _ => Ok(()),
    }
}

/// Whether a token that [`crate::access::check`] accepted may be used the way it came (RFC 9449 §7): a bound token with a proof
/// of its key, any other as a bearer token, and neither like the other.
pub async fn check_use(store: &Store, access: &Access, token: &str, scheme: Scheme<'_>) -> Result<(), Denied> {
    let (key, presented) = match (&access.key, scheme) {
        (None, Scheme::Bearer) => return Ok(()),
        (None, Scheme::Dpop(_)) => return Err(Denied::NotBound),
        (Some(_), Scheme::Bearer) => return Err(Denied::Bound),
        (Some(key), Scheme::Dpop(presented)) => (key, presented?),
    };
    let proof = proof::verify(&presented, Some(token), store.now())?;
    if proof.key != *key {
        return Err(Denied::OtherKey);
    }
    let mut ctx = store.write().await?;
    use_up(&mut ctx, &proof).await?;
    Ok(ctx.commit().await?)
}

/// Of two uses of one proof, on any node, one succeeds.
async fn use_up(ctx: &mut Ctx, proof: &proof::Proof) -> Result<(), Error> {
    let fresh = sql("INSERT INTO dpop_proof (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
        .bind(&proof.hash)
        .bind(proof.expires_at)
        .execute(&mut ctx.tx)
        .await?;
    if fresh == 1 { Ok(()) } else { Err(Invalid::Used.into()) }
}
