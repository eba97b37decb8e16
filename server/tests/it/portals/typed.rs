//! What people type: it comes back as they typed it, on its own page, in its own tab, and not forever.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use identity::housekeeping;
use jiff::ToSpan;
use store::sql;

use super::{
    browser::{Browser, account},
    desk::{approved_vendor, details, link, register_app, registration},
    network::{send_from, serve},
};
use crate::{
    attacks::{
        input::forms,
        world::{Ids, people},
    },
    oauth::site::{Reply, Site, encoded},
};

/// Texts that would end a text area, an attribute, a title or a comment; that browsers read as something else; that a
/// text area drops; or that change the direction of text.
const HOSTILE: [&str; 5] = [
    "</textarea></title></script><svg/onload=alert(1)>\"quoted\" 'too' &amp; &lt;b&gt; & <!-- --> `",
    "\r\n\r\nfirst <svg/onload=alert(2)>",
    "\" autofocus onfocus=\"alert(1)",
    "\u{202e}\u{2066}evil\u{200b}\u{feff}",
    "&#10;&#x3C;svg/onload=alert(3)&#x3E;",
];

/// Forms with text that people type; a code of a second factor is never kept.
const TYPED: [&str; 35] = [
    "birth_date_day",
    "birth_date_month",
    "birth_date_year",
    "comment",
    "contact_number",
    "description",
    "email",
    "explanation",
    "healthcare_id",
    "jwks",
    "jwks_uri",
    "last_name",
    "login",
    "mailing_city",
    "mailing_line1",
    "mailing_line2",
    "mailing_postal_code",
    "mailing_region",
    "member_id",
    "name",
    "physical_city",
    "physical_line1",
    "physical_line2",
    "physical_postal_code",
    "platform_id",
    "platform_name",
    "privacy_url",
    "purpose",
    "reason",
    "redirect_uri",
    "retention",
    "support_name",
    "support_website",
    "terms_url",
    "tin",
];

/// Text inputs and text areas of a page, by name, as a browser reads them.
fn typed_on(page: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = tag_end(rest);
        let (tag, after) = (&rest[..end], &rest[end..]);
        let value = if tag.starts_with("textarea ") {
            let text = after[1..].split("</textarea").next().unwrap_or_default();
            text.strip_prefix('\n').unwrap_or(text).to_owned()
        } else if tag.starts_with("input ")
            && !["checkbox", "radio", "password"].contains(&attribute(tag, "type").as_str())
        {
            attribute(tag, "value")
        } else {
            rest = after;
            continue;
        };
        found.insert(attribute(tag, "name"), html_escape::decode_html_entities(&value).into_owned());
        rest = after;
    }
    found
}

/// The end of the tag: not inside a quoted value.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    let end = tag.char_indices().find(|(_, char)| {
        quoted ^= *char == '"';
        !quoted && *char == '>'
    });
    end.map_or(tag.len(), |(place, _)| place)
}

/// Whether a tag has an attribute that a browser would run; a value may say anything.
fn has_handler(page: &str) -> bool {
    let mut tags = page.split('<').skip(1).map(|rest| &rest[..tag_end(rest)]);
    tags.any(|tag| {
        tag.split('"').step_by(2).any(|outside| outside.contains(" onfocus") || outside.contains(" autofocus"))
    })
}

fn attribute(tag: &str, name: &str) -> String {
    let value =
        tag.split_once(&format!(" {name}=\"")).map_or("", |(_, rest)| rest.split('"').next().unwrap_or_default());
    value.to_owned()
}

/// The page to which a refused form leads, with its full address.
fn page_of(reply: &Reply) -> String {
    let location = reply.header("location").split('#').next().unwrap_or_default();
    assert!(location.contains("form="), "{location}");
    location.to_owned()
}

/// Names things that exist, so that the form is read.
fn subject(ids: &Ids) -> Vec<(&'static str, &str)> {
    vec![
        ("application", &ids.app),
        ("organization", &ids.organization),
        ("review", &ids.review),
        ("version", "1"),
        ("step", "block"),
        ("decision", "ask"),
        ("source", "set"),
        ("session", "none"),
    ]
}

