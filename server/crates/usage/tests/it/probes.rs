//! Turns, uptime and what is kept.

use jiff::{SignedDuration, Timestamp, ToSpan};
use model::{
    partition::ProgramId,
    probe::{Outcome, Step},
};
use store::{
    Store, sql,
    testing::{TestStore, at_once, on_each_database, racing_on_each_database},
};
use usage::{
    housekeeping,
    probes::{self, Found, Turn, Uptime},
};

const EVERY: SignedDuration = SignedDuration::from_mins(5);

fn idaho() -> ProgramId {
    ProgramId::new("idaho")
}

async fn take(store: &Store, program: &ProgramId, every: SignedDuration) -> Option<Turn> {
    let mut ctx = store.write().await.unwrap();
    let is_due = probes::is_due(&mut ctx, program, Some(every)).await.unwrap();
    let turn = probes::take_turn(&mut ctx, program, every).await.unwrap();
    assert!(is_due || turn.is_none(), "what is not due is not taken");
    ctx.commit().await.unwrap();
    turn
}

async fn finish(store: &Store, turn: &Turn, failed: Option<Step>) {
    let failed = failed.map(|step| (step, "503".to_owned()));
    let mut ctx = store.write().await.unwrap();
    let found = Found { failed, took: SignedDuration::from_millis(120) };
    probes::finish(&mut ctx, turn, &found).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Makes the probe that is due now.
async fn probe(test: &TestStore, program: &ProgramId, failed: Option<Step>) {
    let turn = take(&test.store, program, EVERY).await.expect("a probe is due");
    finish(&test.store, &turn, failed).await;
}

async fn uptime(test: &TestStore, program: &ProgramId, from: &str) -> Option<(i64, i64)> {
    whole(test, program, from).await.map(|uptime| (uptime.passed, uptime.due))
}

async fn whole(test: &TestStore, program: &ProgramId, from: &str) -> Option<Uptime> {
    let mut ctx = test.store.read().await.unwrap();
    probes::uptime(&mut ctx, program, from.parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn each_due_time_is_taken_once_and_begins_with_the_interval() {
    racing_on_each_database(async |test| {
        test.clock.set("2026-03-02T17:03:20.5Z");
        let turns = at_once((0..4).map(|_| async { take(&test.store, &idaho(), EVERY).await })).await;
        let taken: Vec<Turn> = turns.into_iter().flatten().collect();
        assert_eq!(taken, [Turn { program: idaho(), due_at: "2026-03-02T17:00:00Z".parse().unwrap() }]);
        test.clock.set("2026-03-02T17:04:59Z");
        assert_eq!(take(&test.store, &idaho(), EVERY).await, None);
        // Another program has turns of its own.
        assert!(take(&test.store, &ProgramId::new("oph-ca"), EVERY).await.is_some());
        test.clock.set("2026-03-02T17:05:00Z");
        assert!(take(&test.store, &idaho(), EVERY).await.is_some());
        // Not twice after the interval was made longer.
        assert_eq!(take(&test.store, &idaho(), SignedDuration::from_hours(1)).await, None);
    })
    .await;
}

#[tokio::test]
async fn missed_and_failed_probes_and_those_that_never_ended_have_not_passed() {
    on_each_database(async |test| {
        let (program, from) = (idaho(), "2026-03-02T17:00:00Z");
        assert_eq!(whole(test, &program, from).await, None);
        test.clock.set("2026-03-02T17:01:00Z");
        let turn = take(&test.store, &program, EVERY).await.unwrap();
        // One that still runs says nothing yet.
        assert_eq!(whole(test, &program, from).await, None);
        finish(&test.store, &turn, None).await;
        assert_eq!(uptime(test, &program, from).await, Some((1, 1)));
        test.clock.set("2026-03-02T17:05:00Z");
        probe(test, &program, Some(Step::Token)).await;
        assert_eq!(uptime(test, &program, from).await, Some((1, 2)));
        // The process died in the middle of the third, and another came up after three were missed.
        test.clock.set("2026-03-02T17:10:00Z");
        take(&test.store, &program, EVERY).await.unwrap();
        assert_eq!(uptime(test, &program, from).await, Some((1, 2)));
        test.clock.set("2026-03-02T17:15:00Z");
        assert_eq!(uptime(test, &program, from).await, Some((1, 3)));
        test.clock.set("2026-03-02T17:29:59Z");
        assert_eq!(uptime(test, &program, from).await, Some((1, 5)));
        test.clock.set("2026-03-02T17:30:00Z");
        assert_eq!(uptime(test, &program, from).await, Some((1, 6)));
        probe(test, &program, None).await;
        assert_eq!(uptime(test, &program, from).await, Some((2, 7)));
        let found = whole(test, &program, from).await.unwrap();
        assert_eq!(found.since, from.parse::<Timestamp>().unwrap());
        // From the middle of the gap on.
        assert_eq!(uptime(test, &program, "2026-03-02T17:17:00Z").await, Some((1, 3)));
        assert_eq!(uptime(test, &ProgramId::new("oph-ca"), from).await, None);

        let mut ctx = test.store.read().await.unwrap();
        let last = probes::last(&mut ctx, &program).await.unwrap().unwrap();
        assert_eq!((last.outcome, last.took), (Some(Outcome::Passed), Some(SignedDuration::from_millis(120))));
        let failed = probes::last_failed(&mut ctx, &program, from.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!((failed.due_at.to_string().as_str(), failed.outcome), ("2026-03-02T17:10:00Z", None));
        let later = probes::last_failed(&mut ctx, &program, "2026-03-02T17:11:00Z".parse().unwrap()).await.unwrap();
        assert_eq!(later, None);
    })
    .await;
}

#[tokio::test]
async fn a_failed_probe_keeps_its_step_and_reason() {
    on_each_database(async |test| {
        probe(test, &idaho(), Some(Step::SignIn)).await;
        let mut ctx = test.store.read().await.unwrap();
        let failed = probes::last_failed(&mut ctx, &idaho(), Timestamp::UNIX_EPOCH).await.unwrap().unwrap();
        assert_eq!((failed.step, failed.reason.as_deref()), (Some(Step::SignIn), Some("503")));
        assert_eq!(failed.outcome, Some(Outcome::Failed));
    })
    .await;
}

#[tokio::test]
async fn no_probe_is_due_while_they_are_switched_off() {
    on_each_database(async |test| {
        let (program, from) = (idaho(), "2026-03-02T17:00:00Z");
        let off = async || {
            let mut ctx = test.store.write().await.unwrap();
            let is_due = probes::is_due(&mut ctx, &program, None).await.unwrap();
            probes::switch_off(&mut ctx, &program).await.unwrap();
            assert!(!probes::is_due(&mut ctx, &program, None).await.unwrap() || !is_due);
            ctx.commit().await.unwrap();
        };
        // Where none was ever made there is nothing to switch off.
        off().await;
        test.clock.set("2026-03-02T17:00:30Z");
        probe(test, &program, None).await;
        test.clock.set("2026-03-02T17:07:00Z");
        off().await;
        test.clock.set("2026-03-02T17:10:00Z");
        off().await;
        test.clock.set("2026-03-02T23:00:00Z");
        assert_eq!(uptime(test, &program, from).await, Some((1, 1)));
        probe(test, &program, Some(Step::Read)).await;
        assert_eq!(uptime(test, &program, from).await, Some((1, 2)));
        let (rows,): (i64,) = sql("SELECT COUNT(*) FROM probe WHERE every_ms = 0")
            .fetch_one(&mut test.store.read().await.unwrap().tx)
            .await
            .unwrap();
        assert_eq!(rows, 1);
    })
    .await;
}

/// The same question, answered by looking at each due time.
fn counted(rows: &[(i64, i64, Option<String>)], from: i64, now: i64) -> (i64, i64) {
    let (mut passed, mut due) = (0, 0);
    for (place, (due_at, every, outcome)) in rows.iter().enumerate() {
        let next = rows.get(place + 1).map(|(next, ..)| *next);
        let mut at = *due_at;
        while next.map_or(at + every <= now || at == *due_at, |next| at < next) {
            let is_own = at == *due_at;
            let is_over = next.is_some() || at + every <= now || (is_own && outcome.is_some());
            if from <= at && is_over {
                due += 1;
                passed += i64::from(is_own && outcome.as_deref() == Some("passed"));
            }
            at += every;
        }
    }
    (passed, due)
}

#[tokio::test]
async fn the_uptime_is_what_the_raw_rows_say_from_any_moment_on() {
    on_each_database(async |test| {
        let program = idaho();
        let other = ProgramId::new("oph-ca");
        // Some pass, some fail, some never end, and gaps of several lengths.
        for place in 0_i64..160 {
            let minute = test.store.now();
            let gap = if place % 11 == 7 { 5 * (place % 4) } else { 0 };
            test.clock.set(&(minute + SignedDuration::from_mins(5 + gap)).to_string());
            probe(test, &other, Some(Step::Read)).await;
            match place % 9 {
                2 => probe(test, &program, Some(Step::Consent)).await,
                5 => drop(take(&test.store, &program, EVERY).await),
                _ => probe(test, &program, None).await,
            }
        }
        test.clock.advance(23.minutes());
        let mut ctx = test.store.read().await.unwrap();
        let now = ctx.now;
        let rows = sql("SELECT due_at, every_ms, outcome FROM probe WHERE program = 'idaho' ORDER BY due_at");
        let rows: Vec<(i64, i64, Option<String>)> = rows.fetch_all(&mut ctx.tx).await.unwrap();
        assert!(rows.len() == 160 && rows.windows(2).any(|pair| pair[1].0 - pair[0].0 > 300_000));
        for back in 0..1300 {
            let from = now - SignedDuration::from_secs(back * 60);
            let found = probes::uptime(&mut ctx, &program, from).await.unwrap();
            let found = found.map_or((0, 0), |uptime| (uptime.passed, uptime.due));
            let expect = counted(&rows, from.as_millisecond(), now.as_millisecond());
            assert_eq!(found, expect, "{back} minutes ago");
        }
    })
    .await;
}

#[tokio::test]
async fn results_are_kept_for_180_days_and_the_last_older_one_as_long_as_it_is_needed() {
    on_each_database(async |test| {
        let program = idaho();
        for _ in 0..3 {
            probe(test, &program, None).await;
            test.clock.advance(5.minutes());
        }
        test.clock.advance((180 * 24).hours());
        probe(test, &program, None).await;
        let mut ctx = test.store.write().await.unwrap();
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 2);
        assert_eq!(housekeeping::purge(&mut ctx).await.unwrap(), 0);
        let from = ctx.now - probes::KEPT;
        let found = probes::uptime(&mut ctx, &program, from).await.unwrap().unwrap();
        // All but the last were missed.
        assert_eq!((found.passed, found.due, found.since), (1, 180 * 24 * 12 + 1, from));
    })
    .await;
}
