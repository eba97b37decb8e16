//! Where the program answers: with authorization, without, and each payer's launch URL.

use leptos::prelude::*;
use model::partition::Environment;
use programs::{
    program::{EnvironmentInfo, Payer},
    surface::{Base, SurfaceKind},
    text::Documentation,
};
use url::form_urlencoded::Serializer;

use super::{Docs, body::Body, code};
use crate::{
    components::{
        marked::marked,
        summary::{Fact, Summary},
        table::Table,
    },
    owner::launch,
    texts::{docs::api as text, registry::environment},
};

pub fn body(docs: &Docs<'_>) -> Body {
    let intro = docs.section("public-directory").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let links = [docs.chapter("authorization-request"), docs.chapter("launch")];
    let links = move |place: usize, words: String| {
        view! { <a class="usa-link" href=links.get(place).cloned().unwrap_or_default()>{words}</a> }.into_any()
    };
    let public = docs.program.bases.iter().any(|base| base.kind == SurfaceKind::Public);
    let body = Body::new()
        .section("required", text::REQUIRED)
        .show(view! { <p>{text::ABOUT_REQUIRED}</p> })
        .show(bases(docs, &[SurfaceKind::Authz, SurfaceKind::Fhir]))
        .show(view! { <p>{marked(text::HOW_TO_AUTHORIZE, links)}</p> })
        .section("not-required", text::NOT_REQUIRED);
    let body = if public {
        body.paragraphs(intro)
            .subsection("base", text::BASE)
            .show(bases(docs, &[SurfaceKind::Public]))
            .subsection("metadata", text::METADATA)
            .show(metadata(docs))
    } else {
        body.show(view! { <p>{text::NO_PUBLIC}</p> }).subsection("metadata", text::METADATA)
    };
    body.show(view! {
        <p>{text::ABOUT_METADATA}</p>
        {code::block("GET [base]/metadata")}
        <p>{text::OPENAPI}</p>
        {code::block("GET [base]/openapi.json")}
    })
}

/// Each base of these kinds as this deployment serves it, and as the program's document prints it.
fn bases(docs: &Docs<'_>, kinds: &[SurfaceKind]) -> impl IntoView + use<> {
    let fact = |info: &EnvironmentInfo, kind: SurfaceKind| {
        let name = format!("{}, {}", text::surface(kind), environment(info.environment));
        let is_served = !docs.base(kind, info.environment).is_empty();
        is_served.then(|| Fact::new(name, base(docs, kind, info.environment)))
    };
    let environments = docs.program.environments.iter();
    let facts = environments.flat_map(|info| kinds.iter().filter_map(move |kind| fact(info, *kind))).collect();
    view! { <Summary facts /> }
}

/// The addresses of one base: those of this deployment, then those of the program's document.
pub fn base(docs: &Docs<'_>, kind: SurfaceKind, environment: Environment) -> impl IntoView + use<> {
    let own = launch::bases(docs.web, docs.program, kind, environment);
    let own = own.iter().map(|base| view! { <div>{code::word(base.base())}</div> }).collect_view();
    let published = docs.published_in(kind, environment);
    let published = published.into_iter().map(|url| {
        view! { <div class="usa-hint">{format!("{}: ", text::PUBLISHED)} {code::word(url)}</div> }
    });
    view! { {own} {published.collect_view()} }
}

/// The addresses of the public directory's CapabilityStatement.
fn metadata(docs: &Docs<'_>) -> impl IntoView + use<> {
    let public = docs.program.bases.iter().filter(|base| base.kind == SurfaceKind::Public);
    let one = |base: &Base| {
        let path = base.metadata.clone().unwrap_or_else(|| format!("{}/metadata", base.path));
        let own = docs.web.services.public_url.join(&path).map(|url| url.to_string()).unwrap_or_default();
        view! { {code::block(own)} {published(base.published_metadata.iter().cloned())} }
    };
    public.map(one).collect_view()
}

/// A line that names the addresses which the program's document prints; nothing if there are none.
pub fn published(urls: impl IntoIterator<Item = String>) -> Option<AnyView> {
    let urls: Vec<_> = urls.into_iter().collect();
    let words = urls.iter().enumerate().map(|(place, url)| {
        let comma = if place == 0 { "" } else { ", " };
        view! { {comma} {code::word(url.clone())} }
    });
    (!urls.is_empty()).then(|| view! { <p class="usa-hint">{text::PUBLISHED}": "{words.collect_view()}</p> }.into_any())
}

pub fn launch_urls(docs: &Docs<'_>) -> Body {
    let intro = docs.section("launch").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let body = Body::new().paragraphs(intro).show(view! { <p>{code::words(text::LAUNCH_HOW)}</p> });
    if !docs.shows_launch_urls && docs.program.documentation == Documentation::Approved {
        let back = Serializer::new(String::new()).append_pair("next", &docs.chapter("launch")).finish();
        return body.show(view! {
            <p>{text::LAUNCH_LATER}</p>
            <p><a class="usa-link" href=format!("/signin?{back}")>{text::SIGN_IN}</a></p>
        });
    }
    docs.program.environments.iter().fold(body, |body, info| {
        let name = environment(info.environment);
        let base = docs.base(SurfaceKind::Authz, info.environment);
        let row = |payer: &Payer| vec![payer.name.clone().into_any(), code::word(launch::launch_url(&base, payer))];
        let rows = docs.program.payers.iter().map(row).collect();
        let caption = text::launch_urls_of(name);
        body.section(&format!("launch-{}", info.environment.as_str()), name)
            .show(view! { <Table caption columns=vec![text::PAYER, text::LAUNCH_URL] rows /> })
    })
}
