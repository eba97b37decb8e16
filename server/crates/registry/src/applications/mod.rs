//! Applications: registered by a vendor's team, each on one platform in one environment.

mod disclosure;
mod edit;
mod register;
mod row;
mod search;
mod switch;
pub(crate) mod waiting;

pub use disclosure::Disclosure;
pub(crate) use register::check_names;
pub use search::{count, search};

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{
    application::{Approval, Liveness, Standing},
    application_form::ApplicationDraft,
    id::{AccountId, ApplicationId, ClientId, OrganizationId, SubmissionId},
    organization::OrganizationStatus,
    partition::ProgramId,
    team::Act,
    text::Paragraph,
};
use store::{Ctx, Row, sql};

use crate::{
    Registry,
    credentials::Secret,
    error::{Error, Result},
    team::Member,
    waiting::WaitingEdit,
};

/// An app as it is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub id: ApplicationId,
    pub organization: OrganizationId,
    pub organization_name: String,
    pub organization_status: OrganizationStatus,
    pub client_id: ClientId,
    /// What its owner typed.
    pub registration: ApplicationDraft,
    pub approval: Approval,
    /// The vendor's switch.
    pub standing: Standing,
    /// When an administrator blocked it, if it is blocked.
    pub blocked_at: Option<Timestamp>,
    /// Whether a page shows errors in its authorization requests before the redirect.
    pub error_page: bool,
    /// The version whose values it has.
    pub submission: Option<SubmissionId>,
    /// Goes into edit forms, and comes back with them.
    pub version: i64,
    pub terms_agreed_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Application {
    pub fn name(&self) -> &str {
        self.registration.name.as_str()
    }

    /// What it may do now, and why not.
    pub fn liveness(&self) -> Liveness {
        Liveness {
            access: self.registration.access,
            approval: self.approval,
            standing: self.standing,
            blocked: self.blocked_at.is_some(),
            unlisted: false,
            organization: self.organization_status,
        }
    }
}

/// What a vendor sees once, right after registering.
#[derive(Debug)]
pub struct Registered {
    pub application: Application,
    /// Shown now and never again; public clients have none.
    pub secret: Option<Secret>,
    pub outcome: RegistrationOutcome,
}

/// Product table: which access of a new registration works immediately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationOutcome {
    /// Everything: sandbox, or production with public access only.
    Live,
    /// Public scopes; patient scopes wait for review.
    PublicLive,
    /// Nothing, because it waits for review.
    UnderReview,
}

/// Registers an app for the member's approved organization. Its names must not look like another vendor's.
pub async fn register(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    draft: &ApplicationDraft,
) -> Result<Registered> {
    member.require(Act::RegisterApp)?;
    register::register(ctx, registry, member, draft).await
}

/// Changes a registration: immediately if nothing needs review, and back to review if it was denied or asked about. Any
/// change of an approved production app with patient access [waits](waiting) for review, and the approved values stay live.
/// The environment and the kind of client are fixed.
pub async fn edit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &ApplicationId,
    version: i64,
    draft: &ApplicationDraft,
) -> Result<Application> {
    member.require(Act::EditApp)?;
    edit::edit(ctx, registry, member, id, version, draft).await
}

/// The change of an approved app that is not live, if there is one.
pub async fn waiting(ctx: &mut Ctx, app: &Application) -> Result<Option<WaitingEdit<ApplicationDraft>>> {
    waiting::find(ctx, app).await
}

