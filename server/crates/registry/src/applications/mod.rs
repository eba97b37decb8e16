//! Applications: registered by a vendor's team, each on one platform in one environment.

mod edit;
mod register;
mod row;
mod switch;
pub(crate) mod waiting;

pub(crate) use register::check_names;
pub use waiting::WaitingEdit;

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::{
    application::{Approval, Liveness, Standing},
    application_form::ApplicationDraft,
    id::{AccountId, ApplicationId, ClientId, OrganizationId},
    organization::OrganizationStatus,
    partition::ProgramId,
    text::Paragraph,
};
use store::{Ctx, Part, Query, Row, sql};

use crate::{
    Registry,
    credentials::Secret,
    error::{Error, Result},
    organizations,
    team::Member,
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
    /// Since when an administrator blocks it, if one does.
    pub blocked_at: Option<Timestamp>,
    /// Whether what goes wrong with its authorization requests is told on a page, instead of by a redirect at once.
    pub error_page: bool,
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
            organization: self.organization_status,
        }
    }
}

/// What a vendor is told once, right after registering.
#[derive(Debug)]
pub struct Registered {
    pub application: Application,
    /// Shown now and never again; public clients have none.
    pub secret: Option<Secret>,
    pub outcome: RegistrationOutcome,
}

/// Product table: what of a new registration works at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationOutcome {
    /// Everything: sandbox, or production with public access only.
    Live,
    /// Public scopes; patient scopes wait for review.
    PublicLive,
    /// Nothing: it waits for review.
    UnderReview,
}

/// Registers an app for the member's approved organization. Its names must not look like another vendor's.
pub async fn register(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    draft: &ApplicationDraft,
) -> Result<Registered> {
    register::register(ctx, registry, member, draft).await
}

/// Changes a registration: at once where nothing needs review, back to review where it was denied or asked about. The
/// change of an approved production app with patient access [waits](waiting) for review, whatever it is about, and the
/// approved values stay live. Environment and kind of client are fixed.
pub async fn edit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &ApplicationId,
    version: i64,
    draft: &ApplicationDraft,
) -> Result<Application> {
    edit::edit(ctx, registry, member, id, version, draft).await
}

/// The change of an approved app that is not live, if there is one; whose app it is, is for the caller to know.
pub async fn waiting(ctx: &mut Ctx, id: &ApplicationId) -> Result<Option<WaitingEdit>> {
    waiting::find(ctx, id).await
}

/// One of the member's organization; another's is not found.
pub async fn get(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<Application> {
    let mut query = sql(row::SELECT);
    query.push(" WHERE a.id = ").push_bind(id).push(" AND a.organization_id = ").push_bind(&member.organization);
    query.push(" AND a.standing <> 'deleted'");
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// Any, deleted ones included: for administrators.
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

/// These of the apps whose name contains the text, whatever its case, or whose id or client id is the text; by name. Empty
/// text finds all. For administrators.
pub async fn search(ctx: &mut Ctx, text: &str, part: Part) -> Result<Vec<Application>> {
    let mut query = sql(row::SELECT);
    push_search(&mut query, text);
    query.push(" ORDER BY LOWER(a.name), a.id").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, text: &str) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM application a");
    push_search(&mut query, text);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn push_search(query: &mut Query, text: &str) {
    query.push(" WHERE LOWER(a.name) LIKE ").push_bind(organizations::pattern(text)).push(" ESCAPE '!'");
    query.push(" OR a.id = ").push_bind(text).push(" OR a.client_id = ").push_bind(text);
}

/// The words of a column that lists programs.
pub(crate) fn programs(row: &Row, index: usize) -> store::Result<BTreeSet<ProgramId>> {
    let words: Option<String> = row.get(index)?;
    Ok(words.unwrap_or_default().split_whitespace().map(ProgramId::new).collect())
}

/// Switches an app off; its tokens stop working.
pub async fn deactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    switch::deactivate(ctx, member, id).await
}

/// Undoes [`deactivate`].
pub async fn reactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    switch::reactivate(ctx, member, id).await
}

/// Ends an app for good, and by `ending` what members allowed it; what is under review is withdrawn. Owners only, and
/// [`NotAllowed`](model::decision::NotAllowed) while the app or its organization is blocked.
pub async fn delete(ctx: &mut Ctx, ending: &impl Ending, member: &Member, id: &ApplicationId) -> Result<()> {
    switch::delete(ctx, ending, member, id).await
}

/// What else ends when an app is deleted: others know, the registry only asks them, within the transaction that deletes
/// it. It is undone if this fails.
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

/// Undoes [`block`], and no more: what the vendor switched off stays off, and tokens that ended meanwhile stay ended.
pub async fn unblock(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    switch::unblock(ctx, registry, by, id, reason).await
}

/// Whether what goes wrong with the app's authorization requests is told on a page first (RFC 9700 §4.11.2). While the
/// app is blocked it is in any case. For administrators.
pub async fn set_error_page(ctx: &mut Ctx, by: &AccountId, id: &ApplicationId, on: bool) -> Result<()> {
    switch::set_error_page(ctx, by, id, on).await
}
