//! How much stops when an app or an organization is blocked: for the page that asks whether the administrator is sure.

use model::id::{ApplicationId, OrganizationId};
use store::{Ctx, Query, sql};

/// More than anyone counts: beyond it the page says "more than 10,000".
pub const MOST: i64 = 10_000;

/// What works now. A number above [`MOST`] means "more".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// People who have connected the app, or one of the apps.
    pub members: i64,
    /// Access and refresh tokens.
    pub tokens: i64,
}

/// Of one app.
pub async fn of_application(ctx: &mut Ctx, id: &ApplicationId) -> store::Result<Extent> {
    of(ctx, |query, alias| {
        query.push(alias).push(".application_id = ").push_bind(id);
    })
    .await
}

/// Of all apps of an organization.
pub async fn of_organization(ctx: &mut Ctx, id: &OrganizationId) -> store::Result<Extent> {
    of(ctx, |query, alias| {
        query.push(alias).push(".application_id IN (SELECT a.id FROM application a WHERE a.organization_id = ");
        query.push_bind(id).push(")");
    })
    .await
}

async fn of(ctx: &mut Ctx, push_of: impl Fn(&mut Query, &str)) -> store::Result<Extent> {
    let now = ctx.now;
    let live = |query: &mut Query| {
        query.push(" AND g.ended_at IS NULL AND g.expires_at > ").push_bind(now);
    };
    let mut members = sql("SELECT COUNT(*) FROM (SELECT DISTINCT g.account_id FROM access_grant g WHERE ");
    push_of(&mut members, "g");
    live(&mut members);
    let mut access =
        sql("SELECT COUNT(*) FROM (SELECT t.id FROM access_grant g JOIN access_token t ON t.grant_id = g.id WHERE ");
    push_of(&mut access, "g");
    live(&mut access);
    access.push(" AND t.revoked_at IS NULL AND t.expires_at > ").push_bind(now);
    let mut refresh =
        sql("SELECT COUNT(*) FROM (SELECT r.hash FROM access_grant g JOIN refresh_token r ON r.grant_id = g.id WHERE ");
    push_of(&mut refresh, "g");
    live(&mut refresh);
    refresh.push(" AND r.revoked_at IS NULL AND r.replaced_at IS NULL");
    // Those that apps got for themselves live for minutes, so the ones that have not expired are few.
    let mut own =
        sql("SELECT COUNT(*) FROM (SELECT t.id FROM access_token t WHERE t.grant_id IS NULL AND t.expires_at > ");
    own.push_bind(now).push(" AND t.revoked_at IS NULL AND ");
    push_of(&mut own, "t");
    let members = bounded(ctx, members).await?;
    let tokens = bounded(ctx, access).await? + bounded(ctx, refresh).await? + bounded(ctx, own).await?;
    Ok(Extent { members, tokens })
}

async fn bounded(ctx: &mut Ctx, mut query: Query) -> store::Result<i64> {
    query.push_limit(MOST + 1).push(") counted");
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(count)
}
