//! How to read a search result to its end, and how to stay up to date.

use leptos::prelude::*;
use programs::{program::Program, resource::Access, surface::SurfaceKind};

use super::{Docs, body::Body, code, samples::SAMPLES};
use crate::{components::marked::linked, texts::docs::paging as text};

/// What the examples search.
fn example(program: &Program) -> &str {
    let mut members = program.resources.iter().filter(|resource| resource.access == Access::Member);
    let claims = members.find(|resource| resource.kind == "ExplanationOfBenefit");
    claims.or_else(|| program.resources.first()).map_or_else(Default::default, |resource| resource.kind.as_str())
}

pub fn body(docs: &Docs<'_>) -> Body {
    let paging = docs.program.paging;
    let kind = example(docs.program);
    let base = docs.base(SurfaceKind::Fhir, docs.first_environment());
    let links = format!(
        "\"link\": [\n  {{ \"relation\": \"self\", \"url\": \"{base}/{kind}?_count=20\" }},\n  {{ \"relation\": \"next\", \"url\": \
         \"{base}/{kind}?_count=20&_page=…\" }}\n]"
    );
    Body::new()
        .show(view! { <p>{code::words(&text::intro(paging.default, paging.most))}</p> })
        .show(code::titled(text::EXAMPLE, format!("GET {base}/{kind}?_count=20")))
        .show(code::titled(text::LINKS, links))
        .section("links", text::FOLLOW)
        .show(view! {
            <ul class="usa-list">
                <li>{code::words(text::OPAQUE)}</li>
                <li>{code::words(text::STABLE)}</li>
                <li>{code::words(text::BOUND)}</li>
                <li>{code::words(text::BACK)}</li>
            </ul>
        })
        .section("totals", text::TOTALS)
        .show(view! { <p>{code::words(text::ABOUT_TOTALS)}</p> })
        .section("order", text::ORDER)
        .show(view! { <p>{code::words(text::ABOUT_ORDER)}</p> })
}

/// The `_lastUpdated` recipe.
pub fn sync(docs: &Docs<'_>) -> Body {
    let kind = example(docs.program);
    let base = docs.base(SurfaceKind::Fhir, docs.first_environment());
    let sample = SAMPLES.iter().find(|sample| sample.id == "sync");
    let code = sample.map(|sample| code::titled(sample.files[1].name, sample.files[1].text));
    Body::new()
        .show(view! { <p>{text::ABOUT_SYNC}</p> })
        .section("recipe", text::RECIPE)
        .show(view! {
            <ol class="usa-list">
                <li>{code::words(text::FIRST)}</li>
                <li>{code::words(text::TO_THE_END)}</li>
                <li>{code::words(text::NEWEST)}</li>
                <li>{code::words(text::AGAIN)}</li>
            </ol>
        })
        .show(code::titled(
            text::NEXT_TIME,
            format!("GET {base}/{kind}?patient=PATIENT&_lastUpdated=gt2026-01-31T08:15:30.123Z"),
        ))
        .section("why", text::WHY)
        .show(view! { <p>{code::words(text::COMPLETE)}</p> <p>{code::words(text::LATER)}</p> })
        .section("deleted", text::DELETED)
        .show(view! { <p>{code::words(text::ABOUT_DELETED)}</p> })
        .section("code", text::CODE)
        .show(code)
        .show(view! { <p>{linked(text::MORE_LANGUAGES, format!("{}#sync", docs.chapter("samples")))}</p> })
}
