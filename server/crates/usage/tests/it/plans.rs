//! What pages of one vendor read, and what is purged, goes along an index: the tables have millions of rows.

use model::id::{ClientId, OrganizationId};
use store::testing::{plan, recording, sqlite};
use usage::{
    figures::{self, Days},
    housekeeping,
};

const DAYS: Days = Days { first: 20_260_301, last: 20_260_331 };

#[tokio::test]
async fn no_page_of_a_vendor_reads_a_whole_table() {
    let test = sqlite().await;
    let (app, organization) = (ClientId::new("app-1"), OrganizationId::new("org-1"));
    let mut ctx = test.store.write().await.unwrap();
    let ((), statements) = recording(async {
        figures::days_of_app(&mut ctx, &app, DAYS).await.unwrap();
        figures::days_of_organization(&mut ctx, &organization, DAYS).await.unwrap();
        figures::endpoints_of_app(&mut ctx, &app, DAYS).await.unwrap();
        figures::errors_of_app(&mut ctx, &app, DAYS).await.unwrap();
        figures::errors_of_organization(&mut ctx, &organization, DAYS).await.unwrap();
        figures::credentials(&mut ctx, &app).await.unwrap();
        figures::members_of_app(&mut ctx, &app).await.unwrap();
        figures::members_of_organization(&mut ctx, &organization).await.unwrap();
        housekeeping::purge(&mut ctx).await.unwrap();
    })
    .await;
    assert!(8 < statements.len());
    for statement in statements {
        let text = statement.text().to_owned();
        // The sums of programs are small: some rows for each day.
        if text.contains("usage_day ") {
            continue;
        }
        let steps = plan(&mut ctx.tx, statement).await.unwrap();
        let whole = steps.iter().find(|step| step.starts_with("SCAN ") && !step.contains("INDEX"));
        assert_eq!(whole, None, "{text}: {steps:#?}");
    }
}
