//! What the pages of the documentation have in common.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use super::visible::{ids, links};
use crate::{oauth::site::Site, portals::browser::Browser};

/// Every page of the program's documentation, as its list of chapters leads to them.
pub async fn chapters(site: &Site, program: &str) -> Vec<String> {
    let first = site.get(&format!("/docs/{program}")).await.body;
    let (_, list) = first.split_once("docs-list").unwrap();
    let (list, _) = list.split_once("</nav>").unwrap();
    links(list)
}

#[tokio::test]
async fn every_chapter_is_public_and_its_anchors_are_unique() {
    let site = Site::new().await;
    for program in ["oph-ca", "idaho"] {
        let chapters = chapters(&site, program).await;
        assert!(35 < chapters.len(), "{chapters:#?}");
        let mut titles = BTreeSet::new();
        for path in &chapters {
            let page = site.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.header("set-cookie"), "", "{path}");
            let twice: Vec<_> = ids(&page.body).into_iter().filter(|(_, count)| 1 < *count).collect();
            assert_eq!(twice, [], "{path}: ids that are not unique");
            assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
            assert_eq!(page.body.matches("aria-current=\"page\"").count(), 2, "{path}: on phones and beside");
            let about = page.body.split("<meta name=\"description\" content=\"").nth(1).unwrap();
            titles.insert(about.split('"').next().unwrap().to_owned());
        }
        assert!(chapters.len() - 2 <= titles.len(), "pages describe themselves in other words: {titles:#?}");
    }
}

#[tokio::test]
async fn every_link_of_the_documentation_leads_somewhere() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for program in ["oph-ca", "idaho"] {
        let chapters = chapters(&site, program).await;
        let mut found = BTreeSet::new();
        for path in &chapters {
            let page = site.get(path).await.body;
            let here: Vec<String> = links(&page)
                .into_iter()
                .map(|link| if link.starts_with('#') { format!("{path}{link}") } else { link })
                .collect();
            found.extend(here.into_iter().filter(|link| link.starts_with('/') && !link.starts_with("/pkg/")));
        }
        for link in found {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let page = browser.get(path).await;
            let comes = page.status.is_success() || page.status.is_redirection();
            assert!(comes, "{program}: {link} is {}", page.status);
            if !anchor.is_empty() && anchor != "main" {
                assert!(ids(&page.body).contains_key(anchor), "{program}: {link}");
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_program_or_chapter_is_not_found_and_not_repeated() {
    let site = Site::new().await;
    for path in [
        "/docs/nothing",
        "/docs/idaho/nothing",
        "/docs/nothing/search",
        "/docs/idaho/%3Cscript%3Ealert(1)",
        "/docs/nothing/index.json",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        // The buttons that change the language repeat the address, encoded.
        let (_, main) = page.body.split_once("<main").unwrap_or_default();
        let (main, _) = main.split_once("</main>").unwrap_or_default();
        assert!(!main.contains("alert(1)") && !page.body.contains("<script>alert"), "{path}");
    }
}

#[tokio::test]
async fn old_addresses_lead_to_the_documentation() {
    let site = Site::new().await;
    for (old, new) in [("/owner/documentation", "/docs"), ("/owner/documentation/idaho", "/docs/idaho")] {
        let reply = site.get(old).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, new));
    }
    assert_eq!(site.get("/owner/documentation/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_frame_is_in_the_readers_language_and_the_chapter_in_english() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    let page = browser.get_in("es-MX,es;q=0.9", "/docs/idaho/scopes").await.body;
    for words in [
        "<html lang=\"es\"",
        "<article lang=\"en\"",
        "Estas páginas son para quienes crean aplicaciones. Están en inglés.",
        "Buscar",
        "Contenido",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let english = browser.get("/docs/idaho/scopes").await.body;
    assert!(!english.contains("Están en inglés"));
}

#[tokio::test]
async fn a_deployment_with_one_program_goes_straight_to_it() {
    let all = Site::new().await.get("/docs").await;
    assert!(all.body.contains("/docs/idaho") && all.body.contains("/docs/oph-ca"));
    let one = super::changed::site(&[]).await;
    let reply = one.get("/docs").await;
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/docs/idaho"));
}
