//! The Administrative & Support Portal.

use axum::http::StatusCode;
use model::account::Role;

use super::desk::{
    approved_vendor, details, link, open_reviews, register_app, register_organization, registration, staff, vendor,
};
use crate::oauth::site::Site;

const PAGES: [&str; 6] = [
    "/admin",
    "/admin/queues/organizations",
    "/admin/queues/applications",
    "/admin/search?q=harbor",
    "/admin/programs",
    "/admin/audit",
];

#[tokio::test]
async fn every_page_is_for_people_with_a_role() {
    let site = Site::new().await;
    let (outsider, administrator) =
        (vendor(&site, "vera-lindqvist").await, staff(&site, "ada-moreno", Role::Administrator).await);
    for path in PAGES {
        assert_eq!(outsider.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        let page = administrator.get(path).await;
        assert_eq!((page.status, page.body.matches("<h1").count()), (StatusCode::OK, 1), "{path}");
    }
    for function in ["decide-review", "claim-review", "release-review", "admin-comment", "block"] {
        let form = [("review", "x"), ("organization", "x")];
        assert_eq!(outsider.post(function, &form).await.status, StatusCode::FORBIDDEN, "{function}");
    }
}

#[tokio::test]
async fn an_auditor_reads_and_changes_nothing() {
    let site = Site::new().await;
    register_organization(&vendor(&site, "vera-lindqvist").await).await;
    let auditor = staff(&site, "otto-auditor", Role::Auditor).await;
    let review = open_reviews(&site).await.remove(0);
    let page = auditor.get(&format!("/admin/reviews/{review}")).await.body;
    assert!(page.contains("Bright Harbor Health") && !page.contains("value=\"approve\""));
    let form = [("review", review.as_str()), ("version", "1"), ("decision", "approve")];
    assert_eq!(auditor.post("decide-review", &form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(open_reviews(&site).await, [review]);
}

#[tokio::test]
async fn of_two_decisions_the_first_counts_and_the_other_reviewer_sees_it() {
    let site = Site::new().await;
    let owner = vendor(&site, "vera-lindqvist").await;
    register_organization(&owner).await;
    let (ada, ravi) =
        (staff(&site, "ada-moreno", Role::Administrator).await, staff(&site, "ravi-chandra", Role::Reviewer).await);
    let review = open_reviews(&site).await.remove(0);
    let decide = |decision, comment| {
        [
            ("review", review.as_str()),
            ("version", "1"),
            ("decision", decision),
            ("comment", comment),
            ("criterion", if decision == "deny" { "duplicate" } else { "" }),
        ]
    };

    let first = ada.follow("decide-review", &decide("approve", "Welcome.")).await.body;
    let second = ravi.follow("decide-review", &decide("deny", "Twice here.")).await.body;

    assert!(first.contains("Approved. We emailed the owner."));
    assert!(second.contains("Already decided") && !second.contains("Twice here."));
    assert!(owner.get("/owner/organization").await.body.contains("Welcome."));
}

#[tokio::test]
async fn a_denial_needs_a_criterion_and_a_comment_and_keeps_what_was_typed() {
    let site = Site::new().await;
    let owner = vendor(&site, "vera-lindqvist").await;
    register_organization(&owner).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    let deny = |criterion| {
        [
            ("review", review.as_str()),
            ("version", "1"),
            ("decision", "deny"),
            ("comment", "The policy is gone."),
            ("criterion", criterion),
        ]
    };

    let refused = ada.follow("decide-review", &deny("")).await.body;
    ada.follow("decide-review", &deny("privacy_policy")).await;

    assert!(refused.contains("Choose the criterion for the denial.") && refused.contains("The policy is gone."));
    let page = owner.get("/owner/organization").await.body;
    assert!(page.contains("Denied") && page.contains("We cannot reach the privacy policy"));
    assert!(page.contains(">Admin") && !page.contains("ada-moreno"), "reviewers are not named to vendors");
}

#[tokio::test]
async fn who_belongs_to_an_organization_decides_nothing_about_it() {
    let site = Site::new().await;
    let reviewer = staff(&site, "ravi-chandra", Role::Reviewer).await;
    reviewer.post("save-profile", &[("contact_number", "2085550123")]).await;
    register_organization(&reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    assert!(reviewer.get(&format!("/admin/reviews/{review}")).await.body.contains("another reviewer has to decide"));
    let form = [("review", review.as_str()), ("version", "1"), ("decision", "approve")];
    assert_eq!(reviewer.post("decide-review", &form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(reviewer.post("claim-review", &form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(reviewer.post("release-review", &form).await.status, StatusCode::FORBIDDEN);
    let search = reviewer.get("/admin/search?q=harbor").await.body;
    let page = link(&search, "/admin/organizations/").unwrap();
    assert!(!reviewer.get(page).await.body.contains("/api/admin-comment"));
    let id = page.trim_start_matches("/admin/organizations/");
    let form = [("organization", id), ("comment", "We are fine.")];
    assert_eq!(reviewer.post("admin-comment", &form).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_claimed_review_tells_others_who_has_it() {
    let site = Site::new().await;
    let owner = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&owner, &details("production"), &registration("confidential")).await;
    let (ada, ravi) =
        (staff(&site, "ada-moreno", Role::Reviewer).await, staff(&site, "ravi-chandra", Role::Reviewer).await);
    let review = open_reviews(&site).await.remove(0);

    ada.post("claim-review", &[("review", review.as_str())]).await;
    let page = ravi.follow("claim-review", &[("review", review.as_str())]).await.body;

    assert!(page.contains("Vera Lindqvist is working on this, so only they can decide."));
    assert!(!ravi.get("/admin/queues/applications?show=unassigned").await.body.contains("Care Costs"));
    assert!(ada.get("/admin/queues/applications?show=mine").await.body.contains("Care Costs"));
}

#[tokio::test]
async fn a_blocked_app_says_why_to_its_owner() {
    let site = Site::new().await;
    let owner = approved_vendor(&site, "vera-lindqvist").await;
    let registered = register_app(&owner, &details("sandbox"), &registration("public")).await.body;
    let path = link(&registered, "/owner/applications/").unwrap_or_default();
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let search = ada.get("/admin/search?q=care+costs").await.body;
    let id = link(&search, "/admin/applications/").unwrap().trim_start_matches("/admin/applications/");

    let page =
        ada.follow("block", &[("application", id), ("step", "block"), ("reason", "Its secret is public.")]).await;

    assert!(page.body.contains("Blocked. The tokens stopped working."));
    assert!(owner.get("/owner").await.body.contains("Blocked"), "{path}");
    assert_eq!(owner.post("reactivate-app", &[("application", id)]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_organization_that_resembles_another_is_shown_beside_it_and_needs_a_reason() {
    let site = Site::new().await;
    approved_vendor(&site, "vera-lindqvist").await;
    register_organization(&vendor(&site, "mallory-stranger").await).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    let page = ada.get(&format!("/admin/reviews/{review}")).await.body;
    assert!(page.contains("This organization resembles another") && page.contains("Name and number"), "{page}");
    let form = |comment| {
        [
            ("review", review.as_str()),
            ("version", "1"),
            ("decision", "approve"),
            ("comment", comment),
            ("criterion", ""),
        ]
    };

    let refused = ada.follow("decide-review", &form("")).await.body;
    let approved = ada.follow("decide-review", &form("A subsidiary, as they showed us.")).await.body;

    assert!(refused.contains("To approve it, explain in the comment why they are different."), "{refused}");
    assert!(approved.contains("Approved. We emailed the owner."), "{approved}");
}

#[tokio::test]
async fn without_an_outcome_nothing_is_decided_and_nothing_typed_is_lost() {
    let site = Site::new().await;
    register_organization(&vendor(&site, "vera-lindqvist").await).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    let form = [
        ("review", review.as_str()),
        ("version", "1"),
        ("decision", ""),
        ("comment", "Welcome."),
        ("criterion", "duplicate"),
    ];
    let refused = ada.follow("decide-review", &form).await.body;
    assert!(refused.contains("Choose what you decide.") && refused.contains("Welcome."), "{refused}");
    assert_eq!(open_reviews(&site).await, [review]);
}

#[tokio::test]
async fn a_decision_on_an_older_version_comes_back_with_the_current_one() {
    let site = Site::new().await;
    register_organization(&vendor(&site, "vera-lindqvist").await).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    let form = [
        ("review", review.as_str()),
        ("version", "0"),
        ("decision", "approve"),
        ("comment", "Welcome."),
        ("criterion", ""),
    ];
    let refused = ada.follow("decide-review", &form).await.body;
    assert!(refused.contains("Someone changed this after you opened the page."), "{refused}");
    assert!(refused.contains("name=\"version\" value=\"1\"") && refused.contains("Welcome."), "{refused}");
}

#[tokio::test]
async fn anothers_claim_is_taken_over_knowingly() {
    let site = Site::new().await;
    register_organization(&vendor(&site, "vera-lindqvist").await).await;
    let (ada, ravi) =
        (staff(&site, "ada-moreno", Role::Reviewer).await, staff(&site, "ravi-chandra", Role::Reviewer).await);
    let review = open_reviews(&site).await.remove(0);
    let named = [("review", review.as_str())];
    ada.post("claim-review", &named).await;
    let approve = [("review", review.as_str()), ("version", "1"), ("decision", "approve")];

    let refused = ravi.follow("decide-review", &approve).await.body;
    let released = ravi.follow("release-review", &named).await.body;
    let asked = ravi.get(&format!("/admin/reviews/{review}/take-over")).await.body;
    let from = asked.split("name=\"from\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();

    assert!(refused.contains("Another reviewer is working on this."), "{refused}");
    assert!(!released.contains("Other reviewers can take this review now."), "{released}");
    let taken = ravi.follow("take-over-review", &[("review", review.as_str()), ("from", &from)]).await.body;
    assert!(taken.contains("You are working on this."), "{taken}");
    assert!(ada.follow("decide-review", &approve).await.body.contains("Another reviewer is working on this."));
    assert!(ravi.follow("decide-review", &approve).await.body.contains("Approved. We emailed the owner."));
}
