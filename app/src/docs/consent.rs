//! What members decide, and what an app has to expect and to explain.

use leptos::prelude::*;

use super::{Docs, body::Body, code};
use crate::texts::docs::representatives as text;

pub fn body(docs: &Docs<'_>) -> Body {
    let paragraphs = |id| docs.section(id).map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let body = Body::new().paragraphs(paragraphs("consent"));
    let body = match docs.section("explain") {
        Some(explain) => body.section("explain", explain.title.clone()).paragraphs(&explain.paragraphs),
        None => body,
    };
    let points = [text::PATIENT, text::USER, text::SEVERAL, text::END];
    let points = points.map(|point| view! { <li>{code::words(point)}</li> }).collect_view();
    body.section("representatives", text::TITLE).show(view! { <p>{text::ABOUT}</p> <ul class="usa-list">{points}</ul> })
}
