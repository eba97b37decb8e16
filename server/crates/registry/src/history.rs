//! What happened to an organization or an application, for its vendor and its reviewers. The audit log gets the same.

use audit::event::{Actor, Event};
use jiff::Timestamp;
use model::{
    decision::Criterion,
    history::{Action, Side},
    id::{AccountId, ApplicationId},
    text::Paragraph,
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::{
    applications,
    error::{Error, Result},
    subject::Subject,
    team::{self, Member},
};

/// One line of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub side: Side,
    pub account: AccountId,
    /// Vendors see "Admin" instead if the side is the administration.
    pub account_name: Option<String>,
    pub action: Action,
    pub criterion: Option<Criterion>,
    pub comment: Option<String>,
    pub at: Timestamp,
}

/// Who did what to what.
pub(crate) struct Change<'a> {
    pub side: Side,
    pub by: &'a AccountId,
    pub action: Action,
    pub criterion: Option<Criterion>,
    pub comment: Option<&'a Paragraph>,
}

impl<'a> Change<'a> {
    pub(crate) fn vendor(member: &'a Member, action: Action) -> Self {
        Self { side: Side::Vendor, by: &member.account, action, criterion: None, comment: None }
    }

    pub(crate) fn administration(by: &'a AccountId, action: Action) -> Self {
        Self { side: Side::Administration, by, action, criterion: None, comment: None }
    }

    pub(crate) fn saying(self, comment: &'a Paragraph) -> Self {
        Self { comment: Some(comment), ..self }
    }

    pub(crate) fn because(self, criterion: Criterion) -> Self {
        Self { criterion: Some(criterion), ..self }
    }
}

/// A part of the subject's own history, newest first. An organization's applications have their own histories.
pub async fn list(ctx: &mut Ctx, of: &Subject, part: Part) -> Result<Vec<Entry>> {
    let mut query = sql("SELECT h.id, h.side, h.account_id, a.name, h.action, h.criterion, h.comment, h.at
        FROM history h LEFT JOIN account a ON a.id = h.account_id");
    push_subject(&mut query, of);
    query.push(" ORDER BY h.at DESC, h.id DESC").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, of: &Subject) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM history h");
    push_subject(&mut query, of);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn push_subject(query: &mut Query, of: &Subject) {
    query.push(" WHERE h.organization_id = ").push_bind(of.organization());
    match of.application() {
        Some(application) => query.push(" AND h.application_id = ").push_bind(application),
        None => query.push(" AND h.application_id IS NULL"),
    };
}

/// A vendor's comment on its organization, or on one of its applications.
pub async fn comment(ctx: &mut Ctx, member: &Member, on: Option<&ApplicationId>, text: &Paragraph) -> Result<()> {
    if let Some(application) = on {
        applications::get(ctx, member, application).await?;
    }
    let subject = Subject::new(member.organization.clone(), on.cloned());
    record(ctx, &subject, &Change::vendor(member, Action::Commented).saying(text)).await
}

/// An administrator's comment, which the vendor reads too; [`Error::OwnOrganization`] if the administrator belongs to it,
/// because it would look like the other side's.
pub async fn comment_as_administrator(ctx: &mut Ctx, by: &AccountId, on: &Subject, text: &Paragraph) -> Result<()> {
    team::require_outsider(ctx, by, on.organization()).await?;
    let known: Option<(String,)> = sql("SELECT id FROM organization WHERE id = $1
         AND ($2 = '' OR EXISTS (SELECT 1 FROM application WHERE id = $2 AND organization_id = $1))")
    .bind(on.organization())
    .bind(on.application().map_or("", ApplicationId::as_str))
    .fetch_optional(&mut ctx.tx)
    .await?;
    known.ok_or(Error::NotFound)?;
    record(ctx, on, &Change::administration(by, Action::Commented).saying(text)).await
}

/// Writes the line, and the audit log's line. This comes last in the transaction, because it locks the log.
pub(crate) async fn record(ctx: &mut Ctx, subject: &Subject, change: &Change<'_>) -> Result<()> {
    sql("INSERT INTO history (id, organization_id, application_id, side, account_id, action, criterion, comment, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.random_id())
    .bind(subject.organization())
    .bind(subject.application().map(ApplicationId::as_str))
    .bind(change.side.as_str())
    .bind(change.by)
    .bind(change.action.as_str())
    .bind(change.criterion.map(Criterion::as_str))
    .bind(change.comment.map(Paragraph::as_str))
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    let (kind, id) = subject.audited();
    let action = audit_action(subject, change.action);
    let mut event = Event::new(Actor::Account(change.by.clone()), action, kind, id).with("side", change.side.as_str());
    if let Some(criterion) = change.criterion {
        event = event.with("criterion", criterion.as_str());
    }
    audit::log::record(ctx, &event).await?;
    Ok(())
}

/// The audit log's word for the action: `application.approved`.
fn audit_action(subject: &Subject, action: Action) -> &'static str {
    macro_rules! words {
        ($($action:ident $word:literal)+) => {
            match (subject, action) {
                $((Subject::Organization(_), Action::$action) => concat!("organization.", $word),
                  (Subject::Application(..), Action::$action) => concat!("application.", $word),)+
            }
        };
    }
    words! {
        Registered "registered"
        Edited "edited"
        Resubmitted "resubmitted"
        Commented "commented"
        Approved "approved"
        Denied "denied"
        InformationAsked "information_asked"
        Withdrawn "withdrawn"
        Blocked "blocked"
        Unblocked "unblocked"
        Revoked "revoked"
        ListSet "list_set"
        Deactivated "deactivated"
        Reactivated "reactivated"
        Deleted "deleted"
        SecretGenerated "secret_generated"
        SecretEnded "secret_ended"
        KeysSet "keys_set"
        KeysRemoved "keys_removed"
        ErrorPageSet "error_page_set"
        ErrorPageRemoved "error_page_removed"
        NoticeAddressSet "notice_address_set"
        NoticeAddressRemoved "notice_address_removed"
        Unknown "unknown"
    }
}

impl FromRow for Entry {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            side: row.word(1)?,
            account: row.get(2)?,
            account_name: row.get(3)?,
            action: row.word(4)?,
            criterion: row.word_optional(5)?,
            comment: row.get(6)?,
            at: row.get(7)?,
        })
    }
}
