//! Where the program answers: with authorization, without, and each payer's launch URL.

use leptos::prelude::*;
use programs::{
    program::{EnvironmentInfo, Payer},
    surface::{Base, SurfaceKind},
    text::Documentation,
};
use url::form_urlencoded::Serializer;

use super::{Docs, authentication::coded, body::Body, code};
use crate::{
    components::{marked::marked, table::Table},
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
        .show(bases(docs, &[SurfaceKind::Authz, SurfaceKind::Fhir], text::REQUIRED))
        .show(view! { <p>{marked(text::HOW_TO_AUTHORIZE, links)}</p> })
        .section("not-required", text::NOT_REQUIRED);
    let body = if public {
        body.paragraphs(intro)
            .subsection("base", text::BASE)
            .show(bases(docs, &[SurfaceKind::Public], text::BASE))
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
fn bases(docs: &Docs<'_>, kinds: &[SurfaceKind], caption: &'static str) -> impl IntoView + use<> {
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { {code::word(line)}<br/> }).collect_view();
    let row = |info: &EnvironmentInfo, kind: SurfaceKind| {
        let own = launch::bases(docs.web, docs.program, kind, info.environment);
        let own: Vec<String> = own.iter().map(|base| base.base().to_owned()).collect();
        let name = format!("{}, {}", text::surface(kind), environment(info.environment));
        let published = docs.published_in(kind, info.environment);
        (!own.is_empty()).then(|| vec![name.into_any(), lines(own).into_any(), lines(published).into_any()])
    };
    let rows = kinds.iter().flat_map(|kind| docs.program.environments.iter().filter_map(|info| row(info, *kind)));
    let columns = vec![text::KIND, text::ADDRESS, text::PUBLISHED];
    view! { <Table caption columns rows=rows.collect() /> }
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
    let body = Body::new().paragraphs(intro).show(view! { <p>{coded(text::LAUNCH_HOW)}</p> });
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
