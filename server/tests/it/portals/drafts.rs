//! Drafts in the App Owner portal: two tabs, stale tabs, buttons, and the script that saves.

use axum::http::StatusCode;

use super::{
    browser::Browser,
    desk::{Form, approved_vendor, details, link, registration, text_of, vendor},
};
use crate::oauth::site::{Reply, Site};

const NEW: &str = "/owner/applications/new";

/// The draft and version that an answer leads to.
fn mark(reply: &Reply) -> String {
    let (_, rest) = reply.header("location").split_once("draft=").expect("a draft");
    rest.split(['&', '#']).next().unwrap().to_owned()
}

fn with<'f>(form: &Form<'f>, more: &[(&'f str, &'f str)]) -> Form<'f> {
    form.iter()
        .copied()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name))
        .chain(more.iter().copied())
        .collect()
}

/// Where the answer leads.
async fn follow(browser: &Browser<'_>, reply: &Reply) -> Reply {
    browser.get(reply.header("location").split('#').next().unwrap()).await
}

#[tokio::test]
async fn two_tabs_with_two_drafts_never_mix_and_each_registers_its_app() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let (one, two) = (mark(&browser.get(NEW).await), mark(&browser.get(NEW).await));
    assert_ne!(one, two);
    let details = details("sandbox");
    let one = browser.post("app-details", &with(&details, &[("draft", &one), ("name", "First App")])).await;
    let two = browser.post("app-details", &with(&details, &[("draft", &two), ("name", "Second App")])).await;
    assert!(one.header("location").starts_with("/owner/applications/new/registration?draft="));
    let list = browser.get("/owner/applications").await.body;
    assert!(list.contains("In progress") && list.contains("First App") && list.contains("Second App"), "{list}");

    let (first, second) = (mark(&one), mark(&two));
    let registration = registration("public");
    let registered = browser.follow("register-app", &with(&registration, &[("draft", &first)])).await.body;
    assert!(registered.contains("Success"), "{registered}");
    let again = browser.post("register-app", &with(&registration, &[("draft", &first)])).await;
    assert_eq!(again.header("location"), "/owner/applications?why=sent-already");
    browser.follow("register-app", &with(&registration, &[("draft", &second), ("platform_name", "Second App")])).await;

    let list = browser.get("/owner/applications").await.body;
    assert_eq!((list.matches(">First App</a>").count(), list.matches(">Second App</a>").count()), (1, 1), "{list}");
    assert!(!list.contains("In progress"));
    let gone = browser.get(&format!("{NEW}?draft={first}")).await;
    assert_eq!(gone.header("location"), "/owner/applications?why=draft-gone");
}

#[tokio::test]
async fn a_stale_tab_is_shown_both_states_and_loses_nothing() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let details = details("sandbox");
    let first = mark(&browser.post("app-details", &details).await);
    browser.post("app-details", &with(&details, &[("draft", &first), ("name", "Newer Name")])).await;

    let refused =
        browser.post("app-details", &with(&details, &[("draft", &first), ("name", "<b>Older</b> Tab")])).await;
    let page = follow(&browser, &refused).await.body;

    assert!(page.contains("This draft was saved elsewhere") && page.contains("In the saved draft"), "{page}");
    assert!(page.contains("Newer Name") && page.contains("value=\"&lt;b&gt;Older&lt;/b&gt; Tab\""), "{page}");
    assert!(!page.contains("data-autosave") && !page.contains("<b>Older"), "only a button overwrites");
    let other = link(&page, &format!("{NEW}?draft=")).unwrap().to_owned();
    assert!(browser.get(&other).await.body.contains("value=\"Newer Name\""));
    let newest = mark(&refused);
    let saved = browser.post("app-details", &with(&details, &[("draft", &newest), ("name", "Older Tab")])).await;
    assert!(saved.header("location").starts_with("/owner/applications/new/registration"));
}

#[tokio::test]
async fn a_page_that_was_not_reviewed_is_not_registered() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let details = details("sandbox");
    let second = mark(&browser.post("app-details", &details).await);
    // Another tab changes the first page while this one shows the second.
    browser.post("app-details", &with(&details, &[("draft", &second), ("name", "Changed Meanwhile")])).await;
    let registration = registration("public");
    let page = browser.follow("register-app", &with(&registration, &[("draft", &second)])).await.body;
    assert!(page.contains("This draft was saved elsewhere") && !page.contains("Success"), "{page}");
    let kept = browser.get("/owner/applications").await.body;
    assert!(kept.contains("Changed Meanwhile") && kept.contains("In progress"));
}

