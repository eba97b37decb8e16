//! `POST {authz}/oauth/par` (RFC 9126 §2): 201 with a reference for the browser. Errors of the request go to the app,
//! never into a redirect. A `DPoP` header binds the code to its key (RFC 9449 §10.1).

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use oauth::{
    authorize::Entrance,
    client::Client,
    endpoint::Endpoint,
    error::{Error, Result},
    pushed::{self, Pushed},
};

use super::{
    call::Call,
    error::{Failed, NO_STORE},
};

pub async fn push(call: Call) -> Response {
    let client = match call.authenticate(Endpoint::PushedAuthorizationRequest).await {
        Ok(client) => client,
        Err(failed) => return failed.into_response(),
    };
    match answer(&call, &client).await {
        Ok(pushed) => (StatusCode::CREATED, NO_STORE, Json(pushed)).into_response(),
        Err(error) => Failed::new(&error, call.used_header()).into_response(),
    }
}

/// A refusal is saved too, because the proof was used up.
async fn answer(call: &Call, client: &Client) -> Result<Pushed> {
    let services = &call.state.services;
    let proof = call.proof(Endpoint::PushedAuthorizationRequest)?;
    let entrance = Entrance {
        program: &call.program,
        surface: &call.surface,
        bases: &services.bases,
        payer: None,
        signed_in: None,
    };
    let mut ctx = services.store.write().await?;
    let answer = pushed::push(&mut ctx, &entrance, client, &call.parameters, proof.as_ref()).await;
    if matches!(answer, Ok(_) | Err(Error::OAuth(_))) {
        ctx.commit().await?;
    }
    answer
}
