//! What the program offers.

use leptos::prelude::*;
use programs::text::ReleaseNote;

use super::{Docs, body::Body};
use crate::{components::marked::linked, texts::docs::start as text};

pub fn body(docs: &Docs<'_>) -> Body {
    let program = docs.program;
    let features = program.features.iter().map(|feature| view! { <li>{feature.clone()}</li> }).collect_view();
    let start = [
        (text::START_SANDBOX, docs.chapter("sandbox")),
        (text::START_DIRECTORY, docs.chapter("endpoints")),
        (text::START_MEMBERS, docs.chapter("authorization-request")),
    ];
    let start = start.map(|(sentence, to)| view! { <li>{linked(sentence, to)}</li> });
    let release = |note: &ReleaseNote| view! { <li>{text::release(note.version.as_str(), note.format.as_str())}</li> };
    let releases = program.release_notes.iter().map(release).collect_view();
    Body::new()
        .show(view! {
            <p class="docs-title">{program.title.clone()}</p>
            <p class="usa-intro">{program.tagline.clone()}</p>
            <p>{text::developers(program.region.as_str())}</p>
            <ul class="usa-list">{features}</ul>
            <p>{text::versions(program.api_version.as_str(), program.fhir_version.as_str())}</p>
        })
        .section("start", text::START)
        .show(view! { <ul class="usa-list">{start}</ul> })
        .section("release-notes", text::RELEASE_NOTES)
        .show(view! { <ul class="usa-list">{releases}</ul> })
}
