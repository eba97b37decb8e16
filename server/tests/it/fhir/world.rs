//! A server with resources.

use axum::http::Method;
use fhir::load::{self, Item, Options, Origin, check::Checks};
use model::partition::{Environment, Partition, ProgramId};
use serde_json::Value;
use store::testing::{postgres, sqlite};

use crate::oauth::site::{Reply, Site};

/// Runs the test on a server with SQLite, then on one with PostgreSQL.
pub async fn on_each_database(test: impl AsyncFn(&Site)) {
    for store in [sqlite().await, postgres().await] {
        test(&Site::on(store).await).await;
    }
}

/// Loads into both environments of a program.
pub async fn load(site: &Site, program: &str, resources: &[Value]) {
    let services = &site.state.services;
    for environment in Environment::ALL {
        let options = Options {
            partition: Partition::new(&ProgramId::new(program), environment),
            dry_run: false,
            checks: Checks::none(),
        };
        let items: Vec<_> = resources
            .iter()
            .map(|resource| Ok(Item { origin: Origin { path: "test".into(), line: 1 }, json: resource.to_string() }))
            .collect();
        let report = load::run(&services.store, &services.programs, &options, items.into_iter(), |_| ()).await.unwrap();
        assert_eq!(report.written(), resources.len() as u64, "{report}");
    }
    services.fhir.refresh().await.unwrap();
}

/// The access token of an app to which this patient allowed these scopes.
pub async fn token(site: &Site, program: &str, authz: &str, patient: &str, scope: &str) -> String {
    let app = site.app(program).await;
    let person = site.member_who_is(&format!("{program}-{patient}"), patient, &app).await;
    let tokens = site.tokens(authz, &app, &person, scope).await;
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

pub async fn get_as(site: &Site, token: &str, path: &str) -> Reply {
    site.send(Method::GET, path, &[("authorization", token)], "").await
}

/// The ids of a Bundle's matches, sorted; of a resource, its own.
pub fn ids(reply: &Reply) -> Vec<String> {
    let body = reply.json();
    let Some(entries) = body["entry"].as_array() else {
        return body["id"].as_str().map(str::to_owned).into_iter().collect();
    };
    let matches = entries.iter().filter(|entry| entry["search"]["mode"] == "match");
    let mut ids: Vec<String> = matches.map(|entry| entry["resource"]["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}
