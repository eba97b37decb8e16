//! The same statements on both databases.

#![cfg(test)]

use store::{
    Error, Kind, Value, sql,
    testing::{at_once, both, on_each_database, racing_on_each_database},
};

async fn insert(ctx: &mut store::Ctx, id: &str, event: &str) -> store::Result<u64> {
    sql("INSERT INTO outbox (id, event, recipient, subject, text_body, html_body, created_at, due_at)
         VALUES ($1, $2, 'a@example.org', 's', 't', 'h', $3, $3)")
    .bind(id)
    .bind(event)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
}

const OUTBOX: &str = "INSERT INTO outbox (id, event, recipient, subject, text_body, html_body, created_at, due_at)";

fn outbox_row(id: &str) -> [Value; 8] {
    let [recipient, subject, text, html] = ["a@example.org", "s", "t", "h"].map(Value::from);
    [id.into(), id.into(), recipient, subject, text, html, 0_i64.into(), 0_i64.into()]
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

fn events(store: &store::Store) -> store::Lookups<(String, String)> {
    store::Lookups::new(store, sql("SELECT event, id FROM outbox WHERE event IN "))
}

#[tokio::test]
async fn lookups_that_come_together_each_get_their_own_rows() {
    racing_on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        for number in 0..200 {
            insert(&mut ctx, &format!("id-{number}"), &format!("event-{number}")).await.unwrap();
        }
        ctx.commit().await.unwrap();
        let lookups = events(&test.store);
        let asked = (0..300).map(async |number| {
            let rows = lookups.find(&format!("event-{number}")).await.unwrap();
            let expect = (number < 200).then(|| (format!("event-{number}"), format!("id-{number}")));
            assert_eq!(rows.first().map(|row| (**row).clone()), expect);
        });
        at_once(asked).await;
        // PostgreSQL would not accept it as text, so it cannot be a key.
        assert!(lookups.find("event-\0").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_lookup_sees_what_was_committed_before_it() {
    racing_on_each_database(async |test| {
        let lookups = events(&test.store);
        for number in 0..50 {
            let (id, event) = (format!("id-{number}"), format!("event-{number}"));
            let others = at_once((0..20).map(|_| lookups.find(&event)));
            let changed = async {
                let mut ctx = test.store.write().await.unwrap();
                insert(&mut ctx, &id, &event).await.unwrap();
                ctx.commit().await.unwrap();
                lookups.find(&event).await.unwrap()
            };
            // Statements of others are running; none of them answers the later one.
            let (_, rows) = both(others, changed).await;
            assert_eq!(rows.len(), 1, "{event}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_statement_that_fails_fails_those_alone_whose_fault_it_is() {
    racing_on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        insert(&mut ctx, "7", "number").await.unwrap();
        insert(&mut ctx, "seven", "word").await.unwrap();
        ctx.commit().await.unwrap();
        let lookups = store::Lookups::<Number>::new(&test.store, sql("SELECT event, id FROM outbox WHERE event IN "));
        let found = at_once(["number", "word", "nothing"].map(|key| lookups.find(key))).await;
        assert_eq!(found[0].as_ref().unwrap()[0].0, 7);
        assert!(matches!(found[1], Err(Error::Column { .. })));
        assert!(found[2].as_ref().unwrap().is_empty());
        assert_eq!(lookups.find("number").await.unwrap().len(), 1, "lookups still work");
    })
    .await;
}

#[tokio::test]
async fn rows_that_are_written_together_are_each_saved_or_refused_by_themselves() {
    racing_on_each_database(async |test| {
        let inserts = store::Inserts::new(&test.store, OUTBOX);
        // Each id comes twice: the second one is rejected, and the others succeed.
        let written = (0..240).map(async |number| inserts.insert(outbox_row(&format!("id-{:03}", number / 2))).await);
        let written = at_once(written).await;
        assert_eq!(written.iter().filter(|written| written.is_ok()).count(), 120);
        assert!(written.iter().flat_map(|written| written.as_ref().err()).all(|error| error.kind() == Kind::Conflict));
        let expect: Vec<String> = (0..120).map(|number| format!("id-{number:03}")).collect();
        assert_eq!(ids(&test.store).await, expect);
    })
    .await;
}

#[tokio::test]
async fn of_many_rows_exactly_those_that_are_named_are_deleted() {
    on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        let mut rows = store::Rows::new(OUTBOX, 8, "");
        (0..1_500).for_each(|number| rows.push(outbox_row(&format!("{number:04}"))));
        rows.run(&mut ctx.tx).await.unwrap();
        let mut gone = store::Rows::to_delete("outbox", &["event", "id", "created_at"]);
        for number in (0..1_500).filter(|number| number % 2 == 0) {
            let id = format!("{number:04}");
            // Every tenth has another time, and the one after it another name: they stay.
            let (time, event) = (i64::from(number % 10 == 0), if number % 10 == 2 { "other" } else { &id });
            gone.push([event.into(), id.as_str().into(), time.into()]);
        }
        gone.run(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let left = (0..1_500).filter(|number| number % 2 == 1 || [0, 2].contains(&(number % 10)));
        assert_eq!(ids(&test.store).await, left.map(|number| format!("{number:04}")).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_row_is_there_once_its_writer_is_told_so() {
    racing_on_each_database(async |test| {
        let inserts = store::Inserts::new(&test.store, OUTBOX);
        let written = (0..100).map(async |number| {
            let id = format!("id-{number}");
            inserts.insert(outbox_row(&id)).await.unwrap();
            assert!(ids(&test.store).await.contains(&id));
        });
        at_once(written).await;
    })
    .await;
}

#[derive(Debug)]
struct Number(i64);

impl store::FromRow for Number {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        let text: String = row.get(1)?;
        text.parse().map(Self).map_err(|_| Error::Column { index: 1, reason: format!("`{text}`") })
    }
}

/// The existing ids, sorted.
async fn ids(store: &store::Store) -> Vec<String> {
    let mut ctx = store.read().await.unwrap();
    let rows: Vec<(String,)> = sql("SELECT id FROM outbox ORDER BY id").fetch_all(&mut ctx.tx).await.unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

#[tokio::test]
async fn of_transactions_that_come_together_each_is_saved_or_undone_by_itself() {
    racing_on_each_database(async |test| {
        let all = (0..120).map(async |number| {
            let mut ctx = test.store.write().await.unwrap();
            let id = format!("{number:03}");
            insert(&mut ctx, &id, &id).await.unwrap();
            match number % 4 {
                // Rejected by a constraint, then dropped.
                0 => assert!(insert(&mut ctx, &id, "again").await.is_err()),
                // Dropped without any statement.
                1 => {}
                _ => {
                    ctx.commit().await.unwrap();
                    assert!(ids(&test.store).await.contains(&id), "it can be read once its insert has returned");
                }
            }
        });
        at_once(all).await;
        let expect: Vec<_> = (0..120).filter(|number| 1 < number % 4).map(|number| format!("{number:03}")).collect();
        assert_eq!(ids(&test.store).await, expect);
    })
    .await;
}

#[tokio::test]
async fn who_goes_away_while_waiting_keeps_nobody_else_waiting() {
    on_each_database(async |test| {
        for round in 0..20 {
            let mut first = test.store.write().await.unwrap();
            insert(&mut first, &format!("{round}"), &format!("{round}")).await.unwrap();
            let other = test.store.clone();
            let waits = tokio::spawn(async move { other.write().await.map(drop) });
            // Lets it take its place in the queue.
            tokio::task::yield_now().await;
            let saved = tokio::spawn(first.commit());
            if round % 2 == 0 {
                tokio::task::yield_now().await;
            }
            waits.abort();
            saved.await.unwrap().unwrap();
        }
        assert_eq!(ids(&test.store).await.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_cannot_be_saved_is_saved_for_nobody() {
    let test = store::testing::sqlite().await;
    let mut ctx = test.store.write().await.unwrap();
    // Allows no further pages, as on a full disk.
    let (pages,): (i64,) = sql("PRAGMA page_count").fetch_one(&mut ctx.tx).await.unwrap();
    let mut limit = sql("PRAGMA max_page_count = ");
    limit.push(&(pages + 4).to_string());
    let _: Option<(i64,)> = limit.fetch_optional(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    let long = "x".repeat(3000);
    let all = (0..40).map(async |number| {
        let mut ctx = test.store.write().await.unwrap();
        let id = format!("{number:03}{long}");
        insert(&mut ctx, &id, &id).await?;
        ctx.commit().await.map(|()| id)
    });
    let told: Vec<store::Result<String>> = at_once(all).await;
    assert!(told.iter().any(Result::is_err), "the disk was full");
    let mut told: Vec<String> = told.into_iter().flatten().collect();
    told.sort();
    assert_eq!(ids(&test.store).await, told, "the acknowledged ids and the stored ones");
    // The connection is a new one, without the limit.
    let mut ctx = test.store.write().await.unwrap();
    insert(&mut ctx, "afterwards", "afterwards").await.unwrap();
    ctx.commit().await.unwrap();
    assert!(ids(&test.store).await.contains(&"afterwards".to_owned()));
}

#[tokio::test]
async fn a_database_that_was_closed_takes_nothing_any_more() {
    on_each_database(async |test| {
        test.store.db.close().await;
        for refused in [test.store.read().await.err(), test.store.write().await.err()] {
            assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
        }
    })
    .await;
}

/// Another pool on the same database, with one connection.
async fn single(test: &store::testing::TestStore) -> store::Store {
    let options = store::Options { url: test.url(), connections: 1 };
    store::Store::new(store::Db::connect(&options).await.unwrap())
}

/// A statement that takes longer than its caller waits.
fn long() -> store::Query {
    sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT COUNT(*) FROM n")
}

#[tokio::test]
async fn a_connection_whose_statement_was_given_up_is_lent_on_clean() {
    on_each_database(async |test| {
        let store = single(test).await;
        for _ in 0..5 {
            let mut ctx = store.read().await.unwrap();
            let answer = long().fetch_one::<(i64,)>(&mut ctx.tx);
            // Polled once, then dropped.
            assert!(futures::FutureExt::now_or_never(answer).is_none());
            drop(ctx);
            assert_eq!(count(&store).await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_was_given_up_locks_nothing_any_more() {
    on_each_database(async |test| {
        let store = single(test).await;
        for _ in 0..5 {
            let mut ctx = store.write().await.unwrap();
            insert(&mut ctx, "1", "one").await.unwrap();
            let answer = long().fetch_one::<(i64,)>(&mut ctx.tx);
            assert!(futures::FutureExt::now_or_never(answer).is_none());
            drop(ctx);
            let mut ctx = store.write().await.unwrap();
            assert_eq!(insert(&mut ctx, "1", "one").await.unwrap(), 1);
        }
        assert_eq!(count(&store).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_the_server_ended_is_found_out_by_one_request_at_most() {
    let test = store::testing::postgres().await;
    let store = single(&test).await;
    let mut ctx = store.read().await.unwrap();
    let (process,): (i64,) = sql("SELECT pg_backend_pid()::BIGINT").fetch_one(&mut ctx.tx).await.unwrap();
    drop(ctx);
    let mut other = test.store.read().await.unwrap();
    let end = sql("SELECT pg_terminate_backend($1::INT, 5000)").bind(process);
    assert_eq!(end.fetch_one::<(bool,)>(&mut other.tx).await.unwrap(), (true,));
    drop(other);
    let mut ctx = store.read().await.unwrap();
    let failed = sql("SELECT 1::BIGINT").fetch_one::<(i64,)>(&mut ctx.tx).await.unwrap_err();
    assert_eq!(failed.kind(), Kind::Unavailable, "{failed:?}");
    drop(ctx);
    assert_eq!(count(&store).await, 0);
}

/// Three connections of a pool, each of which has run this statement; all of them are returned.
async fn with_three(test: &store::testing::TestStore, statement: fn() -> store::Query) -> (store::Store, Vec<i64>) {
    let options = store::Options { url: test.url(), connections: 3 };
    let store = store::Store::new(store::Db::connect(&options).await.unwrap());
    let all = tokio::sync::Barrier::new(3);
    let processes = at_once((0..3).map(|_| async {
        let mut ctx = store.read().await.unwrap();
        statement().execute(&mut ctx.tx).await.unwrap();
        all.wait().await;
        let process = sql("SELECT pg_backend_pid()::BIGINT").fetch_one::<(i64,)>(&mut ctx.tx);
        process.await.unwrap().0
    }));
    let processes = processes.await;
    (store, processes)
}

/// The results of five writes.
async fn written_five_times(store: &store::Store) -> Vec<Option<Kind>> {
    let mut outcomes = Vec::new();
    for id in ["1", "2", "3", "4", "5"] {
        let written = async {
            let mut ctx = store.write().await?;
            insert(&mut ctx, id, id).await?;
            ctx.commit().await
        };
        outcomes.push(written.await.err().map(|error| error.kind()));
    }
    outcomes
}

#[tokio::test]
async fn of_the_connections_to_a_node_that_became_a_standby_none_is_lent_again() {
    let test = store::testing::postgres().await;
    let (store, _) = with_three(&test, || sql("SET default_transaction_read_only = on")).await;
    assert_eq!(written_five_times(&store).await, [Some(Kind::Unavailable), None, None, None, None]);
}

#[tokio::test]
async fn of_the_connections_that_a_server_ended_one_at_most_is_found_out_by_failing() {
    let test = store::testing::postgres().await;
    let (store, processes) = with_three(&test, || sql("SELECT 1")).await;
    let mut other = test.store.read().await.unwrap();
    for process in processes {
        let end = sql("SELECT pg_terminate_backend($1::INT, 5000)").bind(process);
        assert_eq!(end.fetch_one::<(bool,)>(&mut other.tx).await.unwrap(), (true,));
    }
    drop(other);
    assert_eq!(written_five_times(&store).await, [Some(Kind::Unavailable), None, None, None, None]);
}

/// The ids in the order in which they were written.
async fn written(store: &store::Store) -> Vec<String> {
    let mut ctx = store.read().await.unwrap();
    let rows: Vec<(String,)> = sql("SELECT id FROM outbox ORDER BY rowid").fetch_all(&mut ctx.tx).await.unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

/// Whether another process is waiting. To the file lock, a separate open file is another process.
fn somebody_waits(test: &store::testing::TestStore) -> bool {
    let path = format!("{}-turn", test.url().trim_start_matches("sqlite://"));
    std::fs::File::options().append(true).open(path).is_ok_and(|file| file.try_lock().is_err())
}

#[tokio::test]
async fn who_waits_to_write_comes_before_a_process_that_has_just_written() {
    let test = store::testing::sqlite().await;
    // Opened as another process would open it.
    let other = single(&test).await;
    for round in 0..5 {
        let mut first = test.store.write().await.unwrap();
        insert(&mut first, &format!("{round}-a"), &format!("{round}-a")).await.unwrap();
        let waiting = tokio::spawn({
            let other = other.clone();
            async move {
                let mut second = other.write().await.unwrap();
                insert(&mut second, &format!("{round}-b"), &format!("{round}-b")).await.unwrap();
                second.commit().await.unwrap();
            }
        });
        store::testing::eventually(async || somebody_waits(&test)).await;
        first.commit().await.unwrap();
        let mut third = test.store.write().await.unwrap();
        insert(&mut third, &format!("{round}-c"), &format!("{round}-c")).await.unwrap();
        third.commit().await.unwrap();
        waiting.await.unwrap();
    }
    let expect: Vec<String> = (0..5).flat_map(|round| ["a", "b", "c"].map(|one| format!("{round}-{one}"))).collect();
    assert_eq!(written(&test.store).await, expect);
}

fn log_size(test: &store::testing::TestStore) -> u64 {
    let log = format!("{}-wal", test.url().trim_start_matches("sqlite://"));
    std::fs::metadata(log).unwrap().len()
}

#[tokio::test]
async fn the_log_is_moved_into_the_file_and_begins_anew() {
    let test = store::testing::sqlite().await;
    for number in 0..1_000 {
        let mut ctx = test.store.write().await.unwrap();
        insert(&mut ctx, &number.to_string(), &number.to_string()).await.unwrap();
        ctx.commit().await.unwrap();
    }
    let size = log_size(&test);
    assert!(size < 6 << 20, "{size} bytes");
    assert_eq!(count(&test.store).await, 1_000);
}

#[tokio::test]
async fn the_log_does_not_grow_while_many_write_without_a_pause() {
    let test = store::testing::sqlite().await;
    let writers = (0..32).map(|writer| {
        let store = test.store.clone();
        tokio::spawn(async move {
            for number in 0..400 {
                let mut ctx = store.write().await.unwrap();
                let id = format!("{writer}-{number}");
                insert(&mut ctx, &id, &id).await.unwrap();
                ctx.commit().await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let size = log_size(&test);
    assert!(size < 24 << 20, "{size} bytes");
    assert_eq!(count(&test.store).await, 32 * 400);
}
