//! `POST {authz}/oauth/introspect` (RFC 7662).

use axum::Json;
use oauth::{
    client::Client,
    endpoint::Endpoint,
    error::Result,
    introspection::{Introspection, introspect as ask},
};

use super::{
    call::Call,
    error::{Failed, NO_STORE},
};

pub async fn introspect(
    call: Call,
) -> Result<([(http::HeaderName, http::HeaderValue); 2], Json<Introspection>), Failed> {
    let client = call.authenticate(Endpoint::Introspection).await?;
    let answer = answer(&call, &client).await.map_err(|error| Failed::new(&error, call.used_header()))?;
    Ok((NO_STORE, Json(answer)))
}

async fn answer(call: &Call, client: &Client) -> Result<Introspection> {
    ask(&call.state.services.store, &call.state.tokens, &call.issuer(), client, &call.parameters).await
}
