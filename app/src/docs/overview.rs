//! What the program offers.

use leptos::prelude::*;

use super::{Docs, body::Body};

pub fn body(docs: &Docs<'_>) -> Body {
    let program = docs.program;
    let features = program.features.iter().map(|feature| view! { <li>{feature.clone()}</li> }).collect_view();
    Body::new()
        .show(view! { <p class="usa-intro">{program.tagline.clone()}</p> })
        .show(view! { <ul class="usa-list">{features}</ul> })
}
