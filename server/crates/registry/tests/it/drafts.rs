//! Drafts of registrations.

use registry::drafts::{self, Draft};
use store::testing::on_each_database;

use crate::desk::Desk;

#[tokio::test]
async fn a_draft_is_kept_until_it_is_sent_once() {
    on_each_database(async |test| {
        let desk = Desk::new(test);
        let account = desk.account("ada").await;
        let mut ctx = desk.write().await;
        drafts::save(&mut ctx, &account, Draft::Application, "1").await.unwrap();
        drafts::save(&mut ctx, &account, Draft::Application, "2").await.unwrap();
        assert_eq!(drafts::find(&mut ctx, &account, Draft::Application).await.unwrap().as_deref(), Some("2"));
        assert_eq!(drafts::find(&mut ctx, &account, Draft::Organization).await.unwrap(), None);
        assert!(drafts::end(&mut ctx, &account, Draft::Application).await.unwrap());
        assert!(!drafts::end(&mut ctx, &account, Draft::Application).await.unwrap());
    })
    .await;
}
