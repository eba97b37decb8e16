//! `POST {authz}/oauth/revoke` (RFC 7009): 200 with an empty body, whether or not the token existed.

use axum::response::{IntoResponse, Response};
use oauth::{client::Client, endpoint::Endpoint, error::Result, revocation};

use super::{
    call::Call,
    error::{Failed, NO_STORE},
};

pub async fn revoke(call: Call) -> Response {
    let client = match call.authenticate(Endpoint::Revocation).await {
        Ok(client) => client,
        Err(failed) => return failed.into_response(),
    };
    match answer(&call, &client).await {
        Ok(()) => NO_STORE.into_response(),
        Err(error) => Failed::new(&error, call.used_header()).into_response(),
    }
}

async fn answer(call: &Call, client: &Client) -> Result<()> {
    let services = &call.state.services;
    let site = &services.identity.site;
    revocation::revoke(&services.store, &services.keys, site, client, &call.parameters).await
}
