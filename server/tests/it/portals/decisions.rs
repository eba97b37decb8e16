//! A decision as a page to keep or to print.

use axum::http::StatusCode;
use jiff::ToSpan;
use model::account::Role;

use super::{
    browser::Browser,
    desk::{
        approve_all, approved_vendor, attestation, demographics, details, open_reviews, register_app,
        register_organization, registration, staff, vendor,
    },
};
use crate::oauth::site::Site;

async fn decide(browser: &Browser<'_>, site: &Site, decision: &str, comment: &str) -> String {
    site.test.clock.advance(1.minutes());
    let review = open_reviews(site).await.remove(0);
    let form = [
        ("review", review.as_str()),
        ("version", "1"),
        ("decision", decision),
        ("criterion", if decision == "deny" { "privacy_policy" } else { "" }),
        ("comment", comment),
    ];
    browser.post("decide-review", &form).await;
    review.to_string()
}

#[tokio::test]
async fn a_decision_is_printed_with_what_was_sent_and_its_appeal() {
    let site = Site::new().await;
    let vera = vendor(&site, "vera-lindqvist").await;
    register_organization(&vera).await;
    let (ada, ravi) =
        (staff(&site, "ada-moreno", Role::Reviewer).await, staff(&site, "ravi-chandra", Role::Reviewer).await);
    let denied = decide(&ada, &site, "deny", "The policy names <b>no one</b>.").await;
    let (own, printed) = (format!("/owner/decisions/{denied}"), format!("/admin/reviews/{denied}/print"));
    assert!(vera.get("/owner/organization").await.body.contains(&own), "the denial leads to it");
    assert!(vera.get("/owner/organization/versions/1").await.body.contains(&own), "so does its version");
    assert!(ada.get(&format!("/admin/reviews/{denied}")).await.body.contains(&printed));

    site.test.clock.advance(1.minutes());
    vera.post("appeal", &[("appeal", "Page 3 names everyone."), ("application", "")]).await;
    let open = vera.get(&own).await.body;
    assert!(open.contains("Page 3 names everyone.") && open.contains("Not decided yet"), "{open}");
    let appeal = decide(&ravi, &site, "approve", "You are right.").await;
    // What the owner changes later changes nothing of what was decided.
    site.test.clock.advance(1.minutes());
    let mut changed = demographics();
    changed[0] = ("name", "Lindqvist Labs");
    vera.post("organization-demographics", &changed).await;
    vera.post("organization-attestation", &attestation()).await;
    vera.follow("submit-organization", &[("terms", "on")]).await;

    // All accounts of the tests have one name.
    for (browser, path, by) in [(&vera, &own, "Admin"), (&ada, &printed, "Vera Lindqvist")] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let body = page.body;
        for part in [
            "Decision on Bright Harbor Health",
            "Denied",
            "Decided by",
            "We cannot reach the privacy policy",
            "The policy names &lt;b&gt;no one&lt;/b&gt;.",
            "Version 1, as it was submitted",
            "Agreed to <a",
            "Appealed",
            "Page 3 names everyone.",
            "You are right.",
            "http://127.0.0.1:3000",
        ] {
            assert!(body.contains(part), "{part} in {path}: {body}");
        }
        assert!(!body.contains("Lindqvist Labs"), "{path} shows what was decided on");
        let deciders = body.matches(&format!("<dt>Decided by</dt><dd>{by}</dd>")).count();
        assert_eq!(deciders, 2, "vendors do not learn who reviews: {body}");
    }
    let page = ada.get(&format!("/admin/reviews/{appeal}/print")).await.body;
    assert!(page.contains("The decision that was appealed") && page.contains("You are right."), "{page}");
}

#[tokio::test]
async fn a_decision_is_printed_for_those_who_may_see_its_review() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("production"), &registration("confidential")).await;
    let review = open_reviews(&site).await.remove(0);
    approve_all(&site).await;
    let mallory = approved_vendor(&site, "mallory-mason").await;
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    let (own, printed) = (format!("/owner/decisions/{review}"), format!("/admin/reviews/{review}/print"));
    let page = vera.get(&own).await.body;
    for part in [
        "Decision on Care Costs",
        "Approved",
        "Optum Physical Health CA",
        "The organization at the time of the decision",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(otto.get(&printed).await.status, StatusCode::OK);
    assert_eq!(mallory.get(&own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(mallory.get("/owner/decisions/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(mallory.get(&printed).await.status, StatusCode::FORBIDDEN);
    assert_eq!(Browser::of(&site).get(&own).await.status, StatusCode::SEE_OTHER);
}
