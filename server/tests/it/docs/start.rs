//! The landing page and the status: one step from the documentation, in both languages.

use super::visible::{links, plain};
use crate::{oauth::site::Site, portals::browser::Browser};

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
