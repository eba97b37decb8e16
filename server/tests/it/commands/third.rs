//! A third program is one file: with only that file, everything works and names no other program.

use std::{collections::BTreeSet, fs, sync::Arc};

use ::payers::Payers;
use axum::http::StatusCode;
use fhir::synthesize::{Input, resources};
use model::{account::Role, partition::ProgramId};
use programs::{Programs, resource::Access};
use serde_json::Value;
use server::{payers, settings::Settings};
use store::{sql, testing::sqlite};

use super::{Deployment, text};
use crate::{
    fhir::world::{get_as, load, token},
    oauth::site::{Site, encoded, request},
    portals::{
        browser::{Browser, account},
        desk::{approved_vendor, details, register_app, registration, staff},
    },
};

const FILE: &str = include_str!("harbor.toml");

/// Names of other programs, their states and their people.
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

/// A page without its lists of choices: a country's states do not belong to a program.
fn without_choices(page: &str) -> String {
    let mut parts = page.split("<option");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("</option>").map_or("", |(_, rest)| rest))
}

/// The links of a page within the site; its files are shared by all programs.
fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    let plain = links.map(|link| link.split('#').next().unwrap_or_default().replace("&amp;", "&"));
    plain
        .filter(|link| !link.starts_with("pkg/") && !link.starts_with("favicon"))
        .map(|link| format!("/{link}"))
        .collect()
}

/// Opens every page that can be reached from this one, in both languages; returns the pages that it saw.
async fn crawl(browser: &Browser<'_>, from: &str) -> BTreeSet<String> {
    let (mut seen, mut waiting) = (BTreeSet::from([from.to_owned()]), vec![from.to_owned()]);
    while let Some(path) = waiting.pop() {
        for language in ["en", "es"] {
            let page = browser.get_in(language, &path).await;
            let asked = format!("{path} in {language}");
            let comes =
                page.status.is_success() || page.status.is_redirection() || page.status == StatusCode::FORBIDDEN;
            assert!(comes, "{asked}: {}", page.status);
            // It checks the settings of the process, which do not name the programs of this test.
            if path != "/admin/configuration" {
                assert_names_no_other(&asked, &without_choices(&page.body));
            }
            assert_names_no_other(&asked, page.header("location"));
            let on = page.header("location").strip_prefix('/').map(|on| format!("/{on}"));
            for link in links(&page.body).into_iter().chain(on) {
                if seen.insert(link.clone()) {
                    waiting.push(link);
                }
            }
        }
        assert!(seen.len() < 400, "the crawl does not end: {seen:#?}");
    }
    seen
}

async fn site_of_harbor() -> (Deployment, Site) {
    let (deployment, programs) = programs();
    let payers: Payers = payers::services(&Settings::load(None).unwrap(), payers::Known::default()).unwrap();
    let site = Site::with(sqlite().await, Arc::new(programs), payers).await;
    let program = site.state.services.programs.get(&ProgramId::new("harbor")).unwrap().clone();
    let made: Vec<Value> = resources(Input::of(&program, 2, 10, 1))
        .unwrap()
        .map(|resource| serde_json::from_str(&resource.json).unwrap())
        .collect();
    load(&site, "harbor", &made).await;
    (deployment, site)
}

