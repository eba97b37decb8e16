//! Traces of attacks.

use audit::{
    log::{self, Filter, Page},
    security::{self, Kind, MOST_ROWS, Trace, Watch},
    verify,
};
use jiff::ToSpan;
use model::id::{AccountId, AuditId};
use store::{
    Store,
    testing::{TestStore, on_each_database},
};

async fn rows(store: &Store) -> Vec<audit::entry::Entry> {
    let filter = Filter { action: Some("security.".to_owned()), ..Filter::default() };
    log::list(&mut store.read().await.unwrap(), &filter, Page { before: None, limit: 10_000 }).await.unwrap()
}

async fn seen(test: &TestStore) -> Vec<(String, i64)> {
    let since = test.store.now() - jiff::SignedDuration::from_hours(24);
    let counts = security::counts(&mut test.store.read().await.unwrap(), since).await.unwrap();
    counts.into_iter().map(|(_, action, seen)| (action, seen)).collect()
}

fn guess(account: &str, address: &str) -> Trace {
    Trace::of(Kind::PasswordWrong, "account", account).at(Some(address.parse().unwrap()))
}

#[tokio::test]
async fn an_attack_has_a_row_and_where_it_came_from_stands_beside_the_log_for_90_days() {
    on_each_database(async |test| {
        let watch = Watch::default();
        for _ in 0..3 {
            watch.note(guess("ada", "::ffff:192.0.2.1"));
        }
        watch.note(Trace::of(Kind::RoleRefused, "portal", "admin").by_account(&AccountId::new("eve")));
        watch.flush(&test.store).await.unwrap();

        let rows = rows(&test.store).await;
        let mut told: Vec<_> = rows
            .iter()
            .map(|row| (row.action.as_str(), row.subject_id.as_str(), row.detail["times"].clone()))
            .collect();
        told.sort_by_key(|(action, ..)| *action);
        assert_eq!(told, [("security.password_wrong", "ada", 3.into()), ("security.role_refused", "admin", 1.into())]);
        assert!(rows.iter().all(|row| !serde_json::to_string(&row.detail).unwrap().contains("192.0.2.1")));
        let ids: Vec<AuditId> = rows.iter().map(|row| row.id.clone()).collect();
        let addresses = async || {
            let mut ctx = test.store.read().await.unwrap();
            security::addresses(&mut ctx, &ids).await.unwrap().into_values().collect::<Vec<_>>()
        };
        assert_eq!(addresses().await, ["192.0.2.1"]);

        let purge = async || {
            let mut ctx = test.store.write().await.unwrap();
            security::purge(&mut ctx).await.unwrap();
            ctx.commit().await.unwrap();
        };
        test.clock.advance((90 * 24 - 1).hours());
        purge().await;
        assert_eq!(addresses().await.len(), 1);
        test.clock.advance(1.hour());
        purge().await;
        assert!(addresses().await.is_empty());
        let outcome = verify::run(&test.store, None, &[]).await.unwrap();
        assert!(outcome.is_intact() && outcome.rows == 2, "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn however_many_there_are_the_log_grows_little_and_all_are_counted() {
    on_each_database(async |test| {
        let watch = Watch::default();
        for round in 0..3 {
            for number in 0..5_000 {
                watch.note(guess(&format!("account-{number}"), &format!("10.0.{}.{}", number / 250, number % 250)));
            }
            watch.flush(&test.store).await.unwrap();
            test.clock.advance(15.minutes());
            assert_eq!(rows(&test.store).await.len(), MOST_ROWS as usize, "round {round}");
        }
        assert_eq!(seen(test).await, [("security.password_wrong".to_owned(), 15_000)]);
        let last = rows(&test.store).await;
        assert!(last[0].detail.contains_key("more"), "the last row says that more are only counted");

        // Of another kind there are rows all the same, and in the next hour of this one too.
        watch.note(Trace::of(Kind::CodeWrong, "account", "ada"));
        watch.flush(&test.store).await.unwrap();
        assert_eq!(rows(&test.store).await.len(), MOST_ROWS as usize + 1);
        test.clock.advance(1.hour());
        watch.flush(&test.store).await.unwrap();
        watch.note(guess("ada", "192.0.2.1"));
        watch.flush(&test.store).await.unwrap();
        assert_eq!(rows(&test.store).await.len(), MOST_ROWS as usize + 2);
    })
    .await;
}

#[tokio::test]
async fn one_who_goes_on_gets_a_row_every_ten_minutes() {
    on_each_database(async |test| {
        let watch = Watch::default();
        for _ in 0..30 {
            watch.note(guess("ada", "192.0.2.1"));
            watch.flush(&test.store).await.unwrap();
            test.clock.advance(1.minute());
        }
        let times: Vec<_> = rows(&test.store).await.iter().rev().map(|row| row.detail["times"].clone()).collect();
        assert_eq!(times, [1, 10, 10].map(serde_json::Value::from));
        assert_eq!(seen(test).await, [("security.password_wrong".to_owned(), 30)]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_written_is_written_later() {
    let test = store::testing::sqlite().await;
    let watch = Watch::default();
    watch.note(guess("ada", "192.0.2.1"));
    let gone = store::testing::sqlite().await;
    gone.store.db.close().await;
    assert!(watch.flush(&gone.store).await.is_err());
    watch.flush(&test.store).await.unwrap();
    assert_eq!(rows(&test.store).await.len(), 1);
    assert_eq!(seen(&test).await, [("security.password_wrong".to_owned(), 1)]);
}
