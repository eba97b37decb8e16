//! Copies a credential to the clipboard.

use leptos::{__reexports::wasm_bindgen_futures::JsFuture, prelude::*};

use crate::{islands::ready::ready, locale::Locale, texts::islands as text};

/// A button that copies the text of another element, so that the page holds the text itself once, and never in an
/// attribute of this island.
#[island]
pub fn CopyButton(
    /// The `id` of the element whose text is copied.
    source: String,
    /// What is copied, for screen readers: `Client ID`.
    label: String,
    /// English by default.
    #[prop(optional)]
    locale: Option<Locale>,
) -> impl IntoView {
    let locale = locale.unwrap_or_default();
    let copied = RwSignal::new(false);
    let ready = ready();
    let hidden = ready.clone();
    let copy = move |_| {
        let Some(element) = document().get_element_by_id(&source) else { return };
        let text = element.text_content().unwrap_or_default();
        // The label changes only after the browser has copied the text: a refusal leaves it as it was.
        let promise = window().navigator().clipboard().write_text(text.trim());
        leptos::task::spawn_local(async move {
            if JsFuture::from(promise).await.is_ok() {
                copied.set(true);
                set_timeout(move || copied.set(false), std::time::Duration::from_secs(3));
            }
        });
    };
    view! {
        <button
            type="button"
            class="usa-button usa-button--outline usa-button--small"
            hidden=move || hidden().is_none()
            data-ready=ready
            on:click=copy
        >
            {move || if copied.get() { text::COPIED } else { text::COPY }.of(locale)}
            <span class="usa-sr-only">{format!(" {label}")}</span>
        </button>
    }
}
