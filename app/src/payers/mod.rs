//! Signing in at a payer's own identity provider: to it and back, what a member reads if that fails, and signing out there. In
//! English and Spanish.

pub mod callback;
pub mod choose;
pub mod leave;
pub mod problem;
pub mod start;

use identity::payer_accounts::Home;
use model::{
    id::PayerId,
    partition::{Partition, ProgramId},
};

use crate::{
    failure::Failure,
    locale::Locale,
    routes::{Route, route},
    texts::payers as text,
    web::Web,
};

pub fn routes() -> Vec<Route> {
    vec![
        route(::payers::CALLBACK, callback::arrive),
        route(callback::RETURN, callback::page),
        route("/signin/payer/ended", problem::ended),
        route("/signin/payer/{program}/{environment}/{payer}", start::from_portal),
        route("/signin/payer/{program}/{environment}/{payer}/signed-out", leave::page),
        route("/member/signin", choose::page),
        route("/member/unknown", problem::no_member),
        route("/consent/{handle}/provider", problem::in_consent),
    ]
}

/// The address that leads from the portals to a provider.
pub fn path(provider: &::payers::provider::Provider) -> String {
    let home = &provider.home;
    format!("/signin/payer/{}/{}/{}", home.partition.program, home.partition.environment, home.payer)
}

/// The payer that the page's address names.
fn home(web: &Web) -> Result<Home, Failure> {
    let environment = web.request.param("environment")?.parse().map_err(|_| Failure::NotFound)?;
    let partition = Partition::new(&ProgramId::new(web.request.param("program")?), environment);
    Ok(Home { partition, payer: PayerId::new(web.request.param("payer")?) })
}

/// Its provider.
fn find(web: &Web) -> Result<&::payers::provider::Provider, Failure> {
    let Home { partition, payer } = home(web)?;
    web.services.payers.find(&partition, &payer).ok_or(Failure::NotFound)
}

/// The name, with a mark in the sandbox.
fn shown_name(provider: &::payers::provider::Provider, locale: Locale) -> String {
    match provider.home.partition.environment {
        model::partition::Environment::Production => provider.name.clone(),
        model::partition::Environment::Sandbox => text::in_sandbox(locale, &provider.name),
    }
}
