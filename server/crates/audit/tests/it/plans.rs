//! Each filter of the log goes by its own index, whatever it matches and however many rows there are.

use std::{env, time::Instant};

use audit::{
    event::Actor,
    log::{self, Filter, Page},
};
use jiff::{SignedDuration, Timestamp};
use model::id::AccountId;
use store::{
    Query, sql,
    testing::{TestStore, on_each_database, plan, recording},
};

/// As many as a test should take; a million by hand, with `FLEX_AUDIT_ROWS`.
fn rows() -> i64 {
    env::var("FLEX_AUDIT_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(20_000)
}

/// Rows of 50 people, of every tenth action one kind, about 200 things, a second apart.
async fn fill(test: &TestStore) -> Timestamp {
    let mut ctx = test.store.write().await.unwrap();
    let start = ctx.now;
    let query = sql("INSERT INTO audit (sequence, id, at, actor_kind, actor_id, action, subject_kind, subject_id, program,
             environment, detail, hash)
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 0 + $1)
         SELECT i, 'id-' || i, $2 + i * 1000, CASE WHEN i % 5 = 0 THEN 'system' ELSE 'account' END,
             CASE WHEN i % 5 = 0 THEN NULL ELSE 'person-' || (i % 49) END,
             CASE i % 10 WHEN 0 THEN 'grant.ended' WHEN 1 THEN 'grant.given' WHEN 2 THEN 'grant.revoked' WHEN 3 THEN 'account.verified'
             ELSE 'account.signed_in' END,
             'account', 'thing-' || (i % 199), NULL, NULL, '{}', 'hash-' || i FROM n");
    query.bind(rows()).bind(start).execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    test.store.db.analyze(&["audit"]).await.unwrap();
    start
}

fn filters(start: Timestamp) -> Vec<(Filter, &'static str)> {
    let people = ["person-7", "person-that-does-not-exist"].map(|id| Actor::Account(AccountId::new(id)));
    let actors = people.into_iter().chain([Actor::System, Actor::Operator]).map(Some).chain([None]);
    let actions = ["account.signed_in", "grant.changed", "grant."].map(|word| Some(word.to_owned()));
    let subjects = ["thing-3", "no-thing"].map(|id| Some(("account".to_owned(), id.to_owned())));
    let mut filters = Vec::new();
    for actor in actors {
        for action in actions.iter().chain([&None]) {
            for subject in subjects.iter().chain([&None]) {
                let index = match (&subject, &actor, &action) {
                    (None, None, None) => "audit_at",
                    (None, None, Some(_)) => "audit_action",
                    (None, Some(_), None) => "audit_actor",
                    (None, Some(_), Some(_)) => "audit_actor_action",
                    (Some(_), None, None) => "audit_subject",
                    (Some(_), None, Some(_)) => "audit_subject_action",
                    (Some(_), Some(_), None) => "audit_subject_actor",
                    (Some(_), Some(_), Some(_)) => "audit_subject_actor_action",
                };
                let days = [None, Some(start + SignedDuration::from_secs(rows() / 2))];
                for since in days {
                    let (actor, action, subject) = (actor.clone(), action.clone(), subject.clone());
                    filters.push((Filter { actor, action, subject, since, until: None }, index));
                }
            }
        }
    }
    filters
}

/// Neither reads the whole table nor sorts it. PostgreSQL may choose another index of the same order where a filter
/// matches few rows; SQLite's choice is fixed.
async fn check(test: &TestStore, statement: Query, index: &str, filter: &Filter) {
    let mut ctx = test.store.read().await.unwrap();
    let steps = plan(&mut ctx.tx, statement).await.unwrap().join("\n");
    assert!(!steps.contains("SCAN audit") || steps.contains("USING INDEX"), "{filter:?}\n{steps}");
    assert!(!steps.contains("Seq Scan"), "{filter:?}\n{steps}");
    if ctx.tx.dialect() == store::Dialect::Sqlite {
        let named = format!("{index} ");
        assert!(steps.contains(&named) || steps.ends_with(index), "{index}: {filter:?}\n{steps}");
    }
}

#[tokio::test]
async fn every_combination_of_filters_goes_by_an_index() {
    on_each_database(async |test| {
        let start = fill(test).await;
        let mut took = Vec::new();
        for (filter, index) in filters(start) {
            // The first page, and one near the end.
            for before in [None, Some(60)] {
                let mut ctx = test.store.read().await.unwrap();
                let listed = log::list(&mut ctx, &filter, Page { before, limit: 51 });
                let began = Instant::now();
                let (entries, mut statements) = recording(async { listed.await.unwrap() }).await;
                took.push(began.elapsed());
                drop(ctx);
                assert!(entries.len() <= 51);
                check(test, statements.pop().unwrap(), index, &filter).await;
            }
        }
        took.sort();
        println!(
            "{} lists of {} rows: p95 {:?}, longest {:?}",
            took.len(),
            rows(),
            took[took.len() * 95 / 100],
            took.last()
        );
    })
    .await;
}
