//! The schema of another program, and a database that currently cannot be written to.

#![cfg(test)]

use store::{
    Kind, Schema, Store, sql,
    testing::{at_once, on_each_database, racing_postgres},
};

async fn insert(ctx: &mut store::Ctx, id: &str) -> store::Result<u64> {
    sql("INSERT INTO recovery_request (id, lost, login, requested_at) VALUES ($1, 'id', '', $2)")
        .bind(id)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await
}

/// A migration of a future program.
async fn newer(store: &Store, version: i64) {
    let mut ctx = store.write().await.unwrap();
    let like = "SELECT $1, description, installed_on, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    let mut insert =
        sql("INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) ");
    insert.push(like);
    insert.bind(version).execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn mark(store: &Store, version: i64, oldest: i64) {
    let mut ctx = store.write().await.unwrap();
    sql("INSERT INTO schema_compatible (version, oldest) VALUES ($1, $2)")
        .bind(version)
        .bind(oldest)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn an_older_program_runs_beside_a_newer_schema_that_is_marked_as_compatible() {
    on_each_database(async |test| {
        let db = &test.store.db;
        assert_eq!(db.schema().await.unwrap(), Schema { missing: Vec::new(), newer: Vec::new() });
        newer(&test.store, 9001).await;
        mark(&test.store, 9001, 1).await;
        db.migrate().await.unwrap();
        assert_eq!(db.schema().await.unwrap().newer, [9001]);

        newer(&test.store, 9002).await;
        let error = db.migrate().await.unwrap_err().to_string();
        for words in ["newer than this program", "9002", "Nothing was changed", "backup", "marked as compatible"] {
            assert!(error.contains(words), "{words}: {error}");
        }
        mark(&test.store, 9002, 9000).await;
        assert!(db.migrate().await.is_err(), "compatible with programs that know more");
    })
    .await;
}

#[tokio::test]
async fn a_schema_from_other_sources_is_refused_with_words() {
    on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        sql("UPDATE _sqlx_migrations SET checksum = $1 WHERE version = 2")
            .bind(vec![1_u8])
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        ctx.commit().await.unwrap();
        let error = test.store.db.migrate().await.unwrap_err().to_string();
        assert!(error.contains("migration 2") && error.contains("Nothing was changed"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_lock_that_lasts_is_no_defect() {
    let test = racing_postgres().await;
    let mut holder = test.store.write().await.unwrap();
    insert(&mut holder, "1").await.unwrap();
    let locked = async {
        let mut other = test.store.write().await.unwrap();
        sql("SET LOCAL lock_timeout = '50ms'").execute(&mut other.tx).await.unwrap();
        sql("LOCK TABLE recovery_request IN EXCLUSIVE MODE").execute(&mut other.tx).await.unwrap_err().kind()
    };
    assert_eq!(at_once([locked]).await, [Kind::Unavailable]);
}

#[tokio::test]
async fn a_database_that_is_read_only_is_no_defect() {
    let test = store::testing::postgres().await;
    let mut ctx = test.store.write().await.unwrap();
    sql("SET TRANSACTION READ ONLY").execute(&mut ctx.tx).await.unwrap();
    let error = insert(&mut ctx, "1").await.unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable, "{error}");
}

#[tokio::test]
async fn a_full_disk_is_no_defect_and_nothing_is_lost() {
    let test = store::testing::sqlite().await;
    let mut ctx = test.store.write().await.unwrap();
    insert(&mut ctx, "1").await.unwrap();
    ctx.commit().await.unwrap();
    let mut ctx = test.store.write().await.unwrap();
    let (pages,): (i64,) = sql("PRAGMA page_count").fetch_one(&mut ctx.tx).await.unwrap();
    let mut limit = sql("PRAGMA max_page_count = ");
    limit.push(&pages.to_string());
    limit.fetch_one::<(i64,)>(&mut ctx.tx).await.unwrap();
    let large = "x".repeat(1_000_000);
    let error = insert(&mut ctx, &large).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable, "{error}");
    drop(ctx);
    let mut ctx = test.store.read().await.unwrap();
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM recovery_request").fetch_one(&mut ctx.tx).await.unwrap();
    assert_eq!(count, 1);
}
