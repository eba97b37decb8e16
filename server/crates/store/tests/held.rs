//! A request holds one connection, and none while it waits for something else.

#![cfg(test)]

use std::{future::Future, time::Duration};

use store::{
    Ctx, Store, Value, assert_nothing_lent, sql,
    testing::{at_once, on_each_database},
};

/// The panic message of a request that is stopped.
async fn stopped<F: Future<Output = ()> + Send + 'static>(request: F) -> String {
    let error = tokio::spawn(request).await.expect_err("it is stopped");
    error.into_panic().downcast::<String>().map(|text| *text).unwrap_or_default()
}

async fn lent(store: &Store, to_write: bool) -> Ctx {
    let lent = if to_write { store.write().await } else { store.read().await };
    lent.unwrap()
}

#[tokio::test]
async fn a_request_that_holds_a_connection_is_stopped_when_it_asks_for_another() {
    on_each_database(async |test| {
        for (first, second) in [(false, false), (false, true), (true, false), (true, true)] {
            let store = test.store.clone();
            let said = stopped(async move {
                let _first = lent(&store, first).await;
                let _second = lent(&store, second).await;
            });
            let said = said.await;
            assert!(said.contains("second connection") && said.contains("held.rs"), "{first} {second}: {said}");
            // The connection that it held has been returned.
            drop(lent(&test.store, first).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_that_holds_a_connection_is_stopped_when_it_waits_for_something_else() {
    on_each_database(async |test| {
        let store = test.store.clone();
        let said = stopped(async move {
            let _held = lent(&store, false).await;
            assert_nothing_lent();
        });
        assert!(said.await.contains("give it back first"));

        // The shared statement uses a connection of its own, for which the holder would wait.
        let lookups = store::Lookups::<(String,)>::new(&test.store, sql("SELECT id FROM outbox WHERE id IN "));
        let inserts = store::Inserts::new(&test.store, "INSERT INTO outbox (id)");
        let store = test.store.clone();
        let said = stopped(async move {
            let _held = lent(&store, false).await;
            let _ = lookups.find("one").await;
        });
        assert!(said.await.contains("give it back first"));
        let store = test.store.clone();
        let said = stopped(async move {
            let _held = lent(&store, true).await;
            let _ = inserts.insert([Value::from("one")]).await;
        });
        assert!(said.await.contains("give it back first"));
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_was_given_back_counts_no_more() {
    on_each_database(async |test| {
        for round in 0..10 {
            lent(&test.store, true).await.commit().await.unwrap();
            drop(lent(&test.store, round % 2 == 0).await);
            // Committed by a different task from the one that received it.
            tokio::spawn(lent(&test.store, true).await.commit()).await.unwrap().unwrap();
            assert_nothing_lent();
        }
        // Dropped while it waited.
        let held = lent(&test.store, true).await;
        let store = test.store.clone();
        let waits = tokio::spawn(async move { lent(&store, true).await });
        tokio::task::yield_now().await;
        waits.abort();
        assert!(waits.await.is_err_and(|error| error.is_cancelled()));
        drop(held);
        drop(lent(&test.store, true).await);
    })
    .await;
}

#[tokio::test]
async fn any_number_of_requests_get_on_with_one_connection() {
    on_each_database(async |test| {
        let requests = at_once((0..50).map(async |number| {
            for to_write in [false, true, false] {
                let mut ctx = lent(&test.store, to_write).await;
                sql("SELECT 1").execute(&mut ctx.tx).await.unwrap();
                tokio::task::yield_now().await;
            }
            number
        }));
        let done = tokio::time::timeout(Duration::from_secs(30), requests).await.unwrap();
        assert_eq!(done, (0..50).collect::<Vec<_>>());
    })
    .await;
}
