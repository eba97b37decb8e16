//! One custom scheme, one vendor (RFC 8252 §7.1, §8.6), so that a phone opens the app that members trust.

use model::{form::Code, id::OrganizationId, redirect_uri::RedirectUri};
use store::{Ctx, sql};

use crate::error::{Error, Result};

/// Takes the scheme of the redirect URI for the organization. It is refused if another organization's app has it.
pub(crate) async fn claim(ctx: &mut Ctx, organization: &OrganizationId, uri: &RedirectUri) -> Result<()> {
    let Some(scheme) = uri.custom_scheme() else { return Ok(()) };
    // As with names, the update only makes the statement return the row if it is ours.
    let ours: Option<(OrganizationId,)> =
        sql("INSERT INTO application_scheme (scheme, organization_id) VALUES ($1, $2)
         ON CONFLICT (scheme) DO UPDATE SET scheme = excluded.scheme
             WHERE application_scheme.organization_id = excluded.organization_id
         RETURNING organization_id")
        .bind(scheme)
        .bind(organization)
        .fetch_optional(&mut ctx.tx)
        .await?;
    if ours.is_some() { Ok(()) } else { Err(Error::field("redirect_uri", Code::SchemeTaken)) }
}

/// Gives back a scheme that the organization's apps no longer use.
pub(crate) async fn release(ctx: &mut Ctx, organization: &OrganizationId, uri: &RedirectUri) -> Result<()> {
    let Some(scheme) = uri.custom_scheme() else { return Ok(()) };
    sql("DELETE FROM application_scheme WHERE scheme = $1 AND organization_id = $2 AND NOT EXISTS
             (SELECT 1 FROM application a WHERE a.organization_id = $2 AND a.standing <> 'deleted'
                 AND a.redirect_uri LIKE $1 || ':%')")
    .bind(scheme)
    .bind(organization)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}