/// Changes the approval that was read; [`Error::Stale`] if it has changed since.
pub(crate) async fn set_approval(ctx: &mut Ctx, application: &Application, approval: Approval) -> Result<()> {
    let query = sql(
        "UPDATE application SET approval = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND approval = $4",
    );
    let query = query.bind(approval.as_str()).bind(ctx.now).bind(&application.id).bind(application.approval.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What members read about an app before they allow it anything. `None` if it does not exist.
pub async fn disclosure(ctx: &mut Ctx, id: &ApplicationId) -> Result<Option<Disclosure>> {
    disclosure::find(ctx, id).await
}

/// An app of the member's organization. Those of others are not found.
pub async fn get(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<Application> {
    let mut query = sql(row::SELECT);
    query.push(" WHERE a.id = ").push_bind(id).push(" AND a.organization_id = ").push_bind(&member.organization);
    query.push(" AND a.standing <> 'deleted'");
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// Any app, including deleted ones. For administrators.
pub async fn get_any(ctx: &mut Ctx, id: &ApplicationId) -> Result<Application> {
    let mut query = sql(row::SELECT);
    query.push(" WHERE a.id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The organization's apps that are not deleted, newest first.
pub async fn list(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Application>> {
    let mut query = sql(row::SELECT);
    query.push(" WHERE a.organization_id = ").push_bind(organization).push(" AND a.standing <> 'deleted'");
    query.push(" ORDER BY a.created_at DESC, a.id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many the organization has that are not deleted.
pub async fn count_of(ctx: &mut Ctx, organization: &OrganizationId) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM application WHERE organization_id = $1 AND standing <> 'deleted'");
    let (count,): (i64,) = query.bind(organization).fetch_one(&mut ctx.tx).await?;
    Ok(count)
}

/// The words of a column that lists programs.
pub(crate) fn programs(row: &Row, index: usize) -> store::Result<BTreeSet<ProgramId>> {
    let words: Option<String> = row.get(index)?;
    Ok(words.unwrap_or_default().split_whitespace().map(ProgramId::new).collect())
}

/// Switches an app off; its tokens stop working.
pub async fn deactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    member.require(Act::SwitchApp)?;
    switch::deactivate(ctx, member, id).await
}

/// Undoes [`deactivate`].
pub async fn reactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    member.require(Act::SwitchApp)?;
    switch::reactivate(ctx, member, id).await
}

/// Deletes an app, ends by `ending` what members allowed it, and withdraws what is under review. Owners only, and
/// [`NotAllowed`](model::decision::NotAllowed) while the app or its organization is blocked.
pub async fn delete(ctx: &mut Ctx, ending: &impl Ending, member: &Member, id: &ApplicationId) -> Result<()> {
    switch::delete(ctx, ending, member, id).await
}

/// What else ends when an app is deleted. The registry calls it in the transaction that deletes the app, and a failure undoes
/// both.
pub trait Ending: Sync {
    fn ended(
        &self,
        ctx: &mut Ctx,
        application: &ApplicationId,
    ) -> impl Future<Output = Result<(), Box<dyn std::error::Error + Send + Sync>>> + Send;
}

/// Stops an app, whatever its vendor's switch says; its tokens stop working until [`unblock`]. For administrators.
pub async fn block(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    switch::block(ctx, registry, by, id, reason).await
}

/// Undoes [`block`] and nothing else. What the vendor switched off stays off, and tokens that ended in the meantime stay
/// ended.
pub async fn unblock(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    switch::unblock(ctx, registry, by, id, reason).await
}

/// Stops an app for good: it stays blocked, what members allowed it ends by `ending`, what is under review is withdrawn, and its
/// name stays claimed. For administrators; nothing undoes it.
pub async fn revoke(
    ctx: &mut Ctx,
    registry: &Registry,
    ending: &impl Ending,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    switch::revoke(ctx, registry, ending, by, id, reason).await
}

/// When an administrator revoked it for good, if one did.
pub async fn revoked_at(ctx: &mut Ctx, id: &ApplicationId) -> Result<Option<Timestamp>> {
    let query = sql("SELECT revoked_at FROM application WHERE id = $1").bind(id);
    let found: Option<(Option<Timestamp>,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.and_then(|(at,)| at))
}

/// Chooses whether a page shows errors in the app's authorization requests before the redirect (RFC 9700 §4.11.2). While the
/// app is blocked, a page always does. For administrators.
pub async fn set_error_page(ctx: &mut Ctx, by: &AccountId, id: &ApplicationId, on: bool) -> Result<()> {
    switch::set_error_page(ctx, by, id, on).await
}
