//! Asks the browser for a passkey (WebAuthn), and sends its answer with the form around the button. Without
//! JavaScript, browsers have no passkeys: the page around the button offers other ways.

use leptos::{
    __reexports::wasm_bindgen_futures::JsFuture,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use model::texts::Text;
use serde::{Deserialize, Serialize};
use web_sys::{
    Element,
    js_sys::{Function, JSON, Object, Promise, Reflect},
};

use crate::{islands::ready::ready, locale::Locale, texts::islands as text};

/// The hidden input that takes the answer.
pub const INPUT: &str = "passkey";

/// What the browser is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ceremony {
    /// A new passkey.
    Create,
    /// Proof by one that it has.
    Get,
}

/// Why the browser did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// The browser is too old, or does not allow it here.
    Unusable,
    /// The person canceled, waited too long, or has no passkey here: browsers do not say which.
    NoAnswer,
    /// This device already has one for the account.
    Known,
}

/// The button, and beneath it what went wrong. The form is sent only after the browser has answered.
#[island]
pub fn PasskeyButton(
    ceremony: Ceremony,
    /// The server's options, as JSON.
    options: String,
    label: String,
    locale: Locale,
) -> impl IntoView {
    let (problem, waits) = (RwSignal::new(None::<Problem>), RwSignal::new(false));
    let ready = ready();
    let hidden = ready.clone();
    Effect::new(move |_| {
        if parser(ceremony).is_none() {
            problem.set(Some(Problem::Unusable));
        }
    });
    let press = move |event: web_sys::MouseEvent| {
        let Some(button) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let options = options.clone();
        problem.set(None);
        waits.set(true);
        leptos::task::spawn_local(async move {
            match ask(ceremony, &options).await {
                Ok(answer) => send(&button, &answer),
                Err(error) => problem.set(Some(error)),
            }
            waits.set(false);
        });
    };
    view! {
        <div class="passkey" hidden=move || hidden().is_none() data-ready=ready>
            <button type="button" class="usa-button" disabled=move || waits.get() || problem.get() == Some(Problem::Unusable) on:click=press>
                {label}
            </button>
            <p class="passkey__problem" aria-live="polite">{move || problem.get().map(|problem| sentence(problem).of(locale))}</p>
        </div>
    }
}

fn sentence(problem: Problem) -> Text {
    match problem {
        Problem::Unusable => text::UNUSABLE,
        Problem::NoAnswer => text::NO_ANSWER,
        Problem::Known => text::KNOWN,
    }
}

/// The browser's own parser of our options, and the class that it belongs to. Browsers from before 2025 may not have it.
fn parser(ceremony: Ceremony) -> Option<(JsValue, Function)> {
    let name = match ceremony {
        Ceremony::Create => "parseCreationOptionsFromJSON",
        Ceremony::Get => "parseRequestOptionsFromJSON",
    };
    let class = get(&window(), "PublicKeyCredential")?;
    let parser = get(&class, name)?.dyn_into().ok()?;
    Some((class, parser))
}

/// The browser's answer, as JSON.
async fn ask(ceremony: Ceremony, options: &str) -> Result<String, Problem> {
    let promise = begin(ceremony, options).ok_or(Problem::Unusable)?;
    let credential = JsFuture::from(promise).await.map_err(|error| problem(&error))?;
    // A credential has its own `toJSON`.
    JSON::stringify(&credential).ok().and_then(|json| json.as_string()).ok_or(Problem::Unusable)
}

fn begin(ceremony: Ceremony, options: &str) -> Option<Promise> {
    let (class, parser) = parser(ceremony)?;
    let options = parser.call1(&class, &JSON::parse(options).ok()?).ok()?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &options).ok()?;
    let credentials = get(&window().navigator(), "credentials")?;
    let name = match ceremony {
        Ceremony::Create => "create",
        Ceremony::Get => "get",
    };
    let method: Function = get(&credentials, name)?.dyn_into().ok()?;
    method.call1(&credentials, &request).ok()?.dyn_into().ok()
}

fn problem(error: &JsValue) -> Problem {
    match get(error, "name").and_then(|name| name.as_string()).as_deref() {
        Some("InvalidStateError") => Problem::Known,
        Some("NotAllowedError" | "AbortError" | "UnknownError") => Problem::NoAnswer,
        _ => Problem::Unusable,
    }
}

fn get(target: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(target, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// Puts the answer into the form and sends it, as its own button would.
fn send(button: &Element, answer: &str) {
    let Ok(Some(form)) = button.closest("form") else { return };
    let Ok(Some(input)) = form.query_selector(&format!("input[name={INPUT}]")) else { return };
    let _ = input.set_attribute("value", answer);
    let submit: Option<Function> = get(&form, "requestSubmit").and_then(|submit| submit.dyn_into().ok());
    let _ = submit.map(|submit| submit.call0(&form));
}
