//! An app gives a token back (RFC 7009). A refresh token takes its access tokens with it; the grant stays the member's.

use store::Ctx;

use crate::{client::Client, error::Result, keys::Keys, parameters::Parameters, token::required, tokens};

/// Ends the token if it is this client's; says the same if it is not (§2.2). An expired token may be given back too.
pub async fn revoke(ctx: &mut Ctx, keys: &Keys, client: &Client, parameters: &Parameters) -> Result<()> {
    let token = required(parameters, "token")?;
    if let Some(claims) = keys.verify_access_token(ctx, token).await? {
        tokens::end_access(ctx, &client.client_id, &client.partition, &claims.jti).await?;
    } else if let Some(family) = tokens::refresh_family(ctx, &client.client_id, &client.partition, token).await? {
        tokens::end_family(ctx, &family).await?;
    }
    Ok(())
}
