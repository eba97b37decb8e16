//! `/owner/documentation/{program}`: endpoints, authorization, scopes and search tables of one program, generated from
//! its file.

use leptos::prelude::*;
use model::partition::ProgramId;
use programs::{program::Program, scope::Scope, surface::SurfaceKind, text::Section};

use super::{
    PATH,
    authorization::{addresses, coded, proofs},
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
    texts::{owner::documentation as text, registry::environment},
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
        <h2 id="endpoints">{text::ENDPOINTS}</h2>
        <p>{coded(text::ABOUT_ENDPOINTS)}</p>
        {endpoints(&web, &program)}
        <h2 id="launch">{text::LAUNCH}</h2>
        {if approved { launch_urls(&web, &program).into_any() } else { view! { <p>{text::LAUNCH_LATER}</p> }.into_any() }}
        <h2 id="authorization">{text::AUTHORIZATION}</h2>
        {chapters(&program)}
        {addresses()}
        {proofs(&program)}
        {lifetimes(&program)}
        <h2 id="scopes">{text::SCOPES}</h2>
        {scopes(&program)}
        <h2 id="resources">{text::RESOURCES}</h2>
        <p>{coded(text::ABOUT_CHANGES)}</p>
        {resources(&program)}
        <h2 id="members">{text::MEMBERS}</h2>
        {members(&program)}
        <h2 id="guides">{text::GUIDES}</h2>
        {guides(&program)}
    };
    Ok(vendor.page(program.title.clone(), view).at(PATH).under(PATH, text::TITLE).wide())
}

fn contents() -> impl IntoView {
    let entries = [
        ("endpoints", text::ENDPOINTS),
        ("launch", text::LAUNCH_URLS),
        ("authorization", text::AUTHORIZATION),
        ("scopes", text::SCOPES),
        ("resources", text::RESOURCES),
        ("members", text::MEMBERS),
        ("guides", text::GUIDES),
    ];
    let item = |(id, name)| view! { <li><a class="usa-link" href=format!("#{id}")>{name}</a></li> };
    view! { <nav aria-label=text::ON_THIS_PAGE><ul class="links">{entries.map(item).collect_view()}</ul></nav> }
}

fn endpoints(web: &Web, program: &Program) -> impl IntoView + use<> {
    let rows = |info: &programs::program::EnvironmentInfo| {
        let kinds = [SurfaceKind::Authz, SurfaceKind::Fhir, SurfaceKind::Public];
        let bases = kinds.into_iter().flat_map(|kind| launch::bases(web, program, kind, info.environment));
        let facts = bases.map(|base| launch::fact(&base)).collect();
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

/// The chapters about authorization; the others are elsewhere on the page.
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
    let facts = vec![
        Fact::new(text::CODE_LIFETIME, text::seconds(lifetimes.authorization_code.as_secs())),
        Fact::new(text::ACCESS_LIFETIME, text::seconds(lifetimes.access_token.as_secs())),
        Fact::new(text::GRANT_LIFETIME, text::days(lifetimes.grant_days)),
    ];
    view! { <h3>{text::LIFETIMES}</h3> <Summary facts /> }
}

fn scopes(program: &Program) -> impl IntoView + use<> {
    let row = |scope: &Scope| {
        let future = scope.future.then(|| view! { " "{text::FUTURE} });
        let about = format!("{}. {}", scope.title.en, scope.description.en);
        vec![view! { <code>{scope.name.clone()}</code> {future} }.into_any(), about.into_any()]
    };
    let rows = program.scopes.iter().map(row).collect();
    let intro = paragraphs(program, "scopes");
    view! { {intro} <Table caption=text::SCOPES columns=vec![text::SCOPE, text::ABOUT_SCOPE] rows /> }
}

fn guides(program: &Program) -> impl IntoView + use<> {
    let row = |guide: &programs::program::Guide| {
        let source = view! { <a class="usa-link" href=guide.history.clone() rel="noopener">{guide.source.clone()}</a> };
        vec![source.into_any(), guide.version.clone().into_any(), guide.fhir_version.clone().into_any()]
    };
    let rows = program.guides.iter().map(row).collect();
    let columns = vec![text::GUIDE, text::VERSION, text::FHIR_VERSION];
    view! { <Table caption=text::GUIDES columns rows /> }
}
