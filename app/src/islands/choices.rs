//! The running summary of a consent: what the member would share by allowing it now.

use leptos::prelude::*;

use crate::{islands::ready::ready, locale::Locale, texts::islands as text};

/// Counts the checked boxes of the server's page that have the mark `data-counted`.
#[island]
pub fn SharedCount(
    /// The `id` of the fieldset that holds the checkboxes.
    fieldset: String,
    total: usize,
    locale: Locale,
) -> impl IntoView {
    let chosen = RwSignal::new(total);
    let ready = ready();
    let hidden = ready.clone();
    Effect::new(move |_| listen(&fieldset, chosen));
    view! {
        <p class="shared-count" aria-live="polite" hidden=move || hidden().is_none() data-ready=ready>
            {move || sentence(chosen.get(), total, locale)}
        </p>
    }
}

/// `You share 2 of 3 kinds of information.`
pub fn sentence(chosen: usize, total: usize, locale: Locale) -> String {
    match (chosen, total) {
        (0, _) => text::NOTHING_SHARED.of(locale).to_owned(),
        (chosen, 1) => text::shares_of_one(locale, chosen),
        _ => text::shares(locale, chosen, total),
    }
}

fn listen(fieldset: &str, chosen: RwSignal<usize>) {
    use leptos::wasm_bindgen::{JsCast, closure::Closure};

    let Some(element) = document().get_element_by_id(fieldset) else { return };
    let counted = element.clone();
    let count = move || {
        let checked = counted.query_selector_all("input[data-counted]:checked");
        chosen.set(checked.map_or(0, |list| list.length() as usize));
    };
    // After going back, the browser may have kept the boxes as they were.
    count();
    let changed = Closure::<dyn Fn()>::new(count);
    let _ = element.add_event_listener_with_callback("change", changed.into_js_value().unchecked_ref());
}
