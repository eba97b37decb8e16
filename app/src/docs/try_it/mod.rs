//! `/docs/{program}/try-it`: requests to the sandbox as a test member, with and without JavaScript.
//!
//! The server is the app: it keeps the code verifier and the token, and calls its own endpoints.

mod answer;
mod elsewhere;
mod forms;
pub mod request;
pub mod session;

use leptos::prelude::*;
use model::partition::Environment;
use programs::{
    program::Program,
    resource::{Access, Resource},
    surface::SurfaceKind,
};
use url::Url;

use super::{Docs, beside_portal, body::Body, chapters, frame, organization, program, quick_start};
use crate::{
    components::{
        alert::{Alert, Tone},
        marked::marked,
    },
    endpoints::{Answer, Call, Method},
    failure::Failure,
    page::Page,
    texts::docs::try_it as text,
    web::Web,
};
use session::{Offer, Session};

/// The last part of the chapter's address.
pub const SLUG: &str = "try-it";
/// The part of our address that stands for the capability statement; FHIR calls it so, too.
const METADATA: &str = "metadata";

/// What a page may send: a resource of the program, or the capability statement.
#[derive(Clone, Copy)]
enum Kind<'p> {
    Resource(&'p Resource),
    Metadata,
}

impl<'p> Kind<'p> {
    fn of(program: &'p Program, name: &str) -> Option<Self> {
        if name == METADATA { Some(Self::Metadata) } else { program.resource(name).map(Self::Resource) }
    }

    fn title(self) -> &'p str {
        match self {
            Self::Resource(resource) => &resource.title,
            Self::Metadata => text::CAPABILITIES,
        }
    }

    /// In addresses, ours and FHIR's.
    fn name(self) -> &'p str {
        match self {
            Self::Resource(resource) => &resource.kind,
            Self::Metadata => METADATA,
        }
    }

    /// The chapter that describes it.
    fn chapter(self) -> &'p str {
        match self {
            Self::Resource(resource) => &resource.kind,
            Self::Metadata => "discovery",
        }
    }

    /// Where it is asked for, and whether that needs a token.
    fn base(self, docs: &Docs<'_>) -> (String, bool) {
        let public = docs.public_base(Environment::Sandbox);
        match self {
            Self::Resource(resource) if resource.access == Access::Directory && !public.is_empty() => (public, false),
            Self::Resource(_) => (docs.base(SurfaceKind::Fhir, Environment::Sandbox), true),
            Self::Metadata => (docs.base(SurfaceKind::Fhir, Environment::Sandbox), false),
        }
    }
}

/// The address of a page that sends this example, if there is one.
pub fn example(docs: &Docs<'_>, kind: &str, example: &str) -> Option<String> {
    let query = quick_start::is_for(docs.program).then(|| request::of_example(example))??;
    Some(format!("{}?{query}#answer", address(docs, kind)))
}

/// The address of a resource's page.
pub fn address(docs: &Docs<'_>, kind: &str) -> String {
    format!("{}/{kind}", docs.chapter(SLUG))
}

/// What the search of the documentation finds.
pub fn body(docs: &Docs<'_>) -> Body {
    contents(docs, None, &[])
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let program = tried(&web)?;
    let session = Session::of(&web, &program).await?;
    let is_live = session.as_ref().is_some_and(|session| session.token().is_some());
    let offers = if is_live { Vec::new() } else { session::offers(&web, &program).await? };
    let docs = Docs { web: &web, program: &program, shows_launch_urls: false };
    let entries = chapters::contents(&program);
    let here = entries.iter().find(|entry| entry.slug == SLUG).ok_or(Failure::NotFound)?;
    let page = frame::page(&docs, &entries, here, contents(&docs, session.as_ref(), &offers));
    Ok(beside_portal(organization(&web).await?.as_ref(), page))
}

