//! What a load records about itself, in the transactions in which it writes resources: its progress and its counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use model::partition::Partition;
use serde_json::json;
use store::{Ctx, Query, Rows, Store, sql};

use super::{Reject, place::Place, report::Report};
use crate::{
    catalog,
    error::{Error, Result},
};

/// Rejects of a load that we keep. More have the same few reasons.
const MOST_KEPT: u64 = 10_000;
/// How long we keep them: they can name parts of a resource.
const REJECTS_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long a load that ended halfway can be resumed.
const RESUMABLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A row of `fhir_load` that belongs to this run.
pub struct Record {
    pub load: i64,
    run: String,
}

/// Where a load starts.
pub struct Beginning {
    pub record: Record,
    pub after: Place,
    pub report: Report,
}

/// How a load ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End<'a> {
    Failed(&'a str),
    Interrupted,
}

impl Record {
    /// The load with this digest that ended halfway, or a new one. Without a digest it is always new and cannot be
    /// resumed.
    pub async fn begin(
        store: &Store,
        partition: &Partition,
        sources: &[String],
        resumes: Option<&str>,
    ) -> Result<Beginning> {
        let mut ctx = store.write().await?;
        give_up_old(&mut ctx, partition).await?;
        let run = ctx.random_id();
        let (load, file, line, entry, rejected, unnamed): (i64, i64, i64, i64, i64, i64) =
            sql("INSERT INTO fhir_load (load, program, environment, sources, resumes, run, state, started_at, beat_at, \
                 file, line, entry, rejected, unnamed) VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, $7, 0, 0, 0, 0, 0) \
                 ON CONFLICT (program, environment, resumes) DO UPDATE SET run = excluded.run, state = 'running', \
                 problem = NULL, ended_at = NULL, beat_at = excluded.beat_at \
                 RETURNING load, file, line, entry, rejected, unnamed")
            .bind(catalog::numbers(&mut ctx.tx, 1).await?)
            .bind(&partition.program)
            .bind(partition.environment)
            .bind(json!(sources).to_string())
            .bind(resumes.map(str::to_owned))
            .bind(&run)
            .bind(ctx.now)
            .fetch_one(&mut ctx.tx)
            .await?;
        let mut report = counts(&mut ctx, load).await?;
        (report.rejected, report.unnamed) = (rejected.unsigned_abs(), unnamed.unsigned_abs());
        ctx.commit().await?;
        let file = u32::try_from(file).unwrap_or_default();
        let after = Place { file, line: line.unsigned_abs(), entry: entry.unsigned_abs() };
        Ok(Beginning { record: Self { load, run }, after, report })
    }

    /// Records the progress. Fails with [`Error::TakenOver`] if another process has resumed the load.
    pub async fn advance(&self, ctx: &mut Ctx, place: Place, report: &Report) -> Result<()> {
        let set =
            sql("UPDATE fhir_load SET beat_at = $1, file = $2, line = $3, entry = $4, rejected = $5, unnamed = $6")
                .bind(ctx.now)
                .bind(place.file)
                .bind(number(place.line))
                .bind(number(place.entry))
                .bind(number(report.rejected))
                .bind(number(report.unnamed));
        self.update(ctx, set, report).await
    }

    /// Records what it did after everything was read. Fails as [`Record::advance`] does.
    pub async fn count(&self, ctx: &mut Ctx, report: &Report) -> Result<()> {
        let set = sql("UPDATE fhir_load SET beat_at = $1").bind(ctx.now);
        self.update(ctx, set, report).await
    }

    /// Runs the `UPDATE` on the row while it is ours, and writes the counts.
    async fn update(&self, ctx: &mut Ctx, mut set: Query, report: &Report) -> Result<()> {
        set.push(" WHERE load = ").push_bind(self.load);
        set.push(" AND run = ").push_bind(&self.run).push(" AND state = 'running'");
        if set.execute(&mut ctx.tx).await? == 0 {
            return Err(Error::TakenOver);
        }
        self.write_counts(ctx, report).await
    }

