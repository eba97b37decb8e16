//! Validation while typing: the parsers of `model`, the ones the server uses.

use leptos::prelude::*;
use model::form::check::{Check, Live};

use crate::{islands::ready::ready, locale::Locale, texts::live::live};

/// The error line under an input of the server's page. It appears when the person leaves the input, and goes away as soon
/// as the value is right. The server's own error remains until the person changes the input. The page keeps space for the
/// longest error, so that nothing moves away from a pointer that is about to click.
#[island]
pub fn LiveCheck(
    /// The `id` of the input.
    input: String,
    check: Check,
    locale: Locale,
) -> impl IntoView {
    let found = RwSignal::new(None::<Live>);
    let ready = ready();
    let id = format!("{input}-live");
    Effect::new(move |_| listen(&input, check, found));
    view! {
        <span class="usa-error-message live-error" id=id aria-live="polite" data-ready=ready>
            {move || found.get().map(|found| live(found).of(locale))}
        </span>
    }
}

/// Checks when the person leaves the input, and at every key once something is wrong.
fn listen(input: &str, check: Check, found: RwSignal<Option<Live>>) {
    use leptos::wasm_bindgen::{JsCast, closure::Closure};

    let Some(element) = document().get_element_by_id(input) else { return };
    let value = |event: &web_sys::Event| event_target_value(event);
    let kind_input = format!("input[name={input}_kind]:checked");
    let find_error = move |text: &str| {
        let kind =
            document().query_selector(&kind_input).ok().flatten().and_then(|chosen| chosen.get_attribute("value"));
        check.find(text, kind.as_deref()).filter(|_| !text.is_empty())
    };
    let marked = element.clone();
    let say = move |error: Option<Live>| {
        found.set(error);
        mark(&marked, error.is_some());
    };
    let (find_error_again, say_again) = (find_error.clone(), say.clone());
    // Browsers report a change only if the value differs from when the person entered the input.
    let left = Closure::<dyn Fn(web_sys::Event)>::new(move |event| say(find_error(&value(&event))));
    let typed = Closure::<dyn Fn(web_sys::Event)>::new(move |event| {
        if found.get_untracked().is_some() {
            say_again(find_error_again(&value(&event)));
        }
    });
    // Listeners live as long as the page.
    let _ = element.add_event_listener_with_callback("change", left.into_js_value().unchecked_ref());
    let _ = element.add_event_listener_with_callback("input", typed.into_js_value().unchecked_ref());
}

/// The value has changed: the server's error about the old one keeps its space but is hidden.
fn mark(input: &web_sys::Element, wrong: bool) {
    let _ = if wrong { input.set_attribute("aria-invalid", "true") } else { input.remove_attribute("aria-invalid") };
    let _ = input.class_list().toggle_with_force("usa-input--error", wrong);
    if let Ok(Some(group)) = input.closest(".usa-form-group--error") {
        let _ = group.class_list().add_1("usa-form-group--changed");
    }
}
