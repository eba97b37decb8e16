//! Organizations: registered by their owner and reviewed. What was approved stays live while a change of it is reviewed.

mod alike;
mod edit;
mod row;
mod search;

pub use alike::{Alike, alike};
pub(crate) use edit::settle;
pub use search::{count, search};

use jiff::Timestamp;
use mail::messages::{self, desk::Arrival};
use model::{
    history::Action,
    id::{AccountId, ApplicationId, OrganizationId, SubmissionId},
    organization::OrganizationStatus,
    organization_form::OrganizationDraft,
    team::{Act, TeamRole},
    text::Paragraph,
};
use store::{Ctx, sql};

use crate::{
    Registry,
    applications::Ending,
    error::{Error, Result},
    history::{self, Change},
    names,
    notices::{self, Notice},
    reviews::rounds::{self, Opened},
    subject::Subject,
    submissions,
    team::{self, Member},
    waiting::{self, WaitingEdit},
};

/// A vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    /// What its owner typed.
    pub registration: OrganizationDraft,
    pub status: OrganizationStatus,
    /// The version whose values it has.
    pub submission: Option<SubmissionId>,
    /// Goes into edit forms, and comes back with them.
    pub version: i64,
    pub terms_agreed_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Organization {
    pub fn name(&self) -> &str {
        self.registration.demographics.name.as_str()
    }
}