#[tokio::test]
async fn every_button_saves_and_back_leads_back() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let incomplete = [("name", "Half an App"), ("then", "later")];
    let later = browser.post("app-details", &incomplete).await;
    assert_eq!(later.header("location"), "/owner/applications?done=draft-saved");
    let list = browser.get("/owner/applications").await.body;
    let address = link(&list, &format!("{NEW}?draft=")).unwrap().to_owned();
    assert!(browser.get(&address).await.body.contains("value=\"Half an App\""));

    let second =
        mark(&browser.post("app-details", &with(&details("sandbox"), &[("draft", &address[NEW.len() + 7..])])).await);
    let form = [("draft", second.as_str()), ("support_name", "Sam Support"), ("then", "back")];
    let back = browser.post("register-app", &form).await;
    assert!(back.header("location").starts_with(&format!("{NEW}?draft=")), "{}", back.header("location"));
    let there = format!("{NEW}/registration?draft={}", mark(&back));
    assert!(browser.get(&there).await.body.contains("value=\"Sam Support\""));
}

#[tokio::test]
async fn the_script_learns_the_new_version_or_that_another_tab_was_faster() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let page = browser.get(NEW).await;
    let first = mark(&page);
    let shown = follow(&browser, &page).await.body;
    assert!(shown.contains("data-autosave") && shown.contains("data-seconds=\"1800\""), "{shown}");
    let saved = browser.post("app-details", &[("draft", &first), ("name", "Typed"), ("then", "background")]).await;
    let answer = follow(&browser, &saved).await.body;
    let (id, _) = first.split_once('.').unwrap();
    assert!(answer.contains(&format!("data-draft=\"{id}.1\"")), "{answer}");
    assert!(text_of(&answer, "draft-answer").unwrap().starts_with("Last saved:") && !answer.contains("data-wrong"));
    let stale = browser.post("app-details", &[("draft", &first), ("name", "Older"), ("then", "background")]).await;
    assert!(follow(&browser, &stale).await.body.contains("data-wrong"));
    let signed_out = Browser::of(&site);
    let form = [("draft", first.as_str()), ("then", "background")];
    let sent_from = format!("{NEW}?draft={first}");
    let ended = signed_out.send_form_of(&sent_from, "app-details", &form).await;
    assert!(
        ended.header("location").starts_with("/signin?next=%2Fowner%2Fapplications%2Fnew%3Fdraft%3D"),
        "and back again"
    );
}

#[tokio::test]
async fn a_draft_is_its_accounts_alone_and_is_deleted_after_a_question() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let mallory = approved_vendor(&site, "mallory-stranger").await;
    let draft = mark(&browser.post("app-details", &[("name", "Secret Plan"), ("then", "")]).await);
    let (id, _) = draft.split_once('.').unwrap();
    for path in [format!("{NEW}?draft={draft}"), format!("/owner/drafts/{id}"), format!("/owner/drafts/{id}/delete")] {
        assert_eq!(mallory.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (function, version) in [("app-details", "0"), ("app-details", "1"), ("register-app", "1")] {
        let draft = format!("{id}.{version}");
        let posted = mallory.post(function, &[("draft", &draft), ("name", "Mine")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND, "{function} {version}");
    }
    assert_eq!(mallory.post("delete-draft", &[("draft", id)]).await.status, StatusCode::NOT_FOUND);

    let asked = browser.get(&format!("/owner/drafts/{id}/delete")).await.body;
    assert!(asked.contains("Delete this draft?") && asked.contains("Secret Plan"));
    let deleted = browser.follow("delete-draft", &[("draft", id)]).await.body;
    assert!(deleted.contains("The draft is deleted.") && !deleted.contains("Secret Plan"));
}

#[tokio::test]
async fn promoting_to_production_is_a_draft_of_its_own() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    super::desk::register_app(&browser, &details("sandbox"), &registration("public")).await;
    browser.post("app-details", &[("name", "Another"), ("then", "later")]).await;
    let list = browser.get("/owner/applications").await.body;
    let app = link(&list, "/owner/applications/").map(str::to_owned);
    let table = list.split("<tbody>").nth(1).and_then(|table| link(table, "/owner/applications/"));
    let id = table.or(app.as_deref()).unwrap().trim_start_matches("/owner/applications/").to_owned();

    let begun = browser.get(&format!("{NEW}?from={id}")).await;
    let page = follow(&browser, &begun).await.body;

    assert!(page.contains("value=\"Care Costs\"") && page.contains("value=\"production\" selected"), "{page}");
    let draft = mark(&begun);
    let form = with(&details("production"), &[("draft", &draft), ("from", &id)]);
    let second = browser.post("app-details", &form).await;
    let page = follow(&browser, &second).await.body;
    assert!(page.contains("value=\"help@harbor.example\""), "the second page is copied too: {page}");
    assert_eq!(browser.get("/owner/applications").await.body.matches("/owner/drafts/").count(), 2);
}

#[tokio::test]
async fn a_registration_that_was_begun_is_continued_after_signing_in_again() {
    let site = Site::new().await;
    let browser = vendor(&site, "vera-lindqvist").await;
    browser.post("organization-demographics", &[("name", "Half Registered")]).await;
    browser.sign_in("vera-lindqvist").await;
    let dashboard = browser.get("/owner").await.body;
    assert!(dashboard.contains("Half Registered") && dashboard.contains("Continue the registration"), "{dashboard}");
    let address = link(&dashboard, "/owner/organization/register?draft=").unwrap().to_owned();
    assert!(browser.get(&address).await.body.contains("value=\"Half Registered\""));
}
