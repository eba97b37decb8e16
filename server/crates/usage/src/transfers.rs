//! Transfers: the days on which an app got data of a member's record, as the Patient Access metrics count them.
//!
//! A transfer is one grant and one day of the program's calendar with at least one answer 200 that carried at least one
//! resource of the member's compartment. 304, empty Bundles, the directory and `userinfo` are none.
//!
//! The first such answer of a day waits until its row is saved, so that no transfer is lost with the process. Further
//! ones are counted in memory and added by the worker.

use std::{
    collections::HashMap,
    future::Future,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use model::id::GrantId;
use store::{Ctx, Result, Store, sql};

use crate::day;

/// Cheap to clone; all clones share what they know.
#[derive(Clone, Default)]
pub struct Transfers(Arc<Mutex<HashMap<GrantId, Today>>>);

/// A grant whose row of this day is saved.
#[derive(Clone, Copy)]
struct Today {
    day: i64,
    /// Calls that are not saved yet.
    calls: i64,
}

impl Transfers {
    /// One more answer with such data on this day. `person`, the person's digest, is awaited once a day.
    pub async fn note(
        &self,
        store: &Store,
        grant: &GrantId,
        day: i64,
        person: impl Future<Output = Result<String>>,
    ) -> Result<()> {
        if self.is_counted(grant, day) {
            return Ok(());
        }
        let person = person.await?;
        let mut ctx = store.write().await?;
        begin(&mut ctx, grant, day, &person).await?;
        ctx.commit().await?;
        // Another call of this moment may have counted already.
        let before = self.begin(grant, day);
        if let Some(before) = before.filter(|before| before.day != day && 0 < before.calls) {
            add(store, grant, before).await?;
        }
        Ok(())
    }

    /// Counts the call if the row of this day is saved.
    fn is_counted(&self, grant: &GrantId, day: i64) -> bool {
        let mut known = self.known();
        let today = known.get_mut(grant).filter(|today| today.day == day);
        today.map(|today| today.calls += 1).is_some()
    }

    /// Knows from now on that the row of this day is saved; returns what was known before.
    fn begin(&self, grant: &GrantId, day: i64) -> Option<Today> {
        let mut known = self.known();
        let calls = known.get(grant).filter(|today| today.day == day).map_or(0, |today| today.calls);
        known.insert(grant.clone(), Today { day, calls })
    }

    /// Saves the calls that were counted since the last time, and forgets the grants of earlier days than these were
    /// used on. What cannot be saved is kept for the next time.
    pub async fn flush(&self, store: &Store) -> Result<()> {
        let waiting: Vec<(GrantId, Today)> = {
            let mut known = self.known();
            let newest = known.values().map(|today| today.day).max().unwrap_or_default();
            let waiting = known.iter_mut().filter(|(_, today)| 0 < today.calls);
            let waiting = waiting
                .map(|(grant, today)| (grant.clone(), Today { day: today.day, calls: mem::take(&mut today.calls) }));
            let mut waiting: Vec<_> = waiting.collect();
            waiting.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            // The day before may still go on in a zone farther west.
            let kept = day::date(newest).and_then(|date| date.yesterday().ok()).map_or(newest, day::number);
            known.retain(|_, today| kept <= today.day);
            waiting
        };
        let mut result = Ok(());
        for (grant, today) in waiting {
            if result.is_ok() {
                result = add(store, &grant, today).await;
            }
            if result.is_err() {
                let mut known = self.known();
                let again = known.entry(grant).or_insert(Today { calls: 0, ..today });
                // Calls of a day that is over are lost here; their transfer is not.
                again.calls += if again.day == today.day { today.calls } else { 0 };
            }
        }
        result
    }

    fn known(&self) -> MutexGuard<'_, HashMap<GrantId, Today>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The transfer of this day, or one more call of it.
async fn begin(ctx: &mut Ctx, grant: &GrantId, day: i64, person: &str) -> Result<()> {
    let at: Timestamp = ctx.now;
    let begun =
        sql("INSERT INTO transfer (grant_id, day, program, environment, payer_id, client_id, person, calls, first_at)
             SELECT g.id, $2, g.program, g.environment, g.payer_id, g.client_id, $3, 1, $4
             FROM access_grant g WHERE g.id = $1
             ON CONFLICT (grant_id, day) DO NOTHING")
        .bind(grant)
        .bind(day)
        .bind(person)
        .bind(at)
        .execute(&mut ctx.tx)
        .await?;
    if begun == 0 {
        return add_in(ctx, grant, day, 1).await;
    }
    sql("INSERT INTO transfer_member (program, environment, year, payer_id, person, transfers, calls)
         SELECT program, environment, $3, payer_id, person, 1, 1 FROM transfer WHERE grant_id = $1 AND day = $2
         ON CONFLICT (program, environment, year, payer_id, person) DO UPDATE SET
             transfers = transfer_member.transfers + 1, calls = transfer_member.calls + 1")
    .bind(grant)
    .bind(day)
    .bind(day::year(day))
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

async fn add(store: &Store, grant: &GrantId, Today { day, calls }: Today) -> Result<()> {
    let mut ctx = store.write().await?;
    add_in(&mut ctx, grant, day, calls).await?;
    ctx.commit().await
}

async fn add_in(ctx: &mut Ctx, grant: &GrantId, day: i64, calls: i64) -> Result<()> {
    sql("UPDATE transfer SET calls = calls + $3 WHERE grant_id = $1 AND day = $2")
        .bind(grant)
        .bind(day)
        .bind(calls)
        .execute(&mut ctx.tx)
        .await?;
    sql("UPDATE transfer_member SET calls = calls + $4
         WHERE (program, environment, year, payer_id, person) IN
             (SELECT program, environment, $3, payer_id, person FROM transfer WHERE grant_id = $1 AND day = $2)")
    .bind(grant)
    .bind(day)
    .bind(day::year(day))
    .bind(calls)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}
