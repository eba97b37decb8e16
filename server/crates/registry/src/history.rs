//! What happened to an organization or an application, for its vendor and its reviewers. The audit log gets the same.

use audit::{
    action::Action as Audited,
    event::{Actor, Event},
};
use jiff::Timestamp;
use model::{
    history::{Action, Side},
    id::{AccountId, ApplicationId, SubmissionId, TicketId},
    text::Paragraph,
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::{
    attachments::{self, Attachment, Upload},
    criteria::Criterion,
    error::Result,
    subject::Subject,
    team::Member,
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
    /// The sentence of a denial's criterion.
    pub criterion: Option<String>,
    pub comment: Option<String>,
    /// The number of the version that it is about, if it is about one.
    pub version: Option<i64>,
    pub files: Vec<Attachment>,
    pub at: Timestamp,
}

/// Who did what to what.
pub(crate) struct Change<'a> {
    pub side: Side,
    pub by: &'a AccountId,
    pub action: Action,
    pub criterion: Option<&'a Criterion>,
    pub comment: Option<&'a Paragraph>,
    pub submission: Option<&'a SubmissionId>,
    pub files: &'a [Upload],
    /// What the audit log says besides: whom it concerns, or which invitation.
    pub concerns: Vec<(&'static str, &'a str)>,
}

impl<'a> Change<'a> {
    pub(crate) fn vendor(member: &'a Member, action: Action) -> Self {
        Self {
            side: Side::Vendor,
            by: &member.account,
            action,
            criterion: None,
            comment: None,
            submission: None,
            files: &[],
            concerns: Vec::new(),
        }
    }

    pub(crate) fn administration(by: &'a AccountId, action: Action) -> Self {
        Self {
            side: Side::Administration,
            by,
            action,
            criterion: None,
            comment: None,
            submission: None,
            files: &[],
            concerns: Vec::new(),
        }
    }

    pub(crate) fn saying(self, comment: &'a Paragraph) -> Self {
        Self { comment: Some(comment), ..self }
    }

    pub(crate) fn with(self, files: &'a [Upload]) -> Self {
        Self { files, ..self }
    }

    pub(crate) fn about(self, submission: &'a SubmissionId) -> Self {
        Self { submission: Some(submission), ..self }
    }

    pub(crate) fn concerning(mut self, key: &'static str, value: &'a str) -> Self {
        self.concerns.push((key, value));
        self
    }

    pub(crate) fn because(self, criterion: &'a Criterion) -> Self {
        Self { criterion: Some(criterion), ..self }
    }
}

