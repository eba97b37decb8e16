//! A status in a word and a colour.

use leptos::prelude::*;

use crate::components::alert::Tone;

/// A tag; the colour only repeats what the word says.
#[component]
pub fn Status(tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("usa-tag status status--{}", tone.as_str())>{text}</span> }
}
