//! `POST {authz}/oauth/token` (RFC 6749 §3.2).

use audit::security::Kind;
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use oauth::{
    client::Client,
    endpoint::Endpoint,
    error::{Error, Result},
    reason::Reason,
    token::{TokenResponse, exchange, is_for_client, issue_to_client},
};
use usage::endpoint::Named;

use super::{
    call::Call,
    error::{Failed, NO_STORE},
};
use crate::middleware::meter;

pub async fn token(call: Call) -> Response {
    let grant_type = call.parameters.get("grant_type").ok().flatten();
    meter::endpoint(Named::token(grant_type.unwrap_or_default()));
    let client = match call.authenticate(Endpoint::Token).await {
        Ok(client) => client,
        Err(failed) => return failed.into_response(),
    };
    match answer(&call, &client).await {
        Ok(token) => (NO_STORE, Json(token)).into_response(),
        Err(error) => {
            if let Some(kind) = theft(&error) {
                call.note(kind, Some(&client.client_id));
            }
            Failed::new(&error, call.used_header()).into_response()
        }
    }
}

/// Whether the presented code or token has been used before, so that someone has a copy of it.
fn theft(error: &Error) -> Option<Kind> {
    let Error::OAuth(error) = error else { return None };
    match Reason::of(&error.reason)? {
        Reason::CodeReused => Some(Kind::AuthorizationCodeReused),
        Reason::TokenReused | Reason::TokenRevoked => Some(Kind::RefreshTokenReused),
        _ => None,
    }
}

/// A refusal is saved too, because a refused replay ends tokens; a failure is not, so that no code is half used.
async fn answer(call: &Call, client: &Client) -> Result<TokenResponse> {
    let proof = call.proof(Endpoint::Token)?;
    if is_for_client(&call.parameters, proof.as_ref()) {
        return issue_to_client(&call.state.client_tokens, &call.issuer(), client, &call.parameters).await;
    }
    let mut ctx = call.state.services.store.write().await?;
    let answer = exchange(&mut ctx, &call.issuer(), client, &call.parameters, proof.as_ref()).await;
    if matches!(answer, Ok(_) | Err(Error::OAuth(_))) {
        ctx.commit().await?;
    }
    answer
}
