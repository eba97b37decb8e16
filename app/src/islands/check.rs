//! Validation while typing: the parsers of `model`, the ones the server uses.

use leptos::prelude::*;
use model::{account::HealthcareId, email::Email};
use serde::{Deserialize, Serialize};

use crate::{islands::ready::ready, locale::Locale, texts::errors::error};

/// What a value must be. Only parsers that cost few bytes in the browser: those of web addresses and names bring
/// Unicode tables along, so these are checked by the server alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    Email,
    HealthcareId,
    /// Long enough; whether it is too common, the server says.
    NewPassword,
}

impl Check {
    /// The code of what is wrong.
    pub fn find_error(self, text: &str) -> Option<&'static str> {
        match self {
            Self::Email => text.parse::<Email>().err().map(|error| error.code()),
            Self::HealthcareId => text.parse::<HealthcareId>().err().map(|error| error.code()),
            Self::NewPassword => (text.chars().count() < 12).then_some("password_too_short"),
        }
    }
}

/// The error line under an input of the server's page. It speaks when the input is left, and falls silent as soon as
/// the value is right.
#[island]
pub fn LiveCheck(
    /// The `id` of the input.
    input: String,
    check: Check,
    locale: Locale,
) -> impl IntoView {
    let code = RwSignal::new(None::<&'static str>);
    let ready = ready();
    Effect::new({
        let input = input.clone();
        move |_| listen(&input, check, code)
    });
    Effect::new({
        let input = input.clone();
        move |_| mark(&input, code.get().is_some())
    });
    view! {
        <span class="usa-error-message live-error" id=format!("{input}-live") aria-live="polite" data-ready=ready>
            {move || code.get().map(|code| error(code, locale))}
        </span>
    }
}

/// Checks on leaving, and once something is wrong on every key.
fn listen(input: &str, check: Check, code: RwSignal<Option<&'static str>>) {
    use leptos::wasm_bindgen::{JsCast, closure::Closure};

    let Some(element) = document().get_element_by_id(input) else { return };
    let value = |event: &web_sys::Event| event_target_value(event);
    let left = Closure::<dyn Fn(web_sys::Event)>::new(move |event| {
        let text = value(&event);
        code.set(if text.is_empty() { None } else { check.find_error(&text) });
    });
    let typed = Closure::<dyn Fn(web_sys::Event)>::new(move |event| {
        if code.get_untracked().is_some() {
            code.set(check.find_error(&value(&event)));
        }
    });
    // Listeners live as long as the page.
    let _ = element.add_event_listener_with_callback("change", left.into_js_value().unchecked_ref());
    let _ = element.add_event_listener_with_callback("input", typed.into_js_value().unchecked_ref());
}

fn mark(input: &str, wrong: bool) {
    let Some(element) = document().get_element_by_id(input) else { return };
    let _ =
        if wrong { element.set_attribute("aria-invalid", "true") } else { element.remove_attribute("aria-invalid") };
    let _ = element.class_list().toggle_with_force("usa-input--error", wrong);
}
