//! Logos of apps. What a vendor sends is read by its content, decoded within limits and written again as a small PNG, so that
//! nothing of the sent file is ever handed out: no metadata, no second meaning, no code. A logo is a value of the registration,
//! by its digest: versions, reviews and changes that wait each name theirs.

mod picture;

use jiff::SignedDuration;
use model::{
    form::{Code, FieldError},
    id::OrganizationId,
    logo::LogoDigest,
};
use store::{Ctx, digest::sha256_hex, sql};

pub use picture::{LARGEST, Picture};

use crate::error::{Error, Result};

/// How long a logo stays that no version has, after a form last had it: longer than any draft.
const UNUSED_TTL: SignedDuration = SignedDuration::from_hours(360 * 24);

/// Keeps the picture for the organization's forms. The same picture is kept once.
pub async fn add(ctx: &mut Ctx, organization: &OrganizationId, picture: &Picture) -> Result<LogoDigest> {
    let digest = LogoDigest::parse(&sha256_hex(picture.png())).map_err(invalid)?;
    sql("INSERT INTO logo (organization_id, digest, content, sent_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, digest) DO UPDATE SET sent_at = excluded.sent_at")
    .bind(organization)
    .bind(digest.as_str())
    .bind(picture.png())
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(digest)
}

/// A draft that is saved has this logo, so it stays as long as the draft.
pub async fn hold(ctx: &mut Ctx, organization: &OrganizationId, logo: &LogoDigest) -> Result<()> {
    let query = sql("UPDATE logo SET sent_at = $1 WHERE organization_id = $2 AND digest = $3 AND NOT is_kept");
    query.bind(ctx.now).bind(organization).bind(logo.as_str()).execute(&mut ctx.tx).await?;
    Ok(())
}

/// From now on a version has this logo, so it stays. A digest of a picture that this organization did not send is an error of
/// the form's `logo_file`.
pub(crate) async fn keep(ctx: &mut Ctx, organization: &OrganizationId, logo: Option<&LogoDigest>) -> Result<()> {
    let Some(logo) = logo else { return Ok(()) };
    let query = sql("UPDATE logo SET is_kept = TRUE WHERE organization_id = $1 AND digest = $2");
    let kept = query.bind(organization).bind(logo.as_str()).execute(&mut ctx.tx).await?;
    if kept == 1 { Ok(()) } else { Err(invalid(Code::LogoGone)) }
}

fn invalid(code: Code) -> Error {
    Error::Fields(vec![FieldError::new("logo_file", code)])
}

/// The PNG. Anyone may have it who knows its digest: members see it before they sign in anywhere.
pub async fn find(ctx: &mut Ctx, logo: &LogoDigest) -> Result<Option<Vec<u8>>> {
    let query = sql("SELECT content FROM logo WHERE digest = $1 LIMIT 1").bind(logo.as_str());
    let found: Option<(Vec<u8>,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(content,)| content))
}

/// Deletes some logos that no version and no draft has; returns how many.
pub(crate) async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    let before = ctx.now - UNUSED_TTL;
    sql("DELETE FROM logo WHERE NOT is_kept AND (organization_id, digest) IN
         (SELECT l.organization_id, l.digest FROM logo l WHERE NOT l.is_kept AND l.sent_at <= $1 LIMIT 100)")
    .bind(before)
    .execute(&mut ctx.tx)
    .await
}
