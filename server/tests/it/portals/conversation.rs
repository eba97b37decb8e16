//! Versions, questions, appeals, tickets and files, as browsers see them.

use axum::http::{Method, StatusCode};
use jiff::ToSpan;
use model::account::Role;
use store::sql;

use super::{
    browser::Browser,
    desk::{
        approve_all, approved_vendor, details, open_reviews, register_app, register_organization, registration, staff,
        vendor,
    },
};
use crate::oauth::site::{Reply, Site};

/// Sends a form with one file, and opens the page that follows.
async fn send(browser: &Browser<'_>, function: &str, fields: &[(&str, &str)], file: (&str, &str)) -> Reply {
    let (boundary, (name, content)) = ("----of-this-test", file);
    let field = |(name, value): &(&str, &str)| {
        format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(field).collect();
    let body = format!(
        "{fields}--{boundary}\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
         content-type: text/html\r\n\r\n{content}\r\n--{boundary}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={boundary}");
    let headers = [("content-type", kind.as_str()), ("sec-fetch-site", "same-origin")];
    let reply = browser.send(Method::POST, &format!("/api/{function}"), &headers, &body).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{function}: {}", reply.body);
    browser.get(reply.header("location").split('#').next().unwrap_or_default()).await
}

/// Where the page's first attachment is.
fn attachment(page: &Reply) -> String {
    let (_, rest) = page.body.split_once("/attachments/").expect("a file");
    rest.split('"').next().unwrap().to_owned()
}

async fn decide(browser: &Browser<'_>, site: &Site, decision: &str) -> Reply {
    site.test.clock.advance(1.minutes());
    let review = open_reviews(site).await.remove(0);
    let form = [
        ("review", review.as_str()),
        ("version", "1"),
        ("decision", decision),
        ("criterion", "privacy_policy"),
        ("comment", "The policy does not name who gets the data."),
    ];
    browser.follow("decide-review", &form).await
}

#[tokio::test]
async fn a_denied_review_shows_what_was_denied_after_the_owner_changed_it() {
    let site = Site::new().await;
    let vera = vendor(&site, "vera-lindqvist").await;
    register_organization(&vera).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    decide(&ada, &site, "deny").await;
    let before = ada.get(&format!("/admin/reviews/{review}")).await.body;
    assert!(before.contains("Version 1") && before.contains("Bright Harbor Health"), "{before}");

    let mut changed = super::desk::demographics();
    changed[0] = ("name", "Lindqvist Labs");
    vera.post("organization-demographics", &changed).await;
    vera.post("organization-attestation", &super::desk::attestation()).await;
    vera.follow("submit-organization", &[("terms", "on")]).await;

    let after = ada.get(&format!("/admin/reviews/{review}")).await.body;
    assert!(after.contains("Bright Harbor Health") && after.contains("Agreed to <a"), "{after}");
    let version = vera.get("/owner/organization/versions/2").await.body;
    assert!(version.contains("What changed since version 1") && version.contains("Lindqvist Labs"), "{version}");
    assert!(version.contains("Bright Harbor Health"), "{version}");
    let terms = Browser::of(&site).get("/terms/1").await;
    assert!(terms.status == StatusCode::OK && terms.body.contains("Register each app"), "{}", terms.body);
    for missing in ["/owner/organization/versions/3", "/owner/organization/versions/x", "/terms/2", "/terms/x"] {
        assert_eq!(vera.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn a_question_is_answered_beside_it_with_a_file_that_only_the_two_sides_get() {
    let site = Site::new().await;
    let vera = vendor(&site, "vera-lindqvist").await;
    register_organization(&vera).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    decide(&ada, &site, "ask").await;
    let page = vera.get("/owner/organization").await.body;
    assert!(page.contains("We have a question") && page.contains("who gets the data"), "{page}");
    assert!(page.contains("Please answer by"), "{page}");
    assert!(vera.get("/owner/inbox?show=yours").await.body.contains("Bright Harbor Health"));

    let refused =
        send(&vera, "answer-question", &[("answer", "It is there.")], ("run.html", "<script>alert(1)</script>")).await;
    assert!(refused.body.contains("We accept PDF") && refused.body.contains("It is there."), "{}", refused.body);
    let page = send(&vera, "answer-question", &[("answer", "It is there.")], ("../pol'icy.html", "%PDF-1.7\n")).await;
    assert!(page.body.contains("policy.pdf (1 KB)") && page.body.contains("We answer by"), "{}", page.body);

    let id = attachment(&page);
    for (browser, portal) in [(&vera, "owner"), (&ada, "admin")] {
        let file = browser.get(&format!("/{portal}/attachments/{id}")).await;
        assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "%PDF-1.7\n"));
        assert_eq!(file.header("content-type"), "application/pdf");
        assert_eq!(file.header("content-disposition"), "attachment; filename*=UTF-8''policy%2Epdf");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(file.header("cache-control"), "no-store");
    }
    let mallory = approved_vendor(&site, "mallory-stranger").await;
    assert_eq!(mallory.get(&format!("/owner/attachments/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(mallory.get(&format!("/admin/attachments/{id}")).await.status, StatusCode::FORBIDDEN);
    let nobody = Browser::of(&site).get(&format!("/owner/attachments/{id}")).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    assert_eq!(vera.get("/owner/attachments/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_denial_is_appealed_on_its_own_page_and_another_reviewer_sees_both() {
    let site = Site::new().await;
    let vera = vendor(&site, "vera-lindqvist").await;
    register_organization(&vera).await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let ravi = staff(&site, "ravi-chandra", Role::Reviewer).await;
    decide(&ada, &site, "deny").await;
    let page = vera.get("/owner/organization").await.body;
    assert!(page.contains("/owner/organization/appeal") && page.contains("You can appeal"), "{page}");
    let refused = vera.follow("appeal", &[("appeal", "")]).await.body;
    assert!(refused.contains("Say why the decision is wrong.") && refused.contains("The decision"), "{refused}");
    let page = vera.follow("appeal", &[("appeal", "It is in section 4.")]).await.body;
    assert!(page.contains("Your appeal is under review") && page.contains("We answer by"), "{page}");

    let review = open_reviews(&site).await.remove(0);
    let own = decide(&ada, &site, "approve").await.body;
    assert!(own.contains("You made the decision that this appeal is about"), "{own}");
    let seen = ravi.get(&format!("/admin/reviews/{review}")).await.body;
    assert!(seen.contains("Another reviewer denied this version") && seen.contains("It is in section 4."), "{seen}");
    assert!(!seen.contains("value=\"ask\""), "an appeal has two answers");
    assert!(ravi.get("/admin/queues/appeals").await.body.contains("Bright Harbor Health"));
    decide(&ravi, &site, "approve").await;
    assert!(vera.get("/owner/organization").await.body.contains("Approved"));
    // Nothing is left to appeal.
    assert_eq!(vera.get("/owner/organization/appeal").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_change_of_a_live_organization_shows_both_versions_to_both_sides() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let mut changed = super::desk::demographics();
    changed[0] = ("name", "Lindqvist Labs");
    vera.post("organization-demographics", &changed).await;
    vera.post("organization-attestation", &super::desk::attestation()).await;
    let page = vera.follow("submit-organization", &[("terms", "on")]).await.body;
    for text in ["Your change is under review", "Bright Harbor Health", "Lindqvist Labs"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let review = open_reviews(&site).await.remove(0);
    let seen = ada.get(&format!("/admin/reviews/{review}")).await.body;
    for text in ["What would change", "Bright Harbor Health", "Lindqvist Labs"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    assert!(ada.get("/admin/queues/changes").await.body.contains("Bright Harbor Health"));
    decide(&ada, &site, "approve").await;
    let page = vera.get("/owner/organization").await.body;
    assert!(page.contains("Lindqvist Labs") && !page.contains("Your change is under review"), "{page}");
}

#[tokio::test]
async fn a_ticket_is_opened_answered_closed_and_rated() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let sara = staff(&site, "sara-support", Role::Support).await;
    let refused = vera.follow("open-ticket", &[("title", "Which scopes?"), ("text", "")]).await.body;
    for text in ["Choose a program.", "Choose sandbox or production.", "Describe your question.", "Which scopes?"] {
        assert!(refused.contains(text), "{text}: {refused}");
    }
    let form = [("title", "Which <scopes>?"), ("program", "idaho"), ("environment", "sandbox"), ("text", "I got 403.")];
    let page = send(&vera, "open-ticket", &form, ("log.txt", "GET /Coverage 403")).await.body;
    assert!(
        page.contains("Which &lt;scopes&gt;?") && page.contains("We answer by") && page.contains("log.txt"),
        "{page}"
    );
    let (id,): (String,) = {
        let mut ctx = site.state.services.store.read().await.unwrap();
        sql("SELECT id FROM ticket").fetch_one(&mut ctx.tx).await.unwrap()
    };
    assert!(sara.get("/admin/queues/tickets").await.body.contains(&id));
    let answer = [("ticket", id.as_str()), ("answer", "Ask for Coverage."), ("step", "close")];
    assert!(sara.follow("answer-ticket", &answer).await.body.contains("The vendor has your answer."));
    let page = vera.get(&format!("/owner/support/{id}")).await.body;
    assert!(page.contains("Ask for Coverage.") && page.contains("Did we solve it?"), "{page}");
    assert!(!page.contains("sara-support"), "vendors do not learn who answered");
    let rated = vera.follow("rate-ticket", &[("ticket", id.as_str()), ("satisfaction", "solved")]).await.body;
    assert!(rated.contains("You said: Yes, it is solved"), "{rated}");
    assert!(sara.get(&format!("/admin/tickets/{id}")).await.body.contains("Yes, it is solved"));
    let late = sara.follow("answer-ticket", &answer).await.body;
    assert!(late.contains("This is no longer possible"), "{late}");
    vera.follow("reply-ticket", &[("ticket", id.as_str()), ("reply", "And claims?")]).await;
    assert!(sara.get("/admin/inbox").await.body.contains("Which &lt;scopes&gt;?"));
}

#[tokio::test]
async fn a_form_with_files_is_limited_and_belongs_to_who_is_signed_in() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    approve_all(&site).await;
    let kind = "multipart/form-data; boundary=x";
    let headers = [("content-type", kind), ("sec-fetch-site", "same-origin")];
    let send = async |browser: &Browser<'_>, body: &str| {
        browser.send(Method::POST, "/api/owner-comment", &headers, body).await.status
    };
    let field =
        |name: &str, value: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let whole = format!("{}--x--\r\n", field("comment", "Hello."));
    assert_eq!(send(&vera, &whole).await, StatusCode::SEE_OTHER);
    let stranger = Browser::of(&site);
    assert_eq!(send(&stranger, &whole).await, StatusCode::SEE_OTHER);
    assert_eq!(send(&stranger, &"a".repeat(40_000)).await, StatusCode::PAYLOAD_TOO_LARGE);
    for broken in ["", "--x", "no form at all", "--x\r\n\r\n\r\n--x--", &field("comment", "Hello.")] {
        assert_eq!(send(&vera, broken).await, StatusCode::BAD_REQUEST, "{broken}");
    }
    assert_eq!(send(&vera, &format!("{}--x--\r\n", field("comment", "a\0b"))).await, StatusCode::BAD_REQUEST);
    let large = format!("{}--x--\r\n", field("comment", &"a".repeat(300_000)));
    assert_eq!(send(&vera, &large).await, StatusCode::PAYLOAD_TOO_LARGE);
    let other = [("content-type", kind), ("sec-fetch-site", "cross-site")];
    let foreign = vera.send(Method::POST, "/api/owner-comment", &other, &whole).await.status;
    assert_eq!(foreign, StatusCode::FORBIDDEN);
}
