//! Compartment: an app that Ann allowed never gets one byte of Bob's data, however it asks. Other tests show that the
//! query itself keeps members apart; these ask over HTTP, in every form that a request can have.

use axum::http::Method;
use serde_json::{Value, json};
use store::testing::{TestStore, postgres, sqlite};

use super::{
    calm::Answers,
    world::{AUTHZ, FHIR, FORM},
};
use crate::{
    fhir::world::{get_as, load},
    oauth::site::{App, Person, Reply, Site},
};

const SCOPE: &str = "patient/Patient.read patient/Coverage.read patient/ExplanationOfBenefit.read patient/Encounter.read \
                     patient/Condition.read patient/Immunization.read public/Practitioner.read public/Location.read";

/// Everything of Bob's contains his name.
fn data(id: &str) -> Vec<Value> {
    let patient = json!({ "reference": format!("Patient/{id}") });
    let codes =
        |text: &str| json!([{ "coding": [{ "system": "http://example.org/codes", "code": format!("{text}-{id}") }] }]);
    vec![
        json!({ "resourceType": "Patient", "id": id, "identifier": [{ "system": "urn:cards", "value": format!("card-{id}") }, { "value": "shared" }],
            "name": [{ "family": format!("Family-{id}"), "given": ["Shared"] }], "gender": "other", "birthDate": "1980-05-01" }),
        json!({ "resourceType": "Coverage", "id": format!("coverage-{id}"), "beneficiary": patient, "subscriberId": format!("card-{id}") }),
        json!({ "resourceType": "ExplanationOfBenefit", "id": format!("claim-{id}"), "patient": patient,
            "identifier": [{ "value": "shared" }], "insurance": [{ "coverage": { "reference": "Coverage/coverage-bob" } }],
            "contained": [{ "resourceType": "Coverage", "id": "inside", "beneficiary": patient }],
            "provider": { "reference": "Practitioner/doctor" }, "billablePeriod": { "start": "2020-05-01" } }),
        json!({ "resourceType": "Encounter", "id": format!("visit-{id}"), "subject": patient, "type": codes("visit"),
            "period": { "start": "2020-05-01", "end": "2020-05-01" } }),
        json!({ "resourceType": "Condition", "id": format!("asthma-{id}"), "subject": patient, "onsetDateTime": "2020-05-01" }),
        json!({ "resourceType": "Immunization", "id": format!("flu-{id}"), "patient": patient, "status": "completed", "occurrenceDateTime": "2020-10-01" }),
        json!({ "resourceType": "Provenance", "id": format!("provenance-{id}"), "target": [{ "reference": format!("Encounter/visit-{id}") }] }),
    ]
}

struct Families {
    site: Site,
    app: App,
    ann: Person,
    /// Belongs to Ann's app.
    token: String,
    /// Belongs to Bob's grant to the same app.
    bobs: String,
}

impl Families {
    async fn on(test: TestStore) -> Self {
        let site = Site::on(test).await;
        let doctor = json!({ "resourceType": "Practitioner", "id": "doctor", "name": [{ "family": "Smith" }] });
        load(&site, "idaho", &[data("ann"), data("bob"), vec![doctor]].concat()).await;
        let app = site.app("idaho").await;
        let (ann, bob) = (site.member_who_is("ann", "ann", &app).await, site.member_who_is("bob", "bob", &app).await);
        let (token, bobs) = (bearer(&site, &app, &ann).await, bearer(&site, &app, &bob).await);
        Self { site, app, ann, token, bobs }
    }

    async fn get(&self, path: &str) -> Reply {
        get_as(&self.site, &self.token, &format!("{FHIR}/{path}")).await
    }
}

