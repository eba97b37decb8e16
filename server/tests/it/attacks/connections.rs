//! Connections to the database: however many callers use one page, everyone else is answered, with a single connection.

use std::{
    future::Future,
    pin::Pin,
    time::{Duration, Instant},
};

use store::testing::{at_once, postgres, sqlite};

use super::consent::{ask, with_jordan};
use crate::{
    oauth::site::{Reply, Site},
    portals::browser::Browser,
};

/// Far less than a caller waits for a connection.
const PROMPT: Duration = Duration::from_secs(5);

type Asked<'a> = Pin<Box<dyn Future<Output = Reply> + 'a>>;

#[tokio::test]
async fn twelve_on_one_consent_page_keep_nobody_waiting() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        with_jordan(&site, "idaho").await;
        let (app, of_several) = (site.app("idaho").await, site.app("oph-ca").await);
        let browser = Browser::of(&site);
        let payers = ask(&browser, "/authz/oph/ca", &of_several).await;
        let handle = ask(&browser, "/authz/idaho/sandbox", &app).await;
        let form =
            [("grant_type", "client_credentials"), ("client_id", &app.id), ("client_secret", &app.secret), SCOPE];
        // Each step of the request has its own page.
        for (step, handle) in [("payer", &payers), ("sign in", &handle), ("member", &handle), ("consent", &handle)] {
            match step {
                "member" => browser.sign_in("vera-lindqvist").await,
                "consent" => {
                    browser.post("choose-test-member", &[("handle", handle), ("patient", "jordan")]).await;
                }
                _ => {}
            }
            let page = format!("/consent/{handle}");
            let mut asked: Vec<Asked<'_>> = Vec::new();
            for _ in 0..12 {
                asked.push(Box::pin(browser.get(&page)));
                asked.push(Box::pin(site.post("/authz/idaho/sandbox/oauth/token", &[], &form)));
                asked.push(Box::pin(site.get("/fhirpublic/idaho/R4/Practitioner?name=unknown")));
                asked.push(Box::pin(site.get("/readyz")));
            }
            let begun = Instant::now();

            let replies = at_once(asked).await;

            assert!(begun.elapsed() < PROMPT, "{step}: {:?}", begun.elapsed());
            for reply in replies {
                assert!(matches!(reply.status.as_u16(), 200 | 303), "{step}: {} {}", reply.status, reply.body);
            }
        }
        let page = browser.get(&format!("/consent/{handle}")).await;
        assert!(page.body.contains("asks to see your health data"));
    }
}

const SCOPE: (&str, &str) = ("scope", "public/Practitioner.read");

#[tokio::test]
async fn many_who_sign_in_at_once_keep_nobody_waiting_for_a_connection() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        with_jordan(&site, "idaho").await;
        let browsers: Vec<_> = (0..8).map(|_| Browser::of(&site)).collect();
        let form = [("login", "vera-lindqvist"), ("password", "a wrong pass phrase")];
        let sign_in = async |browser: &Browser<'_>| browser.post("sign-in", &form).await.status.as_u16();
        let ready = async || site.get("/readyz").await.status.as_u16();
        let (signed_in, answered) =
            futures::future::join(at_once(browsers.iter().map(sign_in)), at_once((0..8).map(|_| ready()))).await;
        assert!(signed_in.iter().all(|status| *status == 303), "{signed_in:?}");
        assert!(answered.iter().all(|status| *status == 200), "{answered:?}");
    }
}
