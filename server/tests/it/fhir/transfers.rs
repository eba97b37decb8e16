//! Which answers are transfers of a member's data.

use axum::http::Method;
use jiff::ToSpan;
use model::id::GrantId;
use serde_json::{Value, json};
use store::sql;

use super::{
    data,
    world::{get_as, load, on_each_database},
};
use crate::oauth::site::{App, Person, Site};

const AUTHZ: &str = "/authz/oph/ca";
const FHIR: &str = "/fhir/oph/ca/R4";
const SCOPE: &str = "openid patient/Patient.read public/Practitioner.read";

fn patient(id: &str, unique: Option<&str>) -> Value {
    let identifier = unique.map(|value| {
        json!([{ "type": { "coding": [{ "code": "um" }] }, "system": "https://members.example.org/id", "value": value }])
    });
    json!({ "resourceType": "Patient", "id": id, "birthDate": "1980-05-01", "identifier": identifier })
}

/// Person and calls of every transfer.
async fn transfers(site: &Site) -> Vec<(GrantId, i64, String, i64)> {
    let services = &site.state.services;
    site.state.transfers.flush(&services.store).await.unwrap();
    let rows = sql("SELECT grant_id, day, person, calls FROM transfer ORDER BY day, grant_id");
    rows.fetch_all(&mut services.store.read().await.unwrap().tx).await.unwrap()
}

async fn bearer(site: &Site, app: &App, person: &Person, scope: &str) -> String {
    let tokens = site.tokens(AUTHZ, app, person, scope).await;
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

#[tokio::test]
async fn only_answers_with_the_members_data_are_transfers() {
    on_each_database(async |site| {
        load(site, "oph-ca", &data::directory()).await;
        load(site, "oph-ca", &[patient("ada", None)]).await;
        let app = site.app("oph-ca").await;
        let person = site.member_who_is("ada", "ada", &app).await;
        let token = bearer(site, &app, &person, SCOPE).await;
        let read = get_as(site, &token, &format!("{FHIR}/Patient/ada")).await;
        assert_eq!(read.status, 200);
        let etag = read.header("etag").to_owned();
        assert_eq!(transfers(site).await.len(), 1);

        site.test.clock.advance(24.hours());
        let token = bearer(site, &app, &person, SCOPE).await;
        type Sent<'t> = (Method, &'t str, &'t [(&'t str, &'t str)], u16);
        let none: [Sent<'_>; 7] = [
            (Method::GET, "Patient/ada", &[("if-none-match", &etag)], 304),
            (Method::HEAD, "Patient/ada", &[], 200),
            (Method::HEAD, "Patient?_id=ada", &[], 200),
            (Method::GET, "Patient?_id=someone", &[], 200),
            (Method::GET, "Patient?_summary=count", &[], 200),
            (Method::GET, "Practitioner/smith", &[], 200),
            (Method::GET, "Patient/someone", &[], 404),
        ];
        for (method, path, headers, status) in none {
            let headers: Vec<_> = headers.iter().copied().chain([("authorization", token.as_str())]).collect();
            let reply = site.send(method.clone(), &format!("{FHIR}/{path}"), &headers, "").await;
            assert_eq!(reply.status, status, "{method} {path} {}", reply.body);
            assert_eq!(transfers(site).await.len(), 1, "{method} {path}");
        }
        get_as(site, &token, &format!("{AUTHZ}/oauth/userinfo")).await;
        assert_eq!(transfers(site).await.len(), 1, "userinfo");

        let search = get_as(site, &token, &format!("{FHIR}/Patient?_id=ada")).await;
        assert_eq!(search.status, 200);
        assert_eq!(transfers(site).await.len(), 2);
        let batch = json!({ "resourceType": "Bundle", "type": "batch", "entry": [
            { "request": { "method": "GET", "url": "Patient/ada" } },
            { "request": { "method": "HEAD", "url": "Patient/ada" } },
            { "request": { "method": "GET", "url": "Practitioner/smith" } },
        ]});
        let headers = [("authorization", token.as_str()), ("content-type", "application/fhir+json")];
        site.send(Method::POST, FHIR, &headers, &batch.to_string()).await;
        let calls: Vec<i64> = transfers(site).await.into_iter().map(|(.., calls)| calls).collect();
        assert_eq!(calls.iter().sum::<i64>(), 3, "{calls:?}");
    })
    .await;
}

#[tokio::test]
async fn one_person_is_known_again_in_another_plan() {
    on_each_database(async |site| {
        let patients = [patient("ada", Some("U1")), patient("ada-2", Some("U1")), patient("bob", None)];
        load(site, "oph-ca", &patients).await;
        let app = site.app("oph-ca").await;
        for id in ["ada", "ada-2", "bob"] {
            let person = site.member_who_is(id, id, &app).await;
            let token = bearer(site, &app, &person, "patient/Patient.read").await;
            assert_eq!(get_as(site, &token, &format!("{FHIR}/Patient/{id}")).await.status, 200);
        }
        let found = transfers(site).await;
        let mut people: Vec<_> = found.iter().map(|(_, _, person, _)| person.as_str()).collect();
        people.sort_unstable();
        people.dedup();
        assert_eq!((found.len(), people.len()), (3, 2));
        assert!(people.iter().all(|person| !person.contains("U1") && !person.contains("bob")), "{people:?}");
    })
    .await;
}
