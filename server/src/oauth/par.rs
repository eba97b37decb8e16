//! `POST {authz}/oauth/par` (RFC 9126 §2): 201 with a reference for the browser; what is wrong with the request is told
//! here, to the app, and never by a redirect.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use oauth::{
    authorize::Entrance,
    client::Client,
    endpoint::Endpoint,
    error::Result,
    pushed::{self, Pushed},
};

use super::{
    call::Call,
    cors,
    error::{Failed, NO_STORE},
};

pub async fn push(call: Call) -> Response {
    let client = match call.authenticate(Endpoint::PushedAuthorizationRequest).await {
        Ok(client) => client,
        Err(failed) => return cors::unless_foreign(&call, None, failed.into_response()),
    };
    let response = match answer(&call, &client).await {
        Ok(pushed) => (StatusCode::CREATED, NO_STORE, Json(pushed)).into_response(),
        Err(error) => Failed::new(&error, call.used_header()).into_response(),
    };
    cors::unless_foreign(&call, Some(&client), response)
}

async fn answer(call: &Call, client: &Client) -> Result<Pushed> {
    let services = &call.state.services;
    let entrance = Entrance {
        program: &call.program,
        surface: &call.surface,
        bases: &services.bases,
        payer: None,
        signed_in: None,
    };
    let mut ctx = services.store.write().await?;
    let pushed = pushed::push(&mut ctx, &entrance, client, &call.parameters).await?;
    ctx.commit().await?;
    Ok(pushed)
}
