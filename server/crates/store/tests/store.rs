//! The same statements on both databases.

#![cfg(test)]

use store::{Error, sql, testing::on_each_database};

async fn insert(ctx: &mut store::Ctx, id: &str, event: &str) -> store::Result<u64> {
    sql("INSERT INTO outbox (id, event, recipient, subject, text_body, html_body, created_at, due_at)
         VALUES ($1, $2, 'a@example.org', 's', 't', 'h', $3, $3)")
    .bind(id)
    .bind(event)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
}

async fn count(store: &store::Store) -> i64 {
    let mut ctx = store.read().await.unwrap();
    let (count,) = sql("SELECT COUNT(*) FROM outbox").fetch_one(&mut ctx.tx).await.unwrap();
    count
}

#[tokio::test]
async fn what_is_committed_stays_and_the_rest_is_gone() {
    on_each_database(async |test| {
        let mut kept = test.store.write().await.unwrap();
        assert_eq!(insert(&mut kept, "1", "one").await.unwrap(), 1);
        kept.commit().await.unwrap();
        let mut dropped = test.store.write().await.unwrap();
        insert(&mut dropped, "2", "two").await.unwrap();
        drop(dropped);
        assert_eq!(count(&test.store).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_constraint_is_known_by_the_same_name() {
    on_each_database(async |test| {
        for (id, event, name) in [("2", "one", "outbox_event_key"), ("1", "two", "outbox_pkey")] {
            let mut ctx = test.store.write().await.unwrap();
            insert(&mut ctx, "1", "one").await.unwrap();
            let error = insert(&mut ctx, id, event).await.unwrap_err();
            assert!(error.is_unique(name), "{error:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nulls_and_times_come_back_as_they_went() {
    on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        insert(&mut ctx, "1", "one").await.unwrap();
        sql("UPDATE outbox SET last_error = $1, sent_at = $2")
            .bind(None::<&str>)
            .bind(None::<jiff::Timestamp>)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        let row: (Option<String>, Option<jiff::Timestamp>, jiff::Timestamp) =
            sql("SELECT last_error, sent_at, due_at FROM outbox").fetch_one(&mut ctx.tx).await.unwrap();
        assert_eq!(row, (None, None, ctx.now));
        let missing = sql("SELECT id FROM outbox WHERE id = $1").bind("none").fetch_one::<(String,)>(&mut ctx.tx).await;
        assert!(matches!(missing, Err(Error::Missing)));
    })
    .await;
}
