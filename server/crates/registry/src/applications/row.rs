//! An application as a row.

use model::{
    application_form::{ApplicationDraft, PlatformEntry, SupportContact},
    https_url::HttpsUrl,
    text::Line,
};
use store::{FromRow, Query, Result, Row};

use super::{Application, programs};
use crate::column;

/// The programs come as one text, its words sorted.
pub(super) const SELECT: &str =
    "SELECT a.id, a.organization_id, o.name, o.status, a.client_id, a.environment, a.access,
    a.client_kind, a.name, a.privacy_url, a.redirect_uri, a.description, a.support_phone, a.support_email,
    a.support_website, a.support_name, a.platform, a.platform_id, a.platform_name, a.approval, a.standing, a.version,
    a.terms_agreed_at, a.created_at, a.updated_at, a.blocked_at, a.error_page,
    (SELECT string_agg(p.program, ' ') FROM application_program p WHERE p.application_id = a.id)
    FROM application a JOIN organization o ON o.id = a.organization_id";

impl FromRow for Application {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organization: row.get(1)?,
            organization_name: row.get(2)?,
            organization_status: row.word(3)?,
            client_id: row.get(4)?,
            registration: registration(row)?,
            approval: row.word(19)?,
            standing: row.word(20)?,
            version: row.get(21)?,
            terms_agreed_at: row.get(22)?,
            created_at: row.get(23)?,
            updated_at: row.get(24)?,
            blocked_at: row.get(25)?,
            error_page: row.get(26)?,
        })
    }
}

fn registration(row: &Row) -> Result<ApplicationDraft> {
    let (phone, email) = (column::stored(row, 12)?, column::stored(row, 13)?);
    let support = SupportContact { phone, email, website: column::stored(row, 14)?, name: column::stored(row, 15)? };
    let platform = PlatformEntry {
        platform: row.word(16)?,
        id: column::stored_optional(row, 17)?,
        name: column::stored(row, 18)?,
    };
    Ok(ApplicationDraft {
        environment: row.get(5)?,
        access: row.word(6)?,
        client_kind: row.word(7)?,
        name: column::stored(row, 8)?,
        privacy_url: column::stored_optional(row, 9)?,
        redirect_uri: column::stored(row, 10)?,
        description: column::stored(row, 11)?,
        programs: programs(row, 27)?,
        support,
        platform,
    })
}

/// Binds what was typed, as the twelve placeholders from the next one on.
pub(super) fn bind(query: Query, draft: &ApplicationDraft) -> Query {
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
}
