//! `/docs`: the public documentation of each program, generated from its file and from what the server itself answers.
//!
//! # How a chapter is made
//! A chapter is `pub fn body(docs: &Docs<'_>) -> Body` in a module of its own and a row of [`chapters::CHAPTERS`]. Its headings
//! are `body.section("id", "Title")`: the frame lists them under "On this page" and the search finds them. Each id is unique
//! on its page and never changes, because others link to it.

pub mod authentication;
pub mod authorization;
pub mod authorization_request;
pub mod body;
pub mod changes;
pub mod chapters;
pub mod code;
pub mod consent;
pub mod cors;
pub mod dictionary;
pub mod discovery;
pub mod endpoints;
pub mod errors;
pub mod frame;
pub mod guides;
pub mod index;
pub mod limits;
pub mod members;
pub mod native_apps;
pub mod notices;
pub mod openapi;
pub mod overview;
pub mod paging;
pub mod payers;
pub mod production;
pub mod quality;
pub mod quick_start;
pub mod resources;
pub mod samples;
pub mod sandbox;
pub mod scopes;
pub mod search;
pub mod shown;
pub mod support;
pub mod token;
pub mod try_it;

use leptos::prelude::*;
use model::partition::{Environment, ProgramId};
use programs::{
    program::Program,
    surface::{Base, SurfaceKind},
    text::Section,
};
use registry::organizations::{self, Organization};

use crate::{
    docs::chapters::Entry,
    failure::Failure,
    owner::launch,
    page::{Page, Portal},
    routes::{Route, route},
    texts::docs as text,
    web::Web,
};

pub const PATH: &str = "/docs";

pub fn routes() -> Vec<Route> {
    vec![
        route(PATH, list),
        route("/docs/{program}", first),
        route("/docs/{program}/search", search::page),
        route("/docs/{program}/{chapter}", chapter),
        route("/docs/{program}/try-it", try_it::page),
        route("/docs/{program}/try-it/callback", try_it::session::callback),
        route("/docs/{program}/try-it/{kind}", try_it::kind),
        route("/owner/documentation", old_list),
        route("/owner/documentation/{program}", old),
    ]
}

/// The documentation of one program.
pub fn path(program: &Program) -> String {
    format!("{PATH}/{}", program.id)
}

/// What a chapter may know.
pub struct Docs<'a> {
    pub web: &'a Web,
    pub program: &'a Program,
    /// Whether the reader may see the payers' launch URLs.
    pub shows_launch_urls: bool,
}

impl Docs<'_> {
    /// The address of a chapter.
    pub fn chapter(&self, slug: &str) -> String {
        format!("{}/{slug}", path(self.program))
    }

    /// The program's own words about a chapter, if its file has any.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.program.sections.iter().find(|section| section.id == id)
    }

    /// The first base of this kind: `https://flex.example.org/authz/idaho`. Empty if the program does not have one there.
    pub fn base(&self, kind: SurfaceKind, environment: Environment) -> String {
        let bases = launch::bases(self.web, self.program, kind, environment);
        bases.first().map(|base| base.base().to_owned()).unwrap_or_default()
    }

    /// The base that needs no token: of the environment, or of production, where some programs serve the directory alone. Empty if
    /// the program has none.
    pub fn public_base(&self, environment: Environment) -> String {
        let here = self.base(SurfaceKind::Public, environment);
        if here.is_empty() { self.base(SurfaceKind::Public, Environment::Production) } else { here }
    }

    /// What the program's document prints for these bases: the pattern for all environments where it has one.
    pub fn published_in(&self, kind: SurfaceKind, environment: Environment) -> Vec<String> {
        let own = |base: &&Base| base.kind == kind && base.environments.contains(&environment);
        let bases = self.program.bases.iter().filter(own);
        let urls = bases.flat_map(|base| base.published.iter().chain(&base.published_pattern));
        urls.map(|url| url.trim_end_matches('/').to_owned()).collect()
    }

    /// A line that says how the program's document prints an address below the bases of this kind.
    pub fn published_line(&self, kind: SurfaceKind, path: &str) -> Option<AnyView> {
        let bases = self.program.bases.iter().filter(|base| base.kind == kind);
        let mut urls: Vec<_> = bases.clone().filter_map(|base| base.published_pattern.clone()).collect();
        if urls.is_empty() {
            urls = bases.filter_map(|base| base.published.first().cloned()).collect();
        }
        endpoints::published(urls.into_iter().map(|url| format!("{}{path}", url.trim_end_matches('/'))))
    }

    /// The environment that a newcomer starts in.
    pub fn first_environment(&self) -> Environment {
        let serves = self.program.serves(Environment::Sandbox);
        if serves { Environment::Sandbox } else { Environment::Production }
    }
}

