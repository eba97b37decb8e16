//! Cookies that are not our session, races about one that is, and databases that fail in between.

use std::{cell::Cell, collections::BTreeSet};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use futures::future::join_all;
use identity::sessions;
use jiff::ToSpan;
use store::{
    sql,
    testing::{apart, postgres, racing_postgres, sqlite},
};
use tower_sessions::session::Id;

use super::world::FORM;
use crate::{
    oauth::site::{MAIN, Reply, Site, encoded},
    portals::browser::{Browser, PASSWORD, account},
};

const VERA: &str = "vera-lindqvist";
const PLAIN: &str = "flex_session";
const BOUND: &str = "__Host-flex_session";
/// Well formed, but not the token of a session.
const OF_NOBODY: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// The answer to this page for exactly these `Cookie` headers.
async fn open(site: &Site, path: &str, lines: &[&[u8]]) -> Reply {
    let mut request = Request::builder().uri(path).header(header::HOST, MAIN);
    for line in lines {
        request = request.header(header::COOKIE, *line);
    }
    site.answer(request.body(Body::empty()).unwrap()).await
}

/// The stored tokens of all sessions.
async fn kept(site: &Site) -> BTreeSet<String> {
    let read = async {
        let mut ctx = site.state.services.store.read().await.unwrap();
        let hashes = sql("SELECT token_hash FROM session").fetch_all::<(String,)>(&mut ctx.tx).await.unwrap();
        hashes.into_iter().map(|(hash,)| hash).collect()
    };
    apart(read).await
}

async fn change(site: &Site, statements: &[String]) {
    let change = async {
        let mut ctx = site.state.services.store.write().await.unwrap();
        for statement in statements {
            let mut query = sql("");
            query.push(statement);
            query.execute(&mut ctx.tx).await.unwrap();
        }
        ctx.commit().await.unwrap();
    };
    apart(change).await;
}

async fn is_signed_in(browser: &Browser<'_>) -> bool {
    let page = browser.get("/account").await;
    assert!([StatusCode::OK, StatusCode::SEE_OTHER].contains(&page.status), "{}", page.status);
    page.status == StatusCode::OK
}

#[tokio::test]
async fn the_database_has_no_token_that_a_browser_could_send() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let browser = Browser::of(&site);
        browser.sign_in(VERA).await;
        let token = browser.cookie(PLAIN).unwrap();
        let parsed: Id = token.parse().unwrap();
        assert_eq!(parsed.to_string(), token, "an id of the library");
        let kept = kept(&site).await;
        assert_eq!(kept.len(), 1);
        let thief = Browser::of(&site);
        for hash in &kept {
            assert_ne!(hash, &token);
            for stolen in [hash.as_str(), &hash[..22]] {
                thief.keep(PLAIN, stolen);
                assert!(!is_signed_in(&thief).await, "{stolen}");
            }
        }
        assert!(is_signed_in(&browser).await);
    }
}

