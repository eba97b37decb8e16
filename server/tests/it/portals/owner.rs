//! The App Owner portal.

use axum::http::StatusCode;
use model::account::Role;
use store::sql;

use super::{
    browser::{Browser, account},
    desk::{
        approve_all, approved_vendor, attestation, demographics, details, link, open_reviews, register_app,
        register_organization, registration, staff, text_of, vendor,
    },
};
use crate::oauth::site::Site;

const NEW: &str = "/owner/applications/";

const WHERE_SECRETS_COULD_STAY: [&str; 5] = [
    "SELECT COUNT(*) FROM session_flash WHERE content LIKE $1",
    "SELECT COUNT(*) FROM outbox WHERE text_body || html_body LIKE $1",
    "SELECT COUNT(*) FROM audit WHERE detail LIKE $1",
    "SELECT COUNT(*) FROM client_secret WHERE hash LIKE $1",
    "SELECT COUNT(*) FROM registration_draft WHERE content LIKE $1",
];

/// The id of the vendor's first app.
async fn app_of(browser: &Browser<'_>) -> String {
    let page = browser.get("/owner").await.body;
    let path = page.split("<tbody>").nth(1).and_then(|table| link(table, NEW)).unwrap();
    path.trim_start_matches(NEW).to_owned()
}

async fn has(site: &Site, text: &str, count: &'static str) -> bool {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (count,): (i64,) = sql(count).bind(format!("%{text}%")).fetch_one(&mut ctx.tx).await.unwrap();
    0 < count
}

#[tokio::test]
async fn the_profile_is_asked_for_once_before_everything_else() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    assert_eq!(browser.get("/owner/support").await.header("location"), "/owner/profile?next=%2Fowner%2Fsupport");

    let wrong = browser.follow("save-profile", &[("contact_number", "555")]).await.body;
    assert!(wrong.contains("value=\"555\"") && wrong.contains("Enter a US phone number with ten digits."));
    let next = browser.follow("save-profile", &[("contact_number", "208 555 0123"), ("next", "/owner/support")]).await;

    assert!(next.body.contains("<h1>Support</h1>"));
    assert_eq!(browser.get("/owner").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_registration_keeps_what_was_typed_and_is_sent_once() {
    let site = Site::new().await;
    let browser = vendor(&site, "vera-lindqvist").await;
    let wrong: Vec<_> = demographics().into_iter().filter(|(name, _)| *name != "tin").collect();
    let page = browser.follow("organization-demographics", &wrong).await.body;
    assert!(page.contains("value=\"800 W Main Street\"") && page.contains("id=\"tin-error\""));
    browser.post("organization-demographics", &demographics()).await;
    browser.sign_in("vera-lindqvist").await;
    let later = browser.get("/owner/organization/register").await;
    assert!(browser.get(later.header("location")).await.body.contains("value=\"82-1234567\""), "later as well");
    browser.post("organization-attestation", &attestation()).await;

    let refused = browser.follow("submit-organization", &[]).await.body;
    assert!(refused.contains("Agree to the terms and conditions to continue."));
    let sent = browser.follow("submit-organization", &[("terms", "on")]).await.body;

    assert!(sent.contains("Pending review") && sent.contains("Bright Harbor Health"));
    let again = browser.follow("submit-organization", &[("terms", "on")]).await;
    assert_ne!(again.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!has(&site, "Harbor", "SELECT COUNT(*) - 1 FROM organization WHERE name LIKE $1").await);
}

#[tokio::test]
async fn apps_wait_for_the_organizations_approval() {
    let site = Site::new().await;
    let browser = vendor(&site, "vera-lindqvist").await;
    register_organization(&browser).await;
    for path in ["/owner/applications/new", "/owner/applications/new/registration"] {
        let bounced = browser.get(path).await;
        assert_eq!(bounced.header("location"), "/owner/organization?why=organization-pending", "{path}");
        let page = browser.get(bounced.header("location")).await.body;
        assert!(page.contains("You can register applications after we approve your organization."), "{page}");
    }
    let posted = browser.post("app-details", &details("sandbox")).await;
    assert_eq!(posted.header("location"), "/owner/organization?why=organization-pending");
    let documentation = browser.get("/docs/oph-ca/launch").await.body;
    assert!(!documentation.contains("/university-of-california/oauth/authorize"), "launch URLs come with approval");
}

#[tokio::test]
async fn the_documentation_lists_the_members_of_the_sandbox() {
    let site = Site::new().await;
    let browser = vendor(&site, "vera-lindqvist").await;
    for program in ["oph-ca", "idaho"] {
        let page = browser.get(&format!("/docs/{program}/members")).await.body;
        for words in ["Kim Nguyen", "sandbox-many", "1956-11-21", "W9000002001", "never returned"] {
            assert!(page.contains(words), "{program}: {words}");
        }
    }
}

#[tokio::test]
async fn a_secret_is_shown_on_one_page_once() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    browser.post("app-details", &details("production")).await;
    let posted = browser.post("register-app", &registration("confidential")).await;
    let path = posted.header("location").to_owned();
    let second = Browser::of(&site);
    second.sign_in("vera-lindqvist").await;
    assert_eq!(text_of(&second.get(&path).await.body, "client-secret"), None, "another browser of the same person");

    let page = browser.get(&path).await;

    let secret = text_of(&page.body, "client-secret").unwrap().to_owned();
    assert_eq!((secret.len(), page.body.matches(secret.as_str()).count()), (43, 1));
    assert!(page.body.contains("Your application's access to the Public Access API is active effective immediately."));
    assert!(page.body.contains("The patient access portion of your application is under review."));
    assert!(!path.contains(&secret) && !posted.body.contains(&secret));
    for path in [path.as_str(), "/owner", path.trim_end_matches("/registered")] {
        assert!(!browser.get(path).await.body.contains(&secret), "{path}");
    }
    for count in WHERE_SECRETS_COULD_STAY {
        assert!(!has(&site, &secret, count).await, "{count}");
    }
}

