//! Sign-in: whose browser it is, and what its session allows before and after.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use axum::http::{Method, StatusCode};
use futures::future::{Either, join_all, select};
use store::{
    sql,
    testing::{postgres, sqlite},
};

use super::world::FORM;
use crate::{
    oauth::site::{Site, encoded},
    portals::browser::{Browser, PASSWORD, account},
};

const VERA: &str = "vera-lindqvist";
/// For sign-ins whose times are compared.
const FEWEST_ROUNDS: usize = 9;
const MOST_ROUNDS: usize = 90;

#[tokio::test]
async fn no_other_site_signs_a_browser_in() {
    let site = Site::new().await;
    account(&site, VERA).await;
    let form = encoded(&[("login", VERA), ("password", PASSWORD)]);
    for headers in [
        vec![("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        vec![("sec-fetch-site", "same-site"), ("origin", "http://evil.127.0.0.1:3000")],
        vec![("sec-fetch-site", "cross-site")],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
        vec![("origin", "http://127.0.0.1:3001")],
    ] {
        let headers = [&headers[..], &[FORM]].concat();
        let reply = site.send(Method::POST, "/api/sign-in", &headers, &form).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (StatusCode::FORBIDDEN, ""), "{headers:?}");
    }
    for headers in [vec![("origin", "http://127.0.0.1:3000")], vec![("sec-fetch-site", "same-origin")], vec![]] {
        let headers = [&headers[..], &[FORM]].concat();
        let reply = site.send(Method::POST, "/api/sign-in", &headers, &form).await;
        assert!(reply.header("set-cookie").starts_with("flex_session="), "{headers:?}");
    }
}

#[tokio::test]
async fn each_step_up_gives_the_browser_another_session_and_ends_the_one_before() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let browser = Browser::of(&site);
        let mut before = Vec::new();
        let session = || browser.cookie("flex_session").unwrap();
        browser.post("sign-in", &[("login", VERA), ("password", "wrong")]).await;
        before.push(session());
        browser.sign_in(VERA).await;
        before.push(session());
        browser
            .follow("change-password", &[("current_password", PASSWORD), ("password", "another long sentence")])
            .await;
        before.push(session());
        let app = browser.enrol().await;
        let now = session();
        assert!(!before.contains(&now), "a second factor renews the session too");
        for old in &before {
            let thief = Browser::of(&site);
            thief.keep("flex_session", old);
            assert_eq!(thief.get("/account").await.header("location"), "/signin?next=%2Faccount");
        }
        site.test.clock.advance(jiff::Span::new().seconds(30));
        let proof = [("current_password", "another long sentence"), ("code", &*browser.code_of(&app))];
        let off = browser.follow("remove-second-factor", &proof).await;
        assert!(off.body.contains("Two-step sign-in is off."), "{}", off.body);
        assert_ne!(session(), now, "turning it off renews the session too");
    }
}

#[tokio::test]
async fn an_unknown_account_takes_as_long_to_refuse_as_a_wrong_password() {
    let site = Site::new().await;
    account(&site, VERA).await;
    // Other load on the machine only adds to a time, so we compare the shortest of each. A busy machine needs more
    // rounds until both had a quiet moment; a sign-in that really takes longer never has a time as short.
    let mut shortest = [Duration::MAX; 2];
    let differ = |[known, unknown]: [Duration; 2]| known.max(unknown) > known.min(unknown) * 3 / 2;
    let mut rounds = 0;
    while rounds < FEWEST_ROUNDS || (rounds < MOST_ROUNDS && differ(shortest)) {
        rounds += 1;
        // Alternating, so that the machine is as busy for both.
        for (time, login) in shortest.iter_mut().zip([VERA, "no-one-at-all"]) {
            let (browser, begun) = (Browser::of(&site), Instant::now());
            let reply = browser.post("sign-in", &[("login", login), ("password", "a wrong pass phrase")]).await;
            *time = begun.elapsed().min(*time);
            assert!(reply.header("location").starts_with("/signin?form=sign-in."), "{login}");
            // Another test covers the wait after wrong guesses.
            let mut ctx = site.state.services.store.write().await.unwrap();
            sql("DELETE FROM attempt").execute(&mut ctx.tx).await.unwrap();
            ctx.commit().await.unwrap();
        }
    }
    assert!(!differ(shortest), "{shortest:?} after {rounds} rounds");
}

#[tokio::test]
async fn a_flood_of_passwords_does_not_keep_others_waiting() {
    let site = Site::new().await;
    account(&site, VERA).await;
    let (browsers, passer_by) = ((0..60).map(|_| Browser::of(&site)).collect::<Vec<_>>(), Browser::of(&site));
    let form = [("login", VERA), ("password", "a wrong pass phrase")];
    let flood = pin!(join_all(browsers.iter().map(|browser| browser.post("sign-in", &form))));
    let others = pin!(async {
        for path in ["/", "/signin", "/authz/oph/ca/oauth/jwks", "/fhirpublic/oph/ca/R4/Practitioner"] {
            assert_eq!(passer_by.get(path).await.status, StatusCode::OK, "{path}");
        }
    });

    let Either::Right(((), flood)) = select(flood, others).await else { panic!("the others had to wait") };

    for reply in flood.await {
        assert!(matches!(reply.status.as_u16(), 303 | 429 | 503), "{}", reply.status);
    }
}

#[tokio::test]
async fn a_session_that_the_browser_made_up_is_none() {
    let site = Site::new().await;
    account(&site, VERA).await;
    for made_up in
        ["", "x", "AAAAAAAAAAAAAAAAAAAAAA", "a".repeat(43).as_str(), "' OR '1'='1", "a".repeat(4000).as_str(), "%00"]
    {
        let browser = Browser::of(&site);
        browser.keep("flex_session", made_up);
        assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER, "{made_up:.40}");
        browser.sign_in(VERA).await;
        assert_ne!(browser.cookie("flex_session").unwrap(), made_up, "fixed by a stranger");
    }
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host() {
    let site = Site::secure().await;
    account(&site, VERA).await;
    let form = encoded(&[("login", VERA), ("password", PASSWORD)]);
    let reply = site.send(Method::POST, "/api/sign-in", &[FORM], &form).await;
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-flex_session="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let token = cookie.split(['=', ';']).nth(1).unwrap();
    let plain = format!("flex_session={token}");
    let reply = site.send(Method::GET, "/account", &[("cookie", &plain)], "").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "a neighboring host can set the plain name");
}
