//! What members decide, and what an app has to expect and to explain.

use super::{Docs, body::Body};

pub fn body(docs: &Docs<'_>) -> Body {
    let paragraphs = |id| docs.section(id).map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let body = Body::new().paragraphs(paragraphs("consent"));
    match docs.section("explain") {
        Some(explain) => body.section("explain", explain.title.clone()).paragraphs(&explain.paragraphs),
        None => body,
    }
}
