//! Nothing missing, nothing changed.

use audit::{
    action::Action,
    event::{Actor, Event},
    log::{self, Filter, Page},
    verify,
};
use model::{
    id::AccountId,
    partition::{Environment, Partition, ProgramId},
};
use store::{
    Store, sql,
    testing::{at_once, on_each_database, racing_on_each_database},
};

pub fn event(subject: &str) -> Event {
    Event::new(Actor::Account(AccountId::new("ada")), Action::OrganizationApproved, "organization", subject)
        .with("comment", "fine \"\u{0}\" \u{1f642}")
}

pub async fn record(store: &Store, event: &Event) {
    let mut ctx = store.write().await.unwrap();
    log::record(&mut ctx, event).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn subjects(store: &Store, filter: &Filter, page: Page) -> Vec<String> {
    let entries = log::list(&mut store.read().await.unwrap(), filter, page).await.unwrap();
    entries.into_iter().map(|entry| entry.subject_id).collect()
}

const ALL: Page = Page { before: None, limit: 1000 };

#[tokio::test]
async fn none_of_100_parallel_actions_is_missing() {
    racing_on_each_database(async |test| {
        let events: Vec<Event> = (0..100).map(|number| event(&number.to_string())).collect();
        at_once(events.iter().map(|event| record(&test.store, event))).await;
        let outcome = verify::run(&test.store, None, &[]).await.unwrap();
        assert!(outcome.is_intact() && outcome.rows == 100, "{outcome:?}");
        let mut found = subjects(&test.store, &Filter::default(), ALL).await;
        found.sort_by_key(|subject| subject.parse::<u32>().unwrap());
        assert_eq!(found, (0..100).map(|number| number.to_string()).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn an_action_that_is_rolled_back_leaves_no_gap() {
    on_each_database(async |test| {
        record(&test.store, &event("kept")).await;
        let mut dropped = test.store.write().await.unwrap();
        log::record(&mut dropped, &event("dropped")).await.unwrap();
        drop(dropped);
        record(&test.store, &event("next")).await;
        let outcome = verify::run(&test.store, None, &[]).await.unwrap();
        assert!(outcome.is_intact() && outcome.rows == 2, "{outcome:?}");
    })
    .await;
}

#[tokio::test]
async fn rows_cannot_be_changed_or_deleted() {
    on_each_database(async |test| {
        record(&test.store, &event("1")).await;
        for statement in ["UPDATE audit SET action = 'nothing'", "DELETE FROM audit"] {
            let mut ctx = test.store.write().await.unwrap();
            let error = sql(statement).execute(&mut ctx.tx).await.unwrap_err();
            assert!(error.to_string().contains("only added to"), "{error}");
        }
    })
    .await;
}

/// Does what a database administrator could: triggers off, then the statements.
pub async fn tamper(store: &Store, statements: &[&'static str]) {
    let mut ctx = store.write().await.unwrap();
    for trigger in ["audit_no_update", "audit_no_delete"] {
        let mut drop = sql("DROP TRIGGER ");
        drop.push(trigger).push(if ctx.tx.dialect() == store::Dialect::Postgres { " ON audit" } else { "" });
        drop.execute(&mut ctx.tx).await.unwrap();
    }
    for statement in statements {
        sql(statement).execute(&mut ctx.tx).await.unwrap();
    }
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn a_list_is_filtered_and_paged() {
    on_each_database(async |test| {
        let idaho = Partition::new(&ProgramId::new("idaho"), Environment::Sandbox);
        record(&test.store, &event("1")).await;
        record(&test.store, &Event::new(Actor::Operator, Action::OrganizationDenied, "organization", "2")).await;
        record(&test.store, &Event::new(Actor::System, Action::ApplicationApproved, "application", "3").within(&idaho))
            .await;
        record(&test.store, &event("4")).await;

        let check = async |filter: Filter, page: Page, expect: &[&str]| {
            assert_eq!(subjects(&test.store, &filter, page).await, expect, "{filter:?}");
        };
        let ada = Actor::Account(AccountId::new("ada"));
        check(Filter::default(), Page { before: None, limit: 2 }, &["4", "3"]).await;
        check(Filter::default(), Page { before: Some(3), limit: 2 }, &["2", "1"]).await;
        check(Filter { actor: Some(ada), ..Filter::default() }, ALL, &["4", "1"]).await;
        check(Filter { actor: Some(Actor::Operator), ..Filter::default() }, ALL, &["2"]).await;
        check(Filter { action: Some("organization.".to_owned()), ..Filter::default() }, ALL, &["4", "2", "1"]).await;
        let two = Page { before: Some(4), limit: 1 };
        check(Filter { action: Some("organization.".to_owned()), ..Filter::default() }, two, &["2"]).await;
        check(Filter { action: Some("planet.".to_owned()), ..Filter::default() }, ALL, &[]).await;
        check(Filter { action: Some("application.approved".to_owned()), ..Filter::default() }, ALL, &["3"]).await;
        check(Filter { subject: Some(("organization".to_owned(), "4".to_owned())), ..Filter::default() }, ALL, &["4"])
            .await;
        check(Filter { until: Some(test.store.now()), ..Filter::default() }, ALL, &[]).await;
        check(Filter { since: Some(test.store.now()), ..Filter::default() }, ALL, &["4", "3", "2", "1"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_only_another_version_knows_hides_no_row_of_the_log() {
    on_each_database(async |test| {
        let idaho = Partition::new(&ProgramId::new("idaho"), Environment::Sandbox);
        for subject in ["1", "2", "3", "4"] {
            record(&test.store, &event(subject).within(&idaho)).await;
        }
        let written = [
            "UPDATE audit SET actor_kind = 'robot' WHERE sequence = 1",
            "UPDATE audit SET environment = 'staging' WHERE sequence = 2",
            "UPDATE audit SET detail = '?' WHERE sequence = 3",
        ];
        tamper(&test.store, &written).await;
        let entries = log::list(&mut test.store.read().await.unwrap(), &Filter::default(), ALL).await.unwrap();
        let read: Vec<_> = entries
            .iter()
            .map(|entry| (entry.sequence, entry.actor.is_some(), entry.partition.is_some(), entry.detail.len()))
            .collect();
        assert_eq!(read, [(4, true, true, 1), (3, true, true, 0), (2, true, false, 1), (1, false, true, 1)]);
    })
    .await;
}
