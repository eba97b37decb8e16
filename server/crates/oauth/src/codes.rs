//! Authorization codes (RFC 6749 §4.1.2): good for one exchange within a minute.

use jiff::{SignedDuration, Timestamp};
use model::{partition::Partition, scope::Scopes};
use store::{
    Ctx, Row,
    digest::{is_same, sha256},
    sql,
};

use crate::{
    client::Client,
    column,
    dpop::{self, Thumbprint},
    error::{Code, Error, OAuthError, Result},
    grants::{self, AFTER, Grant},
    pkce::Challenge,
    reason::Reason,
    requests::Request,
    scope, tokens,
};

/// What the app brings to exchange.
pub struct Exchange<'a> {
    pub code: &'a str,
    pub redirect_uri: &'a str,
    pub verifier: Option<&'a str>,
    /// The key that it proved to have.
    pub key: Option<&'a Thumbprint>,
}

/// What a code represented.
pub struct Redeemed {
    pub grant: Grant,
    /// Names the tokens that come from it, so that they can end together.
    pub family: String,
    pub nonce: Option<String>,
    /// What the consent gave. The grant may give less by now.
    pub own: Scopes,
    /// What of it the grant still gives.
    pub scopes: Scopes,
    /// Whether the exchange gives a refresh token.
    pub offline: bool,
}

struct Stored {
    grant: Grant,
    redirect_uri: String,
    nonce: Option<String>,
    challenge: Option<Challenge>,
    key: Option<Thumbprint>,
    expires_at: Timestamp,
    redeemed_at: Option<Timestamp>,
    /// Absent in codes from before a grant could be changed.
    scopes: Option<Scopes>,
    offline: bool,
}

/// A code for what this consent gave of a grant.
pub(crate) async fn issue(
    ctx: &mut Ctx,
    grant: &Grant,
    request: &Request,
    ttl: SignedDuration,
) -> store::Result<String> {
    let code = ctx.random_secret();
    sql("INSERT INTO authorization_code (hash, grant_id, redirect_uri, nonce, code_challenge, expires_at, dpop_jkt, \
         scope, offline, handle_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(sha256(&code))
    .bind(&grant.id)
    .bind(&request.redirect_uri)
    .bind(request.nonce.clone())
    .bind(request.code_challenge.clone())
    .bind(ctx.now + ttl)
    .bind(request.dpop_jkt.as_ref().map(Thumbprint::as_str))
    .bind(grant.scopes.to_string())
    .bind(grant.offline)
    .bind(&request.hash)
    .execute(&mut ctx.tx)
    .await?;
    Ok(code)
}

/// A new code in place of the one that answered this request, if that one was never used.
pub(crate) async fn replace(ctx: &mut Ctx, request: &Request, ttl: SignedDuration) -> store::Result<Option<String>> {
    let code = ctx.random_secret();
    let replaced =
        sql("UPDATE authorization_code SET hash = $1, expires_at = $2 WHERE handle_hash = $3 AND redeemed_at IS NULL")
            .bind(sha256(&code))
            .bind(ctx.now + ttl)
            .bind(&request.hash)
            .execute(&mut ctx.tx)
            .await?;
    Ok((0 < replaced).then_some(code))
}

/// Exchanges a code, once. If something is wrong with the exchange, the owner can still use the code. Only a second use ends the
/// tokens of the first (RFC 6749 §10.5), and the caller must commit this transaction then too.
pub async fn redeem(ctx: &mut Ctx, client: &Client, exchange: &Exchange<'_>) -> Result<Redeemed> {
    let family = sha256(exchange.code);
    // Codes of other apps, programs and environments are unknown here.
    let stored = find(ctx, &client.partition, &family).await?.ok_or_else(unknown)?;
    let grant = &stored.grant;
    if grant.client != client.client_id {
        return Err(unknown().into());
    }
    check(&stored, exchange, ctx.now)?;
    grant.check(ctx.now)?;
    let own = stored.scopes.clone().unwrap_or_else(|| grant.scopes.clone());
    let scopes = grant.within(&own)?;
    scope::check_usable(client, &scopes)?;
    if !win(ctx, &family).await? {
        tokens::end_family(ctx, &family).await?;
        return Err(Code::InvalidGrant.with(Reason::CodeReused, "the tokens of its first use were ended").into());
    }
    let offline = stored.offline && grant.offline;
    Ok(Redeemed { grant: stored.grant, family, nonce: stored.nonce, own, scopes, offline })
}

/// Of any number of exchanges at once, one succeeds.
async fn win(ctx: &mut Ctx, hash: &str) -> store::Result<bool> {
    let won = sql("UPDATE authorization_code SET redeemed_at = $1 WHERE hash = $2 AND redeemed_at IS NULL")
        .bind(ctx.now)
        .bind(hash)
        .execute(&mut ctx.tx)
        .await?;
    Ok(won == 1)
}

fn check(stored: &Stored, exchange: &Exchange<'_>, now: Timestamp) -> Result<()> {
    // A used code ends its tokens however late it comes back.
    if stored.redeemed_at.is_none() && stored.expires_at <= now {
        return Err(Code::InvalidGrant.with(Reason::CodeExpired, "a code is good for a minute").into());
    }
    if !is_same(&stored.redirect_uri, exchange.redirect_uri) {
        return Err(Code::InvalidGrant.because("redirect_uri is not the one of the authorization request").into());
    }
    dpop::check_key(stored.key.as_ref(), exchange.key)?;
    check_verifier(stored.challenge.as_ref(), exchange.verifier).map_err(Error::from)
}

/// RFC 7636 §4.6. A verifier without a challenge is a downgrade (RFC 9700 §2.1.1).
fn check_verifier(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if challenge.accepts(verifier) => Ok(()),
        (Some(_), Some(_)) => Err(Code::InvalidGrant.because("code_verifier does not fit the code_challenge")),
        (Some(_), None) => Err(Code::InvalidGrant.because("code_verifier is required: a code_challenge was sent")),
        (None, Some(_)) => Err(Code::InvalidGrant.because("code_verifier was sent without a code_challenge before")),
    }
}

fn unknown() -> OAuthError {
    Code::InvalidGrant.because("the code is unknown or not this client's")
}

async fn find(ctx: &mut Ctx, partition: &Partition, hash: &str) -> store::Result<Option<Stored>> {
    let rest = ", h.redirect_uri, h.nonce, h.code_challenge, h.expires_at, h.redeemed_at, h.dpop_jkt, h.scope, \
        h.offline \
        FROM authorization_code h JOIN access_grant g ON g.id = h.grant_id WHERE h.hash = ";
    grants::select(rest, hash.to_owned(), partition).fetch_optional(&mut ctx.tx).await
}

impl store::FromRow for Stored {
    fn from_row(row: &Row) -> store::Result<Self> {
        let challenge: Option<String> = row.get(AFTER + 2)?;
        Ok(Self {
            grant: Grant::from_row(row)?,
            redirect_uri: row.get(AFTER)?,
            nonce: row.get(AFTER + 1)?,
            challenge: challenge.map(Challenge::from_stored),
            expires_at: row.get(AFTER + 3)?,
            redeemed_at: row.get(AFTER + 4)?,
            key: row.get::<Option<String>>(AFTER + 5)?.map(Thumbprint::from_stored),
            scopes: column::scopes_optional(row, AFTER + 6)?,
            offline: row.get(AFTER + 7)?,
        })
    }
}
