//! Reviews: the administrators' queue, and its decisions.

mod answer;
mod decide;
mod queue;
pub mod rounds;

pub use queue::{Counts, Filter, Order, Which, count, counts, queue};

use jiff::Timestamp;
use model::{
    decision::{Outcome, ReviewKind},
    id::{AccountId, ReviewId, SubmissionId},
    partition::Environment,
    text::Paragraph,
};
use store::{Ctx, FromRow, Query, Row, sql};

use crate::{
    Registry,
    attachments::Upload,
    criteria::Criterion,
    desks::Reach,
    error::{Error, Result},
    search::Wanted,
    subject::Subject,
    team::Member,
};

/// One round of review, open or decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub id: ReviewId,
    pub subject: Subject,
    pub organization_name: String,
    /// Of an application's review.
    pub application_name: Option<String>,
    pub environment: Option<Environment>,
    pub kind: ReviewKind,
    /// The version that is reviewed, or was decided on. Absent if it was decided before we kept versions.
    pub submission: Option<SubmissionId>,
    /// The organization's version when its app was decided.
    pub organization_submission: Option<SubmissionId>,
    /// The denial that an appeal is about.
    pub appeal_of: Option<ReviewId>,
    /// Goes into the decision's form, and comes back with it.
    pub version: i64,
    pub submitted_at: Timestamp,
    pub due_at: Timestamp,
    pub assigned_to: Option<AccountId>,
    pub assigned_name: Option<String>,
    /// Where two people have to approve: what the first one said, of the version that is reviewed.
    pub first: Option<First>,
    pub decision: Option<Past>,
}

/// The first of two approvals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    pub by: AccountId,
    pub by_name: Option<String>,
    pub at: Timestamp,
    pub comment: Option<String>,
}

/// How a review ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub outcome: Outcome,
    pub by: AccountId,
    pub by_name: Option<String>,
    pub at: Timestamp,
    pub criterion: Option<Criterion>,
    pub comment: Option<String>,
}

/// What a reviewer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve { comment: Option<Paragraph> },
    Deny { criterion: Criterion, comment: Paragraph },
    AskInformation { comment: Paragraph },
}

