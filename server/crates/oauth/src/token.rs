//! The token endpoint's three grants (RFC 6749 §4.1.3, §4.4, §6).

use model::{
    id::PatientId,
    scope::{Scope, Scopes},
};
use serde::Serialize;
use store::Ctx;

use crate::{
    client::Client,
    codes::{self, Exchange},
    dpop::{self, Presented},
    error::{Code, Error, Result},
    grants::{self, Grant},
    id_token,
    parameters::Parameters,
    scope,
    tokens::{self, ClientTokens, Holder, Issuer},
};

/// RFC 6749 §5.1, SMART App Launch 2.2 §3.0.6, and the grant's end (oauth.md D9).
#[derive(Clone, Debug, Serialize)]
pub struct TokenResponse {
    pub access_token: String,
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    /// What was granted.
    pub scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<PatientId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
    /// RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_grant_expiration: Option<String>,
}

const CLIENT_CREDENTIALS: &str = "client_credentials";

/// Answers an authenticated client. With a proof of a key, its tokens are bound to that key (RFC 9449 §5).
///
/// Commit after `Ok` and after [`Error::OAuth`], because a refused replay ends tokens. Roll back after anything else, so that no
/// code is lost.
pub async fn exchange(
    ctx: &mut Ctx,
    issuer: &Issuer<'_>,
    client: &Client,
    parameters: &Parameters,
    proof: Option<&Presented<'_>>,
) -> Result<TokenResponse> {
    let key = match proof {
        Some(proof) => Some(dpop::take(ctx, proof).await?),
        None => None,
    };
    let holder = Holder { client, key };
    match required(parameters, "grant_type")? {
        "authorization_code" => authorization_code(ctx, issuer, &holder, parameters).await,
        "refresh_token" => refresh_token(ctx, issuer, &holder, parameters).await,
        CLIENT_CREDENTIALS => client_credentials(ctx, issuer, &holder, parameters).await,
        _ => Err(Code::UnsupportedGrantType
            .because("grant_type is one of authorization_code, refresh_token, client_credentials")
            .into()),
    }
}

/// Whether [`issue_to_client`] can answer the request in place of [`exchange`].
pub fn is_for_client(parameters: &Parameters, proof: Option<&Presented<'_>>) -> bool {
    proof.is_none() && optional(parameters, "grant_type").is_ok_and(|grant_type| grant_type == Some(CLIENT_CREDENTIALS))
}

/// Client credentials without a proof. This needs no transaction, because it writes one row only.
pub async fn issue_to_client(
    tokens: &ClientTokens,
    issuer: &Issuer<'_>,
    client: &Client,
    parameters: &Parameters,
) -> Result<TokenResponse> {
    let scopes = client_scopes(issuer, client, parameters)?;
    let holder = Holder { client, key: None };
    let access_token = tokens.issue(issuer, &holder, &scopes).await?;
    Ok(client_response(issuer, &holder, &scopes, access_token))
}

async fn authorization_code(
    ctx: &mut Ctx,
    issuer: &Issuer<'_>,
    holder: &Holder<'_>,
    parameters: &Parameters,
) -> Result<TokenResponse> {
    let exchange = Exchange {
        code: required(parameters, "code")?,
        redirect_uri: required(parameters, "redirect_uri")?,
        verifier: optional(parameters, "code_verifier")?,
        key: holder.key.as_ref(),
    };
    let redeemed = codes::redeem(ctx, holder.client, &exchange).await?;
    let grant = &redeemed.grant;
    let scopes = &redeemed.scopes;
    let mut response = respond(ctx, issuer, holder, grant, &redeemed.family, scopes).await?;
    if redeemed.offline {
        let refresh = tokens::issue_refresh(ctx, holder, grant, &redeemed.family, &redeemed.own).await?;
        response.refresh_token = Some(refresh);
    }
    if scopes.contains(&Scope::OpenId) {
        let nonce = redeemed.nonce.as_deref();
        let claims = id_token::claims(ctx.now, issuer, grant, scopes, &response.access_token, nonce);
        response.id_token = Some(issuer.keys.sign_id_token(ctx.now, &claims)?);
    }
    Ok(response)
}