#[tokio::test]
async fn hostile_text_comes_back_as_it_was_typed_and_is_never_markup() {
    let site = Site::new().await;
    let people = people(&site).await;
    let mut compared = 0;
    for name in forms().into_iter().filter(|name| !name.starts_with("sign-out") && *name != "switch-account") {
        for text in HOSTILE {
            let form: Vec<_> = subject(&people.ids).into_iter().chain(TYPED.map(|field| (field, text))).collect();
            let browser = if ["sign-in", "sign-up"].contains(&name) { &people.stranger } else { people.of_form(name) };
            let reply = browser.post(name, &form).await;
            if !reply.header("location").contains("form=") {
                continue;
            }
            let path = page_of(&reply);
            let page = browser.get(&path).await;
            if page.status == StatusCode::SEE_OTHER || page.status == StatusCode::NOT_FOUND {
                // The page asks for something else first, or belongs to an app's request, which does not exist here.
                continue;
            }
            assert_eq!(page.status, StatusCode::OK, "{name}: {path}");
            assert!(!page.body.contains("<svg/onload") && !has_handler(&page.body), "{name}: {}", page.body);
            if !path.contains(&format!("form={name}.")) {
                // It leads back to an earlier step, which shows what was typed there.
                continue;
            }
            let typed = typed_on(&page.body);
            for field in TYPED.iter().filter(|field| form_has(&typed, field, &page.body)) {
                assert_eq!(typed[*field], text, "{name}: {field} at {path}");
                compared += 1;
            }
        }
    }
    assert!(24 < compared, "{compared}");
    // Other pages show what was saved.
    for (browser, path) in [
        (&people.vera, format!("/owner/applications/{}", people.ids.app)),
        (&people.vera, "/owner/organization".to_owned()),
        (&people.vera, "/account".to_owned()),
        (&people.ada, format!("/admin/applications/{}", people.ids.app)),
        (&people.ada, format!("/admin/organizations/{}", people.ids.organization)),
        (&people.ada, format!("/admin/reviews/{}", people.ids.review)),
        (&people.ada, "/admin/audit".to_owned()),
        (&people.mia, "/member".to_owned()),
    ] {
        let page = browser.get(&path).await;
        assert!(!page.body.contains("<svg/onload"), "{path}: {}", page.body);
    }
}

/// Other forms of the page show saved values; a field of the refused form has an error or what was typed.
fn form_has(typed: &BTreeMap<String, String>, field: &str, page: &str) -> bool {
    typed.contains_key(field) && page.contains(&format!("id=\"{field}-error\""))
}

#[tokio::test]
async fn an_unchanged_save_leaves_a_description_as_it_is_to_the_byte() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("sandbox"), &registration("confidential")).await;
    let page = browser.get("/owner/applications").await.body;
    let path = page.split("<tbody>").nth(1).and_then(|table| link(table, "/owner/applications/")).unwrap().to_owned();
    let description = async || {
        let mut ctx = site.state.services.store.read().await.unwrap();
        let query = sql("SELECT description FROM application WHERE name = 'Care Costs'");
        let (text,): (String,) = query.fetch_one(&mut ctx.tx).await.unwrap();
        text
    };
    let save = async |text: &str| {
        let shown = typed_on(&browser.get(&format!("{path}/edit")).await.body);
        let chosen = details("sandbox").into_iter().chain(registration("confidential"));
        let mut form: Vec<(&str, &str)> = chosen.filter(|(name, _)| !shown.contains_key(*name)).collect();
        form.extend(shown.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        form.retain(|(name, _)| *name != "description");
        let text = if text.is_empty() {
            shown["description"].replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text.to_owned()
        };
        form.push(("description", &text));
        let reply = browser.post("edit-app", &form).await;
        assert!(reply.header("location").contains("done=saved"), "{} {}", reply.status, reply.header("location"));
    };
    for text in [HOSTILE[0], HOSTILE[2], HOSTILE[4], "one\r\n\r\n\ttwo", "<!--", "]]>", "שלום 🎉 é"] {
        save(text).await;
        let saved = description().await;
        assert_eq!(saved, text.replace("\r\n", "\n"));
        save("").await;
        assert_eq!(description().await, saved);
    }
}

