//! What was counted, for pages: of one app, of an organization's apps, of programs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{
    id::{ClientId, OrganizationId},
    partition::{Environment, ProgramId},
};
use store::{Ctx, FromRow, Query, Result, Row, sql};

use crate::endpoint::Api;

/// From the first day to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub first: i64,
    pub last: i64,
}

/// Calls, and how many of them were answered with an error: a status from 400 on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum<K> {
    pub of: K,
    pub calls: i64,
    pub errors: i64,
}

/// Of which program and environment; all where nothing is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub program: Option<ProgramId>,
    pub environment: Option<Environment>,
}

const SUMS: &str = "CAST(SUM(calls) AS BIGINT), CAST(SUM(CASE WHEN status >= 400 THEN calls ELSE 0 END) AS BIGINT)";

/// An app's calls on each day that had any.
pub async fn days_of_app(ctx: &mut Ctx, client: &ClientId, days: Days) -> Result<Vec<Sum<i64>>> {
    let mut query = sums("day", "usage_app");
    query.push(" WHERE client_id = ").push_bind(client);
    by_day(&mut query, days).fetch_all(&mut ctx.tx).await
}

/// The same of an organization's apps together.
pub async fn days_of_organization(ctx: &mut Ctx, organization: &OrganizationId, days: Days) -> Result<Vec<Sum<i64>>> {
    let mut query = sums("day", "usage_app");
    query.push(OF_ORGANIZATION).push_bind(organization).push(")");
    by_day(&mut query, days).fetch_all(&mut ctx.tx).await
}

const OF_ORGANIZATION: &str =
    " WHERE client_id IN (SELECT client_id FROM application WHERE standing <> 'deleted' AND organization_id = ";

/// An app's calls by endpoint, the most frequent first.
pub async fn endpoints_of_app(ctx: &mut Ctx, client: &ClientId, days: Days) -> Result<Vec<Sum<String>>> {
    let mut query = sums("endpoint", "usage_call");
    query.push(" WHERE client_id = ").push_bind(client);
    query.push(" AND api <> 'authorization'");
    within(&mut query, days);
    query.push(" GROUP BY endpoint ORDER BY 2 DESC, 1");
    query.fetch_all(&mut ctx.tx).await
}

/// An app's errors by status and endpoint, the most frequent first.
pub async fn errors_of_app(ctx: &mut Ctx, client: &ClientId, days: Days) -> Result<Vec<(i64, String, i64)>> {
    let mut query = sql("SELECT status, endpoint, CAST(SUM(calls) AS BIGINT) FROM usage_call WHERE status >= 400");
    query.push(" AND client_id = ").push_bind(client);
    within(&mut query, days);
    query.push(" GROUP BY status, endpoint ORDER BY 3 DESC, 1, 2");
    query.fetch_all(&mut ctx.tx).await
}

/// The errors of an organization's apps by status, the most frequent first.
pub async fn errors_of_organization(
    ctx: &mut Ctx,
    organization: &OrganizationId,
    days: Days,
) -> Result<Vec<(i64, i64)>> {
    let mut query = sql("SELECT status, CAST(SUM(calls) AS BIGINT) FROM usage_app");
    query.push(OF_ORGANIZATION).push_bind(organization).push(") AND status >= 400");
    within(&mut query, days);
    query.push(" GROUP BY status ORDER BY 2 DESC, 1");
    query.fetch_all(&mut ctx.tx).await
}

