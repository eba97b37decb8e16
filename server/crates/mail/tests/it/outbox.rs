//! Waiting, leasing, trying again.

use futures::FutureExt as _;
use jiff::ToSpan;
use mail::{
    mailer::SendError,
    message::Message,
    outbox::{
        Outgoing, claim_due, count_undelivered, enqueue, enqueue_until, is_due, mark_failed, mark_sent, purge,
        undelivered, withdraw,
    },
};
use store::{
    Ctx, Part, Store, sql,
    testing::{at_once, on_each_database, racing_on_each_database},
};

fn message() -> Message {
    Message {
        to: "ada@example.org".parse().unwrap(),
        subject: "Hello".to_owned(),
        text: "a link".to_owned(),
        html: "<p>a link</p>".to_owned(),
    }
}

pub async fn queue(store: &Store, events: &[&str]) {
    let mut ctx = store.write().await.unwrap();
    for event in events {
        enqueue(&mut ctx, event, &message()).await.unwrap();
    }
    ctx.commit().await.unwrap();
}

async fn claim(store: &Store, limit: u32) -> Vec<Outgoing> {
    let mut ctx = store.write().await.unwrap();
    let claimed = claim_due(&mut ctx, limit).await.unwrap();
    ctx.commit().await.unwrap();
    claimed
}