    async fn write_counts(&self, ctx: &mut Ctx, report: &Report) -> Result<()> {
        let of = |counts: &BTreeMap<String, u64>, kind: &str| number(counts.get(kind).copied().unwrap_or_default());
        let parts =
            [&report.created, &report.updated, &report.unchanged, &report.deleted, &report.absent, &report.skipped];
        let kinds: BTreeSet<&String> = parts.iter().flat_map(|counts| counts.keys()).collect();
        let mut rows = Rows::new(
            "INSERT INTO fhir_load_count (load, type, created, updated, unchanged, deleted, absent, skipped)",
            8,
            " ON CONFLICT (load, type) DO UPDATE SET created = excluded.created, updated = excluded.updated, \
             unchanged = excluded.unchanged, deleted = excluded.deleted, absent = excluded.absent, skipped = excluded.skipped",
        );
        for kind in kinds {
            let [created, updated, unchanged, deleted, absent, skipped] = parts.map(|counts| of(counts, kind).into());
            rows.push([self.load.into(), kind.into(), created, updated, unchanged, deleted, absent, skipped]);
        }
        rows.run(&mut ctx.tx).await?;
        let mut rows = Rows::new(
            "INSERT INTO fhir_load_unseen (load, reason, type, resources)",
            4,
            " ON CONFLICT (load, reason, type) DO UPDATE SET resources = excluded.resources",
        );
        for (reason, kinds) in &report.unseen {
            kinds.iter().for_each(|(kind, count)| {
                rows.push([self.load.into(), reason.into(), kind.into(), number(*count).into()]);
            });
        }
        Ok(rows.run(&mut ctx.tx).await?)
    }

    /// Keeps what a batch rejected, for the administrators' page: the first ones of the load. `report` counts them already.
    pub async fn keep(&self, ctx: &mut Ctx, rejects: &[Reject], report: &Report) -> Result<()> {
        let before = report.rejected.saturating_sub(rejects.len() as u64);
        let mut rows = Rows::new(
            "INSERT INTO fhir_load_reject (load, number, path, line, element, reason)",
            6,
            " ON CONFLICT (load, number) DO NOTHING",
        );
        for (number, reject) in (before + 1..=MOST_KEPT).zip(rejects) {
            let (line, path) = (number_of(reject.origin.line), reject.origin.path.to_string());
            let values: [store::Value; 6] = [
                self.load.into(),
                number_of(number),
                path.into(),
                line,
                reject.at.clone().into(),
                reject.reason.as_str().into(),
            ];
            rows.push(values);
        }
        Ok(rows.run(&mut ctx.tx).await?)
    }

    /// Records which resources of the replaced types the load brought.
    pub async fn mark(&self, ctx: &mut Ctx, keys: impl Iterator<Item = i64>) -> Result<()> {
        let mut rows = Rows::new("INSERT INTO fhir_load_seen (load, key)", 2, " ON CONFLICT DO NOTHING");
        keys.for_each(|key| rows.push([self.load.into(), key.into()]));
        Ok(rows.run(&mut ctx.tx).await?)
    }

    /// Records that it is over; nothing is left to resume. Fails as [`Record::advance`] does.
    pub async fn end(&self, ctx: &mut Ctx, report: &Report) -> Result<()> {
        self.count(ctx, report).await?;
        sql("UPDATE fhir_load SET state = 'done', ended_at = $1, resumes = NULL WHERE load = $2")
            .bind(ctx.now)
            .bind(self.load)
            .execute(&mut ctx.tx)
            .await?;
        sql("DELETE FROM fhir_load_seen WHERE load = $1").bind(self.load).execute(&mut ctx.tx).await?;
        Ok(())
    }

