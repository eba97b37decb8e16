//! The scopes as checkboxes.

use leptos::prelude::*;
use model::scope::{Scope, Scopes};
use oauth::consent::ScopeChoice;
use programs::scope::ScopeKind;

use crate::{
    components::{alert::Tone, status::Status},
    islands::choices::SharedCount,
    locale::Locale,
    texts::consent::ask,
};

/// The words of a program in the reader's language.
pub fn text(text: &programs::text::Text, locale: Locale) -> String {
    match locale {
        Locale::English => text.en.clone(),
        Locale::Spanish => text.es.clone(),
    }
}

/// One box for each scope that the member may refuse, with its technical name beneath, and an island that counts them. All
/// boxes are checked, or those that were checked before the member changed the language.
#[component]
pub fn ScopeBoxes(
    scopes: Vec<ScopeChoice>,
    checked: Option<Vec<String>>,
    app: String,
    locale: Locale,
) -> impl IntoView {
    if scopes.is_empty() {
        return ().into_any();
    }
    // Scopes of context tell the app something, but share no data.
    let total = scopes.iter().filter(|scope| scope.kind != ScopeKind::Context).count();
    let scope = |(place, scope): (usize, ScopeChoice)| {
        let id = format!("scope-{place}");
        let counted = (scope.kind != ScopeKind::Context).then_some("");
        let is_checked = checked.as_ref().is_none_or(|checked| checked.contains(&scope.name));
        let new = scope.is_new.then(|| view! { " " <Status tone=Tone::Info text=ask::NEW.of(locale) /> });
        view! {
            <div class="usa-checkbox">
                <input class="usa-checkbox__input" type="checkbox" data-counted=counted id=id.clone() name="scopes[]" value=scope.name.clone() checked=is_checked />
                <label class="usa-checkbox__label" for=id>
                    {text(&scope.title, locale)} {new}
                    <span class="usa-checkbox__label-description">{text(&scope.description, locale)}</span>
                    <code>{scope.name}</code>
                </label>
            </div>
        }
    };
    view! {
        <fieldset class="usa-fieldset" id="scopes">
            <legend class="usa-legend">{ask::asks_for(locale, app)}</legend>
            <p class="usa-hint">{ask::UNCHECK.of(locale)}</p>
            <div class="scopes">{scopes.into_iter().enumerate().map(scope).collect_view()}</div>
        </fieldset>
        {(0 < total).then(|| view! { <SharedCount fieldset="scopes".to_owned() total locale /> })}
    }
    .into_any()
}

/// What comes along without a box, in one sentence, because refusing it would not help the member.
#[component]
pub fn Context(scopes: Scopes, app: String, alone: bool, locale: Locale) -> impl IntoView {
    if scopes.is_empty() {
        return ().into_any();
    }
    let has = |scope: &Scope| scopes.contains(scope);
    let parts = [
        (has(&Scope::OpenId), ask::NUMBER),
        (has(&Scope::Profile), ask::ACCOUNT_NAME),
        (has(&Scope::FhirUser) || has(&Scope::LaunchPatient), ask::RECORD),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, part)| part.of(locale)).collect();
    let list = match parts.as_slice() {
        [first, second, third] => ask::three(locale, first, second, third),
        [first, second] => ask::two(locale, first, second),
        parts => parts.concat(),
    };
    let sentence = if alone { ask::only_learns(locale, app, list) } else { ask::learns(locale, app, list) };
    view! { <p class="context">{sentence}" "<code>{scopes.to_string()}</code></p> }.into_any()
}
