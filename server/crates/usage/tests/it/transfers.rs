//! The transfers of a year, and the metrics that are made from them.

use model::{
    id::{GrantId, PayerId},
    partition::ProgramId,
};
use store::{
    sql,
    testing::{TestStore, both, on_each_database, racing_on_each_database},
};
use usage::{
    metrics::{self, Metrics},
    transfers::Transfers,
};

async fn grant(test: &TestStore, id: &str, environment: &str, payer: &str) -> GrantId {
    let mut ctx = test.store.write().await.unwrap();
    sql("INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, payer_id,
             patient_id, scope, created_at, expires_at)
         VALUES ($1, 'oph-ca', $2, $1, $1, $1, 0, $3, $1, '', 0, 1)")
    .bind(id)
    .bind(environment)
    .bind(payer)
    .execute(&mut ctx.tx)
    .await
    .unwrap();
    ctx.commit().await.unwrap();
    GrantId::new(id)
}

async fn note(test: &TestStore, transfers: &Transfers, grant: &GrantId, day: i64, person: &str) {
    transfers.note(&test.store, grant, day, async { Ok(person.to_owned()) }).await.unwrap();
}

async fn of_2026(test: &TestStore) -> Vec<(Option<String>, i64, i64, i64)> {
    let mut ctx = test.store.read().await.unwrap();
    let found = metrics::of_year(&mut ctx, 2026, Some(&ProgramId::new("oph-ca"))).await.unwrap();
    let one = |one: Metrics| {
        (one.payer.map(|payer: PayerId| payer.to_string()), one.members, one.repeated, one.repeated_calls)
    };
    found.into_iter().map(one).collect()
}

async fn row(test: &TestStore, grant: &GrantId, day: i64) -> Option<i64> {
    let query = sql("SELECT calls FROM transfer WHERE grant_id = $1 AND day = $2").bind(grant).bind(day);
    let found: Option<(i64,)> = query.fetch_optional(&mut test.store.read().await.unwrap().tx).await.unwrap();
    found.map(|(calls,)| calls)
}

#[tokio::test]
async fn a_transfer_is_a_grant_and_a_day_however_many_calls_it_has() {
    on_each_database(async |test| {
        let transfers = Transfers::default();
        let ada = grant(test, "ada", "production", "uc").await;
        for _ in 0..40 {
            note(test, &transfers, &ada, 20_260_302, "person-a").await;
        }
        assert_eq!(row(test, &ada, 20_260_302).await, Some(1), "the first is saved before its answer leaves");
        transfers.flush(&test.store).await.unwrap();
        transfers.flush(&test.store).await.unwrap();
        assert_eq!(row(test, &ada, 20_260_302).await, Some(40));
        // Forty calls of one day are more than once only in the looser reading.
        assert_eq!(of_2026(test).await, [(Some("uc".to_owned()), 1, 0, 1), (None, 1, 0, 1)]);
        note(test, &transfers, &ada, 20_260_303, "person-a").await;
        assert_eq!(of_2026(test).await, [(Some("uc".to_owned()), 1, 1, 1), (None, 1, 1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_person_counts_once_in_each_plan_and_once_in_the_program() {
    on_each_database(async |test| {
        let transfers = Transfers::default();
        let first = grant(test, "first", "production", "uc").await;
        let second = grant(test, "second", "production", "ibew-18").await;
        let other = grant(test, "other", "production", "uc").await;
        let sandbox = grant(test, "sandbox", "sandbox", "uc").await;
        note(test, &transfers, &first, 20_260_302, "person-a").await;
        note(test, &transfers, &second, 20_260_302, "person-a").await;
        note(test, &transfers, &other, 20_260_302, "person-b").await;
        note(test, &transfers, &sandbox, 20_260_302, "person-c").await;
        note(test, &transfers, &other, 20_251_231, "person-b").await;
        let (uc, ibew) = (Some("uc".to_owned()), Some("ibew-18".to_owned()));
        assert_eq!(of_2026(test).await, [(ibew, 1, 0, 0), (uc, 2, 0, 0), (None, 2, 1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_counted_again_after_a_restart_is_one_transfer() {
    on_each_database(async |test| {
        let ada = grant(test, "ada", "production", "uc").await;
        let before = Transfers::default();
        note(test, &before, &ada, 20_260_302, "person-a").await;
        note(test, &before, &ada, 20_260_302, "person-a").await;
        // The process dies before it saves the second call.
        drop(before);
        let after = Transfers::default();
        note(test, &after, &ada, 20_260_302, "person-a").await;
        assert_eq!(row(test, &ada, 20_260_302).await, Some(2));
        assert_eq!(of_2026(test).await, [(Some("uc".to_owned()), 1, 0, 1), (None, 1, 0, 1)]);
    })
    .await;
}

#[tokio::test]
async fn two_first_calls_at_once_are_one_transfer() {
    racing_on_each_database(async |test| {
        let ada = grant(test, "ada", "production", "uc").await;
        let (one, other) = (Transfers::default(), Transfers::default());
        let (first, second) = (
            one.note(&test.store, &ada, 20_260_302, async { Ok("person-a".to_owned()) }),
            other.note(&test.store, &ada, 20_260_302, async { Ok("person-a".to_owned()) }),
        );
        let (first, second) = both(first, second).await;
        first.unwrap();
        second.unwrap();
        assert_eq!(row(test, &ada, 20_260_302).await, Some(2));
        let of_members = sql("SELECT transfers, calls FROM transfer_member");
        let found: Vec<(i64, i64)> = of_members.fetch_all(&mut test.store.read().await.unwrap().tx).await.unwrap();
        assert_eq!(found, [(1, 2)]);
    })
    .await;
}

/// The rows that a page reads say the same as the days they were made from.
#[tokio::test]
async fn the_metrics_agree_with_the_raw_rows() {
    on_each_database(async |test| {
        let transfers = Transfers::default();
        let mut grants = Vec::new();
        for number in 0..12 {
            let payer = if number % 2 == 0 { "uc" } else { "ibew-18" };
            grants.push(grant(test, &format!("grant-{number}"), "production", payer).await);
        }
        for (number, grant) in grants.iter().enumerate() {
            for call in 0..number % 4 {
                let day = 20_260_302 + i64::try_from(call % 2).unwrap();
                note(test, &transfers, grant, day, &format!("person-{}", number / 3)).await;
            }
        }
        transfers.flush(&test.store).await.unwrap();
        let raw = sql("SELECT payer_id, COUNT(*), COUNT(CASE WHEN days > 1 THEN 1 END), COUNT(CASE WHEN calls > 1 THEN 1 END)
             FROM (SELECT payer_id, person, COUNT(*) AS days, SUM(calls) AS calls FROM transfer
                   WHERE environment = 'production' AND day BETWEEN 20260101 AND 20261231 GROUP BY payer_id, person) people
             GROUP BY payer_id ORDER BY payer_id");
        let raw: Vec<(String, i64, i64, i64)> =
            raw.fetch_all(&mut test.store.read().await.unwrap().tx).await.unwrap();
        let found: Vec<_> = of_2026(test)
            .await
            .into_iter()
            .filter_map(|(payer, members, repeated, calls)| Some((payer?, members, repeated, calls)))
            .collect();
        assert_eq!(found, raw);
        assert!(raw.iter().any(|(_, members, repeated, _)| 0 < *repeated && repeated < members), "{raw:?}");
    })
    .await;
}