#[tokio::test]
async fn what_was_typed_belongs_to_its_form_page_tab_and_session() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    let one = page_of(&browser.post("sign-up", &[("email", "one")]).await);
    let two = page_of(&browser.post("sign-up", &[("email", "two")]).await);
    for _ in 0..2 {
        assert_eq!(typed_on(&browser.get(&one).await.body)["email"], "one", "a reload keeps it");
        assert_eq!(typed_on(&browser.get(&two).await.body)["email"], "two", "and another tab has its own");
    }
    assert_eq!(typed_on(&browser.get("/signup").await.body)["email"], "");
    assert_eq!(typed_on(&browser.get("/signup?next=%2Fowner").await.body)["email"], "");
    let handle = one.split_once("form=sign-up.").unwrap().1;
    for elsewhere in [format!("/signin?form=sign-up.{handle}"), format!("/signin?form=sign-in.{handle}")] {
        assert!(!browser.get(&elsewhere).await.body.contains("value=\"one\""), "{elsewhere}");
    }
    let stranger = Browser::of(&site).get(&one).await.body;
    assert_eq!(typed_on(&stranger)["email"], "");
    assert!(stranger.contains("We no longer have what you typed."), "{stranger}");

    // The form is sent again and accepted: its page no longer shows what was typed.
    let referer = format!("http://127.0.0.1:3000{one}");
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("referer", referer.as_str()),
    ];
    browser.send(Method::POST, "/api/forgot-id", &headers, &encoded(&[("email", "ada@example.org")])).await;
    assert_eq!(typed_on(&browser.get(&one).await.body)["email"], "");
    assert_eq!(typed_on(&browser.get(&two).await.body)["email"], "two");
    site.test.clock.advance(1.hour());
    assert_eq!(typed_on(&Browser::of(&site).get(&two).await.body)["email"], "");
}

#[tokio::test]
async fn a_refusal_is_shown_under_no_other_app_or_review() {
    let site = Site::new().await;
    let people = people(&site).await;
    let posted = people.ada.post("block", &[("application", &people.ids.app), ("step", "block"), ("reason", "")]).await;
    let page = page_of(&posted);
    assert!(people.ada.get(&page).await.body.contains("id=\"reason-error\""));
    let other = page.replace(&people.ids.app, "another");
    assert!(!people.ada.get(&other).await.body.contains("id=\"reason-error\""));
    let organization =
        format!("/admin/organizations/{}/block?{}", people.ids.organization, page.split('?').nth(1).unwrap());
    assert!(!people.ada.get(&organization).await.body.contains("id=\"reason-error\""));
}

#[tokio::test]
async fn a_form_that_is_too_long_is_a_calm_page_or_an_error_of_the_field() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let long = "x".repeat(100_000);
    let mut form = details("sandbox");
    form[6] = ("description", &long);
    let page = browser.follow("app-details", &form).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("id=\"description-error\"") && page.body.contains("value=\"Care Costs\""));

    let longer = "x".repeat(300_000);
    for (browser, text) in [(&browser, &longer), (&Browser::of(&site), &long), (&Browser::of(&site), &longer)] {
        for function in ["app-details", "sign-up", "sign-in", "owner-comment"] {
            let reply = browser.post(function, &[("name", text), ("comment", text), ("login", text)]).await;
            assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE, "{function} {}", text.len());
            assert!(reply.body.contains("<h1>That is too much text</h1>"), "{}", reply.body);
        }
    }
    // As long as it may be without an account: kept except for the field that is too long.
    let page = Browser::of(&site);
    let page = page.follow("sign-up", &[("email", "nonsense"), ("name", &"y".repeat(30_000))]).await.body;
    assert!(
        page.contains("value=\"nonsense\"") && page.contains("id=\"name-error\"") && !page.contains("yyyyy"),
        "{page}"
    );
}