pub async fn get(ctx: &mut Ctx, id: &ReviewId) -> Result<Review> {
    let mut query = sql(SELECT);
    query.push(" WHERE r.id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The reviews that the desk reaches whose id is the text, or begins with it: open ones first.
pub async fn find_by_id(ctx: &mut Ctx, wanted: &Wanted, reach: &Reach) -> Result<Vec<Review>> {
    let Some(short) = wanted.short() else { return Ok(Vec::new()) };
    let mut query = sql(SELECT);
    query.push(" WHERE SUBSTR(r.id, 1, 8) = ").push_bind(short).push(" AND (");
    wanted.push_id(&mut query, "r.id");
    query.push(")");
    reach.push_review(&mut query);
    query.push(" ORDER BY r.outcome IS NOT NULL, r.submitted_at DESC, r.id").push_limit(20);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// Every round of the subject, newest first: an open one comes first.
pub async fn of_subject(ctx: &mut Ctx, subject: &Subject) -> Result<Vec<Review>> {
    let mut query = sql(SELECT);
    push_subject(&mut query, subject);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// The newest round of the subject, if it was ever reviewed.
pub async fn newest(ctx: &mut Ctx, subject: &Subject) -> Result<Option<Review>> {
    let mut query = sql(SELECT);
    push_subject(&mut query, subject);
    query.push(" LIMIT 1");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

fn push_subject(query: &mut Query, subject: &Subject) {
    query.push(" WHERE r.organization_id = ").push_bind(subject.organization());
    match subject.application() {
        Some(application) => query.push(" AND r.application_id = ").push_bind(application),
        None => query.push(" AND r.application_id IS NULL"),
    };
    query.push(" ORDER BY r.submitted_at DESC, r.outcome IS NOT NULL, r.decided_at DESC, r.id");
}

/// Takes an open review; [`Error::Claimed`] if another reviewer has it.
pub async fn claim(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId) -> Result<()> {
    decide::claim(ctx, reviewer, id).await
}

/// Takes over the review from the reviewer `from`; [`Error::Claimed`] if someone else has it now.
pub async fn take_over(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId, from: &AccountId) -> Result<()> {
    decide::take_over(ctx, reviewer, id, from).await
}

/// Gives the reviewer's own open review back; [`Error::Claimed`] if another reviewer has it, [`Error::OwnOrganization`] if
/// the reviewer belongs to the organization.
pub async fn release(ctx: &mut Ctx, reviewer: &AccountId, id: &ReviewId) -> Result<()> {
    decide::release(ctx, reviewer, id).await
}

/// Gives back every open review that this person works on, because they no longer decide on any. Returns how many.
pub async fn release_all(ctx: &mut Ctx, reviewer: &AccountId) -> Result<u64> {
    let query = sql("UPDATE review SET assigned_to = NULL WHERE assigned_to = $1 AND outcome IS NULL").bind(reviewer);
    Ok(query.execute(&mut ctx.tx).await?)
}

/// How many open reviews this person works on.
pub async fn claimed(ctx: &mut Ctx, reviewer: &AccountId) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM review WHERE assigned_to = $1 AND outcome IS NULL").bind(reviewer);
    let (claims,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(claims)
}

/// Decides once. Where a program requires two people, the first approval leaves the review open for another reviewer: what comes back
/// then has no decision. If two reviewers decide at the same time, one gets [`Error::Decided`] and sees what happened.
/// [`Error::Stale`] if the vendor changed the registration after `version` was read; [`Error::Claimed`] if another reviewer
/// works on it; [`Error::SecondPerson`] if the reviewer gave the first of two approvals; [`Error::ReasonNeeded`] if an organization that resembles another would be approved without a comment;
/// [`Error::OwnOrganization`] if the reviewer belongs to it.
pub async fn decide(
    ctx: &mut Ctx,
    registry: &Registry,
    reviewer: &AccountId,
    id: &ReviewId,
    version: i64,
    decision: &Decision,
) -> Result<Review> {
    decide::decide(ctx, registry, reviewer, id, version, decision).await
}

/// The vendor's answer to a question opens the review again; [`NotAllowed`](model::decision::NotAllowed) if nothing was asked.
/// For the organization itself, owners only.
pub async fn answer(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    on: &Subject,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    answer::answer(ctx, registry, member, on, text, files).await
}

/// Asks for another look at the newest decision, which must be a denial: once for each, by another reviewer. Owners only.
pub async fn appeal(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    on: &Subject,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    answer::appeal(ctx, registry, member, on, text, files).await
}

/// Takes an open appeal back. The denial stays, and cannot be appealed again. Owners only.
pub async fn withdraw_appeal(ctx: &mut Ctx, member: &Member, on: &Subject) -> Result<()> {
    answer::withdraw_appeal(ctx, member, on).await
}

/// Denies what was asked about, because no answer came in time; [`NotAllowed`](model::decision::NotAllowed) before that.
pub async fn lapse(
    ctx: &mut Ctx,
    registry: &Registry,
    reviewer: &AccountId,
    on: &Subject,
    comment: &Paragraph,
) -> Result<Review> {
    answer::lapse(ctx, registry, reviewer, on, comment).await
}

impl Review {
    /// Whether this, as the newest review of its subject, can be appealed.
    pub fn may_be_appealed(&self) -> bool {
        answer::may_be_appealed(self)
    }
}

const SELECT: &str = "SELECT r.id, r.organization_id, r.application_id, o.name, a.name, a.environment, r.version,
    r.submitted_at, r.due_at, r.assigned_to, c.name, r.outcome, r.decided_by, d.name, r.decided_at, r.criterion, r.comment,
    r.kind, r.submission_id, r.organization_submission_id, r.appeal_of, k.name, k.sentence,
    r.first_approved_by, f.name, r.first_approved_at, r.first_comment, r.first_version
    FROM review r
    JOIN organization o ON o.id = r.organization_id
    LEFT JOIN application a ON a.id = r.application_id
    LEFT JOIN account c ON c.id = r.assigned_to
    LEFT JOIN account d ON d.id = r.decided_by
    LEFT JOIN account f ON f.id = r.first_approved_by
    LEFT JOIN criterion k ON k.code = r.criterion";

impl FromRow for Review {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            subject: Subject::new(row.get(1)?, row.get(2)?),
            organization_name: row.get(3)?,
            application_name: row.get(4)?,
            environment: row.get(5)?,
            kind: row.word(17)?,
            submission: row.get(18)?,
            organization_submission: row.get(19)?,
            appeal_of: row.get(20)?,
            version: row.get(6)?,
            submitted_at: row.get(7)?,
            due_at: row.get(8)?,
            assigned_to: row.get(9)?,
            assigned_name: row.get(10)?,
            first: first(row)?,
            decision: past(row)?,
        })
    }
}

fn first(row: &Row) -> store::Result<Option<First>> {
    let (by, at): (Option<AccountId>, Option<Timestamp>) = (row.get(23)?, row.get(25)?);
    let (version, of): (i64, Option<i64>) = (row.get(6)?, row.get(27)?);
    let (Some(by), Some(at)) = (by, at) else { return Ok(None) };
    // The vendor changed the registration since.
    if of != Some(version) {
        return Ok(None);
    }
    Ok(Some(First { by, by_name: row.get(24)?, at, comment: row.get(26)? }))
}

fn past(row: &Row) -> store::Result<Option<Past>> {
    let Some(outcome) = row.word_optional(11)? else { return Ok(None) };
    let (by, by_name, at) = (row.get(12)?, row.get(13)?, row.get(14)?);
    let code: Option<String> = row.get(15)?;
    let (name, sentence): (Option<String>, Option<String>) = (row.get(21)?, row.get(22)?);
    let criterion = code.map(|code| Criterion {
        name: name.unwrap_or_else(|| code.clone()),
        sentence: sentence.unwrap_or_else(|| code.clone()),
        code,
    });
    Ok(Some(Past { outcome, by, by_name, at, criterion, comment: row.get(16)? }))
}