#[tokio::test]
async fn every_page_of_a_third_program_comes_and_names_no_other() {
    let (_deployment, site) = site_of_harbor().await;
    let vendor = approved_vendor(&site, "vera-lindqvist").await;
    for environment in ["sandbox", "production"] {
        let mut details = details(environment);
        details.iter_mut().filter(|(name, _)| *name == "programs[]").for_each(|(_, program)| *program = "harbor");
        details[0].1 = if environment == "sandbox" { "Care Costs" } else { "Care Planner" };
        let registered = register_app(&vendor, &details, &registration("confidential")).await;
        assert!(registered.status.is_success(), "{environment}: {}", registered.body);
    }
    let administrator = staff(&site, "ada-moreno", Role::Administrator).await;
    let reviewer = staff(&site, "rita-moreno", Role::Reviewer).await;
    let app = site.app("harbor").await;
    let person = site.member_of_account(account(&site, "mia-rivera").await, "123", &app).await;
    site.tokens("/authz/harbor/sandbox", &app, &person, "patient/Patient.read").await;
    let member = Browser::of(&site);
    member.sign_in("mia-rivera").await;
    let asked = format!(
        "/authz/harbor/sandbox/oauth/authorize?{}",
        encoded(&request(&app, "openid launch/patient patient/Coverage.read offline_access"))
    );
    let consent = member.get(&asked).await.header("location").to_owned();
    assert!(consent.starts_with("/consent/"), "{consent}");

    for (browser, from, expect) in [
        (&Browser::of(&site), "/", "/what-is-healthcare-id"),
        (&vendor, "/owner", "/docs/harbor"),
        (&administrator, "/admin", "/admin/programs"),
        (&reviewer, "/admin", "/admin"),
        (&member, "/member", "/member"),
        (&member, &consent, "/consent/"),
        (&member, "/account", "/account"),
    ] {
        let seen = crawl(browser, from).await;
        assert!(seen.iter().any(|path| path.starts_with(expect)), "{from}: {seen:#?}");
    }
    let mut documentation = String::new();
    for chapter in ["overview", "endpoints", "members", "launch", "Patient"] {
        documentation.push_str(&vendor.get(&format!("/docs/harbor/{chapter}")).await.body);
    }
    for words in
        ["Harbor Open APIs", "http://127.0.0.1:3000/fhir/harbor/R4", "Kim Nguyen", "/harbor-hmo/oauth/authorize"]
    {
        assert!(documentation.contains(words), "{words}");
    }
    assert!(!documentation.contains("2016"), "it has no cut-off");
    let mut ctx = site.state.services.store.read().await.unwrap();
    let mails: Vec<(String, String)> =
        sql("SELECT subject, text_body || html_body FROM outbox").fetch_all(&mut ctx.tx).await.unwrap();
    drop(ctx);
    assert!(!mails.is_empty());
    mails.iter().for_each(|(subject, body)| assert_names_no_other("mail", &format!("{subject}\n{body}")));
}

#[tokio::test]
async fn every_address_of_a_third_program_answers_and_names_no_other() {
    let (_deployment, site) = site_of_harbor().await;
    let program = site.state.services.programs.get(&ProgramId::new("harbor")).unwrap().clone();
    for environment in ["", "/sandbox"] {
        let (fhir, public, authz) = (
            format!("/fhir/harbor{environment}/R4"),
            format!("/fhirpublic/harbor{environment}/R4"),
            format!("/authz/harbor{environment}"),
        );
        let mut paths = vec![
            format!("{fhir}/.well-known/smart-configuration"),
            format!("{authz}/.well-known/openid-configuration"),
            format!("{authz}/.well-known/oauth-authorization-server"),
            format!("/.well-known/oauth-authorization-server{authz}"),
            format!("{authz}/oauth/jwks"),
        ];
        paths.extend(
            [&fhir, &public].iter().flat_map(|base| ["metadata", "openapi.json"].map(|of| format!("{base}/{of}"))),
        );
        let directory = program.resources.iter().filter(|resource| resource.access == Access::Directory);
        paths.extend(directory.map(|resource| format!("{public}/{}?_count=500", resource.kind)));
        for path in paths {
            let reply = site.get(&path).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
            assert_names_no_other(&path, &reply.body);
        }
    }
    let token = token(&site, "harbor", "/authz/harbor/sandbox", "123", "patient/ExplanationOfBenefit.read").await;
    let claims = get_as(
        &site,
        &token,
        "/fhir/harbor/sandbox/R4/ExplanationOfBenefit?patient=123&_include=ExplanationOfBenefit:patient",
    )
    .await;
    assert_eq!(claims.status, StatusCode::OK, "{}", claims.body);
    assert_names_no_other("a member's claims", &claims.body);
}
