//! Every resource type of every program × every interaction × every token that does not fit.

use axum::http::Method;
use model::partition::{Environment, ProgramId};
use programs::resource::Access;
use store::testing::{postgres, sqlite};

use super::vendors::{release, suspend, suspend_vendor};
use crate::{
    attacks::{calm::Answers, world::FORM},
    oauth::site::{App, Person, Reply, Site},
};

/// A FHIR base and its authorization server.
struct Base {
    program: &'static str,
    environment: Environment,
    authz: &'static str,
    fhir: &'static str,
}

const BASES: [Base; 3] = [
    Base { program: "oph-ca", environment: Environment::Sandbox, authz: "/authz/oph/ca", fhir: "/fhir/oph/ca/R4" },
    Base {
        program: "idaho",
        environment: Environment::Sandbox,
        authz: "/authz/idaho/sandbox",
        fhir: "/fhir/idaho/sandbox/R4",
    },
    Base { program: "idaho", environment: Environment::Production, authz: "/authz/idaho", fhir: "/fhir/idaho/R4" },
];

/// The path below the type, and its method.
pub fn interactions() -> [(Method, &'static str); 4] {
    [(Method::GET, ""), (Method::POST, "/_search"), (Method::GET, "/nothing"), (Method::GET, "/nothing/_history/1")]
}

async fn ask(site: &Site, method: &Method, path: &str, bearer: Option<&str>) -> Reply {
    let bearer = bearer.map(|token| format!("Bearer {token}"));
    let mut headers = vec![FORM];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    site.send(method.clone(), path, &headers, "").await
}

/// Status and code of the OperationOutcome.
fn told(reply: &Reply) -> (u16, String) {
    let code = reply.json()["issue"][0]["details"]["coding"][0]["code"].as_str().unwrap_or_default().to_owned();
    (reply.status.as_u16(), code)
}

/// Someone who is a patient there, and their tokens for these scopes.
struct Bearers<'s> {
    site: &'s Site,
    app: App,
    person: Person,
    base: &'s Base,
}

impl<'s> Bearers<'s> {
    async fn at(site: &'s Site, base: &'s Base, name: &str) -> Self {
        let app = match base.environment {
            Environment::Sandbox => site.app(base.program).await,
            Environment::Production => site.production_app(base.program).await,
        };
        let person = match base.environment {
            Environment::Sandbox => site.member(name, &app).await,
            Environment::Production => site.real_member(name, &app).await,
        };
        Self { site, app, person, base }
    }

