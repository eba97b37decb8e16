//! An app gives a token back (RFC 7009). A refresh token ends its access tokens too. The last refresh token of a grant ends the
//! grant (oauth.md D14), because the app has left.

use mail::site::Site;
use store::{Ctx, Store};

use crate::{
    client::Client,
    error::{Code, Error, Result},
    grants,
    keys::Keys,
    notices,
    parameters::Parameters,
    token::required,
    tokens,
};

/// Ends the token if it is this client's. The answer is the same if it is not (§2.2). An expired token may be given back too.
pub async fn revoke(store: &Store, keys: &Keys, site: &Site, client: &Client, parameters: &Parameters) -> Result<()> {
    let token = required(parameters, "token")?;
    let access = keys.verify_access_token(store, token).await?;
    let mut ctx = store.write().await?;
    match access {
        Some(claims) => tokens::end_access(&mut ctx, &client.client_id, &client.partition, &claims.jti).await?,
        None => end_refresh(&mut ctx, site, client, token).await?,
    }
    Ok(ctx.commit().await?)
}

async fn end_refresh(ctx: &mut Ctx, site: &Site, client: &Client, token: &str) -> Result<()> {
    let found = tokens::find_family(ctx, &client.client_id, &client.partition, token).await?;
    let Some((family, grant)) = found else { return Ok(()) };
    tokens::end_family(ctx, &family).await?;
    if let Some(grant) = grants::end_if_left(ctx, &grant).await? {
        notices::ended_by_app(ctx, site, &grant).await.map_err(|error| match error {
            identity::error::Error::Store(error) => Error::Store(error),
            // Looking up an account and writing to it cannot fail for another reason.
            _ => Code::ServerError.because("the fault is ours; it has been recorded").into(),
        })?;
    }
    Ok(())
}
