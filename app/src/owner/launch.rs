//! Where an app of an approved organization sends members and asks for tokens.

use leptos::prelude::*;
use model::{
    application::ClientKind,
    partition::{Environment, Partition},
};
use programs::{
    program::Program,
    surface::{Surface, SurfaceKind},
};
use registry::applications::Application;

use crate::{
    components::{
        summary::{Fact, Summary},
        table::Table,
    },
    owner::documentation,
    web::Web,
};

/// Every program of the app with its bases and, where members are asked, its payers' launch URLs.
pub fn section(web: &Web, app: &Application) -> Option<impl IntoView + use<>> {
    let programs = web.services.programs.iter().filter(|program| app.registration.programs.contains(&program.id));
    let programs = programs.map(|program| of_program(web, app, program)).collect_view();
    app.organization_status.is_approved().then(|| view! { <h2>"Launch URLs and authorization"</h2> {programs} })
}

fn of_program(web: &Web, app: &Application, program: &Program) -> impl IntoView + use<> {
    let environment = app.registration.environment;
    let documentation = documentation::path(program);
    let facts =
        [SurfaceKind::Authz, SurfaceKind::Fhir].into_iter().flat_map(|kind| bases(web, program, kind, environment));
    let facts: Vec<Fact> = facts.map(|base| fact(&base)).collect();
    let patient = app.registration.access.includes_patient();
    let pkce = if app.registration.client_kind == ClientKind::Public {
        "PKCE is required of public clients."
    } else {
        "PKCE is recommended."
    };
    view! {
        <h3>{program.name.clone()}</h3>
        <Summary facts />
        {patient.then(|| launch_urls(web, program, environment))}
        <p>
            {pkce}" See "<a class="usa-link" href=format!("{documentation}#authorization")>"how to authorize"</a>" and "
            <a class="usa-link" href=format!("{documentation}#scopes")>"the scopes"</a>"."
        </p>
    }
}

fn fact(base: &Surface) -> Fact {
    let name = match base.kind {
        SurfaceKind::Authz => "Authorization server",
        SurfaceKind::Fhir => "FHIR base URL",
        SurfaceKind::Public => "Public directory",
    };
    Fact::new(name, view! { <code class="breakable">{base.base().to_owned()}</code> })
}

/// `{authz}/{payer}/oauth/authorize` for each payer.
pub fn launch_urls(web: &Web, program: &Program, environment: Environment) -> impl IntoView + use<> {
    let bases = bases(web, program, SurfaceKind::Authz, environment);
    let base = bases.into_iter().next().map(|base| base.base().to_owned()).unwrap_or_default();
    let row = |payer: &programs::program::Payer| {
        let url = format!("{base}/{}/oauth/authorize", payer.id);
        vec![payer.name.clone().into_any(), view! { <code class="breakable">{url}</code> }.into_any()]
    };
    view! { <Table caption="Launch URLs of the payers" columns=vec!["Payer", "Launch URL"] rows=program.payers.iter().map(row).collect() /> }
}

/// The program's bases of a kind in an environment, by path first.
pub fn bases(web: &Web, program: &Program, kind: SurfaceKind, environment: Environment) -> Vec<Surface> {
    let partition = Partition::new(&program.id, environment);
    let surfaces = web.services.programs.surfaces(&web.services.public_url);
    let fits = |surface: &Surface| {
        surface.program == partition.program && surface.kind == kind && surface.environments.contains(&environment)
    };
    surfaces.into_iter().filter(fits).collect()
}
