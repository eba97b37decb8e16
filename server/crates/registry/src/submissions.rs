//! What was sent for review, version by version, as it was: values, terms, by whom, when. Rows are only added, which the
//! database enforces; reviews, decisions and history name the version that they are about.

use jiff::Timestamp;
use model::{
    application_form::ApplicationDraft,
    decision::Outcome,
    id::{AccountId, ApplicationId, SubmissionId},
    organization_form::OrganizationDraft,
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::{
    Registry, column,
    error::{Error, Result},
    subject::Subject,
    terms,
};

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub id: SubmissionId,
    /// 1, 2, 3 for each subject.
    pub number: i64,
    pub content: Content,
    /// The version of the terms that was agreed to. Absent before we kept their text.
    pub terms_version: Option<i64>,
    pub by: AccountId,
    /// Absent if the account was closed.
    pub by_name: Option<String>,
    pub at: Timestamp,
}

/// Everything that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Organization(Box<OrganizationDraft>),
    Application(Box<ApplicationDraft>),
}

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub number: i64,
    pub by_name: Option<String>,
    pub at: Timestamp,
    /// Whether its values are the subject's.
    pub is_live: bool,
    pub is_under_review: bool,
    /// How the newest review of it ended, if one did.
    pub outcome: Option<Outcome>,
}

/// A part of the subject's versions, newest first.
pub async fn list(ctx: &mut Ctx, of: &Subject, part: Part) -> Result<Vec<Line>> {
    let mut query = sql("SELECT s.number, c.name, s.submitted_at,
            s.id = COALESCE(a.submission_id, o.submission_id),
            EXISTS (SELECT 1 FROM review r WHERE r.submission_id = s.id AND r.outcome IS NULL),
            (SELECT r.outcome FROM review r WHERE r.submission_id = s.id AND r.outcome IS NOT NULL
             ORDER BY r.decided_at DESC, r.id LIMIT 1)
        FROM submission s JOIN organization o ON o.id = s.organization_id
        LEFT JOIN application a ON a.id = s.application_id
        LEFT JOIN account c ON c.id = s.submitted_by");
    push_subject(&mut query, of);
    query.push(" ORDER BY s.number DESC").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, of: &Subject) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM submission s");
    push_subject(&mut query, of);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// One version of the subject; [`Error::NotFound`] if it has none with this number.
pub async fn numbered(ctx: &mut Ctx, of: &Subject, number: i64) -> Result<Submission> {
    let mut query = sql(SELECT);
    push_subject(&mut query, of);
    query.push(" AND s.number = ").push_bind(number);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The newest version before this number that a reviewer approved, if there is one.
pub async fn approved_before(ctx: &mut Ctx, of: &Subject, number: i64) -> Result<Option<Submission>> {
    let mut query = sql(SELECT);
    push_subject(&mut query, of);
    query.push(" AND s.number < ").push_bind(number);
    query.push(" AND EXISTS (SELECT 1 FROM review r WHERE r.submission_id = s.id AND r.outcome = ");
    query.push_bind(Outcome::Approved.as_str()).push(") ORDER BY s.number DESC LIMIT 1");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The caller checks whose it is.
pub async fn get(ctx: &mut Ctx, id: &SubmissionId) -> Result<Submission> {
    let mut query = sql(SELECT);
    query.push(" WHERE s.id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// The organization's registration as the next version.
pub(crate) async fn add_organization(
    ctx: &mut Ctx,
    registry: &Registry,
    subject: &Subject,
    by: &AccountId,
    draft: &OrganizationDraft,
) -> Result<SubmissionId> {
    add(ctx, subject, by, &column::to_json(draft), &terms::text(registry, [])).await
}

/// The app's registration as the next version.
pub(crate) async fn add_application(
    ctx: &mut Ctx,
    registry: &Registry,
    subject: &Subject,
    by: &AccountId,
    draft: &ApplicationDraft,
) -> Result<SubmissionId> {
    add(ctx, subject, by, &column::to_json(draft), &terms::text(registry, &draft.programs)).await
}

/// [`Error::Stale`] if another version was sent at the same time.
async fn add(ctx: &mut Ctx, of: &Subject, by: &AccountId, content: &str, terms: &str) -> Result<SubmissionId> {
    let terms_version = terms::version_of(ctx, terms).await?;
    let id = SubmissionId::new(ctx.random_id());
    sql("INSERT INTO submission (id, organization_id, application_id, number, content, terms_version, submitted_by,
             submitted_at)
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5, $6, $7 FROM submission
         WHERE organization_id = $2 AND COALESCE(application_id, '') = COALESCE($3, '')")
    .bind(&id)
    .bind(of.organization())
    .bind(of.application().map(ApplicationId::as_str))
    .bind(content)
    .bind(terms_version)
    .bind(by)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
    .map_err(|error| if error.is_unique("submission_number") { Error::Stale } else { error.into() })?;
    Ok(id)
}

const SELECT: &str = "SELECT s.id, s.number, s.application_id, s.content, s.terms_version, s.submitted_by, c.name,
    s.submitted_at FROM submission s LEFT JOIN account c ON c.id = s.submitted_by";

fn push_subject(query: &mut Query, of: &Subject) {
    query.push(" WHERE s.organization_id = ").push_bind(of.organization());
    query.push(" AND COALESCE(s.application_id, '') = ");
    query.push_bind(of.application().map_or("", ApplicationId::as_str));
}

impl FromRow for Submission {
    fn from_row(row: &Row) -> store::Result<Self> {
        let application: Option<String> = row.get(2)?;
        let content = match application {
            None => Content::Organization(Box::new(column::json(row, 3)?)),
            Some(_) => Content::Application(Box::new(column::json(row, 3)?)),
        };
        let (id, number, terms_version) = (row.get(0)?, row.get(1)?, row.get(4)?);
        Ok(Self { id, number, content, terms_version, by: row.get(5)?, by_name: row.get(6)?, at: row.get(7)? })
    }
}

impl FromRow for Line {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (number, by_name, at) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let is_live: Option<bool> = row.get(3)?;
        Ok(Self {
            number,
            by_name,
            at,
            is_live: is_live.unwrap_or_default(),
            is_under_review: row.get(4)?,
            outcome: row.word_optional(5)?,
        })
    }
}