#[tokio::test]
async fn no_other_cookie_passes_for_the_session() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let browser = Browser::of(&site);
        browser.sign_in(VERA).await;
        let ended = browser.cookie(PLAIN).unwrap();
        browser.follow("sign-out", &[]).await;
        browser.sign_in(VERA).await;
        let token = browser.cookie(PLAIN).unwrap();
        let before = kept(&site).await;
        let (upper, long) = (token.to_uppercase(), "A".repeat(16_000));
        let lines: Vec<Vec<u8>> = [
            format!("{PLAIN}={ended}"),
            format!("{PLAIN}={OF_NOBODY}"),
            format!("{PLAIN}={OF_NOBODY}; {PLAIN}={token}"),
            format!("{PLAIN}=x; {PLAIN}={token}"),
            format!("{PLAIN}={token} {token}"),
            format!("{PLAIN}={token},{OF_NOBODY}"),
            format!("{PLAIN}=\"{token}\""),
            format!("{PLAIN}={token}="),
            format!("{PLAIN}={token}%00"),
            format!("{PLAIN}=%{:02x}{}", token.as_bytes()[0], &token[1..]),
            format!("{PLAIN}={upper}"),
            format!("{PLAIN}={}", &token[..21]),
            format!("{PLAIN}={long}"),
            format!("{PLAIN}=' OR '1'='1"),
            format!("{PLAIN}="),
            PLAIN.to_owned(),
            format!("={PLAIN}={token}"),
            format!("FLEX_SESSION={token}"),
            format!("flex%5Fsession={token}"),
            format!("%66lex_session={token}"),
            format!("{BOUND}={token}"),
            format!("\u{a0}{PLAIN}={token}"),
            format!("\u{2000}{PLAIN}={token}"),
        ]
        .map(String::into_bytes)
        .into_iter()
        .chain([b"\xff=1; ".iter().copied().chain(format!("{PLAIN}={token}").into_bytes()).collect()])
        .collect();
        for line in &lines {
            let shown = String::from_utf8_lossy(line);
            let shown = shown.chars().take(60).collect::<String>();
            let page = open(&site, "/account", &[line]).await;
            assert_eq!((page.status, page.header("set-cookie")), (StatusCode::SEE_OTHER, ""), "{shown}");
        }
        assert_eq!(kept(&site).await, before, "and none became one");
        let two = [b"a=b; ".as_slice(), format!("{PLAIN}={token}").as_bytes()].concat();
        assert_eq!(open(&site, "/account", &[&two]).await.status, StatusCode::OK);
        let apart = [b"a=b".as_slice(), format!("{PLAIN}={token}").as_bytes()].map(<[u8]>::to_vec);
        assert_eq!(open(&site, "/account", &[&apart[0], &apart[1]]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn no_neighbour_sets_a_session_that_is_bound_to_the_host() {
    let site = Site::secure().await;
    account(&site, VERA).await;
    let form = encoded(&[("login", VERA), ("password", PASSWORD)]);
    let reply = site.send(Method::POST, "/api/sign-in", &[FORM], &form).await;
    let token = reply.header("set-cookie").split(['=', ';']).nth(1).unwrap();
    let own = format!("{BOUND}={token}");
    assert_eq!(open(&site, "/account", &[own.as_bytes()]).await.status, StatusCode::OK);
    // Browsers let a neighboring host set these, because none begins with the prefix.
    for name in [
        PLAIN,
        "%5F_Host-flex_session",
        "_%5fHost-flex_session",
        "%5F%5FHost%2Dflex%5Fsession",
        "__Host%2Dflex_session",
        "__host-flex_session",
        "__Host-flex_sessio%6e",
        "\u{2000}__Host-flex_session",
        "\u{a0}__Host-flex_session",
        "\u{3000}__Host-flex_session",
    ] {
        for line in [format!("{name}={token}"), format!("a=b; {name}={token}")] {
            let page = open(&site, "/account", &[line.as_bytes()]).await;
            assert_eq!((page.status, page.header("set-cookie")), (StatusCode::SEE_OTHER, ""), "{line}");
        }
        // Nor does one replace the browser's own cookie.
        if name.is_ascii() {
            for line in [format!("{own}; {name}={OF_NOBODY}"), format!("{name}={OF_NOBODY}; {own}")] {
                assert_eq!(open(&site, "/account", &[line.as_bytes()]).await.status, StatusCode::OK, "{line}");
            }
        }
    }
}

#[tokio::test]
async fn over_https_signing_out_takes_the_cookie_away() {
    let site = Site::secure().await;
    account(&site, VERA).await;
    let form = encoded(&[("login", VERA), ("password", PASSWORD)]);
    let reply = site.send(Method::POST, "/api/sign-in", &[FORM], &form).await;
    let own = reply.header("set-cookie").split(';').next().unwrap();
    let headers = [FORM, ("sec-fetch-site", "same-origin"), ("cookie", own)];
    let reply = site.send(Method::POST, "/api/sign-out", &headers, "").await;
    // Without `Secure` browsers accept no cookie with this prefix, not even to delete it (RFC 6265bis §5.7).
    let expect = "__Host-flex_session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0";
    let cookies: Vec<_> = reply.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert_eq!((reply.status, cookies), (StatusCode::SEE_OTHER, vec![expect]));
}

#[tokio::test]
async fn a_session_lasts_until_the_browser_is_closed_and_is_given_once() {
    let site = Site::new().await;
    account(&site, VERA).await;
    let browser = Browser::of(&site);
    let given = |reply: &Reply| reply.headers.get_all("set-cookie").iter().count();
    let reply = browser.post("sign-in", &[("login", VERA), ("password", PASSWORD)]).await;
    let token = browser.cookie(PLAIN).unwrap();
    assert_eq!(reply.header("set-cookie"), format!("{PLAIN}={token}; HttpOnly; SameSite=Lax; Path=/"));
    assert_eq!((given(&reply), reply.header("cache-control")), (1, "no-store"));
    for minutes in [0, 2, 29] {
        site.test.clock.advance(minutes.minutes());
        for path in ["/account", "/", "/nothing-here"] {
            assert_eq!(given(&browser.get(path).await), 0, "{path} after {minutes} minutes");
        }
    }
    site.test.clock.advance(30.minutes());
    let late = browser.get("/account").await;
    assert_eq!((late.status, given(&late)), (StatusCode::SEE_OTHER, 0));
}

/// A browser sends an old token if its request was on the way when another tab signed in.
#[tokio::test]
async fn a_request_that_a_sign_in_overtook_does_not_take_the_new_session_away() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let (browser, other_tab) = (Browser::of(&site), Browser::of(&site));
        browser.post("sign-in", &[("login", VERA), ("password", "wrong")]).await;
        let old = browser.cookie(PLAIN).unwrap();
        other_tab.keep(PLAIN, &old);
        browser.sign_in(VERA).await;
        for path in ["/account", "/signin", "/", "/nothing-here"] {
            let late = other_tab.get(path).await;
            assert_eq!(late.header("set-cookie"), "", "{path}");
        }
        assert!(is_signed_in(&browser).await);
        assert!(!is_signed_in(&other_tab).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_requests_at_once_with_one_token_those_that_sign_in_alone_get_another() {
    for test in [sqlite().await, racing_postgres().await] {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let planted = Browser::of(&site);
        planted.post("sign-in", &[("login", VERA), ("password", "wrong")]).await;
        let old = planted.cookie(PLAIN).unwrap();
        let tab = || {
            let tab = Browser::of(&site);
            tab.keep(PLAIN, &old);
            tab
        };
        let (signing_in, looking) = ([tab(), tab()], (0..8).map(|_| tab()).collect::<Vec<_>>());
        let sign_in = async |tab: &Browser<'_>| tab.post("sign-in", &[("login", VERA), ("password", PASSWORD)]).await;
        // Some before, some during, and some after the end of the token.
        let done = Cell::new(false);
        let look = async |tab: &Browser<'_>| {
            let (mut cookies, mut late) = (Vec::new(), 0);
            while late < 3 {
                late += usize::from(done.get());
                for path in ["/account", "/signin"] {
                    cookies.push(tab.get(path).await.header("set-cookie").to_owned());
                }
            }
            cookies
        };
        let all_sign_in = async {
            let replies = join_all(signing_in.iter().map(sign_in)).await;
            done.set(true);
            replies
        };

        let (signed_in, looked) = tokio::join!(all_sign_in, join_all(looking.iter().map(look)));

        assert!(signed_in.iter().all(|reply| reply.status == StatusCode::SEE_OTHER));
        assert_eq!(looked.concat().iter().filter(|cookie| !cookie.is_empty()).count(), 0);
        let mut tokens = BTreeSet::new();
        for tab in &signing_in {
            tokens.insert(tab.cookie(PLAIN).unwrap());
        }
        assert!(!tokens.contains(&old));
        // The browser keeps the token that came last, so that one must be valid.
        let mut good = 0;
        for token in &tokens {
            let tab = Browser::of(&site);
            tab.keep(PLAIN, token);
            good += usize::from(is_signed_in(&tab).await);
        }
        assert!(0 < good, "one of {}", tokens.len());
        assert!(!is_signed_in(&tab()).await, "the old one signs no one in");
    }
}

/// Makes every change of this kind fail.
fn failing(event: &str, table: &str) -> [Vec<String>; 2] {
    let sqlite = format!("CREATE TRIGGER failing BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END");
    let function = "CREATE FUNCTION failing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'";
    let postgres = format!("CREATE TRIGGER failing BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION failing()");
    [vec![sqlite], vec![function.to_owned(), postgres]]
}

fn mended(table: &str) -> [Vec<String>; 2] {
    [vec!["DROP TRIGGER failing".to_owned()], vec![format!("DROP TRIGGER failing ON {table}")]]
}

#[tokio::test]
async fn a_sign_in_that_is_not_saved_gives_no_token_and_ends_no_session() {
    let tests = [sqlite().await, postgres().await];
    for ((test, failing), mended) in tests.into_iter().zip(failing("INSERT", "audit")).zip(mended("audit")) {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let browser = Browser::of(&site);
        let refused = browser.post("sign-in", &[("login", VERA), ("password", "wrong")]).await;
        let page = refused.header("location").split('#').next().unwrap().to_owned();
        let (token, before) = (browser.cookie(PLAIN).unwrap(), kept(&site).await);
        change(&site, &failing).await;

        let failed = browser.post("sign-in", &[("login", VERA), ("password", PASSWORD)]).await;

        assert_eq!((failed.status, failed.header("set-cookie")), (StatusCode::INTERNAL_SERVER_ERROR, ""));
        assert_eq!(kept(&site).await, before, "the session went back with the row of the log");
        assert!(browser.get(&page).await.body.contains("is incorrect"), "and still holds what it held");
        change(&site, &mended).await;
        browser.sign_in(VERA).await;
        assert_ne!(browser.cookie(PLAIN).unwrap(), token);
    }
}

#[tokio::test]
async fn a_form_that_could_not_be_kept_begins_no_session() {
    let tests = [sqlite().await, postgres().await];
    for (test, failing) in tests.into_iter().zip(failing("INSERT", "refused_form")) {
        let site = Site::on(test).await;
        change(&site, &failing).await;
        let failed = site.send(Method::POST, "/api/sign-up", &[FORM], "name=x").await;
        assert_eq!((failed.status, failed.header("set-cookie")), (StatusCode::INTERNAL_SERVER_ERROR, ""));
        assert_eq!(kept(&site).await, BTreeSet::new());
    }
}

#[tokio::test]
async fn a_sign_in_that_is_saved_reaches_the_browser_though_something_fails_afterwards() {
    let tests = [sqlite().await, postgres().await];
    for (test, failing) in tests.into_iter().zip(failing("UPDATE OF language", "account")) {
        let site = Site::on(test).await;
        account(&site, VERA).await;
        let browser = Browser::of(&site);
        browser.post("sign-in", &[("login", VERA), ("password", "wrong")]).await;
        browser.keep("flex_language", "es");
        change(&site, &failing).await;
        let form = [("login", VERA), ("password", PASSWORD)];

        let failed = browser.send_form_of("/signin", "sign-in", &form).await;

        assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(is_signed_in(&browser).await, "the old token no longer works");
    }
}

#[tokio::test]
async fn who_brings_no_session_costs_the_database_nothing() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        site.state.services.store.db.close().await;
        let well_formed = format!("{PLAIN}={OF_NOBODY}");
        for path in ["/", "/signin", "/what-is-healthcare-id"] {
            for line in ["", "a=b", "flex_session=x", "flex_session=", "flex%5Fsession=AAAAAAAAAAAAAAAAAAAAAA"] {
                let page = open(&site, path, &[line.as_bytes()]).await;
                assert_eq!(page.status, StatusCode::OK, "{path} {line}");
            }
            let page = open(&site, path, &[well_formed.as_bytes()]).await;
            assert_eq!((page.status, page.header("set-cookie")), (StatusCode::SERVICE_UNAVAILABLE, ""), "{path}");
        }
        let missing = open(&site, "/nothing-here", &[]).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn every_token_is_an_id_of_the_library() {
    let site = Site::new().await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let mut tokens = BTreeSet::new();
    for _ in 0..200 {
        let token = sessions::start_anonymous(&mut ctx).await.unwrap().token;
        assert_eq!(token.parse::<Id>().unwrap().to_string(), token);
        tokens.insert(token);
    }
    assert_eq!(tokens.len(), 200);
}
