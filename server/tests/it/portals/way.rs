//! The destination survives creating an account, confirming an address, a forgotten ID and a forgotten password.

use axum::http::StatusCode;

use super::{
    browser::{Browser, PASSWORD, account},
    inbox::{link, mails, parameter},
    payers::world::HOST,
};
use crate::oauth::site::{Reply, Site, encoded, query, request};

const NEW: [(&str, &str); 4] = [
    ("name", "Nina Okafor"),
    ("email", "nina.okafor@example.org"),
    ("healthcare_id", "nina-okafor"),
    ("password", PASSWORD),
];

/// Destinations in each portal, with deep links and what an address may carry.
const WAYS: [&str; 6] = [
    "/owner",
    "/owner/applications?show=all&q=caf%C3%A9",
    "/admin",
    "/admin/queues/applications?show=overdue",
    "/member/past",
    "/member/apps/some-grant",
];

/// The pages that someone passes who has to sign in first.
const PAGES: [&str; 6] = [
    "/signin",
    "/signup",
    "/account/forgot-id",
    "/account/forgot-password",
    "/account/check-mail",
    "/what-is-healthcare-id",
];

fn with<'f>(form: &[(&'f str, &'f str)], next: &'f str) -> Vec<(&'f str, &'f str)> {
    [form, &[("next", next)]].concat()
}

/// Takes an app's request to the sign-in page.
async fn ask(site: &Site, browser: &Browser<'_>) -> String {
    let app = site.app("idaho").await;
    let scope = "patient/Patient.read";
    let reply = browser.get(&format!("/authz/idaho/sandbox/oauth/authorize?{}", encoded(&request(&app, scope)))).await;
    reply.header("location").to_owned()
}

fn path(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply.header("location").to_owned()
}

/// Whether the page has links that keep the destination.
fn leads(page: &Reply, path: &str, next: &str) -> bool {
    page.body.contains(&format!("{path}?{}", encoded(&[("next", next)])).replace('&', "&amp;"))
}

#[tokio::test]
async fn a_new_account_leads_on_to_the_app_in_the_same_browser() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    let next = ask(&site, &browser).await;
    let page = browser.get(&path(&browser.get(&next).await)).await;
    for elsewhere in ["/signup", "/account/forgot-id", "/account/forgot-password"] {
        assert!(leads(&page, elsewhere, &next), "{elsewhere}");
    }
    let sent = browser.follow("sign-up", &with(&NEW, &next)).await;
    assert!(leads(&sent, "/signin", &next), "{}", sent.body);
    // The mail comes later than an app's request usually waits.
    site.test.clock.advance(jiff::Span::new().minutes(50));
    let verify = link(&site, "/account/verify").await;
    assert!(!verify.contains("consent"), "{verify}");
    let page = browser.get(&verify).await;
    assert!(page.body.contains("nina-okafor") && page.body.contains("Nina Okafor"), "{}", page.body);

    let on = browser.post("verify-email", &[("token", &parameter(&verify, "token")), ("answer", "confirm")]).await;

    assert_eq!(path(&on), format!("/signin?{}", encoded(&[("next", &next), ("done", "verified")])));
    let form = [("login", "nina-okafor"), ("password", PASSWORD), ("next", &next)];
    assert_eq!(path(&browser.post("sign-in", &form).await), next);
    assert_eq!(browser.get(&next).await.status, StatusCode::OK, "the request still waits");
}

/// Whether it is a page of an app's request: it names the app and leads back.
fn is_inside(page: &Reply) -> bool {
    let has = |words: &str| page.body.contains(words);
    let inside = has("Acme Inc.") && has("Optum Idaho") && has("Share your health data") && has("name=\"handle\"");
    assert_eq!(inside, has("Cancel and go back to"), "{}", page.body);
    // Chromium would block the way back to the app.
    assert_eq!(inside, !page.header("content-security-policy").contains("form-action"));
    inside
}

/// The links of a page that stay on the site, except those that open their own tab.
fn links(page: &Reply) -> Vec<&str> {
    let tags = page.body.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap());
    let same_tab = tags.filter(|tag| !tag.contains("target=\"_blank\""));
    let hrefs = same_tab.filter_map(|tag| tag.split("href=\"").nth(1)?.split('"').next());
    hrefs.filter(|href| href.starts_with('/')).collect()
}