async fn bearer(site: &Site, app: &App, person: &Person) -> String {
    let tokens = site.tokens(AUTHZ, app, person, SCOPE).await;
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

/// `{s}` is replaced with each way to write a reference to Bob.
const SEARCHES: [&str; 47] = [
    "Patient",
    "Patient?_id=bob",
    "Patient?_id=ann,bob",
    "Patient?identifier=shared",
    "Patient?identifier=urn:cards|card-bob",
    "Patient?identifier=card-bob,card-ann",
    "Patient?name=Family-bob",
    "Patient?name=Shared",
    "Patient?name:contains=bob",
    "Patient?birthdate=1980-05-01",
    "Patient?gender=other&_summary=count",
    "Patient?_count=0&_total=accurate",
    "Patient?_count=500",
    "Patient?_lastUpdated=gt2000-01-01",
    "Patient?_sort=-_id",
    "Patient?_elements=identifier&_id=bob",
    "Patient?_has:Encounter:patient:_id=visit-bob",
    "Patient?_revinclude=Coverage:patient",
    "Patient?_revinclude=ExplanationOfBenefit:patient",
    "Coverage",
    "Coverage?patient={s}",
    "Coverage?patient=ann,{s}",
    "Coverage?patient={s}&patient=ann",
    "Coverage?_id=coverage-bob",
    "Coverage?_id=inside",
    "Coverage?patient.name=Family-bob",
    "Coverage?patient.identifier=card-bob",
    "Coverage?patient:identifier=urn:cards|card-bob",
    "Coverage?patient:missing=true",
    "Coverage?patient:missing=false",
    "Coverage?_revinclude=ExplanationOfBenefit:coverage",
    "ExplanationOfBenefit?patient=ann&_include=ExplanationOfBenefit:coverage",
    "ExplanationOfBenefit?patient=ann&_include=ExplanationOfBenefit:*",
    "ExplanationOfBenefit?patient=ann&_include=*",
    "ExplanationOfBenefit?patient={s}",
    "ExplanationOfBenefit?patient=ann&identifier=shared",
    "ExplanationOfBenefit?patient={s}&patient=ann",
    "Encounter?patient={s}&_revinclude=Provenance:target",
    "Encounter?_revinclude=Provenance:target&_count=500",
    "Encounter?date=gt2016-01-01",
    "Encounter?patient.birthdate=1980-05-01",
    "Condition?patient={s}",
    "Condition?onset-date=gt2016-01-01",
    "Immunization?patient={s}&status=completed",
    "Immunization?date=gt2016-01-01",
    "Practitioner?_revinclude=ExplanationOfBenefit:provider",
    "Practitioner?_has:ExplanationOfBenefit:provider:patient=bob",
];

const REFERENCES: [&str; 6] = [
    "bob",
    "Patient/bob",
    "Patient/bob/_history/1",
    "http://127.0.0.1:3000/fhir/idaho/sandbox/R4/Patient/bob",
    "%50atient%2Fbob",
    "bob%5C,ann",
];

fn searches() -> impl Iterator<Item = String> {
    SEARCHES.iter().flat_map(|search| {
        let references = if search.contains("{s}") { &REFERENCES[..] } else { &REFERENCES[..1] };
        references.iter().map(|reference| search.replace("{s}", reference))
    })
}

/// Everything of Bob's in the answer, except for the query that it repeats and the target of Ann's own claim.
fn bobs(reply: &Reply) -> Vec<String> {
    let bundle = reply.json();
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let resources = entries.iter().map(|entry| entry["resource"].to_string().replace("Coverage/coverage-bob", ""));
    let mut found: Vec<String> = resources.filter(|resource| resource.contains("bob")).collect();
    if bundle["total"].as_i64().is_some_and(|total| 1 < total) {
        found.push(format!("total {}", bundle["total"]));
    }
    found
}

#[tokio::test]
async fn no_search_by_get_or_post_or_both_brings_anything_of_another_member() {
    for test in [sqlite().await, postgres().await] {
        let families = Families::on(test).await;
        let (mut answers, mut found) = (Answers::default(), 0);
        for search in searches() {
            let by_get = families.get(&search).await;
            let (kind, query) = search.split_once('?').unwrap_or((&search, ""));
            let headers = [("authorization", families.token.as_str()), FORM];
            let path = format!("{FHIR}/{kind}/_search");
            let by_post = families.site.send(Method::POST, &path, &headers, query).await;
            let both = families.site.send(Method::POST, &format!("{path}?{query}"), &headers, query).await;
            for (how, reply) in [("GET", by_get), ("POST", by_post), ("both", both)] {
                answers.look(&reply, &format!("{how} {search}"));
                assert!(matches!(reply.status.as_u16(), 200 | 400), "{how} {search}: {}", reply.body);
                assert_eq!(bobs(&reply), Vec::<String>::new(), "{how} {search}");
                found += usize::from(reply.body.contains("-ann\""));
            }
        }
        answers.all_calm(200);
        assert!(60 < found, "Ann's own data is found: {found}");
    }
}

#[tokio::test]
async fn what_is_anothers_reads_like_what_is_not_there() {
    for test in [sqlite().await, postgres().await] {
        let families = Families::on(test).await;
        for (kind, id) in [
            ("Patient", "bob"),
            ("Coverage", "coverage-bob"),
            ("ExplanationOfBenefit", "claim-bob"),
            ("Encounter", "visit-bob"),
            ("Condition", "asthma-bob"),
            ("Immunization", "flu-bob"),
            ("Provenance", "provenance-bob"),
        ] {
            for rest in ["", "/_history/1", "/_history/2", "?_elements=id", "?_summary=true", "?_pretty=true"] {
                let (anothers, missing) = (
                    families.get(&format!("{kind}/{id}{rest}")).await,
                    families.get(&format!("{kind}/no-one{rest}")).await,
                );
                assert_eq!(anothers.status.as_u16(), 404, "{kind}/{id}{rest}");
                assert_eq!(anothers.body, missing.body.replace("no-one", id), "{kind}/{id}{rest}");
                let names = |reply: &Reply| reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
                assert_eq!(names(&anothers), names(&missing), "{kind}/{id}{rest}");
            }
            let own = families.get(&format!("{kind}/{}", id.replace("bob", "ann"))).await;
            assert_eq!(own.status.as_u16(), 200, "{kind}");
            // A validator of Bob's version is not valid for Ann.
            let headers = [("authorization", families.token.as_str()), ("if-none-match", "W/\"1\"")];
            let known = families.site.send(Method::GET, &format!("{FHIR}/{kind}/{id}"), &headers, "").await;
            assert_eq!(known.status.as_u16(), 404, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_link_to_the_next_page_is_for_its_own_member_and_app_alone() {
    for test in [sqlite().await, postgres().await] {
        let families = Families::on(test).await;
        let mut visits = data("bob").into_iter().filter(|resource| resource["resourceType"] == "Encounter");
        let mut visit = visits.next().unwrap();
        visit["id"] = "visit-2-bob".into();
        load(&families.site, "idaho", &[visit]).await;
        let page = get_as(&families.site, &families.bobs, &format!("{FHIR}/Encounter?_count=1")).await.json();
        let links = page["link"].as_array().unwrap();
        let next = links.iter().find(|link| link["relation"] == "next").unwrap()["url"].as_str().unwrap();
        let next = next.strip_prefix("http://127.0.0.1:3000").unwrap();
        let bobs_own = get_as(&families.site, &families.bobs, next).await;
        assert_eq!((bobs_own.status.as_u16(), bobs_own.body.contains("-bob")), (200, true));

        let other = families.site.app("idaho").await;
        let of_another_app = bearer(&families.site, &other, &families.ann).await;
        for token in [&families.token, &of_another_app] {
            let reply = get_as(&families.site, token, next).await;
            assert_eq!(reply.status.as_u16(), 400, "{}", reply.body);
            assert!(!reply.body.contains("visit-"), "{}", reply.body);
        }
        let public = families.site.get(&next.replace("/fhir/idaho/sandbox/", "/fhirpublic/idaho/")).await;
        assert!(!public.status.is_success() && !public.body.contains("visit-"));
        assert_ne!(families.app.id, other.id);
    }
}

#[tokio::test]
async fn a_narrow_scope_opens_no_other_type_by_any_detour() {
    for test in [sqlite().await, postgres().await] {
        let families = Families::on(test).await;
        let tokens = families.site.tokens(AUTHZ, &families.app, &families.ann, "patient/Encounter.read").await;
        let token = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        for search in [
            "Encounter?_include=Encounter:patient",
            "Encounter?_include=Encounter:subject",
            "Encounter?_include=*",
            "Encounter?patient=ann&_revinclude=ExplanationOfBenefit:encounter",
            "Encounter?_revinclude=Condition:encounter",
            "Encounter?_include=Encounter:practitioner",
        ] {
            let reply = get_as(&families.site, &token, &format!("{FHIR}/{search}")).await;
            let entries = reply.json()["entry"].as_array().cloned().unwrap_or_default();
            let kinds: Vec<String> =
                entries.iter().map(|entry| entry["resource"]["resourceType"].as_str().unwrap().to_owned()).collect();
            assert!(
                kinds.iter().all(|kind| matches!(&**kind, "Encounter" | "OperationOutcome")),
                "{search}: {kinds:?}"
            );
        }
        for search in ["Encounter?patient.name=Family-ann", "Encounter?patient.identifier=card-ann"] {
            let reply = get_as(&families.site, &token, &format!("{FHIR}/{search}")).await;
            let guessed = get_as(&families.site, &token, &format!("{FHIR}/{}", search.replace("ann", "no-one"))).await;
            let total = |reply: &Reply| (reply.status, reply.json()["total"].clone());
            assert_eq!(total(&reply), total(&guessed), "{search} reveals what the scope does not allow");
        }
    }
}