#[tokio::test]
async fn anonymous_use_cannot_grow_the_database() {
    let site = Site::new().await;
    let text = "x".repeat(30_000);
    for number in 0..1100 {
        let field = ["name", "email", "healthcare_id"][number % 3];
        let reply = Browser::of(&site).post("sign-up", &[(field, &text)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{field}");
    }
    let count = async |question: &'static str| {
        let mut ctx = site.state.services.store.read().await.unwrap();
        let (count,): (i64,) = sql(question).fetch_one(&mut ctx.tx).await.unwrap();
        count
    };
    let (forms, bytes) =
        ("SELECT COUNT(*) FROM refused_form", "SELECT COALESCE(SUM(LENGTH(content)), 0) FROM refused_form");
    assert!(count(forms).await <= 1000 && count(bytes).await <= 1000 * 8192);
    assert!(count("SELECT COUNT(*) FROM session").await <= 1000);
    assert_eq!(count("SELECT COUNT(*) FROM session_flash").await, 0);
    site.test.clock.advance(1.hour());
    let mut ctx = site.state.services.store.write().await.unwrap();
    while 0 < housekeeping::purge(&mut ctx).await.unwrap() {}
    ctx.commit().await.unwrap();
    assert_eq!((count(forms).await, count("SELECT COUNT(*) FROM session").await), (0, 0));
}

#[tokio::test]
async fn forms_of_nobody_have_a_low_limit_of_their_own() {
    let site = Site::with_settings(|settings| settings.limits.anonymous_forms = 3).await;
    account(&site, "vera-lindqvist").await;
    let server = serve(&site).await;
    let form = encoded(&[("email", "nonsense")]);
    for _ in 0..3 {
        assert!(send_from("127.0.0.5:0", server, "POST /api/sign-up", &form).await.starts_with("HTTP/1.1 303 "));
    }
    let refused = send_from("127.0.0.5:0", server, "POST /api/sign-up", &form).await;
    assert!(refused.starts_with("HTTP/1.1 429 ") && refused.contains("retry-after: 20\r\n"), "{refused}");
    assert!(refused.contains("<h1>Too many attempts</h1>"), "{refused}");
    assert!(send_from("127.0.0.5:0", server, "GET /signup", "").await.starts_with("HTTP/1.1 200 "));
    assert!(send_from("127.0.0.6:0", server, "POST /api/sign-up", &form).await.starts_with("HTTP/1.1 303 "));
}

#[tokio::test]
async fn failures_keep_the_portals_frame() {
    let site = Site::new().await;
    let people = people(&site).await;
    for (browser, path, status, name, navigable) in [
        (&people.vera, "/owner/applications/none", 404, "App Owner", true),
        (&people.vera, "/owner/no-such-page", 404, "App Owner", true),
        (&people.vera, "/admin", 403, "Administrative &amp; Support Portal", false),
        (&people.vera, "/admin/no-such-page", 404, "Administrative &amp; Support Portal", false),
        (&people.ada, "/admin/reviews/none", 404, "Administrative &amp; Support Portal", true),
        (&people.ada, "/admin/no-such-page", 404, "Administrative &amp; Support Portal", true),
        (&people.mia, "/member/apps/none", 404, "CMS Interoperability Member Portal", true),
        (&people.stranger, "/member/no-such-page", 404, "CMS Interoperability Member Portal", false),
        (&people.stranger, "/no-such-page", 404, "FHIR Layer EXchange", false),
        (&people.stranger, "/ownership", 404, "FHIR Layer EXchange", false),
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(page.body.contains(name), "{path}: {}", page.body);
        assert_eq!(page.body.contains("class=\"site-nav\""), navigable, "{path}");
    }
}

#[tokio::test]
async fn filters_that_mean_nothing_are_named() {
    let site = Site::new().await;
    let people = people(&site).await;
    for (path, filter) in [
        ("/admin/queues/applications?show=urgent", "show"),
        ("/admin/search?q=care&kind=payers", "kind"),
        ("/admin/audit?subject=care", "About"),
        ("/admin/audit?before=yesterday", "before"),
    ] {
        let page = people.ada.get(path).await.body;
        let said = format!("so we left it out: <strong>{filter}</strong>");
        assert!(page.replace("<!>", "").contains(&said), "{path}: {page}");
        assert!(!people.ada.get(path.split('?').next().unwrap()).await.body.contains("so we left it out"), "{path}");
    }
}
