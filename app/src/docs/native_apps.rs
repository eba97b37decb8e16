//! PKCE with its worked example and a calculator, and redirect URIs.

use leptos::prelude::*;
use oauth::pkce::Challenge;

use super::{Docs, body::Body, code};
use crate::texts::docs::authorization as text;

/// The verifier of the worked example.
pub const VERIFIER: &str = "eae64b84b53f479d92ab81dce7c8bbe608492951def502d84b4f0cd7";

pub fn body(docs: &Docs<'_>) -> Body {
    let intro = |id| docs.section(id).map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let protocol = docs.section("redirect-uris").map(|section| section.title.clone());
    let native = &docs.program.native_apps;
    let custom = native.printed_example.split('&').next().unwrap_or_default().to_owned();
    let is_uri = native.printed_example == native.redirect_uri;
    let printed = (!is_uri).then(|| {
        let name = docs.program.name.as_str();
        view! {
            <p>{text::custom_example(name)}</p>
            {code::block(custom)}
            <p>{text::CUSTOM_PRINTED}</p>
            {code::block(native.printed_example.clone())}
            <p>{text::CUSTOM_ACCEPTED}</p>
        }
    });
    let methods = native.code_challenge_methods.join(", ");
    Body::new()
        .paragraphs(intro("native-apps"))
        .section("pkce", text::PKCE)
        .show(view! {
            <p>{text::PKCE_HOW}</p>
            <p>{text::WHERE}</p>
            {code::block(format!("{}\n{}", text::VERIFIER_IS, text::CHALLENGE_IS))}
            <p>{text::ADDITIONAL}</p>
            <ul class="usa-list"><li>{code::word(text::CHALLENGE)}</li><li>{code::word(text::method_is(methods))}</li></ul>
        })
        .section("uri-protocol", protocol.unwrap_or_else(|| text::REDIRECT_URI.to_owned()))
        .paragraphs(intro("redirect-uris"))
        .subsection("https", text::HTTPS)
        .show(view! { <p>{text::ABOUT_HTTPS}</p> })
        .subsection("custom-uri", text::CUSTOM)
        .show(view! { <p>{text::ABOUT_CUSTOM}</p> {code::block(text::CUSTOM_FORMAT)} {printed} })
        .show(code::block(native.redirect_uri.clone()))
        .section("code-challenge", text::GENERATION)
        .show(worked_example())
        .section("calculator", text::CALCULATOR)
        .show(calculator(docs))
}

/// The published example; the challenge is computed.
fn worked_example() -> impl IntoView {
    let challenge = Challenge::of(VERIFIER).map(|challenge| challenge.as_str().to_owned()).unwrap_or_default();
    view! {
        <ol class="usa-list">
            <li><strong>{text::STEP_VERIFIER}</strong> {code::block(VERIFIER)}</li>
            <li><strong>{text::STEP_CHALLENGE}</strong> {code::block(challenge)}</li>
            <li><strong>{text::STEP_USE}</strong></li>
        </ol>
        <p>{text::ALWAYS_S256}</p>
        <p class="usa-hint">{text::COMPUTED}</p>
    }
}

/// A form that works without scripts; the page's script computes in the browser instead.
fn calculator(docs: &Docs<'_>) -> impl IntoView + use<> {
    let typed = docs.web.request.query("verifier").unwrap_or_default().to_owned();
    let challenge = Challenge::of(&typed).map(|challenge| challenge.as_str().to_owned());
    let wrong = !typed.is_empty() && challenge.is_none();
    let verifier = if typed.is_empty() { VERIFIER.to_owned() } else { typed };
    let output = if wrong { None } else { challenge.or_else(|| Some(Challenge::of(VERIFIER)?.as_str().to_owned())) };
    view! {
        <p>{text::ABOUT_CALCULATOR}</p>
        <form class="docs-pkce" action="#calculator" data-error=text::NOT_A_VERIFIER>
            <label class="usa-label" for="verifier">{code::word(text::VERIFIER)}</label>
            <span class="usa-hint" id="verifier-hint">{text::VERIFIER_HINT}</span>
            <input class="usa-input" id="verifier" name="verifier" value=verifier maxlength="128" autocomplete="off" spellcheck="false" aria-describedby="verifier-hint challenge" />
            <p class="actions">
                <button class="usa-button" type="submit">{text::CALCULATE}</button>
                <button class="usa-button usa-button--outline" type="button" data-random="" hidden>{text::RANDOM}</button>
            </p>
            <p class="usa-label">{code::word(text::CHALLENGE)}</p>
            <output class="docs-pkce__challenge" id="challenge" for="verifier">{output.unwrap_or_else(|| text::NOT_A_VERIFIER.to_owned())}</output>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_is_that_of_the_documents() {
        // Computed with another tool from the printed verifier.
        assert_eq!(Challenge::of(VERIFIER).unwrap().as_str(), "hI2vVv0Er_dHX9lUJo2O8lbFzkxfChVyM2WcHfODLnU");
    }
}
