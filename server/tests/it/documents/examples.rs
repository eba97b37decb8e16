//! Every request that the documentation prints, against the data of a sandbox as `flex demo` makes it.

use axum::http::{Method, StatusCode};
use fhir::synthesize::{Input, resources};
use model::partition::ProgramId;
use programs::{program::Program, resource::Resource};
use serde_json::Value;
use store::testing::sqlite;

use crate::{
    fhir::world::{get_as, load, token},
    oauth::site::{Reply, Site},
};

const FIRST: &str = "123";
const SECOND: &str = "1291938";

/// A sandbox with tokens of the two members that the documents print.
struct Sandbox<'s> {
    site: &'s Site,
    base: &'static str,
    tokens: [(&'static str, String); 2],
}

impl<'s> Sandbox<'s> {
    async fn of(site: &'s Site, program: &Program, authz: &str, base: &'static str) -> Self {
        let made = resources(Input::of(program, 3, 20, 1)).unwrap();
        let made: Vec<Value> = made.map(|resource| serde_json::from_str(&resource.json).unwrap()).collect();
        load(site, program.id.as_str(), &made).await;
        let scopes = program.scopes.iter().filter(|scope| scope.resource().is_some());
        let scope = scopes.map(|scope| scope.name.as_str()).collect::<Vec<_>>().join(" ");
        let of = async |patient| (patient, token(site, program.id.as_str(), authz, patient, &scope).await);
        Self { site, base, tokens: [of(FIRST).await, of(SECOND).await] }
    }

    /// The answer to a printed request, by the member whose resources it names.
    async fn ask(&self, resource: &Resource, printed: &str) -> Reply {
        let is_firsts = printed.contains("/219") || (printed.contains(FIRST) && !printed.contains(SECOND));
        let (patient, token) = &self.tokens[usize::from(!is_firsts)];
        let (method, rest) = printed.split_once(' ').unwrap_or(("GET", printed));
        let (method, rest) = if method == "GET" || method == "POST" { (method, rest) } else { ("GET", printed) };
        let request = rest.trim().trim_start_matches("[base]/").trim_start_matches('/');
        let request = match request.split_once("/[id]") {
            Some((kind, _)) => format!("{kind}/{}", self.id_of(resource, patient, token).await),
            None if request.contains("_id=[id]") => {
                request.replace("[id]", &self.id_of(resource, patient, token).await)
            }
            None => request.replace("[id]", patient),
        };
        let path = format!("{}/{}", self.base, request.replace(' ', "%20").replace('|', "%7C"));
        if method == "POST" {
            let headers = [("authorization", token.as_str()), ("content-type", "application/x-www-form-urlencoded")];
            return self.site.send(Method::POST, &path, &headers, &format!("patient={patient}")).await;
        }
        get_as(self.site, token, &path).await
    }

    /// Of any resource of the type that the member may see.
    async fn id_of(&self, resource: &Resource, patient: &str, token: &str) -> String {
        let kind = &resource.kind;
        let needed = resource.required().map(|parameter| match parameter.code.as_str() {
            "patient" => format!("&patient={patient}"),
            code => format!("&{code}=provider"),
        });
        let needed: String = needed.collect();
        let found = get_as(self.site, token, &format!("{}/{kind}?_count=1{needed}", self.base)).await;
        found.json()["entry"][0]["resource"]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{kind}: {}", found.body))
            .to_owned()
    }
}

/// What follows a request in the documents is a remark: `GET [base]/… -patient is a required parameter`.
fn request(printed: &str) -> &str {
    printed.split(" -").next().unwrap_or(printed)
}

#[tokio::test]
async fn every_printed_request_finds_something_in_the_sandbox() {
    for (id, authz, base) in
        [("oph-ca", "/authz/oph/ca", "/fhir/oph/ca/R4"), ("idaho", "/authz/idaho/sandbox", "/fhir/idaho/sandbox/R4")]
    {
        let site = Site::on(sqlite().await).await;
        let program = site.state.services.programs.get(&ProgramId::new(id)).unwrap().clone();
        let sandbox = Sandbox::of(&site, &program, authz, base).await;
        let mut count = 0;
        for resource in &program.resources {
            let variants = resource.variants.iter();
            let methods = resource.methods.iter().chain(variants.clone().flat_map(|variant| &variant.methods));
            let methods = methods.map(|method| method.request.as_str());
            let examples = resource.examples.iter().chain(variants.flat_map(|variant| &variant.examples));
            for printed in methods.chain(examples.map(String::as_str)).map(request) {
                let needs_more = printed.ends_with(&resource.kind) && resource.required().next().is_some();
                let reply = sandbox.ask(resource, printed).await;
                if needs_more {
                    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{id}: {printed}: {}", reply.body);
                    continue;
                }
                assert_eq!(reply.status, StatusCode::OK, "{id}: {printed}: {}", reply.body);
                let body = reply.json();
                let found =
                    body["resourceType"] != "Bundle" || body["entry"].as_array().is_some_and(|all| !all.is_empty());
                assert!(found, "{id}: {printed} finds nothing");
                count += 1;
            }
        }
        assert!(30 < count, "{id}: {count}");
    }
}