    /// Records that it ended halfway, unless another process has resumed it.
    pub async fn stop(&self, store: &Store, end: End<'_>) -> Result<()> {
        let (state, problem) = match end {
            End::Failed(problem) => ("failed", Some(problem.to_owned())),
            End::Interrupted => ("interrupted", None),
        };
        let mut ctx = store.write().await?;
        sql("UPDATE fhir_load SET state = $1, problem = $2, ended_at = $3 WHERE load = $4 AND run = $5 AND state = 'running'")
            .bind(state)
            .bind(problem)
            .bind(ctx.now)
            .bind(self.load)
            .bind(&self.run)
            .execute(&mut ctx.tx)
            .await?;
        Ok(ctx.commit().await?)
    }
}

/// Makes the load with this digest start over the next time.
pub async fn forget(store: &Store, partition: &Partition, resumes: &str) -> Result<()> {
    let mut ctx = store.write().await?;
    give_up(&mut ctx, partition, "resumes = $3", resumes.into()).await?;
    Ok(ctx.commit().await?)
}

/// A load that ended halfway long ago is not resumed; what it recorded is out of date.
async fn give_up_old(ctx: &mut Ctx, partition: &Partition) -> Result<()> {
    let before = ctx.now - REJECTS_KEPT;
    sql("DELETE FROM fhir_load_reject WHERE load IN \
         (SELECT load FROM fhir_load WHERE program = $1 AND environment = $2 AND started_at < $3)")
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(before)
    .execute(&mut ctx.tx)
    .await?;
    let since = ctx.now - RESUMABLE;
    give_up(ctx, partition, "beat_at < $3", since.into()).await
}

async fn give_up(ctx: &mut Ctx, partition: &Partition, condition: &str, value: store::Value) -> Result<()> {
    let mut seen = sql(
        "DELETE FROM fhir_load_seen WHERE load IN (SELECT load FROM fhir_load WHERE program = $1 AND environment = $2 \
         AND resumes IS NOT NULL AND ",
    );
    seen.push(condition).push(")");
    let mut load = sql(
        "UPDATE fhir_load SET resumes = NULL, state = CASE state WHEN 'running' THEN 'interrupted' ELSE state END, \
         ended_at = COALESCE(ended_at, beat_at) WHERE program = $1 AND environment = $2 AND resumes IS NOT NULL AND ",
    );
    load.push(condition);
    for query in [seen, load] {
        let query = query.bind(&partition.program).bind(partition.environment).bind(value.clone());
        query.execute(&mut ctx.tx).await?;
    }
    Ok(())
}

async fn counts(ctx: &mut Ctx, load: i64) -> Result<Report> {
    type Counts = (String, i64, i64, i64, i64, i64, i64);
    let rows: Vec<Counts> =
        sql("SELECT type, created, updated, unchanged, deleted, absent, skipped FROM fhir_load_count WHERE load = $1")
            .bind(load)
            .fetch_all(&mut ctx.tx)
            .await?;
    let mut report = Report::default();
    for (kind, created, updated, unchanged, deleted, absent, skipped) in rows {
        let parts = [
            (&mut report.created, created),
            (&mut report.updated, updated),
            (&mut report.unchanged, unchanged),
            (&mut report.deleted, deleted),
            (&mut report.absent, absent),
            (&mut report.skipped, skipped),
        ];
        for (counts, count) in parts.into_iter().filter(|(_, count)| 0 < *count) {
            counts.insert(kind.clone(), count.unsigned_abs());
        }
    }
    let unseen: Vec<(String, String, i64)> =
        sql("SELECT reason, type, resources FROM fhir_load_unseen WHERE load = $1")
            .bind(load)
            .fetch_all(&mut ctx.tx)
            .await?;
    unseen.iter().for_each(|(reason, kind, count)| report.count_unseen(reason, kind, count.unsigned_abs()));
    Ok(report)
}

/// The databases' numbers are signed.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// For a row of many.
fn number_of(count: u64) -> store::Value {
    number(count).into()
}