/// `/docs/{program}/try-it/{kind}`: the forms of one resource, and the answer where the address describes a request.
pub async fn kind(web: Web) -> Result<Page, Failure> {
    let program = tried(&web)?;
    let kind = Kind::of(&program, web.request.param("kind")?).ok_or(Failure::NotFound)?;
    let docs = Docs { web: &web, program: &program, shows_launch_urls: false };
    if let Some(query) = request::tidy(&web.request.query) {
        return Err(Failure::redirect(format!("{}?{query}#answer", address(&docs, kind.name()))));
    }
    let session = Session::of(&web, &program).await?;
    let (base, needs_token) = kind.base(&docs);
    let url = request::url(&base, kind.name(), &web.request.query);
    let token = session.as_ref().and_then(Session::token).filter(|_| needs_token);
    let may_send = token.is_some() || !needs_token;
    let sent = match url.filter(|_| may_send && !web.request.only_looks) {
        Some(url) => Some((send(&web, &url, token).await, url)),
        None => None,
    };
    let offers = if may_send { Vec::new() } else { session::offers(&web, &program).await? };
    let title = text::try_title(kind.title());
    let who = match (&session, needs_token) {
        (_, false) => view! { <p>{text::WITHOUT_TOKEN}</p> }.into_any(),
        (Some(session), true) if may_send => session.line(&docs),
        _ => {
            let waits = web.request.query(request::DO).is_some();
            let first = waits.then(|| view! { <Alert tone=Tone::Info>{text::SIGN_IN_FIRST}</Alert> });
            view! { {first} {session::sign_in(&docs, &offers, &here(&web))} }.into_any()
        }
    };
    let answer = sent.map(|(answer, url)| answer::show(&docs, kind.name(), &url, token, answer.as_ref()));
    let (table, others) = (docs.chapter(kind.chapter()), docs.chapter(SLUG));
    let see = marked(text::SEE, move |place, words| {
        let to = if place == 0 { table.clone() } else { others.clone() };
        view! { <a class="usa-link" href=to>{words}</a> }.into_any()
    });
    let view = view! {
        <h1>{title.clone()}</h1>
        <p>{see}</p>
        <div id="answer">{who} {answer}</div>
        {forms::all(&docs, kind, session.as_ref().and_then(Session::patient))}
    };
    let entries = chapters::contents(&program);
    let about = text::about_kind(kind.title());
    let page = frame::around(&docs, &entries, Some(SLUG), &title, about, view);
    Ok(beside_portal(organization(&web).await?.as_ref(), page))
}

/// The program that the address names, if visitors may try it. On a program's own host the page's cookie would not be that of
/// the callback.
fn tried(web: &Web) -> Result<std::sync::Arc<Program>, Failure> {
    let program = program(web)?;
    if !quick_start::is_for(&program) {
        return Err(Failure::NotFound);
    }
    if web.host_of().is_some() {
        return Err(Failure::redirect(web.services.registry.site.page(&web.request.path_and_query())));
    }
    Ok(program)
}

/// This page, to come back to.
fn here(web: &Web) -> String {
    format!("{}#answer", web.request.path_and_query())
}

fn contents(docs: &Docs<'_>, session: Option<&Session>, offers: &[Offer]) -> Body {
    let who = match session {
        Some(session) => session.whole(docs, offers),
        None => session::sign_in(docs, offers, &docs.chapter(SLUG)),
    };
    let steps = session.and_then(Session::steps);
    Body::new()
        .show(view! { <p class="usa-intro">{text::INTRO}</p> })
        .section("member", text::MEMBER)
        .show(view! { <p>{text::ABOUT_SIGN_IN}</p> })
        .show(who)
        .show(steps)
        .section("request", text::REQUEST)
        .show(view! { <p>{text::ABOUT_REQUEST}</p> })
        .show(kinds(docs))
}

/// A link to the page of each resource, under the heading of its group.
fn kinds(docs: &Docs<'_>) -> AnyView {
    let link = |kind: Kind<'_>| {
        view! { <li><a class="usa-link" href=address(docs, kind.name())>{kind.title().to_owned()}</a></li> }
    };
    let groups = docs.program.groups.iter().map(|group| {
        let own = docs.program.resources.iter().filter(|resource| resource.group == group.id);
        let links = own.map(|resource| link(Kind::Resource(resource))).collect_view();
        view! { <h3>{group.title.clone()}</h3> <ul class="docs-kinds">{links}</ul> }
    });
    view! { {groups.collect_view()} <ul class="docs-kinds">{link(Kind::Metadata)}</ul> }.into_any()
}

/// The answer of our own endpoint; `None` if it gave none.
async fn send(web: &Web, url: &Url, token: Option<&str>) -> Option<Answer> {
    let headers = token.map(|token| ("authorization", ["Bearer", token].join(" "))).into_iter().collect();
    let call = Call { method: Method::Get, url: url.clone(), headers, address: web.request.address };
    web.services.endpoints.call(call).await
}
