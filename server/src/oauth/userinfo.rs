//! `GET` or `POST {authz}/oauth/userinfo` (OpenID Connect Core §5.3), for tokens with `openid`. Any page that has the
//! token may read it.

use axum::{
    Json,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use oauth::{access, dpop, id_token};

use super::{bearer, call::Server, error::NO_STORE};
use crate::middleware::meter;

pub async fn userinfo(server: Server, parts: Parts) -> Response {
    match answer(&server, &parts).await {
        Ok(info) => (NO_STORE, Json(info)).into_response(),
        Err(refused) => refused.into_plain_response(),
    }
}

async fn answer(server: &Server, parts: &Parts) -> Result<id_token::UserInfo, bearer::Refused> {
    let services = &server.state.services;
    let (scheme, token) = bearer::presented(parts, &server.surface)?;
    let issued = server.state.tokens.find(&server.surface, token).await?;
    meter::client(issued.client(), Some(issued.environment()));
    let access = issued.check(services.store.now())?;
    let mut ctx = services.store.read().await.map_err(access::Denied::Store)?;
    let info = id_token::user_info(&mut ctx, &access, &services.bases, &server.surface).await;
    let info = info.map_err(access::Denied::Store)?;
    // A proof is recorded in its own transaction; two connections at once could wait for each other.
    drop(ctx);
    dpop::check_use(&services.store, &access, token, scheme).await?;
    info.ok_or_else(|| bearer::Refused::Scope("openid".to_owned()))
}