#[tokio::test]
async fn a_form_sent_twice_registers_one_app() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("sandbox"), &registration("public")).await;

    let again = browser.post("register-app", &registration("public")).await;

    assert_eq!(again.header("location"), "/owner/applications?why=sent-already");
    let page = browser.get("/owner/applications").await.body;
    assert_eq!(page.matches(">Care Costs</a>").count(), 1);
}

#[tokio::test]
async fn a_new_secret_overlaps_with_one_other() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("sandbox"), &registration("confidential")).await;
    let id = app_of(&browser).await;

    let shown = browser.follow("generate-secret", &[("application", &id), ("overlap", "7")]).await.body;
    let third = browser.follow("generate-secret", &[("application", &id), ("overlap", "7")]).await.body;

    assert_eq!(text_of(&shown, "client-secret").map(str::len), Some(43));
    assert!(third.contains("Two secrets already work."));
    assert_eq!(browser.get(&format!("{NEW}{id}/credentials")).await.body.matches("End this secret now").count(), 2);
}

#[tokio::test]
async fn what_belongs_to_another_vendor_is_not_found_and_stays() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("sandbox"), &registration("confidential")).await;
    let id = app_of(&browser).await;
    let stranger = approved_vendor(&site, "mallory-stranger").await;

    for page in [
        "",
        "/credentials",
        "/addresses",
        "/registration",
        "/activity",
        "/registered",
        "/edit",
        "/keys",
        "/secret",
        "/new-secret",
        "/deactivate",
        "/delete",
        "/end-secret",
        "/remove-keys",
    ] {
        assert_eq!(stranger.get(&format!("{NEW}{id}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(stranger.get(&format!("/owner/applications/new?from={id}")).await.status, StatusCode::NOT_FOUND);
    for function in [
        "deactivate-app",
        "reactivate-app",
        "delete-app",
        "generate-secret",
        "owner-comment",
        "end-secret",
        "edit-app",
        "set-keys",
        "remove-keys",
    ] {
        let form =
            [("application", id.as_str()), ("overlap", "0"), ("comment", "Mine."), ("secret", "x"), ("version", "1")];
        assert_eq!(stranger.post(function, &form).await.status, StatusCode::NOT_FOUND, "{function}");
    }
    let page = browser.get(&format!("{NEW}{id}")).await.body;
    assert!(page.contains("Active") && !page.contains("Mine.") && !page.contains("New secret generated"));
}

#[tokio::test]
async fn an_edit_changes_what_its_form_has_and_no_more() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("sandbox"), &registration("public")).await;
    let id = app_of(&browser).await;
    let mut form = details("production");
    form.extend(registration("confidential"));
    form.extend([("application", id.as_str()), ("version", "1"), ("approval", "approved"), ("standing", "blocked")]);
    form[0] = ("name", "Care Costs Plus");

    let page = browser.follow("edit-app", &form).await.body;

    assert!(page.contains("<h1>Care Costs Plus</h1>") && page.contains("Sandbox"));
    assert!(browser.get(&format!("{NEW}{id}/credentials")).await.body.contains("A public client has no"));
    let stale = browser.follow("edit-app", &form).await.body;
    assert!(stale.contains("Someone changed this after you opened the page."));
}

#[tokio::test]
async fn markup_and_tricks_are_refused_at_the_field_and_shown_as_text() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let mut form = details("sandbox");
    form[0] = ("name", "<script>alert(1)</script>");
    form[5] = ("redirect_uri", "javascript:alert(1)");

    let page = browser.follow("app-details", &form).await.body;

    assert!(page.contains("Remove the characters &lt; and &gt;.") && page.contains("You cannot use this scheme."));
    assert!(page.contains("value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"") && !page.contains("<script>alert"));
}

#[tokio::test]
async fn what_stops_an_app_or_its_credentials_asks_first() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("sandbox"), &registration("confidential")).await;
    let id = app_of(&browser).await;
    let path = format!("{NEW}{id}");
    browser.post("generate-secret", &[("application", &id), ("overlap", "7")]).await;
    browser
        .post("set-keys", &[("application", &id), ("source", "url"), ("jwks_uri", "https://harbor.example/jwks")])
        .await;

    for (tab, start, question, function) in [
        ("", "/deactivate", "Deactivate this application?", "deactivate-app"),
        ("/credentials", "/end-secret?secret=", "End this secret?", "end-secret"),
        ("/credentials", "/remove-keys", "Remove the public keys?", "remove-keys"),
        ("/registration", "/delete", "Delete this application?", "delete-app"),
    ] {
        let page = browser.get(&format!("{path}{tab}")).await.body;
        assert!(!page.contains(&format!("/api/{function}")), "{function} asks on its own page");
        let asking = link(&page, &format!("{path}{start}")).unwrap_or_else(|| panic!("{start}: {page}")).to_owned();
        let asked = browser.get(&asking).await.body;
        assert!(asked.contains(question) && asked.contains(&format!("/api/{function}")), "{asked}");
        assert!(asked.contains(&format!("href=\"{path}{tab}\"")), "there is a way back");
    }
    assert!(browser.get(&path).await.body.contains("Active"), "asking changes nothing");
    assert_eq!(browser.get(&format!("{path}/end-secret?secret=none")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_public_client_with_public_access_alone_is_refused_in_production_with_the_reason() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let form: Vec<_> = details("production").into_iter().filter(|field| *field != ("access[]", "patient")).collect();
    browser.post("app-details", &form).await;

    let refused = browser.follow("register-app", &registration("public")).await.body;

    assert!(refused.contains("In production, a public client needs patient access"), "{refused}");
    browser.follow("register-app", &registration("confidential")).await;
    assert!(browser.get("/owner").await.body.contains("Care Costs"), "what was typed is kept");
}

#[tokio::test]
async fn a_reserved_name_is_refused_on_the_page_where_it_is_typed() {
    let site = Site::new().await;
    let browser = vendor(&site, "vera-lindqvist").await;
    let mut form = demographics();
    form[0] = ("name", "0ptum Idaho Apps");
    let page = browser.follow("organization-demographics", &form).await.body;
    assert!(page.contains("id=\"name-error\"") && page.contains("so members could confuse the two"), "{page}");
    let browser = approved_vendor(&site, "mallory-stranger").await;
    let mut form = details("sandbox");
    form[0] = ("name", "IBEW Local 18 Claims");
    let page = browser.follow("app-details", &form).await.body;
    assert!(page.contains("id=\"name-error\"") && page.contains("so members could confuse the two"), "{page}");
}

#[tokio::test]
async fn a_change_of_an_approved_app_is_shown_beside_what_members_see() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("production"), &registration("confidential")).await;
    approve_all(&site).await;
    let id = app_of(&browser).await;
    let mut form = details("production");
    form.extend(registration("confidential"));
    form.extend([("application", id.as_str()), ("version", "2")]);
    form[6] = ("description", "Sells your data.");

    let page = browser.follow("edit-app", &form).await.body;

    assert!(
        page.contains("Your change is waiting for review.") && page.contains("Your change is under review"),
        "{page}"
    );
    let page = browser.get(&format!("{NEW}{id}/registration")).await.body;
    assert!(page.contains("Shows members what their care has cost.") && page.contains("Sells your data."), "{page}");
    assert!(browser.get(&format!("{NEW}{id}/edit")).await.body.contains("Sells your data."), "it can be edited on");
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    let review = open_reviews(&site).await.remove(0);
    let page = ada.get(&format!("/admin/reviews/{review}")).await.body;
    assert!(page.contains("What would change") && page.contains("Sells your data."), "{page}");
}