#[tokio::test]
async fn every_page_before_signing_in_names_app_and_plan_and_leads_back() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for page in PAGES {
        let next = ask(&site, &browser).await;
        browser.get(&next).await;
        let path = format!("{page}?{}", encoded(&[("next", &next)]));

        let shown = browser.get(&path).await;

        assert_eq!(shown.status, StatusCode::OK, "{path}");
        assert!(is_inside(&shown), "{path}: {}", shown.body);
        assert_eq!(shown.header("cross-origin-opener-policy"), "unsafe-none", "{path}: an app may wait for its window");
        let way = encoded(&[("next", &next)]);
        for link in links(&shown) {
            assert!(link.contains(&way), "{path} loses the destination: {link}");
        }
        let spanish = browser.get_in("es", &path).await;
        assert!(spanish.body.contains("Cancelar y volver a"), "{path}: {}", spanish.body);
        // The switch of languages in the header comes back to the same page, with the same destination.
        let here = shown.body.split("name=\"next\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let switched = Browser::of(&site).post("language", &[("language", "es"), ("next", here)]).await;
        assert_eq!(switched.header("location"), path);

        let handle = next.strip_prefix("/consent/").unwrap();
        let back = browser.post("decide", &[("handle", handle), ("answer", "cancel")]).await;
        assert_eq!(query(back.header("location"))["error"], "access_denied", "{path}");
        assert!(!is_inside(&browser.get(&path).await), "{path}: the request no longer waits");
    }
    for page in PAGES {
        let shown = browser.get(&format!("{page}?next=%2Fowner%2Fsupport")).await;
        assert!(!is_inside(&shown), "{page}");
        let elsewhere: Vec<_> = links(&shown).into_iter().filter(|link| link.starts_with("/sign")).collect();
        assert!(elsewhere.iter().all(|link| link.ends_with("?next=%2Fowner%2Fsupport")), "{page}: {elsewhere:?}");
    }
}

#[tokio::test]
async fn the_pages_behind_mailed_links_are_inside_the_request_in_its_browser_alone() {
    let site = Site::new().await;
    let (browser, phone) = (Browser::of(&site), Browser::of(&site));
    let next = ask(&site, &browser).await;
    browser.post("sign-up", &with(&NEW, &next)).await;
    let verify = link(&site, "/account/verify").await;
    assert!(is_inside(&browser.get(&verify).await) && !is_inside(&phone.get(&verify).await));
    phone.post("verify-email", &[("token", &parameter(&verify, "token")), ("answer", "confirm")]).await;

    browser.post("forgot-password", &with(&[("login", "nina-okafor")], &next)).await;
    let reset = link(&site, "/account/reset-password").await;
    assert!(is_inside(&browser.get(&reset).await) && !is_inside(&phone.get(&reset).await));
    browser.post("forgot-id", &with(&[("email", "nina.okafor@example.org")], &next)).await;
    let reminded = link(&site, "/signin").await;
    assert!(is_inside(&browser.get(&reminded).await) && !is_inside(&phone.get(&reminded).await));
}

#[tokio::test]
async fn in_another_browser_it_ends_calmly_and_goes_on_in_the_first() {
    let site = Site::new().await;
    let (browser, phone) = (Browser::of(&site), Browser::of(&site));
    let next = ask(&site, &browser).await;
    browser.post("sign-up", &with(&NEW, &next)).await;
    let token = parameter(&link(&site, "/account/verify").await, "token");

    let on = phone.follow("verify-email", &[("token", &token), ("answer", "confirm")]).await;

    assert_eq!(on.status, StatusCode::OK);
    assert!(on.body.contains("go back to the browser where you started"), "{}", on.body);
    assert!(!on.body.contains("/consent/"));
    let form = [("login", "nina-okafor"), ("password", PASSWORD), ("next", &next)];
    assert_eq!(path(&browser.post("sign-in", &form).await), next);
    assert_eq!(browser.get(&next).await.status, StatusCode::OK);
}