    async fn token(&self, scope: &str) -> String {
        let tokens = self.site.tokens(self.base.authz, &self.app, &self.person, scope).await;
        tokens["access_token"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn no_interaction_of_any_type_takes_a_token_that_does_not_fit() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let mut answers = Answers::default();
        for (number, base) in BASES.iter().enumerate() {
            let right = Bearers::at(&site, base, &format!("right-{number}")).await;
            let elsewhere = Bearers::at(&site, &BASES[(number + 1) % 3], &format!("elsewhere-{number}")).await;
            let other = Bearers::at(&site, &BASES[(number + 2) % 3], &format!("other-{number}")).await;
            let suspended = Bearers::at(&site, base, &format!("suspended-{number}")).await;
            let (member, directory) =
                (right.token("patient/Coverage.read").await, right.token("public/Location.read").await);
            let foreign = [elsewhere.token("public/Location.read").await, other.token("patient/Coverage.read").await];
            let stopped = suspended.token("patient/Patient.read public/Location.read").await;
            suspend(&site, &suspended.app).await;
            let program = site.state.services.programs.get(&ProgramId::new(base.program)).unwrap();
            for resource in &program.resources {
                // A scope from the other half, so that a type without its own scope does not become readable.
                let narrow = if resource.access == Access::Member { &directory } else { &member };
                for (method, rest) in interactions() {
                    let path = format!("{}/{}{rest}", base.fhir, resource.kind);
                    for (token, expect) in [
                        (None, (401, "token_missing")),
                        (Some("x"), (401, "token_invalid")),
                        (Some(narrow.as_str()), (403, "insufficient_scope")),
                        (Some(&*foreign[0]), (401, "token_invalid")),
                        (Some(&*foreign[1]), (401, "token_invalid")),
                        (Some(&*stopped), (401, "app_suspended")),
                    ] {
                        let reply = ask(&site, &method, &path, token).await;
                        assert_eq!(told(&reply), (expect.0, expect.1.to_owned()), "{method} {path} {token:?}");
                        answers.look(&reply, &path);
                    }
                }
            }
            release(&site, &suspended.app).await;
        }
        answers.all_calm(3 * 10 * 4 * 6);
    }
}

#[tokio::test]
async fn every_type_answers_the_token_that_fits_until_its_vendor_is_suspended() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let mut tokens = Vec::new();
        for (number, base) in BASES.iter().enumerate() {
            let program = site.state.services.programs.get(&ProgramId::new(base.program)).unwrap().clone();
            let scopes: Vec<&str> = program.scopes.iter().map(|scope| scope.name.as_str()).collect();
            let bearers = Bearers::at(&site, base, &format!("right-{number}")).await;
            let token = bearers.token(&scopes.join(" ")).await;
            for resource in &program.resources {
                for (method, rest) in interactions() {
                    let path = format!("{}/{}{rest}", base.fhir, resource.kind);
                    let status = ask(&site, &method, &path, Some(&token)).await.status.as_u16();
                    assert!(matches!(status, 200 | 400 | 404), "{method} {path}: {status}");
                }
            }
            tokens.push((base, token, bearers));
        }
        suspend_vendor(&site, &tokens[0].2.app).await;
        for (base, token, _) in &tokens {
            for (method, rest) in interactions() {
                let reply = ask(&site, &method, &format!("{}/Location{rest}", base.fhir), Some(token)).await;
                assert_eq!(told(&reply), (401, "app_suspended".to_owned()), "{}", base.fhir);
            }
        }
    }
}

#[tokio::test]
async fn the_public_base_has_no_member_data_for_anybody() {
    let site = Site::on(postgres().await).await;
    let bearers = Bearers::at(&site, &BASES[0], "ann").await;
    let token = bearers.token("patient/Patient.read patient/Coverage.read public/Location.read").await;
    for (program, base) in [("oph-ca", "/fhirpublic/oph/ca/R4"), ("idaho", "/fhirpublic/idaho/R4")] {
        let program = site.state.services.programs.get(&ProgramId::new(program)).unwrap();
        for resource in &program.resources {
            for (method, rest) in interactions() {
                let path = format!("{base}/{}{rest}", resource.kind);
                let (with, without) =
                    (ask(&site, &method, &path, Some(&token)).await, ask(&site, &method, &path, None).await);
                assert_eq!(
                    (with.status, &with.body),
                    (without.status, &without.body),
                    "a token changes nothing: {path}"
                );
                if resource.access == Access::Member {
                    assert_eq!(without.status.as_u16(), 404, "{path}");
                    assert_eq!(without.json()["issue"][0]["code"], "not-supported", "{path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn writes_are_refused_whoever_asks() {
    let site = Site::new().await;
    let bearers = Bearers::at(&site, &BASES[0], "ann").await;
    let token = bearers.token("patient/Patient.read").await;
    for (path, methods) in [
        ("Patient", [Method::POST, Method::PUT, Method::PATCH, Method::DELETE]),
        ("Patient/patient-ann", [Method::POST, Method::PUT, Method::PATCH, Method::DELETE]),
        ("Patient/patient-ann/_history/1", [Method::POST, Method::PUT, Method::PATCH, Method::DELETE]),
    ] {
        for method in methods {
            for token in [None, Some(token.as_str())] {
                let reply = ask(&site, &method, &format!("/fhir/oph/ca/R4/{path}"), token).await;
                assert_eq!(reply.status.as_u16(), 405, "{method} {path}");
                assert_eq!(reply.header("allow"), "GET, HEAD");
            }
        }
    }
}
