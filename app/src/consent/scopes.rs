//! The scopes as checkboxes.

use leptos::prelude::*;
use oauth::consent::ScopeChoice;
use programs::scope::ScopeKind;

use crate::{islands::choices::SharedCount, locale::Locale};

/// The words of a program in the reader's language.
pub fn text(text: &programs::text::Text, locale: Locale) -> String {
    match locale {
        Locale::English => text.en.clone(),
        Locale::Spanish => text.es.clone(),
    }
}

/// One box for each scope, all checked, the technical name beneath; the count of an island below.
#[component]
pub fn ScopeBoxes(scopes: Vec<ScopeChoice>, app: String, locale: Locale) -> impl IntoView {
    let legend = match locale {
        Locale::English => format!("{app} asks for:"),
        Locale::Spanish => format!("{app} pide:"),
    };
    // Scopes of context tell the app something, but share no information.
    let total = scopes.iter().filter(|scope| scope.kind != ScopeKind::Context).count();
    let scope = |(place, scope): (usize, ScopeChoice)| {
        let id = format!("scope-{place}");
        let counted = (scope.kind != ScopeKind::Context).then_some("");
        view! {
            <div class="usa-checkbox">
                <input class="usa-checkbox__input" type="checkbox" data-counted=counted id=id.clone() name="scopes[]" value=scope.name.clone() checked />
                <label class="usa-checkbox__label" for=id>
                    {text(&scope.title, locale)}
                    <span class="usa-checkbox__label-description">{text(&scope.description, locale)}</span>
                    <code>{scope.name}</code>
                </label>
            </div>
        }
    };
    view! {
        <fieldset class="usa-fieldset" id="scopes">
            <legend class="usa-legend">{legend}</legend>
            <p class="usa-hint">{locale.of("Uncheck what you do not want to share.", "Desmarque lo que no quiera compartir.")}</p>
            <div class="scopes">{scopes.into_iter().enumerate().map(scope).collect_view()}</div>
        </fieldset>
        {(0 < total).then(|| view! { <SharedCount fieldset="scopes".to_owned() total locale /> })}
    }
}