/// The program that the address names.
pub fn program(web: &Web) -> Result<std::sync::Arc<Program>, Failure> {
    let id = ProgramId::new(web.request.param("program")?);
    web.services.programs.get(&id).cloned().ok_or(Failure::NotFound)
}

/// `/docs`: the programs. Where there is one, its documentation.
async fn list(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let programs: Vec<_> = web.services.programs.iter().cloned().collect();
    if let [only] = &programs[..] {
        return Err(Failure::redirect(path(only)));
    }
    let item = |program: &std::sync::Arc<Program>| {
        view! {
            <li class="panel" lang="en">
                <h2><a class="usa-link" href=path(program)>{program.title.clone()}</a></h2>
                <p>{program.tagline.clone()}</p>
            </li>
        }
    };
    let view = view! {
        <h1>{text::TITLE.of(locale)}</h1>
        <p class="usa-intro">{text::CHOOSE_PROGRAM.of(locale)}</p>
        <ul class="panels">{programs.iter().map(item).collect_view()}</ul>
    };
    let page = Page::new(Portal::Site, text::TITLE.of(locale), view).about(text::ABOUT.of(locale)).wide();
    Ok(beside_portal(organization(&web).await?.as_ref(), page))
}

/// `/docs/{program}`: the first chapter.
async fn first(web: Web) -> Result<Page, Failure> {
    let program = program(&web)?;
    show(&web, &program, <[Entry<'_>]>::first).await
}

/// `/docs/{program}/{chapter}`
async fn chapter(web: Web) -> Result<Page, Failure> {
    let program = program(&web)?;
    if web.request.param("chapter")? == quality::SLUG {
        return quality::page(&web, &program).await;
    }
    let slug = web.request.param("chapter")?.to_owned();
    show(&web, &program, |entries| entries.iter().find(|entry| entry.slug == slug)).await
}

async fn show<'p>(
    web: &Web,
    program: &'p Program,
    choose: impl for<'e> FnOnce(&'e [Entry<'p>]) -> Option<&'e Entry<'p>>,
) -> Result<Page, Failure> {
    let entries = chapters::contents(program);
    let here = choose(&entries).ok_or(Failure::NotFound)?;
    let organization = organization(web).await?;
    let shows_launch_urls = organization.as_ref().is_some_and(|own| own.status.is_approved());
    let docs = Docs { web, program, shows_launch_urls };
    Ok(beside_portal(organization.as_ref(), frame::page(&docs, &entries, here, here.body(&docs, &entries))))
}

/// The reader's organization, an approved one where they have several.
async fn organization(web: &Web) -> Result<Option<Organization>, Failure> {
    let Ok(account) = web.account() else { return Ok(None) };
    let mut ctx = web.services.store.read().await?;
    Ok(organizations::approved_first(&mut ctx, &account.id).await?)
}

/// The page with the navigation of the portal from which vendors come.
fn beside_portal(organization: Option<&Organization>, page: Page) -> Page {
    if organization.is_some() { page.within(Portal::Owner).at(PATH) } else { page }
}

/// Where the documentation was before it was public.
async fn old_list(_web: Web) -> Result<Page, Failure> {
    Err(Failure::redirect(PATH))
}

async fn old(web: Web) -> Result<Page, Failure> {
    Err(Failure::redirect(path(&*program(&web)?)))
}
