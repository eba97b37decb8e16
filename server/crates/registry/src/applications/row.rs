//! An application as a row.

use model::{
    application::{Approval, Standing},
    application_form::{ApplicationDraft, PlatformEntry, SupportContact},
    https_url::HttpsUrl,
    id::{ApplicationId, ClientId, SubmissionId},
    logo::LogoDigest,
    text::{Line, Statement},
};
use store::{Ctx, FromRow, Query, Row, sql};

use super::{Application, programs};
use crate::{
    column,
    error::{Error, Result},
    team::Member,
};

// What the vendor typed comes last in each statement, so that a new field of the form is a new last column.

/// The programs come as one text.
pub(super) const SELECT: &str =
    "SELECT a.id, a.organization_id, o.name, o.status, a.client_id, a.environment, a.client_kind, a.approval, a.standing,
    a.version, a.terms_agreed_at, a.created_at, a.updated_at, a.blocked_at, a.error_page,
    (SELECT string_agg(p.program, ' ') FROM application_program p WHERE p.application_id = a.id),
    a.access, a.name, a.privacy_url, a.redirect_uri, a.description, a.support_phone, a.support_email, a.support_website,
    a.support_name, a.platform, a.platform_id, a.platform_name, a.purpose, a.retention, a.terms_url, a.logo, a.submission_id
    FROM application a JOIN organization o ON o.id = a.organization_id";

impl FromRow for Application {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organization: row.get(1)?,
            organization_name: row.get(2)?,
            organization_status: row.word(3)?,
            client_id: row.get(4)?,
            registration: registration(row)?,
            approval: row.word(7)?,
            standing: row.word(8)?,
            version: row.get(9)?,
            terms_agreed_at: row.get(10)?,
            created_at: row.get(11)?,
            updated_at: row.get(12)?,
            blocked_at: row.get(13)?,
            error_page: row.get(14)?,
            submission: row.get(32)?,
        })
    }
}

fn registration(row: &Row) -> store::Result<ApplicationDraft> {
    let (phone, email) = (column::stored(row, 21)?, column::stored(row, 22)?);
    let support = SupportContact { phone, email, website: column::stored(row, 23)?, name: column::stored(row, 24)? };
    let platform = PlatformEntry {
        platform: row.word(25)?,
        id: column::stored_optional(row, 26)?,
        name: column::stored(row, 27)?,
    };
    Ok(ApplicationDraft {
        environment: row.get(5)?,
        client_kind: row.word(6)?,
        programs: programs(row, 15)?,
        access: row.word(16)?,
        name: column::stored(row, 17)?,
        privacy_url: column::stored_optional(row, 18)?,
        redirect_uri: column::stored(row, 19)?,
        description: column::stored(row, 20)?,
        purpose: column::stored_optional(row, 28)?,
        retention: column::stored_optional(row, 29)?,
        terms_url: column::stored_optional(row, 30)?,
        logo: column::stored_optional(row, 31)?,
        support,
        platform,
    })
}

/// Adds the app with its programs; the terms were agreed to now. Its first version follows.
pub(super) async fn insert(
    ctx: &mut Ctx,
    member: &Member,
    id: &ApplicationId,
    approval: Approval,
    draft: &ApplicationDraft,
) -> Result<()> {
    let query =
        sql("INSERT INTO application (id, organization_id, client_id, environment, client_kind, approval, standing,
             version, terms_agreed_at, created_at, updated_at,
             access, name, privacy_url, redirect_uri, description, support_phone, support_email, support_website,
             support_name, platform, platform_id, platform_name, purpose, retention, terms_url, logo)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8, $8,
             $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)");
    let query = query
        .bind(id)
        .bind(&member.organization)
        .bind(&ClientId::new(ctx.random_id()))
        .bind(draft.environment)
        .bind(draft.client_kind.as_str())
        .bind(approval.as_str())
        .bind(Standing::Active.as_str())
        .bind(ctx.now);
    bind(query, draft).execute(&mut ctx.tx).await?;
    insert_programs(ctx, id, draft).await
}

/// Replaces what was typed and the approval; [`Error::Stale`] if the stored version or approval is another.
pub(super) async fn update(
    ctx: &mut Ctx,
    before: &Application,
    version: i64,
    approval: Approval,
    submission: &SubmissionId,
    draft: &ApplicationDraft,
) -> Result<()> {
    let query =
        sql("UPDATE application SET approval = $1, version = version + 1, terms_agreed_at = $2, updated_at = $2,
             submission_id = $6,
             access = $7, name = $8, privacy_url = $9, redirect_uri = $10, description = $11, support_phone = $12,
             support_email = $13, support_website = $14, support_name = $15, platform = $16, platform_id = $17,
             platform_name = $18, purpose = $19, retention = $20, terms_url = $21, logo = $22
         WHERE id = $3 AND version = $4 AND approval = $5");
    let query = query.bind(approval.as_str()).bind(ctx.now);
    let query = query.bind(&before.id).bind(version).bind(before.approval.as_str()).bind(submission);
    if bind(query, draft).execute(&mut ctx.tx).await? != 1 {
        return Err(Error::Stale);
    }
    sql("DELETE FROM application_program WHERE application_id = $1").bind(&before.id).execute(&mut ctx.tx).await?;
    insert_programs(ctx, &before.id, draft).await
}

/// Whose values the app has.
pub(super) async fn name_submission(ctx: &mut Ctx, id: &ApplicationId, submission: &SubmissionId) -> Result<()> {
    let query = sql("UPDATE application SET submission_id = $1 WHERE id = $2").bind(submission).bind(id);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

async fn insert_programs(ctx: &mut Ctx, id: &ApplicationId, draft: &ApplicationDraft) -> Result<()> {
    for program in &draft.programs {
        let query = sql("INSERT INTO application_program (application_id, program) VALUES ($1, $2)");
        query.bind(id).bind(program).execute(&mut ctx.tx).await?;
    }
    Ok(())
}

/// Binds what was typed, as the last placeholders.
fn bind(query: Query, draft: &ApplicationDraft) -> Query {
    query
        .bind(draft.access.as_str())
        .bind(draft.name.as_str())
        .bind(draft.privacy_url.as_ref().map(HttpsUrl::as_str))
        .bind(draft.redirect_uri.as_str())
        .bind(draft.description.as_str())
        .bind(draft.support.phone.as_str())
        .bind(draft.support.email.as_str())
        .bind(draft.support.website.as_str())
        .bind(draft.support.name.as_str())
        .bind(draft.platform.platform.as_str())
        .bind(draft.platform.id.as_ref().map(Line::as_str))
        .bind(draft.platform.name.as_str())
        .bind(draft.purpose.as_ref().map(Statement::as_str))
        .bind(draft.retention.as_ref().map(Statement::as_str))
        .bind(draft.terms_url.as_ref().map(HttpsUrl::as_str))
        .bind(draft.logo.as_ref().map(LogoDigest::as_str))
}
