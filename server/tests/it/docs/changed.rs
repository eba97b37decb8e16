//! A change of a program file changes what the server says everywhere: pages, CapabilityStatement, OpenAPI.

use std::{fs, sync::Arc};

use programs::Programs;
use server::{payers, settings::Settings};
use store::testing::sqlite;

use super::visible::visible;
use crate::{commands::Deployment, oauth::site::Site};

const IDAHO: &str = include_str!("../../../../programs/idaho.toml");

/// A deployment that has Idaho's file alone, with each `from` replaced, wherever it is.
pub async fn site(changes: &[(&str, &str)]) -> Site {
    let mut text = IDAHO.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let deployment = Deployment::new();
    fs::write(deployment.path().join("idaho.toml"), text).unwrap();
    let programs = Programs::from_folder(deployment.path()).unwrap_or_else(|errors| panic!("{errors}"));
    let payers = payers::services(&Settings::load(None).unwrap(), payers::Known::default()).unwrap();
    Site::with(sqlite().await, Arc::new(programs), payers).await
}

#[tokio::test]
async fn a_changed_program_file_changes_page_capability_statement_and_openapi() {
    let changed = site(&[
        (
            "{ code = \"family\", printed = \"string\" },\n",
            "{ code = \"family\", printed = \"string\" },\n    { code = \"address-state\", printed = \"a flag\" },\n",
        ),
        ("Access tokens are short-lived, five minutes or less.", "Access tokens live as long as a song."),
        ("access_token = \"300s\"", "access_token = \"240s\""),
        ("9:00 am to 4:00 pm CST", "7:00 am to 7:00 pm CST"),
        ("name = \"patient/Immunization.read\"\nfuture = true", "name = \"patient/Immunization.read\""),
        ("\"Practitioner?given=Scott\"", "\"Practitioner?address-state=ID\""),
    ])
    .await;
    let before = Site::new().await;
    let page = async |site: &Site, chapter: &str| visible(&site.get(&format!("/docs/idaho/{chapter}")).await.body);
    for (chapter, new) in [
        ("Practitioner", "address-state a flag"),
        ("Practitioner", "GET [base]/Practitioner?address-state=ID"),
        ("refresh", "Access tokens live as long as a song."),
        ("refresh", "Access tokens live 240 seconds here."),
        ("token", "\"expires_in\": 240"),
        ("authorization", "240 seconds"),
        ("support", "7:00 am to 7:00 pm CST"),
    ] {
        assert!(page(&changed, chapter).await.contains(new), "{chapter}: {new}");
        assert!(!page(&before, chapter).await.contains(new), "{chapter} said so before: {new}");
    }
    assert!(page(&before, "scopes").await.contains("patient/Immunization.read *"));
    assert!(!page(&changed, "scopes").await.contains("patient/Immunization.read *"));

    let practitioner = |statement: &serde_json::Value| {
        let resources = statement["rest"][0]["resource"].as_array().unwrap().clone();
        let resource = resources.into_iter().find(|resource| resource["type"] == "Practitioner").unwrap();
        resource["searchParam"].to_string()
    };
    let statement = "/fhirpublic/idaho/R4/metadata";
    assert!(practitioner(&changed.get(statement).await.json()).contains("address-state"));
    assert!(!practitioner(&before.get(statement).await.json()).contains("address-state"));
    let search = |api: &serde_json::Value| api["paths"]["/Practitioner"]["get"].to_string();
    let openapi = "/fhirpublic/idaho/R4/openapi.json";
    assert!(search(&changed.get(openapi).await.json()).contains("address-state"));
    assert!(!search(&before.get(openapi).await.json()).contains("address-state"));
}

#[tokio::test]
async fn a_program_may_open_its_launch_urls_to_everyone() {
    let launch = "/optum-idaho/oauth/authorize";
    let open = site(&[("# documentation = \"approved\"", "documentation = \"public\"")]).await;
    assert!(open.get("/docs/idaho/launch").await.body.contains(launch));
    let closed = site(&[]).await.get("/docs/idaho/launch").await.body;
    assert!(!closed.contains(launch) && closed.contains("owners of approved organizations"));
}