async fn fail(store: &Store, outgoing: &Outgoing, failure: &SendError) {
    let mut ctx = store.write().await.unwrap();
    mark_failed(&mut ctx, outgoing, failure).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn texts(ctx: &mut Ctx) -> (String, String) {
    sql("SELECT text_body, html_body FROM outbox").fetch_one(&mut ctx.tx).await.unwrap()
}

fn unreachable() -> SendError {
    SendError::Unreachable("connection refused".to_owned())
}

#[tokio::test]
async fn one_event_is_told_once() {
    on_each_database(async |test| {
        queue(&test.store, &["approved:1", "approved:2", "approved:1"]).await;
        queue(&test.store, &["approved:1"]).await;
        let claimed = claim(&test.store, 10).await;
        assert_eq!(claimed.len(), 2);
        assert_eq!(claimed[0].message, message());
    })
    .await;
}

#[tokio::test]
async fn of_many_workers_one_gets_each_message() {
    racing_on_each_database(async |test| {
        let events: Vec<String> = (0..30).map(|number| format!("event:{number}")).collect();
        queue(&test.store, &events.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let workers = (0..8).map(|_| async {
            let mut own = Vec::new();
            while let claimed = claim(&test.store, 4).await
                && !claimed.is_empty()
            {
                own.extend(claimed);
            }
            own
        });
        let mut ids: Vec<String> = at_once(workers).await.concat().into_iter().map(|outgoing| outgoing.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 30, "every message once, no matter which worker got it");
        assert!(!is_due(&mut test.store.read().await.unwrap()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_message_that_failed_is_due_again_later_and_later() {
    on_each_database(async |test| {
        queue(&test.store, &["event"]).await;
        for seconds in [10, 20, 40, 80] {
            let claimed = claim(&test.store, 1).await;
            fail(&test.store, &claimed[0], &unreachable()).await;
            test.clock.advance((seconds - 1).seconds());
            assert!(claim(&test.store, 1).await.is_empty(), "not before {seconds} s");
            test.clock.advance(1.second());
        }
        assert_eq!(claim(&test.store, 1).await[0].attempts, 5);
    })
    .await;
}

#[tokio::test]
async fn a_message_is_kept_however_often_it_fails() {
    on_each_database(async |test| {
        queue(&test.store, &["event"]).await;
        for _ in 0..40 {
            let claimed = claim(&test.store, 1).await;
            fail(&test.store, &claimed[0], &unreachable()).await;
            test.clock.advance(1.hour());
        }
        assert_eq!(claim(&test.store, 1).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_refused_for_good_ends_after_three_tries_without_its_text() {
    on_each_database(async |test| {
        queue(&test.store, &["event"]).await;
        for _ in 0..3 {
            let claimed = claim(&test.store, 1).await;
            assert_eq!(claimed[0].message, message(), "the text is there while it is tried");
            // An outage in between is not a refusal.
            fail(&test.store, &claimed[0], &unreachable()).await;
            test.clock.advance(1.hour());
            let claimed = claim(&test.store, 1).await;
            fail(&test.store, &claimed[0], &SendError::Refused("550 no such user".to_owned())).await;
            assert!(claim(&test.store, 1).await.is_empty());
            test.clock.advance(1.hour());
        }
        assert!(
            claim(&test.store, 1).await.is_empty() && !is_due(&mut test.store.read().await.unwrap()).await.unwrap()
        );
        let mut ctx = test.store.read().await.unwrap();
        let seen = undelivered(&mut ctx, Part::ALL).await.unwrap();
        assert_eq!(
            (seen[0].recipient.as_str(), seen[0].error.as_str()),
            ("ada@example.org", "refused: 550 no such user")
        );
        assert!(seen[0].gave_up_at.is_some());
        assert_eq!(texts(&mut ctx).await, (String::new(), String::new()), "a link that works is not kept");
    })
    .await;
}

#[tokio::test]
async fn a_message_is_not_sent_after_what_it_is_about_has_ended() {
    on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        let ends = ctx.now + 30.minutes();
        enqueue_until(&mut ctx, "reset", &message(), ends).await.unwrap();
        enqueue(&mut ctx, "lasting", &message()).await.unwrap();
        ctx.commit().await.unwrap();
        let claimed = claim(&test.store, 10).await;
        assert_eq!(claimed.len(), 2, "in time");
        for outgoing in &claimed {
            fail(&test.store, outgoing, &unreachable()).await;
        }
        test.clock.advance(30.minutes());
        assert_eq!(claim(&test.store, 10).await.len(), 1, "the outage was longer than the link");
        let late = undelivered(&mut test.store.read().await.unwrap(), Part::ALL).await.unwrap();
        let late = late.iter().find(|mail| mail.gave_up_at.is_some()).unwrap();
        assert_eq!(late.error, "too late: not reached: connection refused");
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_is_not_sent() {
    on_each_database(async |test| {
        queue(&test.store, &["link:1", "link:2"]).await;
        let mut ctx = test.store.write().await.unwrap();
        withdraw(&mut ctx, "link:1").await.unwrap();
        ctx.commit().await.unwrap();
        assert_eq!(claim(&test.store, 10).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_is_purged_after_a_month_and_what_was_not_after_three() {
    on_each_database(async |test| {
        queue(&test.store, &["sent", "waits"]).await;
        let claimed = claim(&test.store, 1).await;
        let mut ctx = test.store.write().await.unwrap();
        mark_sent(&mut ctx, &claimed[0]).await.unwrap();
        ctx.commit().await.unwrap();
        let purged = async || {
            let mut ctx = test.store.write().await.unwrap();
            let rows = purge(&mut ctx).await.unwrap();
            ctx.commit().await.unwrap();
            rows
        };
        test.clock.advance((30 * 24 - 1).hours());
        assert_eq!(purged().await, 0);
        test.clock.advance(1.hour());
        assert_eq!(purged().await, 1);
        for _ in 0..3 {
            let claimed = claim(&test.store, 1).await;
            fail(&test.store, &claimed[0], &SendError::Refused("550".to_owned())).await;
            test.clock.advance(1.hour());
        }
        assert_eq!(purged().await, 0);
        test.clock.advance((90 * 24).hours());
        assert_eq!(purged().await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_bell_rings_after_a_commit_that_wrote_mail_and_after_no_other() {
    on_each_database(async |test| {
        let bell = test.store.bell();
        let rang = || bell.notified().now_or_never().is_some();
        let mut ctx = test.store.write().await.unwrap();
        enqueue(&mut ctx, "undone", &message()).await.unwrap();
        drop(ctx);
        assert!(!rang(), "nothing was saved");
        test.store.write().await.unwrap().commit().await.unwrap();
        assert!(!rang(), "no mail");
        queue(&test.store, &["event"]).await;
        assert!(rang());
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_died_leaves_its_message_to_another() {
    on_each_database(async |test| {
        queue(&test.store, &["event"]).await;
        let dead = claim(&test.store, 1).await;
        assert!(claim(&test.store, 1).await.is_empty());
        test.clock.advance(3.minutes());
        let taken_over = claim(&test.store, 1).await;
        assert_eq!(taken_over[0].id, dead[0].id);
        // The dead one was only slow: what it says now changes nothing.
        fail(&test.store, &dead[0], &unreachable()).await;
        test.clock.advance(2.minutes());
        assert!(claim(&test.store, 1).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_keeps_its_event_and_loses_its_text() {
    on_each_database(async |test| {
        queue(&test.store, &["event"]).await;
        let claimed = claim(&test.store, 1).await;
        let mut ctx = test.store.write().await.unwrap();
        mark_sent(&mut ctx, &claimed[0]).await.unwrap();
        ctx.commit().await.unwrap();
        queue(&test.store, &["event"]).await;
        test.clock.advance(1.hour());
        assert!(claim(&test.store, 1).await.is_empty());
        let mut ctx = test.store.read().await.unwrap();
        assert_eq!(texts(&mut ctx).await, (String::new(), String::new()));
    })
    .await;
}

#[tokio::test]
async fn all_undelivered_mail_is_counted_and_paged() {
    on_each_database(async |test| {
        let mut ctx = test.store.write().await.unwrap();
        sql("INSERT INTO outbox (id, event, recipient, subject, text_body, html_body, created_at, due_at, last_error)
             WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM line WHERE number < 520)
             SELECT 'id-' || number, 'event-' || number, 'ada@example.org', CAST(number AS TEXT), '', '', $1 + number, $1, 'no'
             FROM line")
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
        ctx.commit().await.unwrap();
        let mut ctx = test.store.read().await.unwrap();
        assert_eq!(count_undelivered(&mut ctx).await.unwrap(), 520);
        let last = undelivered(&mut ctx, Part { from: 500, rows: 50 }).await.unwrap();
        assert_eq!((last.len(), last[0].subject.as_str(), last[19].subject.as_str()), (20, "20", "1"));
    })
    .await;
}
