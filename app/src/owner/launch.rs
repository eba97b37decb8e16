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
        marked::marked,
        summary::{Fact, Summary},
        table::Table,
    },
    docs,
    texts::{docs::api::surface, owner::application as text},
    web::Web,
};

/// Every program of the app with its bases and, if it has patient access, its payers' launch URLs.
pub fn section(web: &Web, app: &Application) -> Option<impl IntoView + use<>> {
    let programs = web.services.programs.iter().filter(|program| app.registration.programs.contains(&program.id));
    let programs = programs.map(|program| of_program(web, app, program)).collect_view();
    app.organization_status.is_approved().then(|| view! { <h2>{text::LAUNCH}</h2> {programs} })
}

fn of_program(web: &Web, app: &Application, program: &Program) -> impl IntoView + use<> {
    let environment = app.registration.environment;
    let documentation = docs::path(program);
    let facts =
        [SurfaceKind::Authz, SurfaceKind::Fhir].into_iter().flat_map(|kind| bases(web, program, kind, environment));
    let facts: Vec<Fact> = facts.map(|base| fact(&base)).collect();
    let patient = app.registration.access.includes_patient();
    let pkce = match app.registration.client_kind {
        ClientKind::Public => text::PKCE_REQUIRED,
        ClientKind::Confidential | ClientKind::Unknown => text::PKCE_RECOMMENDED,
    };
    let chapter = move |place, text: String| {
        let chapter = if place == 0 { "authorization-request" } else { "scopes" };
        view! { <a class="usa-link" href=format!("{documentation}/{chapter}")>{text}</a> }.into_any()
    };
    view! {
        <h3>{program.name.clone()}</h3>
        <Summary facts />
        {patient.then(|| launch_urls(web, program, environment))}
        <p>{marked(pkce, chapter)}</p>
    }
}

/// The address of a surface.
pub fn fact(base: &Surface) -> Fact {
    Fact::new(surface(base.kind), view! { <code class="breakable">{base.base().to_owned()}</code> })
}

/// `{authz}/{payer}/oauth/authorize`
pub fn launch_url(base: &str, payer: &programs::program::Payer) -> String {
    format!("{base}/{}/oauth/authorize", payer.id)
}

/// The launch URL of each payer.
pub fn launch_urls(web: &Web, program: &Program, environment: Environment) -> impl IntoView + use<> {
    let bases = bases(web, program, SurfaceKind::Authz, environment);
    let base = bases.into_iter().next().map(|base| base.base().to_owned()).unwrap_or_default();
    let row = |payer: &programs::program::Payer| {
        vec![
            payer.name.clone().into_any(),
            view! { <code class="breakable">{launch_url(&base, payer)}</code> }.into_any(),
        ]
    };
    view! { <Table caption=text::LAUNCH_URLS columns=vec![text::PAYER, text::LAUNCH_URL] rows=program.payers.iter().map(row).collect() /> }
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