async fn refresh_token(
    ctx: &mut Ctx,
    issuer: &Issuer<'_>,
    holder: &Holder<'_>,
    parameters: &Parameters,
) -> Result<TokenResponse> {
    let token = required(parameters, "refresh_token")?;
    let refreshed = tokens::take_refresh(ctx, issuer.program, holder, token).await?;
    let grant = &refreshed.grant;
    // Compared with what the token was issued for, because an app may still ask for what the member has taken back since.
    let scopes = grant.within(&scope::narrowed(issuer.program, &refreshed.own, optional(parameters, "scope")?)?)?;
    let mut response = respond(ctx, issuer, holder, grant, &refreshed.family, &scopes).await?;
    if tokens::rotates(issuer.program, holder.client) {
        // With the scopes of the old token, because narrowing applies to the access token only (RFC 6749 §6).
        let next = tokens::issue_refresh(ctx, holder, grant, &refreshed.family, &refreshed.own).await?;
        tokens::mark_replaced(ctx, token).await?;
        response.refresh_token = Some(next);
    }
    if scopes.contains(&Scope::OpenId) {
        let claims = id_token::claims(ctx.now, issuer, grant, &scopes, &response.access_token, None);
        response.id_token = Some(issuer.keys.sign_id_token(ctx.now, &claims)?);
    }
    Ok(response)
}

async fn client_credentials(
    ctx: &mut Ctx,
    issuer: &Issuer<'_>,
    holder: &Holder<'_>,
    parameters: &Parameters,
) -> Result<TokenResponse> {
    let scopes = client_scopes(issuer, holder.client, parameters)?;
    let access_token = tokens::issue_access(ctx, issuer, holder, None, &scopes).await?;
    Ok(client_response(issuer, holder, &scopes, access_token))
}

fn client_scopes(issuer: &Issuer<'_>, client: &Client, parameters: &Parameters) -> Result<Scopes> {
    if !client.is_confidential() {
        return Err(Code::UnauthorizedClient.because("client_credentials needs a confidential client").into());
    }
    Ok(scope::for_client(issuer.program, client, optional(parameters, "scope")?)?)
}

fn client_response(issuer: &Issuer<'_>, holder: &Holder<'_>, scopes: &Scopes, access_token: String) -> TokenResponse {
    TokenResponse {
        access_token,
        token_type: holder.token_type(),
        expires_in: issuer.program.lifetimes.access_token.as_secs(),
        scope: scopes.to_string(),
        patient: None,
        refresh_token: None,
        id_token: None,
        access_grant_expiration: None,
    }
}

/// An access token for a member's grant.
async fn respond(
    ctx: &mut Ctx,
    issuer: &Issuer<'_>,
    holder: &Holder<'_>,
    grant: &Grant,
    family: &str,
    scopes: &Scopes,
) -> Result<TokenResponse> {
    let access_token = tokens::issue_access(ctx, issuer, holder, Some((grant, family)), scopes).await?;
    grants::touch(ctx, &grant.id).await?;
    let left = grant.expires_at.duration_since(ctx.now);
    Ok(TokenResponse {
        access_token,
        token_type: holder.token_type(),
        expires_in: issuer.program.lifetimes.access_token.min(left).as_secs(),
        scope: scopes.to_string(),
        patient: grant.patient.clone().filter(|_| scopes.iter().any(Scope::needs_patient)),
        refresh_token: None,
        id_token: None,
        access_grant_expiration: Some(grant.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
    })
}

pub(crate) fn required<'p>(parameters: &'p Parameters, name: &'static str) -> Result<&'p str> {
    optional(parameters, name)?.ok_or_else(|| Code::InvalidRequest.because(format!("`{name}` is required")).into())
}

pub(crate) fn optional<'p>(parameters: &'p Parameters, name: &'static str) -> Result<Option<&'p str>> {
    parameters.get(name).map_err(|error| Error::from(Code::InvalidRequest.because(error.to_string())))
}
