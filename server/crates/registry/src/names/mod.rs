//! Names that members can confuse: with another vendor's app, a blocked one, or the plan itself.

pub mod concerns;
mod look;
mod resemblance;
mod reserved;
mod scheme;
mod tokens;

pub(crate) use resemblance::{OrganizationName, numbers_resemble};
pub use reserved::Reserved;
pub(crate) use scheme::{claim as claim_scheme, release as release_scheme};

use model::{
    application_form::ApplicationDraft, form::Code, id::OrganizationId, redirect_uri::RedirectUri, text::Name,
};
use store::{Ctx, sql};

use crate::{
    Registry,
    error::{Error, Result},
};

/// Refuses names that are reserved for programs, payers, the operator and the product: in every environment.
pub(crate) fn check_reserved(registry: &Registry, fields: &[(&'static str, &Name)]) -> Result<()> {
    let reserved = Reserved::of(&registry.programs);
    match fields.iter().find(|(_, name)| reserved.covers(name.as_str())) {
        Some((field, _)) => Err(Error::field(field, Code::Reserved)),
        None => Ok(()),
    }
}

/// Refuses a name that looks like the name of another organization's live production app.
pub(crate) async fn check(ctx: &mut Ctx, organization: &OrganizationId, name: &Name) -> Result<()> {
    let mut select = sql("SELECT skeleton FROM application_name WHERE organization_id <> ");
    select.push_bind(organization).push(" AND skeleton IN (");
    for (place, skeleton) in name.skeletons().into_iter().enumerate() {
        select.push(if place == 0 { "" } else { ", " }).push_bind(skeleton);
    }
    select.push(")");
    let taken: Option<(String,)> = select.fetch_optional(&mut ctx.tx).await?;
    if taken.is_some() { Err(Error::field("name", Code::LookAlike)) } else { Ok(()) }
}

/// Takes the name, with every reading of its signs, for the organization, which keeps it. It is refused if another
/// organization has it. The readings are taken in order, so that two transactions never wait for each other.
pub(crate) async fn claim(ctx: &mut Ctx, organization: &OrganizationId, name: &Name) -> Result<()> {
    for skeleton in name.skeletons() {
        // The update changes nothing. It only makes the statement return the row if it is ours.
        let ours: Option<(OrganizationId,)> =
            sql("INSERT INTO application_name (skeleton, organization_id) VALUES ($1, $2)
             ON CONFLICT (skeleton) DO UPDATE SET skeleton = excluded.skeleton
                 WHERE application_name.organization_id = excluded.organization_id
             RETURNING organization_id")
            .bind(skeleton)
            .bind(organization)
            .fetch_optional(&mut ctx.tx)
            .await?;
        if ours.is_none() {
            return Err(Error::field("name", Code::LookAlike));
        }
    }
    Ok(())
}

/// Refuses the name and the redirect URI of an app that is blocked, or whose organization is. This applies to every vendor,
/// because a blocked one can come back with another Healthcare ID. An edited app keeps what it already has.
pub(crate) async fn check_blocked(
    ctx: &mut Ctx,
    before: Option<&ApplicationDraft>,
    draft: &ApplicationDraft,
) -> Result<()> {
    let blocked: Vec<(String, String)> = sql("SELECT a.name, a.redirect_uri FROM application a
         JOIN organization o ON o.id = a.organization_id
         WHERE a.standing <> 'deleted' AND (a.blocked_at IS NOT NULL OR o.status IN ('suspended', 'revoked'))")
    .fetch_all(&mut ctx.tx)
    .await?;
    let place = draft.redirect_uri.place();
    let keeps_name = before.is_some_and(|before| resemblance::is_one_look(before.name.as_str(), draft.name.as_str()));
    let keeps_place = before.is_some_and(|before| before.redirect_uri.place() == place);
    for (name, redirect_uri) in blocked {
        if resemblance::is_one_look(&name, draft.name.as_str()) && !keeps_name {
            return Err(Error::field("name", Code::Blocked));
        }
        let other = RedirectUri::parse(&redirect_uri).ok().and_then(|uri| uri.place());
        if place.is_some() && other == place && !keeps_place {
            return Err(Error::field("redirect_uri", Code::Blocked));
        }
    }
    Ok(())
}