/// Idaho's printed addresses are its own hosts, and mails lead to the main host.
#[tokio::test]
async fn a_link_of_a_mail_goes_on_at_the_host_where_the_apps_request_began() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let (main, theirs) = (Browser::of(&site), Browser::at(&site, HOST));
    let app = site.app("idaho").await;
    let asked = format!("/oauth/authorize?{}", encoded(&request(&app, "patient/Patient.read")));
    let next = theirs.get(&asked).await.header("location").to_owned();
    let passed_on = |reply: &Reply, link: &str| {
        assert_eq!(path(reply), format!("http://{HOST}{link}&here=1"), "in the same browser");
        format!("{link}&here=1")
    };

    theirs.post("sign-up", &with(&NEW, &next)).await;
    let verify = link(&site, "/account/verify").await;
    let here = passed_on(&main.get(&verify).await, &verify);
    assert!(theirs.get(&here).await.body.contains("nina-okafor"));
    let on = theirs.post("verify-email", &[("token", &parameter(&verify, "token"))]).await;
    assert_eq!(path(&on), format!("/signin?{}", encoded(&[("next", &next), ("done", "verified")])));

    theirs.post("forgot-id", &with(&[("email", "vera-lindqvist@example.org")], &next)).await;
    let reminded = link(&site, "/signin").await;
    let here = passed_on(&main.get(&reminded).await, &reminded);
    assert!(theirs.get(&here).await.body.contains(&format!("name=\"next\" value=\"{next}\"")));

    theirs.post("forgot-password", &with(&[("login", "vera-lindqvist")], &next)).await;
    let reset = link(&site, "/account/reset-password").await;
    let here = passed_on(&main.get(&reset).await, &reset);
    assert_eq!(theirs.get(&here).await.status, StatusCode::OK);

    // On a phone it redirects once, and then ends calmly.
    let phone = Browser::at(&site, HOST);
    assert!(!phone.get(&format!("{reminded}&here=1")).await.body.contains("/consent/"));
    let form = [("token", &*parameter(&reset, "token")), ("password", "another long sentence")];
    assert!(phone.follow("reset-password", &form).await.body.contains("go back to the browser where you started"));

    // Once the request was answered, the main host works as well as any other.
    theirs.post("decide", &[("handle", next.trim_start_matches("/consent/")), ("answer", "deny")]).await;
    theirs.post("forgot-password", &with(&[("login", "vera-lindqvist")], &next)).await;
    assert_eq!(main.get(&link(&site, "/account/reset-password").await).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_portal_is_a_destination() {
    let site = Site::new().await;
    for (number, next) in WAYS.into_iter().enumerate() {
        let (browser, phone) = (Browser::of(&site), Browser::of(&site));
        let due = path(&browser.get(next).await);
        assert_eq!(due, format!("/signin?{}", encoded(&[("next", next)])), "{next}");
        let (id, email) = (format!("nina-okafor-{number}"), format!("nina{number}@example.org"));
        let new = [("name", "Nina Okafor"), ("email", &email), ("healthcare_id", &id), ("password", PASSWORD)];
        browser.post("sign-up", &with(&new, next)).await;
        let token = parameter(&link(&site, "/account/verify").await, "token");
        // These do not depend on the browser.
        let on = path(&phone.post("verify-email", &[("token", &token)]).await);
        assert_eq!(on, format!("/signin?{}", encoded(&[("next", next), ("done", "verified")])));

        browser.post("forgot-password", &with(&[("login", &email)], next)).await;
        let token = parameter(&link(&site, "/account/reset-password").await, "token");
        let on = path(&phone.post("reset-password", &[("token", &token), ("password", PASSWORD)]).await);
        assert_eq!(on, format!("/signin?{}", encoded(&[("next", next), ("done", "reset")])));

        let sent = browser.follow("forgot-id", &with(&[("email", &email)], next)).await;
        assert!(leads(&sent, "/signin", next), "{}", sent.body);
        mails(&site).await.into_iter().for_each(drop);
        let form = [("login", email.as_str()), ("password", PASSWORD), ("next", next)];
        assert_eq!(path(&browser.post("sign-in", &form).await), next);
    }
}

#[tokio::test]
async fn a_forgotten_password_and_a_forgotten_id_lead_on_to_the_app() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let (browser, phone) = (Browser::of(&site), Browser::of(&site));
    let next = ask(&site, &browser).await;

    browser.post("forgot-id", &with(&[("email", "vera-lindqvist@example.org")], &next)).await;
    let reminded = link(&site, "/signin").await;
    assert!(!reminded.contains("consent"), "{reminded}");
    let field = format!("name=\"next\" value=\"{next}\"");
    assert!(browser.get(&reminded).await.body.contains(&field), "the link in the mail leads to the destination");
    assert!(!phone.get(&reminded).await.body.contains("/consent/"), "elsewhere it just signs in");

    let sent = browser.follow("forgot-password", &with(&[("login", "vera-lindqvist")], &next)).await;
    assert!(leads(&sent, "/signin", &next));
    site.test.clock.advance(jiff::Span::new().minutes(20));
    let token = parameter(&link(&site, "/account/reset-password").await, "token");
    let on = browser.post("reset-password", &[("token", &token), ("password", "another long sentence")]).await;
    assert_eq!(path(&on), format!("/signin?{}", encoded(&[("next", &next), ("done", "reset")])));
    let form = [("login", "vera-lindqvist"), ("password", "another long sentence"), ("next", &next)];
    assert_eq!(path(&browser.post("sign-in", &form).await), next);
    assert_eq!(browser.get(&next).await.status, StatusCode::OK);

    phone.post("forgot-password", &with(&[("login", "vera-lindqvist")], &next)).await;
    let token = parameter(&link(&site, "/account/reset-password").await, "token");
    let on = phone.follow("reset-password", &[("token", &token), ("password", PASSWORD)]).await;
    assert!(on.body.contains("go back to the browser where you started"), "{}", on.body);
}

