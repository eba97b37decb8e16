//! Ends everything that members allowed an app, when the app is deleted or revoked for good.

use std::error::Error;

use mail::site::Site;
use model::id::ApplicationId;
use registry::applications::Ending;
use store::{Ctx, sql};

use super::{COLUMNS, EndedBy, Grant, end};
use crate::notices;

/// Ends the grants of a deleted app, and mails its members.
#[derive(Debug)]
pub struct Grants<'a> {
    /// Where the links of the mail lead.
    pub site: &'a Site,
}

/// Ends the grants of an app that an administrator revokes for good, and mails its members.
#[derive(Debug)]
pub struct Revoked<'a> {
    /// Where the links of the mail lead.
    pub site: &'a Site,
}

impl Ending for Grants<'_> {
    async fn ended(&self, ctx: &mut Ctx, application: &ApplicationId) -> Result<(), Box<dyn Error + Send + Sync>> {
        end_all(ctx, self.site, application, EndedBy::Vendor).await
    }
}

impl Ending for Revoked<'_> {
    async fn ended(&self, ctx: &mut Ctx, application: &ApplicationId) -> Result<(), Box<dyn Error + Send + Sync>> {
        end_all(ctx, self.site, application, EndedBy::Administrator).await
    }
}

async fn end_all(
    ctx: &mut Ctx,
    site: &Site,
    application: &ApplicationId,
    by: EndedBy,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(" FROM access_grant g WHERE g.ended_at IS NULL AND g.application_id = ");
    select.push_bind(application).push(" ORDER BY g.id");
    let grants: Vec<Grant> = select.fetch_all(&mut ctx.tx).await?;
    for grant in grants {
        // A grant that has expired has already ended, so its member gets no mail again.
        if grant.is_live(ctx.now) && end(ctx, &grant.id, by).await? {
            notices::app_ended(ctx, site, &grant, by).await?;
        }
    }
    Ok(())
}
