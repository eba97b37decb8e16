//! The running summary of a consent: what would be shared if the member allowed it now.

use leptos::prelude::*;

use crate::{islands::ready::ready, locale::Locale};

/// Counts the checked boxes of the server's page that are marked `data-counted`.
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

/// `You share 2 of 3 kinds of data.`
pub fn sentence(chosen: usize, total: usize, locale: Locale) -> String {
    match (locale, chosen, total) {
        (Locale::English, 0, _) => "You share nothing. Choose at least one, or cancel.".to_owned(),
        (Locale::English, chosen, 1) => format!("You share {chosen} of 1 kind of information."),
        (Locale::English, ..) => format!("You share {chosen} of {total} kinds of information."),
        (Locale::Spanish, 0, _) => "No comparte nada. Elija al menos uno o cancele.".to_owned(),
        (Locale::Spanish, chosen, 1) => format!("Comparte {chosen} de 1 tipo de información."),
        (Locale::Spanish, ..) => format!("Comparte {chosen} de {total} tipos de información."),
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
    // The browser may have kept boxes as they were before going back.
    count();
    let changed = Closure::<dyn Fn()>::new(count);
    let _ = element.add_event_listener_with_callback("change", changed.into_js_value().unchecked_ref());
}
