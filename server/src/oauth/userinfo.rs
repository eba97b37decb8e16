//! `GET` or `POST {authz}/oauth/userinfo` (OpenID Connect Core §5.3), for tokens with `openid`.

use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use oauth::{access, id_token};

use super::{bearer, call::Server, cors, error::NO_STORE};

pub async fn userinfo(server: Server, headers: HeaderMap) -> Response {
    match answer(&server, &headers).await {
        Ok(info) => (cors::ANYBODY, NO_STORE, Json(info)).into_response(),
        Err(refused) => (cors::ANYBODY, refused.into_plain_response()).into_response(),
    }
}

async fn answer(server: &Server, headers: &HeaderMap) -> Result<id_token::UserInfo, bearer::Refused> {
    let services = &server.state.services;
    let token = bearer::token(headers)?;
    let mut ctx = services.store.read().await.map_err(access::Denied::Store)?;
    let access = access::check(&mut ctx, &services.keys, &services.bases, &server.surface, token).await?;
    let info = id_token::user_info(&mut ctx, &access, &services.bases, &server.surface).await;
    let info = info.map_err(access::Denied::Store)?;
    info.ok_or_else(|| bearer::Refused::Scope("openid".to_owned()))
}
