//! How payers' providers and code hooks did lately, for administrators: across every node. A payer has one or the other.

use identity::payer_accounts::Home;
use jiff::Timestamp;
use store::{Ctx, FromRow, Row, Store, sql};

use crate::fault::Fault;

/// Of one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// When a member last signed in, or a code was last accepted.
    pub succeeded_at: Option<Timestamp>,
    /// When it last failed, and why.
    pub failed_at: Option<Timestamp>,
    pub failure: Option<String>,
    /// Since when every attempt failed; `None` while it works.
    pub failing_since: Option<Timestamp>,
}

impl Health {
    /// Whether the last result was good; `None` if there was no attempt yet.
    pub fn is_well(&self) -> Option<bool> {
        let latest = self.succeeded_at.max(self.failed_at)?;
        Some(self.succeeded_at == Some(latest))
    }
}

pub async fn of(ctx: &mut Ctx, home: &Home) -> store::Result<Health> {
    let found: Option<Health> = sql("SELECT succeeded_at, failed_at, failure, failing_since FROM payer_provider_health
         WHERE program = $1 AND environment = $2 AND payer = $3")
    .bind(&home.partition.program)
    .bind(home.partition.environment)
    .bind(&home.payer)
    .fetch_optional(&mut ctx.tx)
    .await?;
    Ok(found.unwrap_or_default())
}

pub(crate) async fn succeeded(ctx: &mut Ctx, home: &Home) -> store::Result<()> {
    sql("INSERT INTO payer_provider_health (program, environment, payer, succeeded_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (program, environment, payer) DO UPDATE SET
             succeeded_at = excluded.succeeded_at, failing_since = NULL")
    .bind(&home.partition.program)
    .bind(home.partition.environment)
    .bind(&home.payer)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

pub(crate) async fn failed(store: &Store, home: &Home, fault: &Fault) -> store::Result<()> {
    if !fault.is_providers() {
        return Ok(());
    }
    let mut ctx = store.write().await?;
    sql("INSERT INTO payer_provider_health (program, environment, payer, failed_at, failure, failing_since)
         VALUES ($1, $2, $3, $4, $5, $4)
         ON CONFLICT (program, environment, payer) DO UPDATE SET
             failed_at = excluded.failed_at, failure = excluded.failure,
             failing_since = COALESCE(payer_provider_health.failing_since, excluded.failing_since)")
    .bind(&home.partition.program)
    .bind(home.partition.environment)
    .bind(&home.payer)
    .bind(ctx.now)
    .bind(fault.to_string())
    .execute(&mut ctx.tx)
    .await?;
    ctx.commit().await
}

impl FromRow for Health {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { succeeded_at: row.get(0)?, failed_at: row.get(1)?, failure: row.get(2)?, failing_since: row.get(3)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_heard_last_counts() {
        fn check(succeeded: Option<i64>, failed: Option<i64>, expect: Option<bool>) {
            let [succeeded_at, failed_at] =
                [succeeded, failed].map(|at| at.map(|at| Timestamp::from_second(at).unwrap()));
            let health = Health { succeeded_at, failed_at, ..Health::default() };
            assert_eq!(health.is_well(), expect, "{health:?}");
        }
        check(None, None, None);
        check(Some(1), None, Some(true));
        check(None, Some(1), Some(false));
        check(Some(2), Some(1), Some(true));
        check(Some(1), Some(2), Some(false));
        // A member could sign in all the same.
        check(Some(1), Some(1), Some(true));
    }
}
