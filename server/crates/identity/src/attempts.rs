//! Slows down guessing: a bucket for each thing that can be guessed and each network that guesses. A few attempts are
//! free. After that each attempt makes the next one wait, twice as long each time, up to a limit. Nothing is ever locked.
//!
//! An attempt is counted before it is made, so that many at once do not get around the limit. A success takes it back.

use std::net::{IpAddr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};
use store::{Ctx, sql};

use crate::error::{Error, Result};

/// How patient a bucket is.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Attempts without waiting.
    pub free: i64,
    /// After the first that is not free; doubles with each.
    pub first_wait: SignedDuration,
    pub longest_wait: SignedDuration,
    /// After this long without an attempt, the count restarts.
    pub forget_after: SignedDuration,
}

/// Counts an attempt. [`Error::TooManyAttempts`] if it comes too early; such an attempt is not counted, so impatience does not
/// make the wait longer. The caller commits before it continues.
pub async fn admit(ctx: &mut Ctx, rule: Rule, bucket: &str) -> Result<()> {
    let forgotten_at = ctx.now + rule.forget_after;
    let counted: Option<(i64,)> =
        sql("INSERT INTO attempt (bucket, count, last_at, next_at, forgotten_at) VALUES ($1, 1, $2, $2, $3)
         ON CONFLICT (bucket) DO UPDATE SET
             count = CASE WHEN attempt.forgotten_at <= excluded.last_at THEN 1 ELSE attempt.count + 1 END,
             last_at = excluded.last_at, forgotten_at = excluded.forgotten_at
         WHERE attempt.next_at <= excluded.last_at
         RETURNING count")
        .bind(bucket)
        .bind(ctx.now)
        .bind(forgotten_at)
        .fetch_optional(&mut ctx.tx)
        .await?;
    match counted {
        Some((count,)) if count <= rule.free => Ok(()),
        Some((count,)) => set_next(ctx, rule, bucket, count).await,
        None => Err(Error::TooManyAttempts { retry_at: next_at(ctx, bucket).await? }),
    }
}

/// Counts an attempt that is skipped, rather than refused, if it comes too early.
pub async fn is_admitted(ctx: &mut Ctx, rule: Rule, bucket: &str) -> Result<bool> {
    match admit(ctx, rule, bucket).await {
        Ok(()) => Ok(true),
        Err(Error::TooManyAttempts { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn set_next(ctx: &mut Ctx, rule: Rule, bucket: &str, count: i64) -> Result<()> {
    let doublings = u32::try_from(count - rule.free - 1).unwrap_or(0).min(20);
    let wait = (rule.first_wait * 2_i32.pow(doublings)).min(rule.longest_wait);
    sql("UPDATE attempt SET next_at = $1 WHERE bucket = $2")
        .bind(ctx.now + wait)
        .bind(bucket)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

async fn next_at(ctx: &mut Ctx, bucket: &str) -> Result<Timestamp> {
    let query = sql("SELECT next_at FROM attempt WHERE bucket = $1").bind(bucket);
    let (next_at,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(next_at)
}

/// How many attempts the bucket has counted since it was cleared.
pub(crate) async fn count(ctx: &mut Ctx, bucket: &str) -> Result<i64> {
    let query = sql("SELECT count FROM attempt WHERE bucket = $1").bind(bucket);
    Ok(query.fetch_optional(&mut ctx.tx).await?.map_or(0, |(count,)| count))
}

/// Takes back the last attempt, because it was not a guess.
pub async fn take_back(ctx: &mut Ctx, bucket: &str) -> Result<()> {
    sql("UPDATE attempt SET count = count - 1, next_at = $1 WHERE bucket = $2 AND 0 < count")
        .bind(ctx.now)
        .bind(bucket)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Resets the bucket, because its owner has proved who they are.
pub async fn forget(ctx: &mut Ctx, bucket: &str) -> Result<()> {
    sql("DELETE FROM attempt WHERE bucket = $1").bind(bucket).execute(&mut ctx.tx).await?;
    Ok(())
}

/// The network as which a caller counts: an IPv4 address, or the /64 of one IPv6 customer.
pub fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_what_one_caller_has() {
        check(None, "unknown");
        check(Some("192.0.2.1"), "192.0.2.1");
        check(Some("::ffff:192.0.2.1"), "192.0.2.1");
        check(Some("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");

        fn check(address: Option<&str>, expect: &str) {
            assert_eq!(network(address.map(|address| address.parse().unwrap())), expect);
        }
    }
}
