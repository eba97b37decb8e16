//! A log that was tampered with is found out, and where.

use audit::{
    checks::{self, By},
    log,
    verify::{self, Fault, Outcome, Seal},
};
use jiff::ToSpan;
use store::{
    Store, sql,
    testing::{TestStore, on_each_database},
};

use crate::log::{event, record, tamper};

async fn with_rows(test: &TestStore, rows: u32) {
    for subject in 1..=rows {
        record(&test.store, &event(&subject.to_string())).await;
    }
}

async fn check(store: &Store) -> Outcome {
    verify::run(store, None, &[]).await.unwrap()
}

async fn head(store: &Store) -> Seal {
    let (sequence, hash) = log::head(&mut store.read().await.unwrap()).await.unwrap();
    Seal { sequence, hash }
}

/// What is found after these statements, of five rows.
async fn found(statements: &[&'static str], expect: &[Fault]) {
    on_each_database(async |test| {
        with_rows(test, 5).await;
        tamper(&test.store, statements).await;
        assert_eq!(check(&test.store).await.faults, expect, "{statements:?}");
    })
    .await;
}

#[tokio::test]
async fn an_untouched_log_is_intact_and_so_is_an_empty_one() {
    on_each_database(async |test| {
        let empty = check(&test.store).await;
        assert!(empty.is_intact() && empty.rows == 0, "{empty:?}");
        with_rows(test, 3).await;
        let outcome = check(&test.store).await;
        assert!(outcome.is_intact(), "{outcome:?}");
        assert_eq!((outcome.rows, &outcome.head), (3, &head(&test.store).await));
    })
    .await;
}

#[tokio::test]
async fn a_changed_row_is_found() {
    found(&["UPDATE audit SET actor_id = 'bob' WHERE sequence = 2"], &[Fault::Changed { sequence: 2 }]).await;
    found(&["UPDATE audit SET detail = '{}' WHERE sequence = 5"], &[Fault::Changed { sequence: 5 }]).await;
}

#[tokio::test]
async fn a_row_whose_hash_was_replaced_is_found_by_the_row_after_it() {
    let two = [Fault::Changed { sequence: 2 }, Fault::Changed { sequence: 3 }];
    found(&["UPDATE audit SET hash = 'of no row' WHERE sequence = 2"], &two).await;
}

#[tokio::test]
async fn missing_rows_are_found() {
    found(&["DELETE FROM audit WHERE sequence IN (2, 3)"], &[Fault::Missing { from: 2, to: 3 }]).await;
    found(&["DELETE FROM audit WHERE sequence = 1"], &[Fault::Missing { from: 1, to: 1 }]).await;
}

#[tokio::test]
async fn a_log_that_was_cut_off_is_found() {
    found(&["DELETE FROM audit WHERE sequence >= 4"], &[Fault::CutOff { from: 4, to: 5 }]).await;
    found(&["DELETE FROM audit"], &[Fault::CutOff { from: 1, to: 5 }]).await;
}

#[tokio::test]
async fn a_head_that_was_moved_is_found() {
    found(&["UPDATE audit_head SET sequence = 4"], &[Fault::Head { sequence: 4 }, Fault::Added { from: 5 }]).await;
    let back = "UPDATE audit_head SET sequence = 4, hash = (SELECT hash FROM audit WHERE sequence = 4)";
    found(&[back], &[Fault::Added { from: 5 }]).await;
}

/// Cut off with its head, which the log alone cannot show.
#[tokio::test]
async fn a_kept_digest_finds_a_log_that_was_rewritten_as_a_whole() {
    on_each_database(async |test| {
        with_rows(test, 5).await;
        let kept = head(&test.store).await;
        let back = "UPDATE audit_head SET sequence = 3, hash = (SELECT hash FROM audit WHERE sequence = 3)";
        tamper(&test.store, &["DELETE FROM audit WHERE sequence >= 4", back]).await;
        assert!(check(&test.store).await.is_intact());
        let outcome = verify::run(&test.store, None, std::slice::from_ref(&kept)).await.unwrap();
        assert_eq!(outcome.faults, [Fault::Rewritten { sequence: 5 }]);

        with_rows(test, 2).await;
        let outcome = verify::run(&test.store, None, &[kept]).await.unwrap();
        assert_eq!(outcome.faults, [Fault::Rewritten { sequence: 5 }], "other rows took their places");
    })
    .await;
}

#[tokio::test]
async fn a_check_goes_on_where_the_last_one_ended() {
    on_each_database(async |test| {
        with_rows(test, 3).await;
        let first = head(&test.store).await;
        with_rows(test, 2).await;
        let outcome = verify::run(&test.store, Some(&first), &[]).await.unwrap();
        assert!(outcome.is_intact(), "{outcome:?}");
        assert_eq!((outcome.after, outcome.rows), (3, 2));
        tamper(&test.store, &["UPDATE audit SET action = 'x.y' WHERE sequence = 2"]).await;
        assert!(verify::run(&test.store, Some(&first), &[]).await.unwrap().is_intact());
        assert_eq!(check(&test.store).await.faults, [Fault::Changed { sequence: 2 }]);
    })
    .await;
}

/// One daily check, as a worker does it; the number of rows it read, or `None` if it is not due.
async fn daily(store: &Store) -> Option<i64> {
    let mut ctx = store.write().await.unwrap();
    let is_due = checks::take_turn(&mut ctx).await.unwrap();
    ctx.commit().await.unwrap();
    if !is_due {
        return None;
    }
    let outcome = checks::daily(store).await.unwrap();
    let mut ctx = store.write().await.unwrap();
    checks::finish(&mut ctx, By::Worker, "here 1", &outcome).await.unwrap();
    ctx.commit().await.unwrap();
    Some(outcome.rows)
}

#[tokio::test]
async fn one_process_checks_each_day_what_is_new_and_each_week_everything() {
    on_each_database(async |test| {
        with_rows(test, 3).await;
        assert_eq!(daily(&test.store).await, Some(3));
        assert_eq!(daily(&test.store).await, None);
        with_rows(test, 2).await;
        test.clock.advance(24.hours());
        assert_eq!(daily(&test.store).await, Some(2));
        for _ in 0..5 {
            test.clock.advance(24.hours());
            assert_eq!(daily(&test.store).await, Some(0));
        }
        test.clock.advance(24.hours());
        assert_eq!(daily(&test.store).await, Some(5));
        let last = checks::last(&mut test.store.read().await.unwrap()).await.unwrap().unwrap();
        assert_eq!((last.by, last.after, last.rows, last.faults, last.first), (By::Worker, 0, 5, 0, None));
        assert_eq!(last.head, head(&test.store).await);
    })
    .await;
}

#[tokio::test]
async fn a_process_that_ended_within_its_turn_leaves_it_to_another() {
    on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        assert!(checks::take_turn(&mut ctx).await.unwrap());
        ctx.commit().await.unwrap();
        assert_eq!(daily(&test.store).await, None);
        test.clock.advance(1.hours());
        assert_eq!(daily(&test.store).await, Some(0));
    })
    .await;
}

#[tokio::test]
async fn the_daily_check_finds_a_log_that_was_cut_off_with_its_head() {
    on_each_database(async |test| {
        with_rows(test, 5).await;
        daily(&test.store).await;
        let back = "UPDATE audit_head SET sequence = 3, hash = (SELECT hash FROM audit WHERE sequence = 3)";
        tamper(&test.store, &["DELETE FROM audit WHERE sequence >= 4", back]).await;
        test.clock.advance(24.hours());
        daily(&test.store).await;
        let mut ctx = test.store.read().await.unwrap();
        let last = checks::last(&mut ctx).await.unwrap().unwrap();
        assert_eq!(last.first, Some(Fault::Rewritten { sequence: 5 }));
        assert!(0 < last.faults);
        drop(ctx);
        let (gone,): (i64,) =
            sql("SELECT COUNT(*) FROM audit_check").fetch_one(&mut test.store.read().await.unwrap().tx).await.unwrap();
        assert_eq!(gone, 2);
    })
    .await;
}
