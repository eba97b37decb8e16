//! `/owner/documentation/{program}`: endpoints, authorization, scopes and search tables of one program, generated from
//! its file.

use leptos::prelude::*;
use model::partition::ProgramId;
use programs::{program::Program, scope::Scope, surface::SurfaceKind, text::Section};

use super::{
    PATH,
    authorization::{addresses, proofs},
    resources::resources,
    sandbox::members,
};
use crate::{
    components::{
        summary::{Fact, Summary},
        table::Table,
    },
    failure::Failure,
    owner::{launch, vendor::Vendor},
    page::Page,
    texts::registry::environment,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let id = ProgramId::new(web.request.param("program")?);
    let program = web.services.programs.get(&id).ok_or(Failure::NotFound)?.clone();
    let approved = vendor.organization().is_some_and(|organization| organization.status.is_approved());
    let features = program.features.iter().map(|feature| view! { <li>{feature.clone()}</li> }).collect_view();
    let view = view! {
        <h1>{program.title.clone()}</h1>
        <p class="usa-intro">{program.tagline.clone()}</p>
        <ul class="usa-list">{features}</ul>
        {contents()}
        <h2 id="endpoints">"Endpoints"</h2>
        <p>
            "Each FHIR base describes itself: add " <code>"/metadata"</code> " for its CapabilityStatement, or "
            <code>"/openapi.json"</code> " for the same as OpenAPI 3.1, from which tools make clients."
        </p>
        {endpoints(&web, &program)}
        <h2 id="launch">"Patient access authentication launch URLs"</h2>
        {if approved { launch_urls(&web, &program).into_any() } else { view! { <p>"They are shown here once your organization is registered and approved."</p> }.into_any() }}
        <h2 id="authorization">"Authorization documentation"</h2>
        {chapters(&program)}
        {addresses()}
        {proofs(&program)}
        {lifetimes(&program)}
        <h2 id="scopes">"Scopes"</h2>
        {scopes(&program)}
        <h2 id="resources">"Resources and search"</h2>
        <p>
            "To follow changes, search a type by " <code>"_lastUpdated=gt"</code> " and the newest " <code>"meta.lastUpdated"</code>
            " among the matches that you have seen. Follow the " <code>"next"</code> " links to the end before you take the newest: \
             resources that are loaded together share a time. You then see every change once, whatever is loaded meanwhile."
        </p>
        {resources(&program)}
        <h2 id="members">"Sandbox members"</h2>
        {members(&program)}
        <h2 id="guides">"Implementation guides"</h2>
        {guides(&program)}
    };
    Ok(vendor.page(program.title.clone(), view).at(PATH).under(PATH, "Documentation").wide())
}

fn contents() -> impl IntoView {
    let entries = [
        ("endpoints", "Endpoints"),
        ("launch", "Launch URLs"),
        ("authorization", "Authorization documentation"),
        ("scopes", "Scopes"),
        ("resources", "Resources and search"),
        ("members", "Sandbox members"),
        ("guides", "Implementation guides"),
    ];
    let item = |(id, name)| view! { <li><a class="usa-link" href=format!("#{id}")>{name}</a></li> };
    view! { <nav aria-label="On this page"><ul class="links">{entries.map(item).collect_view()}</ul></nav> }
}

fn endpoints(web: &Web, program: &Program) -> impl IntoView + use<> {
    let kinds = [
        (SurfaceKind::Authz, "Authorization server"),
        (SurfaceKind::Fhir, "FHIR base URL"),
        (SurfaceKind::Public, "Public directory, without a token"),
    ];
    let rows = |info: &programs::program::EnvironmentInfo| {
        let bases = kinds.iter().flat_map(|(kind, name)| {
            launch::bases(web, program, *kind, info.environment).into_iter().map(move |base| (*name, base))
        });
        let facts = bases
            .map(|(name, base)| Fact::new(name, view! { <code class="breakable">{base.base().to_owned()}</code> }))
            .collect();
        view! { <h3>{environment(info.environment)}</h3> <p>{info.description.clone()}</p> <Summary facts /> }
    };
    program.environments.iter().map(rows).collect_view()
}

fn launch_urls(web: &Web, program: &Program) -> impl IntoView + use<> {
    let one = |info: &programs::program::EnvironmentInfo| {
        view! { <h3>{environment(info.environment)}</h3> {launch::launch_urls(web, program, info.environment)} }
    };
    program.environments.iter().map(one).collect_view()
}

/// The chapters about authorization; the others have places of their own.
fn chapters(program: &Program) -> impl IntoView + use<> {
    let chapter = |section: &Section| view! { <h3>{section.title.clone()}</h3> {paragraphs(program, &section.id)} };
    let sections =
        program.sections.iter().filter(|section| !matches!(section.id.as_str(), "launch" | "scopes" | "guides"));
    sections.map(chapter).collect_view()
}

/// What a chapter says, without its title.
fn paragraphs(program: &Program, id: &str) -> impl IntoView + use<> {
    let section = program.sections.iter().find(|section| section.id == id);
    let paragraphs = section.into_iter().flat_map(|section| &section.paragraphs);
    paragraphs.map(|text| view! { <p>{text.clone()}</p> }).collect_view()
}

fn lifetimes(program: &Program) -> impl IntoView + use<> {
    let lifetimes = &program.lifetimes;
    let seconds = |time: jiff::SignedDuration| format!("{} seconds", time.as_secs());
    let facts = vec![
        Fact::new("Authorization code", seconds(lifetimes.authorization_code)),
        Fact::new("Access token", seconds(lifetimes.access_token)),
        Fact::new(
            "Consent and refresh token",
            format!("{} days, unless the member chooses otherwise", lifetimes.grant_days),
        ),
    ];
    view! { <h3>"Lifetimes"</h3> <Summary facts /> }
}

fn scopes(program: &Program) -> impl IntoView + use<> {
    let row = |scope: &Scope| {
        let future = scope.future.then_some(" (printed for a future release)");
        let about = format!("{}. {}", scope.title.en, scope.description.en);
        vec![view! { <code>{scope.name.clone()}</code> {future} }.into_any(), about.into_any()]
    };
    let rows = program.scopes.iter().map(row).collect();
    let intro = paragraphs(program, "scopes");
    view! { {intro} <Table caption="Scopes" columns=vec!["Scope", "What it opens"] rows /> }
}

fn guides(program: &Program) -> impl IntoView + use<> {
    let row = |guide: &programs::program::Guide| {
        let source = view! { <a class="usa-link" href=guide.history.clone() rel="noopener">{guide.source.clone()}</a> };
        vec![source.into_any(), guide.version.clone().into_any(), guide.fhir_version.clone().into_any()]
    };
    let rows = program.guides.iter().map(row).collect();
    view! { <Table caption="Implementation guides" columns=vec!["Guide", "Version", "FHIR version"] rows /> }
}
