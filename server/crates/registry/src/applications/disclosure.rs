//! What members read about an app before they allow it anything.

use jiff::Timestamp;
use model::{
    decision::Outcome, email::Email, https_url::HttpsUrl, id::ApplicationId, logo::LogoDigest, text::Statement,
};
use store::{Ctx, FromRow, Row, sql};

use crate::{column, error::Result};

/// What the app's organization says, and what a reviewer decided: the live values, not those of a change that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// What the app does with the data. Absent if it was registered before we asked.
    pub purpose: Option<Statement>,
    /// How long it keeps the data.
    pub retention: Option<Statement>,
    /// The app's own terms.
    pub terms_url: Option<HttpsUrl>,
    pub logo: Option<LogoDigest>,
    pub support_email: Email,
    pub support_website: HttpsUrl,
    /// When a reviewer last approved the app or a change of it.
    pub reviewed_at: Option<Timestamp>,
}

pub(super) async fn find(ctx: &mut Ctx, id: &ApplicationId) -> Result<Option<Disclosure>> {
    let query = sql("SELECT a.purpose, a.retention, a.terms_url, a.support_email, a.support_website,
            (SELECT MAX(r.decided_at) FROM review r
             WHERE r.organization_id = a.organization_id AND r.application_id = a.id AND r.outcome = $2),
            a.logo
         FROM application a WHERE a.id = $1");
    Ok(query.bind(id).bind(Outcome::Approved.as_str()).fetch_optional(&mut ctx.tx).await?)
}

impl FromRow for Disclosure {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            purpose: column::stored_optional(row, 0)?,
            retention: column::stored_optional(row, 1)?,
            terms_url: column::stored_optional(row, 2)?,
            support_email: column::stored(row, 3)?,
            support_website: column::stored(row, 4)?,
            reviewed_at: row.get(5)?,
            logo: column::stored_optional(row, 6)?,
        })
    }
}
