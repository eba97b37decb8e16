//! Says that a filter in an address was not understood.

use leptos::prelude::*;

use crate::{
    components::{
        alert::{Alert, Tone},
        marked::naming,
    },
    locale::Locale,
    texts::components as text,
};

/// Names what was left out; nothing where all was understood.
#[component]
pub fn NotUnderstood(filters: Vec<&'static str>, #[prop(optional)] locale: Locale) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        let sentence = naming(text::NOT_UNDERSTOOD.of(locale), &filters.join(", "));
        view! { <Alert tone=Tone::Warning>{sentence}</Alert> }
    })
}
