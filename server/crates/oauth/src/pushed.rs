//! Pushed authorization requests (RFC 9126): the app sends its request from server to server, authenticated, and the browser
//! carries only a reference to it.
//!
//! A reference is good for one browser (§4): the first that brings it. The same browser may bring it again while it lasts, because
//! browsers send a GET twice if they lost the answer, or look ahead.

use model::partition::Environment;
use programs::surface::Surface;
use serde::Serialize;
use store::{Ctx, Row, digest::sha256, sql};

use crate::{
    authorize::{self, Entrance, Mistake, Refusal},
    client::Client,
    dpop::{self, Presented, Thumbprint},
    error::{Code, OAuthError, Result},
    parameters::Parameters,
};

/// RFC 9126 §2.2.
#[derive(Clone, Debug, Serialize)]
pub struct Pushed {
    pub request_uri: String,
    /// Seconds.
    pub expires_in: i64,
}

/// A request that was pushed.
pub(crate) struct Stored {
    pub reference_hash: String,
    pub parameters: Parameters,
    environment: Environment,
    client: String,
}

/// The prefix of every reference (§2.2).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// The parameters that authenticate the client are not part of its request.
const CREDENTIALS: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];

/// Stores what an authenticated client asks for, once it has passed the checks of an authorization request. With a proof of a
/// key, its code is bound to that key, as with `dpop_jkt` (RFC 9449 §10.1).
///
/// Commit after `Ok` and after [`crate::error::Error::OAuth`], because a proof was used up. Roll back after anything else.
pub async fn push(
    ctx: &mut Ctx,
    entrance: &Entrance<'_>,
    client: &Client,
    parameters: &Parameters,
    proof: Option<&Presented<'_>>,
) -> Result<Pushed> {
    if parameters.has("request_uri") {
        return Err(Code::InvalidRequest.because("`request_uri` cannot be pushed (RFC 9126)").into());
    }
    let mut parameters = parameters.without(&CREDENTIALS).with("client_id", client.client_id.as_str());
    if let Some(proof) = proof {
        parameters = bind(parameters, &dpop::take(ctx, proof).await?)?;
    }
    authorize::check_pushed(ctx, entrance, client, &parameters)?;
    let (reference, ttl) = (ctx.random_secret(), entrance.program.lifetimes.pushed_request);
    sql(
        "INSERT INTO pushed_request (reference_hash, program, environment, issuer, client_id, parameters, created_at, \
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(sha256(&reference))
    .bind(&client.partition.program)
    .bind(client.partition.environment)
    .bind(entrance.surface.base())
    .bind(&client.client_id)
    .bind(parameters.encoded())
    .bind(ctx.now)
    .bind(ctx.now + ttl)
    .execute(&mut ctx.tx)
    .await?;
    Ok(Pushed { request_uri: format!("{PREFIX}{reference}"), expires_in: ttl.as_secs() })
}

/// If the app sends both, the key of the header and the key of the parameter must be the same.
fn bind(parameters: Parameters, key: &Thumbprint) -> Result<Parameters, OAuthError> {
    match parameters.get("dpop_jkt").map_err(|error| Code::InvalidRequest.because(error.to_string()))? {
        Some(named) if named != key.as_str() => {
            Err(Code::InvalidRequest.because("`dpop_jkt` is not the key of the proof in the DPoP header"))
        }
        Some(_) => Ok(parameters),
        None => Ok(parameters.with("dpop_jkt", key.as_str())),
    }
}

/// The pushed request behind a reference, if the request has a reference of ours. Only the client that pushed it may use
/// it, at the authorization server that it pushed it to (§4).
pub(crate) async fn find(ctx: &mut Ctx, authz: &Surface, parameters: &Parameters) -> Result<Option<Stored>, Refusal> {
    let request_uri = parameters.get("request_uri").map_err(Mistake::from)?;
    let Some(reference) = request_uri.and_then(|uri| uri.strip_prefix(PREFIX)) else { return Ok(None) };
    let client = parameters.get("client_id").map_err(Mistake::from)?.ok_or(Mistake::ClientMissing)?;
    let query = sql("SELECT reference_hash, parameters, environment, client_id FROM pushed_request \
         WHERE reference_hash = $1 AND program = $2 AND issuer = $3 AND expires_at > $4");
    let query = query.bind(sha256(reference)).bind(&authz.program).bind(authz.base()).bind(ctx.now);
    let found: Option<Stored> = query.fetch_optional(&mut ctx.tx).await?;
    let own = |stored: &Stored| stored.client == client && authz.environments.contains(&stored.environment);
    Ok(Some(found.filter(own).ok_or(Mistake::ReferenceUnknown)?))
}

/// Whether the reference belongs to this browser. Of any number of browsers that bring it, one gets it.
pub(crate) async fn take(ctx: &mut Ctx, reference_hash: &str, browser_hash: &str) -> store::Result<bool> {
    let query = sql("UPDATE pushed_request SET browser_hash = $1 WHERE reference_hash = $2 AND expires_at > $3 \
         AND (browser_hash IS NULL OR browser_hash = $1)");
    Ok(query.bind(browser_hash).bind(reference_hash).bind(ctx.now).execute(&mut ctx.tx).await? == 1)
}

impl store::FromRow for Stored {
    fn from_row(row: &Row) -> store::Result<Self> {
        let parameters: String = row.get(1)?;
        Ok(Self {
            reference_hash: row.get(0)?,
            parameters: Parameters::parse(parameters.as_bytes()),
            environment: row.get(2)?,
            client: row.get(3)?,
        })
    }
}
