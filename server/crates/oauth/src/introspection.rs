//! What a token is worth (RFC 7662), for the client that it was issued to.

use jiff::Timestamp;
use model::{
    id::{ClientId, GrantId, PatientId},
    scope::{Scope, Scopes},
};
use programs::program::Program;
use serde::Serialize;
use store::{Ctx, Store};

use crate::{
    access::{Checker, Denied},
    client::Client,
    dpop::Confirmation,
    error::{Code, Result},
    grants::Grant,
    keys::{AccessClaims, Audience},
    parameters::Parameters,
    token::required,
    tokens::{self, Issuer},
};

/// RFC 7662 §2.2. For a token that is not active, the answer says only that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Introspection {
    pub active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<Audience>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<PatientId>,
    /// What the member allowed, as notices name it ([`crate::app_notices`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// RFC 9449 §6.2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// Answers an authenticated client. A public client has not proved who it is.
pub async fn introspect(
    store: &Store,
    checker: &Checker,
    issuer: &Issuer<'_>,
    client: &Client,
    parameters: &Parameters,
) -> Result<Introspection> {
    if !client.is_confidential() {
        return Err(Code::InvalidClient.because("introspection needs a confidential client").into());
    }
    // `token_type_hint` would only change the order of our lookups (RFC 7662 §2.1).
    let token = required(parameters, "token")?;
    match issuer.keys.verify_access_token(store, token).await? {
        Some(claims) => access_token(checker, issuer, client, token, &claims).await,
        None => refresh_token(&mut store.read().await?, issuer, client, token).await,
    }
}

async fn access_token(
    checker: &Checker,
    issuer: &Issuer<'_>,
    client: &Client,
    token: &str,
    claims: &AccessClaims,
) -> Result<Introspection> {
    let access = match checker.check(issuer.surface, token).await {
        Ok(access) if access.client == client.client_id && access.partition == client.partition => access,
        Err(Denied::Store(error)) => return Err(error.into()),
        _ => return Ok(Introspection::default()),
    };
    Ok(Introspection {
        active: true,
        patient: access.patient.filter(|_| access.scopes.iter().any(Scope::needs_patient)),
        grant_id: access.grant,
        scope: Some(access.scopes.to_string()),
        client_id: Some(access.client),
        token_type: Some(if claims.cnf.is_some() { "DPoP" } else { "Bearer" }),
        exp: Some(claims.exp),
        iat: Some(claims.iat),
        sub: Some(claims.sub.clone()),
        aud: Some(claims.aud.clone()),
        iss: Some(claims.iss.clone()),
        jti: Some(claims.jti.clone()),
        cnf: claims.cnf.clone(),
    })
}

async fn refresh_token(ctx: &mut Ctx, issuer: &Issuer<'_>, client: &Client, token: &str) -> Result<Introspection> {
    let Some((grant, scopes, issued_at)) = live_refresh(ctx, issuer.program, client, token).await? else {
        return Ok(Introspection::default());
    };
    Ok(Introspection {
        active: true,
        patient: grant.patient.filter(|_| scopes.iter().any(Scope::needs_patient)),
        grant_id: Some(grant.id),
        scope: Some(scopes.to_string()),
        client_id: Some(grant.client),
        exp: Some(grant.expires_at.as_second()),
        iat: Some(issued_at.as_second()),
        sub: Some(grant.account.as_str().to_owned()),
        iss: Some(issuer.surface.base().to_owned()),
        ..Introspection::default()
    })
}

async fn live_refresh(
    ctx: &mut Ctx,
    program: &Program,
    client: &Client,
    token: &str,
) -> Result<Option<(Grant, Scopes, Timestamp)>> {
    let Some(stored) = tokens::find_refresh(ctx, &client.partition, token).await? else { return Ok(None) };
    let grant = &stored.grant;
    let live = grant.client == client.client_id && grant.is_live(ctx.now) && stored.is_live(program, ctx.now);
    let scopes = stored.scopes().ok().filter(|_| live);
    Ok(scopes.map(|scopes| (stored.grant, scopes, stored.created_at)))
}