/// For administrators, and for members with their own organization's id.
pub async fn get(ctx: &mut Ctx, id: &OrganizationId) -> Result<Organization> {
    let mut query = sql(row::SELECT);
    query.push(" WHERE id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The organization that the account acts for and its role there, if it has one.
pub async fn for_account(ctx: &mut Ctx, account: &AccountId) -> Result<Option<(Organization, Member)>> {
    let Some(member) = team::find(ctx, account).await? else { return Ok(None) };
    Ok(Some((get(ctx, &member.organization).await?, member)))
}

/// An approved organization of the account, otherwise the one that it acts for.
pub async fn approved_first(ctx: &mut Ctx, account: &AccountId) -> Result<Option<Organization>> {
    let mut query = sql(row::SELECT);
    query.push(" WHERE id = (SELECT o.id FROM membership m JOIN organization o ON o.id = m.organization_id");
    query.push(" WHERE m.account_id = ").push_bind(account);
    query.push(" ORDER BY CASE o.status WHEN 'approved' THEN 0 ELSE 1 END, m.chosen DESC, o.id LIMIT 1)");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// Registers an organization with the account as its owner, which acts for it from now on, and opens its review.
/// [`Error::TooMany`] if the account belongs to as many as it may.
pub async fn register(
    ctx: &mut Ctx,
    registry: &Registry,
    account: &AccountId,
    draft: &OrganizationDraft,
) -> Result<Organization> {
    names::check_reserved(registry, &[("name", &draft.demographics.name)])?;
    let id = OrganizationId::new(ctx.random_id());
    row::insert(ctx, &id, OrganizationStatus::PendingReview, draft).await?;
    let subject = Subject::Organization(id.clone());
    let submission = submissions::add_organization(ctx, registry, &subject, account, draft).await?;
    row::name_submission(ctx, &id, &submission).await?;
    team::add(ctx, &id, account, TeamRole::Owner).await?;
    let member = Member { account: account.clone(), organization: id, role: TeamRole::Owner };
    submit(ctx, registry, &member, &submission, draft).await?;
    history::record(ctx, &subject, &Change::vendor(&member, Action::Registered).about(&submission)).await?;
    get(ctx, &member.organization).await
}

/// Changes a registration that is under review, and sends one that was denied or asked about back to review. The change of an
/// approved one [waits](waiting), and the approved values stay live. Owners only. [`Error::Stale`] if `version` is not the stored
/// one.
pub async fn resubmit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    version: i64,
    draft: &OrganizationDraft,
) -> Result<Organization> {
    member.require(Act::EditOrganization)?;
    names::check_reserved(registry, &[("name", &draft.demographics.name)])?;
    let before = get(ctx, &member.organization).await?;
    rounds::require_no_appeal(ctx, &Subject::Organization(before.id.clone())).await?;
    if before.status.is_approved() {
        edit::submit(ctx, registry, member, &before, version, draft).await?;
        return get(ctx, &member.organization).await;
    }
    let subject = Subject::Organization(before.id.clone());
    let status = before.status.resubmit()?;
    let action = if before.status == status { Action::Edited } else { Action::Resubmitted };
    let submission = submissions::add_organization(ctx, registry, &subject, &member.account, draft).await?;
    if action == Action::Edited {
        rounds::touch(ctx, &subject, &submission).await?;
    }
    row::update(ctx, &before, version, status, &submission, draft).await?;
    if action == Action::Resubmitted {
        submit(ctx, registry, member, &submission, draft).await?;
    }
    history::record(ctx, &subject, &Change::vendor(member, action).about(&submission)).await?;
    get(ctx, &member.organization).await
}

/// Opens a round of review and confirms it by email.
async fn submit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    submission: &SubmissionId,
    draft: &OrganizationDraft,
) -> Result<()> {
    let subject = Subject::Organization(member.organization.clone());
    let review = rounds::open(ctx, &subject, &member.account, submission, Opened::Registration).await?;
    let notice = Notice { event: "organization-received", id: review.as_str() };
    let name = draft.demographics.name.as_str();
    notices::arrived(ctx, registry, Arrival::Organization, name, &review).await?;
    let of = messages::organization::Organization { id: member.organization.as_str(), name };
    notices::to_owners(ctx, &member.organization, notice, |reader| {
        messages::organization::received(&registry.site, reader, of)
    })
    .await
}

/// The change of an approved organization that is not live, if there is one. The caller checks whose organization it is.
pub async fn waiting(ctx: &mut Ctx, id: &OrganizationId) -> Result<Option<WaitingEdit<OrganizationDraft>>> {
    waiting::find(ctx, &Subject::Organization(id.clone())).await
}

/// Stops an approved organization: its apps cannot sign anyone in, and their tokens stop working. For administrators.
pub async fn block(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &OrganizationId,
    reason: &Paragraph,
) -> Result<()> {
    let organization = get(ctx, id).await?;
    team::require_outsider(ctx, by, id).await?;
    set_status(ctx, &organization, organization.status.block()?).await?;
    let of = notices::named(&organization);
    let notice = Notice { event: "organization-suspended", id: &ctx.random_id() };
    notices::to_owners(ctx, id, notice, |reader| {
        messages::organization::suspended(&registry.site, reader, of, reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Blocked).saying(reason);
    history::record(ctx, &Subject::Organization(id.clone()), &change).await
}

/// Undoes [`block`].
pub async fn unblock(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &OrganizationId,
    reason: &Paragraph,
) -> Result<()> {
    let organization = get(ctx, id).await?;
    team::require_outsider(ctx, by, id).await?;
    set_status(ctx, &organization, organization.status.unblock()?).await?;
    let of = notices::named(&organization);
    let notice = Notice { event: "organization-reactivated", id: &ctx.random_id() };
    notices::to_owners(ctx, id, notice, |reader| {
        messages::organization::reactivated(&registry.site, reader, of, reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Unblocked).saying(reason);
    history::record(ctx, &Subject::Organization(id.clone()), &change).await
}

/// Stops an organization for good: what members allowed its apps ends by `ending`, and its names stay claimed. For
/// administrators; nothing undoes it.
pub async fn revoke(
    ctx: &mut Ctx,
    registry: &Registry,
    ending: &impl Ending,
    by: &AccountId,
    id: &OrganizationId,
    reason: &Paragraph,
) -> Result<()> {
    let organization = get(ctx, id).await?;
    team::require_outsider(ctx, by, id).await?;
    let apps = apps(ctx, id).await?;
    for (app,) in &apps {
        rounds::withdraw(ctx, &Subject::Application(id.clone(), app.clone()), by).await?;
    }
    set_status(ctx, &organization, organization.status.revoke()?).await?;
    for (app,) in apps {
        ending.ended(ctx, &app).await.map_err(Error::Ending)?;
    }
    let of = notices::named(&organization);
    let notice = Notice { event: "organization-revoked", id: &ctx.random_id() };
    notices::to_owners(ctx, id, notice, |reader| {
        messages::organization::revoked(&registry.site, reader, of, reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Revoked).saying(reason);
    history::record(ctx, &Subject::Organization(id.clone()), &change).await
}

async fn apps(ctx: &mut Ctx, id: &OrganizationId) -> Result<Vec<(ApplicationId,)>> {
    let query = sql("SELECT id FROM application WHERE organization_id = $1 ORDER BY created_at, id").bind(id);
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

/// Changes the status that was read; [`Error::Stale`] if it has changed since.
pub(crate) async fn set_status(ctx: &mut Ctx, organization: &Organization, status: OrganizationStatus) -> Result<()> {
    let query = sql(
        "UPDATE organization SET status = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND status = $4",
    );
    let query = query.bind(status.as_str()).bind(ctx.now).bind(&organization.id).bind(organization.status.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}
