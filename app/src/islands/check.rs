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

use crate::{islands::ready::ready, locale::Locale, texts::errors::brief};

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
    #[cfg(test)]
    const ALL: [Self; 6] = [Self::Email, Self::HealthcareId, Self::NewPassword, Self::Phone, Self::Tin, Self::Https];

    /// Every error that it finds.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["email_empty", "email_too_long", "email_malformed"],
            Self::HealthcareId => &["healthcare_id_empty", "healthcare_id_length", "healthcare_id_characters"],
            Self::NewPassword => &["password_too_short"],
            Self::Phone => &["required", "digits_only", "not_a_us_phone", "not_an_international_phone"],
            Self::Tin => &["required", "too_long", "not_an_ein", "not_a_business_id"],
            Self::Https => &["not_https"],
        }
    }

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
/// the value is right. What the server said of the input stands until somebody changes it. The page keeps room for the
/// longest error, so that nothing moves from under a pointer that was about to click.
#[island]
pub fn LiveCheck(
    /// The `id` of the input.
    input: String,
    check: Check,
    locale: Locale,
) -> impl IntoView {
    let code = RwSignal::new(None::<&'static str>);
    let ready = ready();
    let id = format!("{input}-live");
    Effect::new(move |_| listen(&input, check, code));
    view! {
        <span class="usa-error-message live-error" id=id aria-live="polite" data-ready=ready>
            {move || code.get().map(|code| brief(code, locale))}
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
        check.find_error(text, kind.as_deref()).filter(|_| !text.is_empty())
    };
    let marked = element.clone();
    let say = move |error: Option<&'static str>| {
        code.set(error);
        mark(&marked, error.is_some());
    };
    let (find_error_again, say_again) = (find_error.clone(), say.clone());
    // Browsers tell of a change only where the value is another than when the input was entered.
    let left = Closure::<dyn Fn(web_sys::Event)>::new(move |event| say(find_error(&value(&event))));
    let typed = Closure::<dyn Fn(web_sys::Event)>::new(move |event| {
        if code.get_untracked().is_some() {
            say_again(find_error_again(&value(&event)));
        }
    });
    // Listeners live as long as the page.
    let _ = element.add_event_listener_with_callback("change", left.into_js_value().unchecked_ref());
    let _ = element.add_event_listener_with_callback("input", typed.into_js_value().unchecked_ref());
}

/// The value was changed: what the server said of the old one keeps its room and is seen no more.
fn mark(input: &web_sys::Element, wrong: bool) {
    let _ = if wrong { input.set_attribute("aria-invalid", "true") } else { input.remove_attribute("aria-invalid") };
    let _ = input.class_list().toggle_with_force("usa-input--error", wrong);
    if let Ok(Some(group)) = input.closest(".usa-form-group--error") {
        let _ = group.class_list().add_1("usa-form-group--changed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_kept_for_every_error_that_a_check_finds() {
        let (long, foreign) = ("1".repeat(50), "é".repeat(300));
        let texts = ["", " ", "a", "a@b", "x y z", "http://a", "123", "12-3456789", long.as_str(), foreign.as_str()];
        let kinds = [None, Some("us"), Some("international")];
        for check in Check::ALL {
            for (text, kind) in texts.iter().flat_map(|text| kinds.map(|kind| (text, kind))) {
                let found = check.find_error(text, kind);
                assert!(found.is_none_or(|code| check.codes().contains(&code)), "{check:?} {text}: {found:?}");
            }
        }
    }
}