/// A part of the subject's own history, newest first. An organization's applications have their own histories.
pub async fn list(ctx: &mut Ctx, of: &Subject, part: Part) -> Result<Vec<Entry>> {
    let mut query = sql("SELECT h.id, h.side, h.account_id, a.name, h.action, COALESCE(k.sentence, h.criterion), h.comment, s.number, h.at
        FROM history h LEFT JOIN account a ON a.id = h.account_id LEFT JOIN submission s ON s.id = h.submission_id
        LEFT JOIN criterion k ON k.code = h.criterion");
    push_subject(&mut query, of);
    query.push(" ORDER BY h.at DESC, h.id DESC").push_part(part);
    let mut entries: Vec<Entry> = query.fetch_list(&mut ctx.tx).await?;
    let mut files = attachments::of(ctx, entries.iter().map(|entry| entry.id.as_str())).await?;
    for entry in &mut entries {
        entry.files = files.remove(&entry.id).unwrap_or_default();
    }
    Ok(entries)
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
    match of {
        Subject::Organization(_) => query.push(" AND h.application_id IS NULL AND h.ticket_id IS NULL"),
        Subject::Application(_, application) => query.push(" AND h.application_id = ").push_bind(application),
        Subject::Ticket(_, ticket) => query.push(" AND h.ticket_id = ").push_bind(ticket),
    };
}

/// Writes the line with its files, and the audit log's line. This comes last in the transaction, because it locks the log.
pub(crate) async fn record(ctx: &mut Ctx, subject: &Subject, change: &Change<'_>) -> Result<()> {
    let id = ctx.random_id();
    sql("INSERT INTO history (id, organization_id, application_id, side, account_id, action, criterion, comment, at,
             submission_id, ticket_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(&id)
    .bind(subject.organization())
    .bind(subject.application().map(ApplicationId::as_str))
    .bind(change.side.as_str())
    .bind(change.by)
    .bind(change.action.as_str())
    .bind(change.criterion.map(|criterion| criterion.code.as_str()))
    .bind(change.comment.map(Paragraph::as_str))
    .bind(ctx.now)
    .bind(change.submission.map(SubmissionId::as_str))
    .bind(subject.ticket().map(TicketId::as_str))
    .execute(&mut ctx.tx)
    .await?;
    attachments::add(ctx, &id, change.files).await?;
    let (kind, id) = subject.audited();
    let action = audited(subject, change.action);
    let mut event = Event::new(Actor::Account(change.by.clone()), action, kind, id).with("side", change.side.as_str());
    if let Some(criterion) = change.criterion {
        event = event.with("criterion", criterion.code.as_str());
    }
    if let Some(submission) = change.submission {
        event = event.with("submission", submission.as_str());
    }
    for (key, value) in &change.concerns {
        event = event.with(key, *value);
    }
    audit::log::record(ctx, &event).await?;
    Ok(())
}

/// The audit log's word for the action: `application.approved`.
fn audited(subject: &Subject, action: Action) -> Audited {
    macro_rules! words {
        ($($action:ident $organization:ident $application:ident $ticket:ident)+) => {
            match (subject, action) {
                $((Subject::Organization(_), Action::$action) => Audited::$organization,
                  (Subject::Application(..), Action::$action) => Audited::$application,
                  (Subject::Ticket(..), Action::$action) => Audited::$ticket,)+
            }
        };
    }
    words! {
        Registered OrganizationRegistered ApplicationRegistered TicketUnknown
        Edited OrganizationEdited ApplicationEdited TicketUnknown
        Resubmitted OrganizationResubmitted ApplicationResubmitted TicketUnknown
        Commented OrganizationCommented ApplicationCommented TicketUnknown
        Approved OrganizationApproved ApplicationApproved TicketUnknown
        Denied OrganizationDenied ApplicationDenied TicketUnknown
        InformationAsked OrganizationInformationAsked ApplicationInformationAsked TicketUnknown
        Withdrawn OrganizationWithdrawn ApplicationWithdrawn TicketUnknown
        Blocked OrganizationBlocked ApplicationBlocked TicketUnknown
        Unblocked OrganizationUnblocked ApplicationUnblocked TicketUnknown
        Revoked OrganizationRevoked ApplicationRevoked TicketUnknown
        ListSet OrganizationListSet ApplicationListSet TicketUnknown
        Deactivated OrganizationDeactivated ApplicationDeactivated TicketUnknown
        Reactivated OrganizationReactivated ApplicationReactivated TicketUnknown
        Deleted OrganizationDeleted ApplicationDeleted TicketUnknown
        SecretGenerated OrganizationSecretGenerated ApplicationSecretGenerated TicketUnknown
        SecretEnded OrganizationSecretEnded ApplicationSecretEnded TicketUnknown
        KeysSet OrganizationKeysSet ApplicationKeysSet TicketUnknown
        KeysRemoved OrganizationKeysRemoved ApplicationKeysRemoved TicketUnknown
        ErrorPageSet OrganizationErrorPageSet ApplicationErrorPageSet TicketUnknown
        ErrorPageRemoved OrganizationErrorPageRemoved ApplicationErrorPageRemoved TicketUnknown
        NoticeAddressSet OrganizationNoticeAddressSet ApplicationNoticeAddressSet TicketUnknown
        NoticeAddressRemoved OrganizationNoticeAddressRemoved ApplicationNoticeAddressRemoved TicketUnknown
        Answered OrganizationAnswered ApplicationAnswered TicketUnknown
        Appealed OrganizationAppealed ApplicationAppealed TicketUnknown
        AppealWithdrawn OrganizationAppealWithdrawn ApplicationAppealWithdrawn TicketUnknown
        Acknowledged OrganizationAcknowledged ApplicationAcknowledged TicketUnknown
        Opened OrganizationUnknown ApplicationUnknown TicketOpened
        Replied OrganizationUnknown ApplicationUnknown TicketReplied
        Closed OrganizationUnknown ApplicationUnknown TicketClosed
        Reopened OrganizationUnknown ApplicationUnknown TicketReopened
        Rated OrganizationUnknown ApplicationUnknown TicketRated
        Invited OrganizationInvited ApplicationUnknown TicketUnknown
        InvitationSentAgain OrganizationInvitationSentAgain ApplicationUnknown TicketUnknown
        InvitationWithdrawn OrganizationInvitationWithdrawn ApplicationUnknown TicketUnknown
        Joined OrganizationJoined ApplicationUnknown TicketUnknown
        Left OrganizationLeft ApplicationUnknown TicketUnknown
        MemberRemoved OrganizationMemberRemoved ApplicationUnknown TicketUnknown
        MadeOwner OrganizationMadeOwner ApplicationUnknown TicketUnknown
        MadeDeveloper OrganizationMadeDeveloper ApplicationUnknown TicketUnknown
        HandedOver OrganizationHandedOver ApplicationUnknown TicketUnknown
        OwnerNamed OrganizationOwnerNamed ApplicationUnknown TicketUnknown
        Unknown OrganizationUnknown ApplicationUnknown TicketUnknown
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
            criterion: row.get(5)?,
            comment: row.get(6)?,
            version: row.get(7)?,
            files: Vec::new(),
            at: row.get(8)?,
        })
    }
}
