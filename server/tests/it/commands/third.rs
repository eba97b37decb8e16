//! A third program is one file: with it and nothing else, everything works and names no other program.

use std::{fs, sync::Arc};

use ::payers::Payers;
use axum::http::{Method, StatusCode};
use fhir::synthesize::{Input, resources};
use model::{account::Role, partition::ProgramId};
use programs::Programs;
use serde_json::Value;
use server::{payers, settings::Settings};
use store::{sql, testing::sqlite};

use super::{Deployment, text};
use crate::{
    fhir::world::{get_as, load, token},
    oauth::site::Site,
    portals::{
        browser::Browser,
        desk::{approved_vendor, staff},
    },
};

const FILE: &str = include_str!("harbor.toml");

/// What names another program, its state or its people.
const OTHERS: [&str; 7] = ["optum", "idaho", "california", "oph/ca", "oph-ca", "sacramento", "unitedhealthcare"];

fn assert_names_no_other(what: &str, text: &str) {
    let lower = text.to_lowercase();
    for other in OTHERS {
        let at = lower.find(other);
        let around = at.map(|at| lower[at.saturating_sub(80)..].chars().take(160).collect::<String>());
        assert_eq!(around, None, "{what} names {other}");
    }
}

fn programs() -> (Deployment, Programs) {
    let deployment = Deployment::new();
    let folder = deployment.path().join("programs");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("harbor.toml"), FILE).unwrap();
    let programs = Programs::from_folder(&folder).unwrap_or_else(|errors| panic!("{errors}"));
    (deployment, programs)
}

#[test]
fn a_demonstration_of_a_third_program_says_where_it_is_and_names_no_other() {
    let (deployment, _) = programs();
    let output = deployment.flex(&["demo"]).env("FLEX_PROGRAMS", "programs").output().unwrap();
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let address = "http://127.0.0.1:3000/fhirpublic/harbor/R4/Practitioner";
    assert!(said.contains(address) && said.contains("the provider directory of Harbor Health Plan of Maine"), "{said}");
    for environment in ["production", "sandbox"] {
        assert!(said.contains(&format!("harbor/{environment}: ")), "{said}");
    }
    assert_names_no_other("flex demo", &said);
}

#[test]
fn what_is_made_for_a_third_program_is_in_its_state_and_of_its_payers() {
    let (_deployment, programs) = programs();
    let program = programs.get(&ProgramId::new("harbor")).unwrap();
    let mut kinds = std::collections::BTreeMap::<&str, u32>::new();
    for resource in resources(Input::of(program, 20, 60, 1)).unwrap() {
        assert_names_no_other(resource.kind, &resource.json);
        let value: Value = serde_json::from_str(&resource.json).unwrap();
        let addresses = value["address"].as_array().cloned().unwrap_or_else(|| vec![value["address"].clone()]);
        for state in addresses.iter().filter_map(|address| address["state"].as_str()) {
            assert_eq!(state, "ME", "{}", resource.json);
        }
        *kinds.entry(resource.kind).or_default() += 1;
    }
    for resource in &program.resources {
        assert!(kinds.contains_key(resource.kind.as_str()), "no {} is made", resource.kind);
    }
}

#[tokio::test]
async fn every_page_of_a_third_program_comes_and_names_no_other() {
    let (_deployment, programs) = programs();
    let payers: Payers = payers::services(&Settings::load(None).unwrap(), payers::Known::default()).unwrap();
    let site = Site::with(sqlite().await, Arc::new(programs), payers).await;
    let visitor = Browser::of(&site);
    let vendor = approved_vendor(&site, "vera-lindqvist").await;
    let administrator = staff(&site, "ada-moreno", Role::Administrator).await;
    let pages: [(&Browser<'_>, &[&str]); 3] = [
        (&visitor, &["/", "/terms", "/privacy", "/accessibility", "/what-is-healthcare-id", "/signin", "/signup"]),
        (
            &vendor,
            &[
                "/owner",
                "/owner/applications",
                "/owner/applications/new",
                "/owner/organization",
                "/owner/support",
                "/owner/documentation",
                "/owner/documentation/harbor",
            ],
        ),
        (&administrator, &["/admin", "/admin/programs"]),
    ];
    for (browser, paths) in pages {
        for path in paths {
            for language in ["en", "es"] {
                let page = browser.get_in(language, path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                // What people choose from: a country's states are not a program's.
                let states = page.body.split("<option").filter(|part| !part.contains("</option>")).collect::<String>();
                assert_names_no_other(path, &states);
            }
        }
    }
    let documentation = vendor.get("/owner/documentation/harbor").await.body;
    for words in
        ["Harbor Open APIs", "http://127.0.0.1:3000/fhir/harbor/R4", "Kim Nguyen", "/harbor-hmo/oauth/authorize"]
    {
        assert!(documentation.contains(words), "{words}");
    }
    assert!(!documentation.contains("2016"), "it has no cut-off");

    for base in ["/fhir/harbor/R4", "/fhirpublic/harbor/R4"] {
        for document in ["metadata", "openapi.json"] {
            let reply = site.send(Method::GET, &format!("{base}/{document}"), &[], "").await;
            assert_eq!(reply.status, StatusCode::OK, "{base}/{document}");
            assert_names_no_other(document, &reply.body);
        }
    }
    let mut ctx = site.state.services.store.read().await.unwrap();
    let mails: Vec<(String, String)> =
        sql("SELECT subject, text_body || html_body FROM outbox").fetch_all(&mut ctx.tx).await.unwrap();
    drop(ctx);
    assert!(!mails.is_empty());
    mails.iter().for_each(|(subject, body)| assert_names_no_other("mail", &format!("{subject}\n{body}")));
    let patient = serde_json::json!({ "resourceType": "Patient", "id": "p", "gender": "male" });
    load(&site, "harbor", &[patient]).await;
    let token = token(&site, "harbor", "/authz/harbor/sandbox", "p", "patient/Patient.read").await;
    assert_eq!(get_as(&site, &token, "/fhir/harbor/sandbox/R4/Patient/p").await.status, StatusCode::OK);
}
