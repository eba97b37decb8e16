//! One look-alike name, one organization: no app passes for another vendor's.

use model::{form::Code, id::OrganizationId, text::Name};
use store::{Ctx, sql};

use crate::error::{Error, Result};

/// Refuses a name that looks like that of another organization's live production app.
pub(crate) async fn check(ctx: &mut Ctx, organization: &OrganizationId, name: &Name) -> Result<()> {
    let taken: Option<(String,)> =
        sql("SELECT skeleton FROM application_name WHERE skeleton = $1 AND organization_id <> $2")
            .bind(name.skeleton())
            .bind(organization)
            .fetch_optional(&mut ctx.tx)
            .await?;
    if taken.is_some() { Err(Error::field("name", Code::LookAlike)) } else { Ok(()) }
}

/// Takes the name for the organization, which keeps it; refused where another organization has it.
pub(crate) async fn claim(ctx: &mut Ctx, organization: &OrganizationId, name: &Name) -> Result<()> {
    // The update changes nothing: it only makes the row come back where it is ours.
    let ours: Option<(OrganizationId,)> =
        sql("INSERT INTO application_name (skeleton, organization_id) VALUES ($1, $2)
         ON CONFLICT (skeleton) DO UPDATE SET skeleton = excluded.skeleton
             WHERE application_name.organization_id = excluded.organization_id
         RETURNING organization_id")
        .bind(name.skeleton())
        .bind(organization)
        .fetch_optional(&mut ctx.tx)
        .await?;
    if ours.is_some() { Ok(()) } else { Err(Error::field("name", Code::LookAlike)) }
}
