//! Authorization codes (RFC 6749 §4.1.2): good for one exchange within a minute.

use jiff::{SignedDuration, Timestamp};
use model::id::GrantId;
use store::{Ctx, Row, sql};

use crate::{
    client::Client,
    digest::{same, sha256},
    dpop::{self, Thumbprint},
    error::{Code, Error, OAuthError, Result},
    grants::{self, Grant},
    pkce::Challenge,
    requests::Request,
    scope, tokens,
};

/// What the app brings to exchange.
pub struct Exchange<'a> {
    pub code: &'a str,
    pub redirect_uri: &'a str,
    pub verifier: Option<&'a str>,
    /// That it proved to have.
    pub key: Option<&'a Thumbprint>,
}

/// What a code stood for.
pub struct Redeemed {
    pub grant: Grant,
    /// Names the tokens that come of it, so that they can end together.
    pub family: String,
    pub nonce: Option<String>,
}

struct Stored {
    grant: GrantId,
    redirect_uri: String,
    nonce: Option<String>,
    challenge: Option<Challenge>,
    key: Option<Thumbprint>,
    expires_at: Timestamp,
    redeemed_at: Option<Timestamp>,
}

/// A code for a grant.
pub(crate) async fn issue(
    ctx: &mut Ctx,
    grant: &Grant,
    request: &Request,
    ttl: SignedDuration,
) -> store::Result<String> {
    let code = ctx.random_secret();
    sql("INSERT INTO authorization_code (hash, grant_id, redirect_uri, nonce, code_challenge, expires_at, dpop_jkt) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(sha256(&code))
    .bind(&grant.id)
    .bind(&request.redirect_uri)
    .bind(request.nonce.clone())
    .bind(request.code_challenge.clone())
    .bind(ctx.now + ttl)
    .bind(request.dpop_jkt.as_ref().map(Thumbprint::as_str))
    .execute(&mut ctx.tx)
    .await?;
    Ok(code)
}

/// Another code in place of the grant's, if that one was never used.
pub(crate) async fn replace(ctx: &mut Ctx, grant: &GrantId, ttl: SignedDuration) -> store::Result<Option<String>> {
    let code = ctx.random_secret();
    let replaced =
        sql("UPDATE authorization_code SET hash = $1, expires_at = $2 WHERE grant_id = $3 AND redeemed_at IS NULL")
            .bind(sha256(&code))
            .bind(ctx.now + ttl)
            .bind(grant)
            .execute(&mut ctx.tx)
            .await?;
    Ok((0 < replaced).then_some(code))
}

/// Exchanges a code, once. Whatever is wrong with the exchange leaves the code to its owner, except a second use: that
/// ends the tokens of the first (RFC 6749 §10.5), and this transaction must be committed then too.
pub async fn redeem(ctx: &mut Ctx, client: &Client, exchange: &Exchange<'_>) -> Result<Redeemed> {
    let family = sha256(exchange.code);
    let stored = find(ctx, &family).await?.ok_or_else(unknown)?;
    // Codes of other apps, programs and environments are unknown here.
    let grant = grants::find(ctx, &client.partition, &stored.grant).await?.ok_or_else(unknown)?;
    if grant.client != client.client_id {
        return Err(unknown().into());
    }
    check(&stored, exchange, ctx.now)?;
    grant.check(ctx.now)?;
    scope::check_usable(client, &grant.scopes)?;
    if !win(ctx, &family).await? {
        tokens::end_family(ctx, &family).await?;
        return Err(Code::InvalidGrant.because("code_reused: the tokens of its first use were ended").into());
    }
    Ok(Redeemed { grant, family, nonce: stored.nonce })
}

/// Of any number of exchanges at once, one.
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
        return Err(Code::InvalidGrant.because("code_expired: a code is good for a minute").into());
    }
    if !same(&stored.redirect_uri, exchange.redirect_uri) {
        return Err(Code::InvalidGrant.because("redirect_uri is not the one of the authorization request").into());
    }
    dpop::check_key(stored.key.as_ref(), exchange.key)?;
    check_verifier(stored.challenge.as_ref(), exchange.verifier).map_err(Error::from)
}

/// RFC 7636 §4.6; a verifier without a challenge is a downgrade (RFC 9700 §2.1.1).
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

async fn find(ctx: &mut Ctx, hash: &str) -> store::Result<Option<Stored>> {
    sql("SELECT grant_id, redirect_uri, nonce, code_challenge, expires_at, redeemed_at, dpop_jkt \
         FROM authorization_code WHERE hash = $1")
    .bind(hash)
    .fetch_optional(&mut ctx.tx)
    .await
}

impl store::FromRow for Stored {
    fn from_row(row: &Row) -> store::Result<Self> {
        let challenge: Option<String> = row.get(3)?;
        Ok(Self {
            grant: row.get(0)?,
            redirect_uri: row.get(1)?,
            nonce: row.get(2)?,
            challenge: challenge.map(Challenge::from_stored),
            expires_at: row.get(4)?,
            redeemed_at: row.get(5)?,
            key: row.get::<Option<String>>(6)?.map(Thumbprint::from_stored),
        })
    }
}
