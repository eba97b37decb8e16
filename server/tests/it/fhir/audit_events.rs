//! The access history as a part of the member's record.

use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use server::workers::audit_events;
use store::testing::{TestStore, postgres, sqlite};
use validate::validator::Validator;

use super::world::{get_as, load};
use crate::oauth::site::{App, Person, Site};

const AUTHZ: &str = "/authz/oph/ca";
const FHIR: &str = "/fhir/oph/ca/R4";
const SCOPE: &str = "patient/Patient.read patient/Coverage.read patient/AuditEvent.read";

/// What California's program file has besides, to offer the access history.
const OFFER: &str = r#"
[[scopes]]
name = "patient/AuditEvent.read"
title = { en = "Which apps read your data", es = "Qué aplicaciones leen sus datos" }
description = { en = "x", es = "x" }

[[resources]]
kind = "AuditEvent"
access = "member"
group = "claims"
title = "Access history"
source = "FHIR R4"
text = "Which app read what kind of data, by the hour."
profiles = ["http://hl7.org/fhir/StructureDefinition/AuditEvent"]
parameters = [{ code = "patient" }, { code = "date" }, { code = "agent-name" }, { code = "entity-type" }]
"#;

async fn site(test: TestStore) -> Site {
    Site::with_more(test, "oph-ca", OFFER).await
}

/// A member with an app that asks again whenever its token has expired.
struct Reader<'s> {
    site: &'s Site,
    app: App,
    person: Person,
}

impl<'s> Reader<'s> {
    async fn new(site: &'s Site, patient: &str) -> Self {
        let app = site.app("oph-ca").await;
        let person = site.member_who_is(&format!("oph-ca-{patient}"), patient, &app).await;
        Self { site, app, person }
    }

    async fn token(&self, scope: &str) -> String {
        let tokens = self.site.tokens(AUTHZ, &self.app, &self.person, scope).await;
        format!("Bearer {}", tokens["access_token"].as_str().unwrap())
    }
}

fn person(id: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id, "birthDate": "1980-05-01" })
}

/// What the workers do: writes down what was counted, then what it means for members' records.
async fn tell(site: &Site) {
    let services = &site.state.services;
    site.state.recorder.flush(&services.store).await.unwrap();
    audit_events::tell(&services.store, &services.programs, Timestamp::UNIX_EPOCH).await.unwrap();
    services.fhir.refresh().await.unwrap();
}

/// Entity types and numbers of reads of the events that a token finds.
async fn events(site: &Site, token: &str, query: &str) -> Vec<(String, String)> {
    let found = get_as(site, token, &format!("{FHIR}/AuditEvent{query}")).await.json();
    let entries = found["entry"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let validator = Validator::new(&[]).unwrap();
    let event = |entry: &Value| {
        assert_eq!(validator.structure(&entry["resource"]), [], "{entry}");
        let data = &entry["resource"]["entity"][1];
        (text(&data["name"]), text(&data["detail"][0]["valueString"]))
    };
    let mut events: Vec<_> = entries.iter().map(event).collect();
    events.sort();
    events
}

fn counted(events: &[(&str, &str)]) -> Vec<(String, String)> {
    events.iter().map(|(kind, reads)| ((*kind).to_owned(), (*reads).to_owned())).collect()
}

#[tokio::test]
async fn an_app_reads_which_app_read_what_in_hours_that_are_over() {
    for test in [sqlite().await, postgres().await] {
        let clock = test.clock.clone();
        let site = site(test).await;
        let coverage = json!({
            "resourceType": "Coverage", "id": "c", "status": "active", "beneficiary": { "reference": "Patient/ann" },
        });
        load(&site, "oph-ca", &[person("ann"), person("ben"), coverage]).await;
        let (anns, bens) = (Reader::new(&site, "ann").await, Reader::new(&site, "ben").await);
        let (ann, ben) = (anns.token(SCOPE).await, bens.token(SCOPE).await);
        for _ in 0..2 {
            get_as(&site, &ann, &format!("{FHIR}/Patient/ann")).await;
        }
        get_as(&site, &ann, &format!("{FHIR}/Coverage")).await;
        get_as(&site, &ben, &format!("{FHIR}/Patient/ben")).await;
        tell(&site).await;
        assert_eq!(events(&site, &ann, "").await, [], "the hour is not over");

        clock.advance(Span::new().hours(2));
        tell(&site).await;
        let (ann, ben) = (anns.token(SCOPE).await, bens.token(SCOPE).await);
        let own = counted(&[("Coverage", "1"), ("Patient", "2")]);
        assert_eq!(events(&site, &ann, "").await, own);
        assert_eq!(events(&site, &ann, "?patient=ann&entity-type=Patient").await, counted(&[("Patient", "2")]));
        assert_eq!(events(&site, &ann, "?patient=ben").await, []);
        assert_eq!(events(&site, &ben, "").await, counted(&[("Patient", "1")]));
        let narrow = anns.token("patient/Patient.read").await;
        assert_eq!(get_as(&site, &narrow, &format!("{FHIR}/AuditEvent")).await.status, 403);
    }
}

#[tokio::test]
async fn an_hour_is_told_once_and_again_when_more_was_counted() {
    let test = sqlite().await;
    let clock = test.clock.clone();
    let site = site(test).await;
    load(&site, "oph-ca", &[person("ann")]).await;
    let reader = Reader::new(&site, "ann").await;
    get_as(&site, &reader.token(SCOPE).await, &format!("{FHIR}/Patient/ann")).await;
    tell(&site).await;
    clock.advance(Span::new().hours(2));
    tell(&site).await;
    tell(&site).await;
    let ann = reader.token(SCOPE).await;
    let found = async || get_as(&site, &ann, &format!("{FHIR}/AuditEvent?entity-type=Patient")).await.json();
    let first = found().await["entry"][0]["resource"].clone();
    assert_eq!(first["meta"]["versionId"], "1");

    // Another process was late with its counts.
    let mut ctx = site.state.services.store.write().await.unwrap();
    store::sql("UPDATE access SET reads = reads + 5 WHERE resource_type = 'Patient' AND told_reads = 1")
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    ctx.commit().await.unwrap();
    tell(&site).await;
    let second = found().await["entry"][0]["resource"].clone();
    assert_eq!((&second["id"], &second["meta"]["versionId"]), (&first["id"], &json!("2")));
    assert_eq!(second["entity"][1]["detail"][0]["valueString"], "6");
}

#[tokio::test]
async fn programs_that_do_not_offer_it_have_no_such_events() {
    let test = sqlite().await;
    let clock = test.clock.clone();
    let site = Site::on(test).await;
    load(&site, "oph-ca", &[person("ann")]).await;
    let reader = Reader::new(&site, "ann").await;
    get_as(&site, &reader.token("patient/Patient.read").await, &format!("{FHIR}/Patient/ann")).await;
    clock.advance(Span::new().hours(2));
    tell(&site).await;
    let ann = reader.token("patient/Patient.read").await;
    assert_eq!(get_as(&site, &ann, &format!("{FHIR}/AuditEvent")).await.status, 404);
}
