//! An organization as a row.

use model::{
    attestation::Attestation,
    id::{OrganizationId, SubmissionId},
    organization::OrganizationStatus,
    organization_form::{Demographics, OrganizationDraft},
    text::Name,
    tin::{Tin, TinKind},
};
use store::{Ctx, FromRow, Query, Row, sql};

use super::Organization;
use crate::{
    column,
    error::{Error, Result},
};

// What the owner typed comes last in each statement, so that a new field of the form is a new last column.

pub(super) const SELECT: &str = "SELECT id, status, version, terms_agreed_at, created_at, updated_at,
    name, tin_kind, tin, mailing_address, physical_address, attestation, submission_id FROM organization";

impl FromRow for Organization {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (name, kind): (Name, TinKind) = (column::stored(row, 6)?, row.word(7)?);
        let tin = Tin::stored(kind, row.get(8)?);
        let (mailing_address, physical_address) = (column::json(row, 9)?, column::json(row, 10)?);
        let attestation: Attestation = column::json(row, 11)?;
        let demographics = Demographics { name, mailing_address, tin, physical_address };
        Ok(Self {
            id: row.get(0)?,
            registration: OrganizationDraft { demographics, attestation },
            status: row.word(1)?,
            version: row.get(2)?,
            terms_agreed_at: row.get(3)?,
            created_at: row.get(4)?,
            updated_at: row.get(5)?,
            submission: row.get(12)?,
        })
    }
}

/// Adds the organization; the terms were agreed to now. Its first version follows.
pub(super) async fn insert(
    ctx: &mut Ctx,
    id: &OrganizationId,
    status: OrganizationStatus,
    draft: &OrganizationDraft,
) -> Result<()> {
    let query = sql("INSERT INTO organization (id, status, version, terms_agreed_at, created_at, updated_at,
             name, tin_kind, tin, mailing_address, physical_address, attestation)
         VALUES ($1, $2, 1, $3, $3, $3, $4, $5, $6, $7, $8, $9)");
    let query = query.bind(id).bind(status.as_str()).bind(ctx.now);
    bind(query, draft).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Replaces what was typed and the status; [`Error::Stale`] if the stored version or status is another.
pub(super) async fn update(
    ctx: &mut Ctx,
    before: &Organization,
    version: i64,
    status: OrganizationStatus,
    submission: &SubmissionId,
    draft: &OrganizationDraft,
) -> Result<()> {
    let query =
        sql("UPDATE organization SET status = $1, version = version + 1, terms_agreed_at = $2, updated_at = $2,
             submission_id = $6,
             name = $7, tin_kind = $8, tin = $9, mailing_address = $10, physical_address = $11, attestation = $12
         WHERE id = $3 AND version = $4 AND status = $5");
    let query = query.bind(status.as_str()).bind(ctx.now);
    let query = query.bind(&before.id).bind(version).bind(before.status.as_str()).bind(submission);
    if bind(query, draft).execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whose values the organization has.
pub(super) async fn name_submission(ctx: &mut Ctx, id: &OrganizationId, submission: &SubmissionId) -> Result<()> {
    let query = sql("UPDATE organization SET submission_id = $1 WHERE id = $2").bind(submission).bind(id);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

/// From now on, a form that was filled in from an older version is refused. If this one was, it is [`Error::Stale`].
pub(super) async fn raise(ctx: &mut Ctx, before: &Organization, version: i64) -> Result<()> {
    let query = sql("UPDATE organization SET version = version + 1, updated_at = $1
         WHERE id = $2 AND version = $3 AND status = $4");
    let query = query.bind(ctx.now).bind(&before.id).bind(version).bind(before.status.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Binds what was typed, as the last placeholders.
fn bind(query: Query, draft: &OrganizationDraft) -> Query {
    let OrganizationDraft { demographics, attestation } = draft;
    query
        .bind(demographics.name.as_str())
        .bind(demographics.tin.kind().as_str())
        .bind(demographics.tin.number())
        .bind(column::to_json(&demographics.mailing_address))
        .bind(column::to_json(&demographics.physical_address))
        .bind(column::to_json(attestation))
}
