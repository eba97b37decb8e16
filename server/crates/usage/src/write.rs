//! Adds sums to the database. Several processes may add to the same rows.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use model::{id::ClientId, partition::Partition};
use store::{Result, Rows, Store, Value};

use crate::{
    endpoint::{Api, Kinds},
    meter::Cell,
};

/// Sums of one transaction, so that other writers of SQLite need not wait long.
pub(crate) const BATCH: usize = 500;

const CALL: Rollup<9> = Rollup {
    head: "INSERT INTO usage_call (client_id, day, program, environment, api, endpoint, status, within_ms, calls)",
    tail: " ON CONFLICT (client_id, day, program, environment, api, endpoint, status, within_ms)
        DO UPDATE SET calls = usage_call.calls + excluded.calls",
};
const APP: Rollup<6> = Rollup {
    head: "INSERT INTO usage_app (client_id, day, program, environment, status, calls)",
    tail: " ON CONFLICT (client_id, day, program, environment, status)
        DO UPDATE SET calls = usage_app.calls + excluded.calls",
};
const DAY: Rollup<7> = Rollup {
    head: "INSERT INTO usage_day (program, environment, day, api, status, within_ms, calls)",
    tail: " ON CONFLICT (program, environment, day, api, status, within_ms)
        DO UPDATE SET calls = usage_day.calls + excluded.calls",
};
const ENDPOINT: Rollup<7> = Rollup {
    head: "INSERT INTO usage_endpoint (program, environment, day, api, endpoint, status, calls)",
    tail: " ON CONFLICT (program, environment, day, api, endpoint, status)
        DO UPDATE SET calls = usage_endpoint.calls + excluded.calls",
};

/// A table whose last column is a sum.
struct Rollup<const N: usize> {
    head: &'static str,
    tail: &'static str,
}

impl<const N: usize> Rollup<N> {
    /// The rows of these sums; their keys are all columns but the last.
    fn rows<K: Ord>(&self, sums: BTreeMap<K, i64>, row: impl Fn(K, i64) -> [Value; N]) -> Rows {
        let mut rows = Rows::new(self.head, N, self.tail);
        sums.into_iter().for_each(|(key, calls)| rows.push(row(key, calls)));
        rows
    }
}

/// Adds these sums to all tables, or to none.
pub(crate) async fn counts(
    store: &Store,
    kinds: &Kinds,
    places: &[&Partition],
    cells: &[(ClientId, Cell, i64)],
) -> Result<()> {
    let (mut apps, mut days, mut endpoints) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut calls = Rows::new(CALL.head, 9, CALL.tail);
    for (client, cell, count) in cells {
        let Cell { place, day, api, endpoint, status, within_ms } = *cell;
        let Some(partition) = places.get(usize::from(place)) else { continue };
        let Partition { program, environment } = partition;
        let (text, status, within) = (kinds.text(endpoint), i64::from(status), i64::from(within_ms));
        if api != Api::Authorization {
            if !client.as_str().is_empty() {
                *apps.entry((client, day, partition, status)).or_insert(0) += count;
            }
            *days.entry((partition, day, api.as_str(), status, within)).or_insert(0) += count;
        }
        *endpoints.entry((partition, day, api.as_str(), text.clone(), status)).or_insert(0) += count;
        calls.push([
            client.into(),
            day.into(),
            program.into(),
            (*environment).into(),
            api.as_str().into(),
            text.into(),
            status.into(),
            within.into(),
            (*count).into(),
        ]);
    }
    let apps = APP.rows(apps, |(client, day, of, status), calls| {
        [client.into(), day.into(), (&of.program).into(), of.environment.into(), status.into(), calls.into()]
    });
    let days = DAY.rows(days, |(of, day, api, status, within), calls| {
        let (program, environment) = (&of.program, of.environment);
        [program.into(), environment.into(), day.into(), api.into(), status.into(), within.into(), calls.into()]
    });
    let endpoints = ENDPOINT.rows(endpoints, |(of, day, api, endpoint, status), calls| {
        let (program, environment) = (&of.program, of.environment);
        [program.into(), environment.into(), day.into(), api.into(), endpoint.into(), status.into(), calls.into()]
    });
    let mut ctx = store.write().await?;
    for rows in [calls, apps, days, endpoints] {
        rows.run(&mut ctx.tx).await?;
    }
    ctx.commit().await
}

/// Saves when credentials were used.
pub(crate) async fn credentials(store: &Store, used: &HashMap<(ClientId, String), Timestamp>) -> Result<()> {
    if used.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(
        "INSERT INTO credential_use (client_id, credential, used_at)",
        3,
        " ON CONFLICT (client_id, credential) DO UPDATE SET used_at =
            CASE WHEN credential_use.used_at < excluded.used_at THEN excluded.used_at ELSE credential_use.used_at END",
    );
    for ((client, credential), at) in used.iter().collect::<BTreeMap<_, _>>() {
        rows.push([client.into(), credential.into(), (*at).into()]);
    }
    let mut ctx = store.write().await?;
    rows.run(&mut ctx.tx).await?;
    ctx.commit().await
}