/// All calls on each day that had any.
pub async fn per_day(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Vec<Sum<i64>>> {
    let mut query = sums("day", "usage_day");
    query.push(" WHERE api <> 'authorization'");
    of(&mut query, filter);
    by_day(&mut query, days).fetch_all(&mut ctx.tx).await
}

/// All calls by status.
pub async fn per_status(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Vec<(i64, i64)>> {
    let mut query = sql("SELECT status, CAST(SUM(calls) AS BIGINT) FROM usage_day WHERE api <> 'authorization'");
    of(&mut query, filter);
    within(&mut query, days);
    query.push(" GROUP BY status ORDER BY 1");
    query.fetch_all(&mut ctx.tx).await
}

/// All calls by endpoint, the most frequent first.
pub async fn per_endpoint(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Vec<Sum<String>>> {
    let mut query = sums("endpoint", "usage_endpoint");
    query.push(" WHERE api <> 'authorization'");
    of(&mut query, filter);
    within(&mut query, days);
    query.push(" GROUP BY endpoint ORDER BY 2 DESC, 1");
    query.fetch_all(&mut ctx.tx).await
}

/// How often one API answered within how many milliseconds, the fastest range first.
pub async fn latency(ctx: &mut Ctx, filter: &Filter, api: Api, days: Days) -> Result<Vec<(i64, i64)>> {
    let mut query = sql("SELECT within_ms, CAST(SUM(calls) AS BIGINT) FROM usage_day");
    query.push(" WHERE api = ").push_bind(api.as_str());
    of(&mut query, filter);
    within(&mut query, days);
    query.push(" GROUP BY within_ms ORDER BY within_ms");
    query.fetch_all(&mut ctx.tx).await
}

/// What came of authorization requests, by the last words of [`crate::endpoint::Named`]; and how often tokens were
/// refreshed: `token.refresh_token`, with the errors among them.
pub async fn authorizations(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Vec<Sum<String>>> {
    let mut query = sums("endpoint", "usage_endpoint");
    query.push(" WHERE (api = 'authorization' OR endpoint = 'token.refresh_token')");
    of(&mut query, filter);
    within(&mut query, days);
    query.push(" GROUP BY endpoint ORDER BY endpoint");
    query.fetch_all(&mut ctx.tx).await
}

/// Calls of one endpoint by status.
pub async fn statuses(ctx: &mut Ctx, filter: &Filter, endpoint: &str, days: Days) -> Result<Vec<(i64, i64)>> {
    let mut query = sql("SELECT status, CAST(SUM(calls) AS BIGINT) FROM usage_endpoint WHERE endpoint = ");
    query.push_bind(endpoint);
    of(&mut query, filter);
    within(&mut query, days);
    query.push(" GROUP BY status ORDER BY status");
    query.fetch_all(&mut ctx.tx).await
}

/// The time within which this share of the calls was answered, in milliseconds: the upper end of its range. Nothing
/// without calls.
pub fn percentile(ranges: &[(i64, i64)], percent: i64) -> Option<i64> {
    let all: i64 = ranges.iter().map(|(_, calls)| calls).sum();
    let mut seen = 0;
    ranges.iter().find_map(|(within, calls)| {
        seen += calls;
        (0 < all && all * percent <= seen * 100).then_some(*within)
    })
}

/// When each credential of the app was last used, by its name: `secret:` and an id, or `key:` and a `kid`.
pub async fn credentials(ctx: &mut Ctx, client: &ClientId) -> Result<BTreeMap<String, Timestamp>> {
    let query = sql("SELECT credential, used_at FROM credential_use WHERE client_id = $1").bind(client);
    let used: Vec<(String, Timestamp)> = query.fetch_all(&mut ctx.tx).await?;
    Ok(used.into_iter().collect())
}

/// How many members are connected to the app now.
pub async fn members_of_app(ctx: &mut Ctx, client: &ClientId) -> Result<i64> {
    let query = sql("SELECT COUNT(DISTINCT g.account_id || ' ' || COALESCE(g.patient_id, '')) FROM application a
         JOIN access_grant g ON g.application_id = a.id WHERE a.client_id = $1 AND g.ended_at IS NULL AND g.expires_at > $2");
    let (members,): (i64,) = query.bind(client).bind(ctx.now).fetch_one(&mut ctx.tx).await?;
    Ok(members)
}

/// How many are connected to any app of the organization; someone with two of its apps counts twice.
pub async fn members_of_organization(ctx: &mut Ctx, organization: &OrganizationId) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM application a JOIN access_grant g ON g.application_id = a.id
         WHERE a.organization_id = $1 AND a.standing <> 'deleted' AND g.ended_at IS NULL AND g.expires_at > $2");
    let (members,): (i64,) = query.bind(organization).bind(ctx.now).fetch_one(&mut ctx.tx).await?;
    Ok(members)
}

fn sums(of: &str, table: &str) -> Query {
    let mut query = sql("SELECT ");
    query.push(of).push(", ").push(SUMS).push(" FROM ").push(table);
    query
}

fn of(query: &mut Query, filter: &Filter) {
    if let Some(program) = &filter.program {
        query.push(" AND program = ").push_bind(program);
    }
    if let Some(environment) = filter.environment {
        query.push(" AND environment = ").push_bind(environment);
    }
}

fn within(query: &mut Query, days: Days) {
    query.push(" AND day >= ").push_bind(days.first).push(" AND day <= ").push_bind(days.last);
}

fn by_day(query: &mut Query, days: Days) -> Query {
    within(query, days);
    query.push(" GROUP BY day ORDER BY day");
    query.clone()
}

impl<K: store::Column> FromRow for Sum<K> {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { of: row.get(0)?, calls: row.get(1)?, errors: row.get(2)? })
    }
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_the_upper_end_of_its_range() {
        fn check(ranges: &[(i64, i64)], percent: i64, expect: Option<i64>) {
            assert_eq!(percentile(ranges, percent), expect, "{ranges:?}");
        }
        check(&[], 95, None);
        check(&[(5, 95), (10, 5)], 95, Some(5));
        check(&[(5, 94), (10, 6)], 95, Some(10));
        check(&[(5, 1)], 50, Some(5));
        check(&[(5, 1), (60_000, 1)], 99, Some(60_000));
    }
}