#[tokio::test]
async fn who_signs_in_before_confirming_is_led_on_by_the_new_link() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    browser.post("sign-up", &NEW).await;
    mails(&site).await;
    let form = [("login", "nina-okafor"), ("password", PASSWORD), ("next", "/owner/support")];
    let refused = browser.follow("sign-in", &form).await;
    assert!(leads(&refused, "/signup", "/owner/support"), "{}", refused.body);
    let token = parameter(&link(&site, "/account/verify").await, "token");
    let on = path(&browser.post("verify-email", &[("token", &token)]).await);
    assert_eq!(on, "/signin?next=%2Fowner%2Fsupport&done=verified");
}

#[tokio::test]
async fn no_way_leads_off_the_site() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let hostile = [
        "//evil.test",
        "https://evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "javascript:alert(1)",
        "evil.test",
        "/%0d%0aSet-Cookie:x\r\nLocation: //evil.test",
        " //evil.test",
    ];
    for (number, next) in hostile.into_iter().enumerate() {
        let browser = Browser::of(&site);
        let (id, email) = (format!("nina-okafor-{number}"), format!("nina{number}@example.org"));
        let new = [("name", "Nina Okafor"), ("email", &email), ("healthcare_id", &id), ("password", PASSWORD)];
        let mut seen = vec![
            path(&browser.post("sign-up", &with(&new, next)).await),
            path(&browser.post("forgot-id", &with(&[("email", "vera-lindqvist@example.org")], next)).await),
            path(&browser.post("forgot-password", &with(&[("login", "vera-lindqvist")], next)).await),
        ];
        let round = mails(&site).await;
        assert!(round.iter().all(|mail| !mail.text.contains("evil") && !mail.html.contains("evil")), "{round:?}");
        let start = "http://127.0.0.1:3000/account/verify";
        let line = round.iter().flat_map(|mail| mail.text.lines()).find(|line| line.starts_with(start)).unwrap();
        let token = parameter(line.strip_prefix("http://127.0.0.1:3000").unwrap(), "token");
        seen.push(path(&browser.post("verify-email", &[("token", &token)]).await));
        let wrong = [("login", id.as_str()), ("password", "wrong"), ("next", next)];
        seen.push(path(&browser.post("sign-in", &wrong).await));
        seen.push(path(&browser.post("sign-in", &with(&[("login", &id), ("password", PASSWORD)], next)).await));
        for location in seen {
            assert!(location.starts_with('/') && !location.contains("evil"), "{next:?}: {location}");
        }
        for page in PAGES {
            let page = browser.get(&format!("{page}?{}", encoded(&[("next", next)]))).await;
            let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            assert!(!main.contains("evil"), "{next:?}: {main}");
        }
    }
}

