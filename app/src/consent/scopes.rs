//! The scopes as checkboxes.

use leptos::prelude::*;
use model::scope::{Scope, Scopes};
use oauth::consent::ScopeChoice;
use programs::scope::ScopeKind;

use crate::{
    components::{alert::Tone, status::Status},
    islands::choices::SharedCount,
    locale::Locale,
};

/// The words of a program in the reader's language.
pub fn text(text: &programs::text::Text, locale: Locale) -> String {
    match locale {
        Locale::English => text.en.clone(),
        Locale::Spanish => text.es.clone(),
    }
}

/// One box for each scope that may be refused, the technical name beneath; the count of an island below. All are checked,
/// or those that were before the language was changed.
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
    let legend = match locale {
        Locale::English => format!("{app} asks for:"),
        Locale::Spanish => format!("{app} pide:"),
    };
    // Scopes of context tell the app something, but share no information.
    let total = scopes.iter().filter(|scope| scope.kind != ScopeKind::Context).count();
    let scope = |(place, scope): (usize, ScopeChoice)| {
        let id = format!("scope-{place}");
        let counted = (scope.kind != ScopeKind::Context).then_some("");
        let is_checked = checked.as_ref().is_none_or(|checked| checked.contains(&scope.name));
        let new = scope.is_new.then(|| view! { " " <Status tone=Tone::Info text=locale.of("New", "Nuevo") /> });
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
            <legend class="usa-legend">{legend}</legend>
            <p class="usa-hint">{locale.of("Uncheck what you do not want to share.", "Desmarque lo que no quiera compartir.")}</p>
            <div class="scopes">{scopes.into_iter().enumerate().map(scope).collect_view()}</div>
        </fieldset>
        {(0 < total).then(|| view! { <SharedCount fieldset="scopes".to_owned() total locale /> })}
    }
    .into_any()
}

/// What comes along without a box, in one sentence: refusing it would be of no use to the member.
#[component]
pub fn Context(scopes: Scopes, app: String, alone: bool, locale: Locale) -> impl IntoView {
    if scopes.is_empty() {
        return ().into_any();
    }
    let has = |scope: &Scope| scopes.contains(scope);
    let parts = [
        has(&Scope::OpenId).then(|| {
            locale.of("a number by which it knows you again", "un número con el que le reconoce la próxima vez")
        }),
        has(&Scope::Profile).then(|| locale.of("the name of your account", "el nombre de su cuenta")),
        (has(&Scope::FhirUser) || has(&Scope::LaunchPatient))
            .then(|| locale.of("which record is yours", "cuál expediente es el suyo")),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    let list = match (parts.as_slice(), locale) {
        ([first, second, third], Locale::English) => format!("{first}, {second}, and {third}"),
        (_, Locale::English) => parts.join(" and "),
        ([first, second, third], Locale::Spanish) => format!("{first}, {second} y {third}"),
        (_, Locale::Spanish) => parts.join(" y "),
    };
    let sentence = match (alone, locale) {
        (true, Locale::English) => format!("If you allow it, {app} learns {list}. It reads no health information."),
        (false, Locale::English) => format!("If you allow it, {app} also learns {list}."),
        (true, Locale::Spanish) => format!("Si lo permite, {app} conoce {list}. No lee información de salud."),
        (false, Locale::Spanish) => format!("Si lo permite, {app} también conoce {list}."),
    };
    view! { <p class="context">{sentence}" "<code>{scopes.to_string()}</code></p> }.into_any()
}
