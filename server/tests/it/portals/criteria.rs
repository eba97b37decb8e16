//! By what reviewers deny: administrators add and retire it, reviewers choose it, owners read it.

use axum::http::StatusCode;
use model::account::Role;
use store::sql;

use super::desk::{open_reviews, register_organization, staff, vendor};
use crate::oauth::site::Site;

const PATH: &str = "/admin/criteria";

async fn code(site: &Site, name: &'static str) -> String {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let query = sql("SELECT code FROM criterion WHERE name = $1").bind(name);
    query.fetch_one::<(String,)>(&mut ctx.tx).await.unwrap().0
}

#[tokio::test]
async fn what_an_administrator_adds_is_chosen_by_a_reviewer_and_read_by_the_owner() {
    let site = Site::new().await;
    let vera = vendor(&site, "vera-lindqvist").await;
    register_organization(&vera).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let ravi = staff(&site, "ravi-chandra", Role::Reviewer).await;

    let refused = ada.follow("add-criterion", &[("name", "Duplicate"), ("sentence", "")]).await.body;
    assert!(refused.contains("Enter what the owner reads.") && refused.contains("Duplicate"), "{refused}");
    let taken = [("name", "REGISTERED already"), ("sentence", "It is registered already.")];
    let refused = ada.follow("add-criterion", &taken).await.body;
    assert!(refused.contains("A criterion in use already has this name."), "{refused}");
    let added = [("name", "Unsafe <storage>"), ("sentence", "It keeps health information where others read it.")];
    assert!(ada.follow("add-criterion", &added).await.body.contains("There is a problem"), "names have no markup");
    let added = [("name", "Unsafe storage"), ("sentence", "It keeps <health> information where others read it.")];
    let page = ada.follow("add-criterion", &added).await.body;
    assert!(page.contains("The criterion is added.") && page.contains("&lt;health&gt;"), "{page}");

    let seen = ravi.get(PATH).await.body;
    assert!(seen.contains("Unsafe storage") && !seen.contains("add-criterion") && !seen.contains("retire-criterion"));
    assert_eq!(ravi.post("add-criterion", &added).await.status, StatusCode::FORBIDDEN);
    let review = open_reviews(&site).await.remove(0);
    let page = ravi.get(&format!("/admin/reviews/{review}")).await.body;
    let code = code(&site, "Unsafe storage").await;
    assert!(page.contains(&format!("<option value=\"{code}\"")), "{page}");

    // Retired while the reviewer reads: what was typed stays.
    assert!(ada.follow("retire-criterion", &[("code", &code)]).await.body.contains("The criterion is retired."));
    let form = [
        ("review", review.as_str()),
        ("version", "1"),
        ("decision", "deny"),
        ("criterion", &code),
        ("comment", "A public folder."),
    ];
    let refused = ravi.follow("decide-review", &form).await.body;
    assert!(refused.contains("There is a problem") && refused.contains("A public folder."), "{refused}");
    assert!(ada.follow("restore-criterion", &[("code", &code)]).await.body.contains("back in use"));
    assert!(ravi.follow("decide-review", &form).await.body.contains("Denied"));
    let page = vera.get("/owner/organization").await.body;
    assert!(page.contains("It keeps &lt;health&gt; information") && page.contains("A public folder."), "{page}");
    assert_eq!(ada.post("retire-criterion", &[("code", "incomplete")]).await.status, StatusCode::NOT_FOUND);
    let report = ada.get("/admin/reports/file?report=denials&format=csv").await.body;
    assert!(report.contains("Unsafe storage,1"), "{report}");
}
