//! An app gives a token back (RFC 7009). A refresh token takes its access tokens with it; the grant stays the member's.

use store::Store;

use crate::{client::Client, error::Result, keys::Keys, parameters::Parameters, token::required, tokens};

/// Ends the token if it is this client's; says the same if it is not (§2.2). An expired token may be given back too.
pub async fn revoke(store: &Store, keys: &Keys, client: &Client, parameters: &Parameters) -> Result<()> {
    let token = required(parameters, "token")?;
    let access = keys.verify_access_token(store, token).await?;
    let mut ctx = store.write().await?;
    if let Some(claims) = access {
        tokens::end_access(&mut ctx, &client.client_id, &client.partition, &claims.jti).await?;
    } else if let Some(family) = tokens::refresh_family(&mut ctx, &client.client_id, &client.partition, token).await? {
        tokens::end_family(&mut ctx, &family).await?;
    }
    Ok(ctx.commit().await?)
}
