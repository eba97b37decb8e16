//! Data that the law protects: their boxes on the consent page.

use store::testing::sqlite;

use super::{
    browser::Browser,
    consent::{begin_at, reach_consent},
};
use crate::oauth::site::Site;

const PROTECTED: &str = r#"
[[sensitive]]
id = "substance-use"
title = { en = "Treatment for substance use", es = "Tratamiento por consumo de sustancias" }
description = { en = "Federal law protects it.", es = "Una ley federal lo protege." }
codes = ["http://terminology.hl7.org/CodeSystem/v3-ActCode|ETH"]
"#;

#[tokio::test]
async fn protected_data_has_a_box_of_its_own_which_the_member_selects() {
    let (site, app) = begin_at(Site::with_more(sqlite().await, "oph-ca", PROTECTED).await, "oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let of_box = |body: &str| {
        let at = body.find("name=\"sensitive[]\"").expect("a box");
        body[at..].split('>').next().unwrap().to_owned()
    };
    let page = browser.get(&path).await.body;
    assert!(page.contains("Treatment for substance use") && page.contains("Federal law protects it."), "{page}");
    assert!(!of_box(&page).contains("checked"), "{page}");

    // A change of language keeps what was selected.
    let shown = browser.shown(&handle).await;
    let form = [("handle", handle.as_str()), ("shown", &shown), ("sensitive[]", "substance-use"), ("language", "es")];
    let page = browser.follow("decide", &form).await.body;
    assert!(of_box(&page).contains("checked") && page.contains("Una ley federal lo protege."), "{page}");

    browser.allow(&handle, &["patient/Patient.read"], &[("sensitive[]", "substance-use")]).await;
    let portal = browser.get("/member").await.body;
    assert!(portal.contains("Tratamiento por consumo de sustancias"), "{portal}");
}
