//! The search, as a page and as the index of its script.

use axum::http::{Method, StatusCode};

use super::{
    pages::chapters,
    visible::{ids, links, visible},
};
use crate::oauth::site::{Site, encoded};

async fn search(site: &Site, query: &str) -> String {
    site.get(&format!("/docs/idaho/search?{}", encoded(&[("q", query)]))).await.body
}

#[tokio::test]
async fn the_search_finds_headings_parameters_and_scopes() {
    let site = Site::new().await;
    for (query, expect) in [
        ("patient/Coverage.read", "/docs/idaho/scopes#scope-patient-coverage-read"),
        ("service-date", "/docs/idaho/ExplanationOfBenefit#parameter-service-date"),
        ("Refresh POST example", "/docs/idaho/refresh#example"),
        ("general support HOURS", "/docs/idaho/support#hours"),
        ("code_verifier", "/docs/idaho/token#parameter-code-verifier-if-using-pkce"),
        ("healthcare service", "/docs/idaho/HealthcareService"),
    ] {
        let page = search(&site, query).await;
        let (_, results) = page.split_once("docs-results").unwrap_or_else(|| panic!("{query}: {}", visible(&page)));
        let found = links(results);
        let place = found.iter().position(|link| link == expect);
        assert!(place.is_some_and(|place| place < 5), "{query}: {found:#?}");
        let (path, anchor) = expect.split_once('#').unwrap_or((expect, ""));
        let target = site.get(path).await.body;
        assert!(anchor.is_empty() || ids(&target).contains_key(anchor), "{expect}");
    }
    assert!(visible(&search(&site, "zebra crossing").await).contains("We did not find “zebra crossing”."));
    assert!(visible(&search(&site, "  ").await).contains("Type what you look for"));
}

#[tokio::test]
async fn what_is_searched_for_is_text_wherever_it_is_shown() {
    let site = Site::new().await;
    for query in
        ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "\" onfocus=alert(1) x=\"", "&lt;b&gt;"]
    {
        let page = search(&site, query).await;
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{query}");
        let shown = page.split("id=\"docs-q\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(!shown.contains("\" onfocus=alert"), "{shown}");
    }
    let long = "x".repeat(5000);
    let page = search(&site, &long).await;
    assert!(!page.contains(&"x".repeat(5001)) && page.contains("We did not find"));
    assert_eq!(site.get("/docs/idaho/search?q=a%00b").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_index_has_every_page_and_stays_small() {
    let site = Site::new().await;
    for program in ["oph-ca", "idaho"] {
        let path = format!("/docs/{program}/index.json");
        let reply = site.get(&path).await;
        assert_eq!(reply.header("content-type"), "application/json");
        assert!(reply.body.len() <= 40_000, "{program}: {} bytes", reply.body.len());
        let index = reply.json();
        let pages = index["pages"].as_array().unwrap();
        let listed: Vec<_> =
            pages.iter().map(|page| format!("/docs/{program}/{}", page[0].as_str().unwrap())).collect();
        assert_eq!(listed, chapters(&site, program).await);
        for page in pages {
            let body = site.get(&format!("/docs/{program}/{}", page[0].as_str().unwrap())).await.body;
            let known = ids(&body);
            for mark in page[2].as_array().unwrap() {
                assert!(known.contains_key(mark[0].as_str().unwrap()), "{program}: {page} {mark}");
            }
        }
        let tag = reply.header("etag");
        let again = site.send(Method::GET, &path, &[("if-none-match", tag)], "").await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }
}

#[tokio::test]
async fn the_calculator_works_without_scripts_and_shows_nothing_but_text() {
    let site = Site::new().await;
    let ask = async |verifier: &str| {
        let page = site.get(&format!("/docs/idaho/native-apps?{}", encoded(&[("verifier", verifier)]))).await.body;
        let output = page.split("<output").nth(1).unwrap().split("</output>").next().unwrap();
        (output.split_once('>').unwrap().1.to_owned(), page)
    };
    // RFC 7636, appendix B.
    let (challenge, _) = ask("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").await;
    assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let (example, _) = ask("").await;
    assert_eq!(example, "hI2vVv0Er_dHX9lUJo2O8lbFzkxfChVyM2WcHfODLnU");
    for wrong in ["too-short", &"x".repeat(129), "\"><script>alert(1)</script>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        let (said, page) = ask(wrong).await;
        assert!(said.starts_with("This is not a code verifier."), "{said}");
        assert!(!page.contains("<script>alert"), "{wrong}");
    }
}
