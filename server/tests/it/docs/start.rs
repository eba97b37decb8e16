//! The landing page and the status: one step from the documentation, in both languages.

use super::visible::{links, plain};
use crate::{
    oauth::site::Site,
    portals::{
        browser::{Browser, account},
        desk::approved_vendor,
    },
};

#[tokio::test]
async fn the_landing_page_leads_to_documentation_and_status_in_both_languages() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for (language, words) in [
        ("en", "What works now, and how new the data is."),
        ("es", "Qué funciona ahora y qué tan nuevos son los datos."),
    ] {
        let page = browser.get_in(language, "/").await.body;
        let found = links(&page);
        for link in ["/owner", "/admin", "/member", "/docs", "/docs/idaho", "/docs/oph-ca", "/status"] {
            assert!(found.iter().any(|found| found == link), "{language}: {link}");
        }
        let text = plain(&page);
        for words in [
            words,
            "App Owner",
            "Registration portal for vendors to register applications to access members data",
            "Administrative & Support Portal",
            "Review 3rd party application registration requests for approval",
            "CMS Interoperability Member Portal",
            "Member portal to review applications currently accessing their data",
        ] {
            assert!(text.contains(words), "{language}: {words}");
        }
        assert!(page.contains(&format!("<html lang=\"{language}\"")));
    }
}

#[tokio::test]
async fn a_programs_host_shows_that_program_alone() {
    let site = Site::new().await;
    let page = Browser::at(&site, "authz.idaho.localhost:3000").get("/").await.body;
    assert!(page.contains("\"/docs/idaho\"") && !page.contains("\"/docs/oph-ca\""));
    let unknown = Browser::at(&site, "elsewhere.example").get("/").await.body;
    assert!(
        unknown.contains("\"/docs/idaho\"") && unknown.contains("\"/docs/oph-ca\"") && !unknown.contains("elsewhere")
    );
}

#[tokio::test]
async fn the_status_says_what_answers_and_when_data_was_loaded() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for (language, well, never) in
        [("en", "Everything works.", "Not loaded yet"), ("es", "Todo funciona.", "Aún no se ha cargado")]
    {
        let page = browser.get_in(language, "/status").await;
        let text = plain(&page.body);
        for words in [
            well,
            never,
            "http://127.0.0.1:3000/authz/idaho/sandbox",
            "http://127.0.0.1:3000/fhirpublic/oph/ca/R4",
            "1 business day from adjudication",
        ] {
            assert!(text.contains(words), "{language}: {words}: {text}");
        }
        assert_eq!(page.header("set-cookie"), "");
    }
}

/// The addresses of the requests that a page shows, below our own origin.
async fn calls(site: &Site, path: &str) -> Vec<String> {
    let page = plain(&site.get(path).await.body);
    let calls = page.split("GET http://127.0.0.1:3000").skip(1);
    calls.map(|rest| rest.split_whitespace().next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_calls_that_check_an_endpoint_need_no_token() {
    let site = Site::new().await;
    for program in ["idaho", "oph-ca"] {
        let calls = calls(&site, &format!("/docs/{program}/quality")).await;
        assert_eq!(calls.len(), 4, "{calls:?}");
        for call in calls {
            assert_eq!(site.get(&call).await.status.as_u16(), 200, "{call}");
        }
        let page = site.get(&format!("/docs/{program}/quality")).await.body;
        let found = links(&page);
        for link in ["/status", &format!("/docs/{program}/support#monitoring"), &format!("/docs/{program}/errors")] {
            assert!(found.iter().any(|found| found == link), "{link}: {found:?}");
        }
        assert!(plain(&page).contains("1 business day from adjudication"), "{page}");
    }
}

#[tokio::test]
async fn every_sandbox_member_has_calls_that_need_a_token() {
    let site = Site::new().await;
    for program in ["idaho", "oph-ca"] {
        let calls = calls(&site, &format!("/docs/{program}/members")).await;
        let found = site.state.services.programs.iter().find(|found| found.id.as_str() == program).unwrap().clone();
        for member in fhir::synthesize::sandbox::sandbox(&found) {
            let own: Vec<_> = calls.iter().filter(|call| call.ends_with(&format!("?patient={}", member.id))).collect();
            assert!(!own.is_empty(), "{}: {calls:?}", member.id);
            for call in own {
                // 404 where the program does not offer the type.
                assert_eq!(site.get(call).await.status.as_u16(), 401, "{call}");
            }
        }
    }
}

#[tokio::test]
async fn vendors_keep_the_navigation_of_their_portal() {
    let site = Site::new().await;
    let vendor = approved_vendor(&site, "ada-lindqvist").await;
    account(&site, "mia-rivera").await;
    let member = Browser::of(&site);
    member.sign_in("mia-rivera").await;
    for path in ["/docs", "/docs/idaho", "/docs/idaho/scopes", "/docs/idaho/search?q=scope"] {
        for (browser, expect) in [(&vendor, true), (&member, false), (&Browser::of(&site), false)] {
            let page = browser.get(path).await.body;
            let leads_back = links(&page).iter().any(|link| link == "/owner/applications");
            assert_eq!((leads_back, page.contains("class=\"site-nav\"")), (expect, expect), "{path}");
        }
    }
}
