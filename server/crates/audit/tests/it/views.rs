//! Looking at people's data is written down, once an hour.

use audit::{
    log::{self, Filter, Page},
    views::{self, Subject},
};
use jiff::ToSpan;
use model::id::AccountId;
use store::{
    Store,
    testing::{on_each_database, recording},
};

async fn written(store: &Store) -> Vec<String> {
    let page = Page { before: None, limit: 100 };
    let entries = log::list(&mut store.read().await.unwrap(), &Filter::default(), page).await.unwrap();
    let line = |entry: audit::entry::Entry| format!("{} {}", entry.action, entry.subject_id);
    entries.into_iter().rev().map(line).collect()
}

#[tokio::test]
async fn each_person_is_written_down_once_an_hour_for_each_viewer() {
    on_each_database(async |test| {
        let (dana, lee) = (AccountId::new("dana"), AccountId::new("lee"));
        let both = [Subject::Account("ann".to_owned()), Subject::Representative("r1".to_owned())];
        let see = async |viewer: &AccountId, subjects: &[Subject]| {
            views::seen(&test.store, viewer, subjects, None, "/admin/search").await.unwrap();
        };
        see(&dana, &[]).await;
        assert!(written(&test.store).await.is_empty());
        see(&dana, &both).await;
        see(&dana, &both).await;
        assert_eq!(written(&test.store).await, ["account.viewed ann", "representative.viewed r1"]);
        see(&dana, &[both[0].clone(), Subject::Account("bob".to_owned())]).await;
        see(&lee, &both[..1]).await;
        assert_eq!(written(&test.store).await[2..], ["account.viewed bob", "account.viewed ann"]);
        test.clock.advance(1.hours());
        see(&dana, &both[..1]).await;
        assert_eq!(written(&test.store).await.len(), 5);
        test.clock.advance(3.hours());
        let mut ctx = test.store.write().await.unwrap();
        assert_eq!(views::purge(&mut ctx).await.unwrap(), 5);
    })
    .await;
}

#[tokio::test]
async fn what_is_written_down_costs_one_read() {
    on_each_database(async |test| {
        let dana = AccountId::new("dana");
        let many: Vec<Subject> = (0..50).map(|number| Subject::Account(number.to_string())).collect();
        views::seen(&test.store, &dana, &many, None, "/admin/search").await.unwrap();
        let again = views::seen(&test.store, &dana, &many, None, "/admin/search");
        let ((), statements) = recording(async { again.await.unwrap() }).await;
        assert_eq!(statements.len(), 1, "{statements:#?}");
    })
    .await;
}