#[tokio::test]
async fn this_was_not_me_ends_the_account_by_a_button_and_in_the_readers_language() {
    let site = Site::new().await;
    let (stranger, owner) = (Browser::of(&site), Browser::of(&site));
    stranger.keep("flex_language", "es");
    stranger.send_form_of("/signup", "sign-up", &NEW).await;
    let mails = mails(&site).await;
    let mail = mails.iter().find(|mail| mail.subject == "Confirme su correo electrónico").unwrap();
    let line = mail.text.lines().find(|line| line.contains("&not-me=1")).unwrap();
    let address = line.strip_prefix("http://127.0.0.1:3000").unwrap();
    let page = owner.get(address).await;
    assert!(
        page.body.contains("Did someone else use your email address?") && page.body.contains("nina-okafor"),
        "{}",
        page.body
    );
    assert_eq!(owner.get(address).await.status, StatusCode::OK, "opening it ends nothing");

    let token = parameter(address, "token");
    let done = owner.follow("verify-email", &[("token", &token), ("answer", "not-me")]).await;

    assert!(done.body.contains("deleted the Healthcare ID"), "{}", done.body);
    assert_eq!(owner.get(address).await.status, StatusCode::NOT_FOUND);
    let again = owner.follow("sign-in", &[("login", "nina-okafor"), ("password", PASSWORD)]).await;
    assert!(again.body.contains("password is incorrect"), "{}", again.body);
}

#[tokio::test]
async fn mail_is_in_the_language_of_the_last_sign_in_and_may_be_changed() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    let reset = async || {
        browser.post("forgot-password", &[("login", "vera-lindqvist")]).await;
        mails(&site).await.pop().unwrap().subject
    };
    assert_eq!(reset().await, "Reset your password");
    browser.keep("flex_language", "es");
    let signed_in = [("login", "vera-lindqvist"), ("password", PASSWORD)];
    assert_eq!(path(&browser.send_form_of("/signin", "sign-in", &signed_in).await), "/");
    assert_eq!(reset().await, "Restablezca su contraseña");
    assert!(browser.get("/account").await.body.contains("Le escribimos en español."));
    browser.post("language", &[("language", "en"), ("next", "/account")]).await;
    assert!(browser.get("/account").await.body.contains("We write to you in English."));
    assert_eq!(reset().await, "Reset your password");
}

#[tokio::test]
async fn mail_that_was_refused_for_good_is_shown_to_administrators_without_its_text() {
    use mail::{mailer::SendError, outbox};
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    mails(&site).await;
    Browser::of(&site).post("forgot-password", &[("login", "vera-lindqvist")]).await;
    let (store, links) = (&site.state.services.store, &site.state.services.identity.site);
    identity::recovery::process(store, links).await.unwrap();
    for _ in 0..3 {
        let mut ctx = store.write().await.unwrap();
        // Otherwise the link would expire in the meantime.
        store::sql("UPDATE outbox SET expires_at = NULL").execute(&mut ctx.tx).await.unwrap();
        let claimed = outbox::claim_due(&mut ctx, 10).await.unwrap();
        for outgoing in &claimed {
            let refused = SendError::Refused("550 <script>no such user</script>".to_owned());
            outbox::mark_failed(&mut ctx, outgoing, &refused).await.unwrap();
        }
        ctx.commit().await.unwrap();
        site.test.clock.advance(jiff::Span::new().hours(1));
    }
    let desk = super::desk::staff(&site, "ada-moreno", model::account::Role::Support).await;
    let dashboard = desk.get("/admin").await;
    assert!(dashboard.body.contains("We could not deliver 1 message in the last 7 days."), "{}", dashboard.body);
    let page = desk.get("/admin/mail").await;
    for words in ["vera-lindqvist@example.org", "Reset your password", "Given up", "&lt;script&gt;no such user"] {
        assert!(page.body.contains(words), "{words} in {}", page.body);
    }
    assert!(!page.body.contains("token="));
}
