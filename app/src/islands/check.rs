//! Validation while typing: the parsers of `model`, the ones the server uses.

use leptos::prelude::*;
use model::{
    account::{HealthcareId, HealthcareIdError},
    email::{Email, EmailError},
    form::Code,
    phone::{Phone, PhoneKind},
    tin::{Tin, TinKind},
};
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
    /// Digits of the kind that the radio buttons `{input}_kind` tell.
    Phone,
    /// A tax identifier of the kind that the radio buttons `{input}_kind` tell.
    Tin,
    /// Begins as an address of the web does; the rest the server says.
    Https,
}

impl Check {
    /// The code of what is wrong; `kind` is the answer of the radio buttons beside the input. Where they have none yet,
    /// nothing is wrong.
    pub fn find_error(self, text: &str, kind: Option<&str>) -> Option<&'static str> {
        match self {
            Self::Phone => Phone::from_digits(kind?.parse::<PhoneKind>().ok()?, text).err().map(Code::as_str),
            Self::Tin => Tin::parse(kind?.parse::<TinKind>().ok()?, text).err().map(Code::as_str),
            Self::Https => (!text.trim().starts_with("https://")).then_some("not_https"),
            Self::Email => text.parse::<Email>().err().map(EmailError::code),
            Self::HealthcareId => text.parse::<HealthcareId>().err().map(HealthcareIdError::code),
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
    let kind_input = format!("input[name={input}_kind]:checked");
    let find_error = move |text: &str| {
        let kind =
            document().query_selector(&kind_input).ok().flatten().and_then(|chosen| chosen.get_attribute("value"));
        check.find_error(text, kind.as_deref())
    };
    let find_error_again = find_error.clone();
    let left = Closure::<dyn Fn(web_sys::Event)>::new(move |event| {
        let text = value(&event);
        code.set(if text.is_empty() { None } else { find_error(&text) });
    });
    let typed = Closure::<dyn Fn(web_sys::Event)>::new(move |event| {
        if code.get_untracked().is_some() {
            code.set(find_error_again(&value(&event)));
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
