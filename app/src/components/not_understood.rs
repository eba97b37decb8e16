//! A filter in an address that means nothing: said, not passed over.

use leptos::prelude::*;

use crate::{
    components::alert::{Alert, Tone},
    locale::Locale,
};

/// Names what was left out; nothing where all was understood.
#[component]
pub fn NotUnderstood(filters: Vec<&'static str>, #[prop(optional)] locale: Locale) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        let text = locale.of(
            "We could not understand this filter, so it was left out:",
            "No entendimos este filtro y no se aplicó:",
        );
        view! { <Alert tone=Tone::Warning>{text}" "<strong>{filters.join(", ")}</strong></Alert> }
    })
}
