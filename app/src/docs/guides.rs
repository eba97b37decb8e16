//! The implementation guides of the program.

use leptos::prelude::*;
use programs::program::Guide;

use super::{
    Docs,
    body::{Body, row_name, slug},
};
use crate::{components::table::Table, texts::docs::api as text};

pub fn body(docs: &Docs<'_>) -> Body {
    let intro = docs.section("guides").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let row = |guide: &Guide| {
        let name = row_name(format!("guide-{}", slug(&guide.package)), guide.source.clone());
        vec![name, guide.version.clone().into_any(), guide.fhir_version.clone().into_any()]
    };
    let rows = docs.program.guides.iter().map(row).collect();
    let columns = vec![text::SOURCE, text::IG_VERSION, text::FHIR_VERSION];
    let history = |guide: &Guide| view! { <li>{format!("{}: ", guide.source)} {link(&guide.history)}</li> };
    let histories = docs.program.guides.iter().map(history).collect_view();
    Body::new()
        .paragraphs(intro)
        .section("versions", text::VERSIONS)
        .show(view! { <Table caption=text::VERSIONS columns rows /> })
        .section("validation", text::VALIDATION)
        .show(view! { <p>{text::VALIDATOR}</p> <ul class="usa-list"><li>{link(&docs.program.validator)}</li></ul> })
        .section("histories", text::HISTORIES)
        .show(view! { <p>{text::ABOUT_HISTORIES}</p> <ul class="usa-list">{histories}</ul> })
}

/// An address of the program file, checked to be http or https when it was loaded.
fn link(url: &str) -> impl IntoView + use<> {
    view! { <a class="usa-link breakable" href=url.to_owned() rel="noopener noreferrer">{url.to_owned()}</a> }
}
