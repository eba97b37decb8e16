//! What the app asks for, in three groups: health data with a box each, the public directory in one line, signing in in one
//! sentence.

use leptos::prelude::*;
use model::scope::Scope;
use oauth::consent::{ConsentView, ScopeChoice, SensitiveChoice, Stays};
use programs::scope::ScopeKind;

use crate::{
    components::{alert::Tone, status::Status},
    consent::scopes::text,
    locale::Locale,
    texts::consent::ask,
    web::Web,
};

/// A box of the page, with its place among all of them.
type Numbered<'a> = (usize, &'a ScopeChoice);

pub fn all(web: &Web, asked: &ConsentView) -> AnyView {
    let locale = web.locale();
    let of = |kind: ScopeKind| -> Vec<Numbered<'_>> {
        asked.scopes.iter().enumerate().filter(|(_, scope)| scope.kind == kind).collect()
    };
    let (health, directory, connection) = (of(ScopeKind::Patient), of(ScopeKind::Public), of(ScopeKind::Context));
    view! {
        {health_data(asked, &health, locale)}
        {public_directory(asked, &directory, health.is_empty(), locale)}
        {count(health.len() + directory.len(), locale)}
        {signing_in(asked, &connection, locale)}
    }
    .into_any()
}

/// The member's own data. What each part includes is folded, so that the boxes fit on a phone's screen.
fn health_data(asked: &ConsentView, scopes: &[Numbered<'_>], locale: Locale) -> Option<AnyView> {
    let heading = if asked.basis.is_own() { ask::HEALTH_DATA } else { ask::THEIR_HEALTH_DATA };
    (!scopes.is_empty()).then(|| {
        view! {
            <fieldset class="usa-fieldset group">
                <legend class="usa-legend">{heading.of(locale)}</legend>
                <p class="usa-hint">{ask::UNCHECK.of(locale)}</p>
                {boxes(asked, scopes, locale)}
                {protected(asked, locale)}
                <details class="fold">
                    <summary>{ask::WHAT_EACH_INCLUDES.of(locale)}</summary>
                    {descriptions(scopes, locale)}
                </details>
            </fieldset>
        }
        .into_any()
    })
}

/// One line. It unfolds to the boxes, which are open where the app asks for no health data.
fn public_directory(asked: &ConsentView, scopes: &[Numbered<'_>], open: bool, locale: Locale) -> Option<AnyView> {
    (!scopes.is_empty()).then(|| {
        let new = scopes.iter().any(|(_, scope)| scope.is_new).then(|| new(locale));
        view! {
            <details class="fold group" open=open>
                <summary>{ask::DIRECTORY.of(locale)} {new}</summary>
                <fieldset class="usa-fieldset">
                    <legend class="usa-sr-only">{ask::DIRECTORY.of(locale)}</legend>
                    {boxes(asked, scopes, locale)}
                </fieldset>
                {descriptions(scopes, locale)}
            </details>
        }
        .into_any()
    })
}

/// What the app learns without a box, because refusing it would not help the member, and whether it stays connected.
fn signing_in(asked: &ConsentView, connection: &[Numbered<'_>], locale: Locale) -> Option<AnyView> {
    let learns = learns(asked, locale);
    let stays = match asked.stays {
        Stays::Asked => Some(ask::MAY_STAY),
        Stays::Always => Some(ask::ALWAYS_STAYS),
        Stays::Never => None,
    };
    (learns.is_some() || stays.is_some()).then(|| {
        let learns = learns.map(|sentence| view! { <p>{sentence}</p> });
        let stays = stays.map(|sentence| view! { <p>{sentence.of(locale)}</p> });
        view! {
            <fieldset class="usa-fieldset group">
                <legend class="usa-legend">{ask::SIGNING_IN.of(locale)}</legend>
                {learns} {boxes(asked, connection, locale)} {stays}
            </fieldset>
        }
        .into_any()
    })
}

/// A box each, selected unless the scope is sensitive, or as it was before the member changed the language.
fn boxes(asked: &ConsentView, scopes: &[Numbered<'_>], locale: Locale) -> Option<impl IntoView + use<>> {
    let checked = asked.draft.as_ref().map(|draft| draft.scopes.as_slice());
    let scope = |(place, scope): &Numbered<'_>| {
        let id = format!("scope-{place}");
        let counted = (scope.kind != ScopeKind::Context).then_some("");
        let is_checked = match checked {
            Some(checked) => checked.contains(&scope.name),
            None => scope.sensitive.is_none(),
        };
        let new = scope.is_new.then(|| new(locale));
        // Data is described in the fold below its boxes.
        let about = (scope.kind == ScopeKind::Context).then(|| {
            view! { <span class="usa-checkbox__label-description" id=format!("{id}-about")>{text(&scope.description, locale)}</span> }
        });
        let sensitive = scope.sensitive.as_ref().map(|why| {
            let left = ask::NOT_SELECTED.of(locale);
            view! { <span class="usa-checkbox__label-description">{text(why, locale)} " " {left}</span> }
        });
        view! {
            <div class="usa-checkbox">
                <input class="usa-checkbox__input" type="checkbox" data-counted=counted id=id.clone() name="scopes[]"
                    value=scope.name.clone() checked=is_checked aria-describedby=format!("{id}-about") />
                <label class="usa-checkbox__label" for=id>{text(&scope.title, locale)} {new} {about} {sensitive}</label>
            </div>
        }
    };
    (!scopes.is_empty()).then(|| view! { <div class="scopes">{scopes.iter().map(scope).collect_view()}</div> })
}

/// A box for each category that the program protects specially. None is selected, unless the member selected it before they
/// changed the language.
fn protected(asked: &ConsentView, locale: Locale) -> Option<impl IntoView + use<>> {
    let checked = asked.draft.as_ref().map(|draft| draft.sensitive.clone()).unwrap_or_default();
    let category = move |SensitiveChoice { id, title, description, was_allowed }: SensitiveChoice| {
        let name = format!("sensitive-{id}");
        let is_checked = checked.contains(&id);
        let before = was_allowed.then(|| view! { " " <Status tone=Tone::Info text=ask::ALLOWED_BEFORE.of(locale) /> });
        view! {
            <div class="usa-checkbox">
                <input class="usa-checkbox__input" type="checkbox" id=name.clone() name="sensitive[]" value=id checked=is_checked />
                <label class="usa-checkbox__label" for=name>
                    {text(&title, locale)} {before}
                    <span class="usa-checkbox__label-description">{text(&description, locale)} " " {ask::NOT_SELECTED.of(locale)}</span>
                </label>
            </div>
        }
    };
    let categories = asked.sensitive.clone();
    (!categories.is_empty()).then(|| {
        view! {
            <p class="group__protected">{ask::PROTECTED.of(locale)}</p>
            <div class="scopes">{categories.into_iter().map(category).collect_view()}</div>
        }
    })
}

/// What each includes, with its technical name.
fn descriptions(scopes: &[Numbered<'_>], locale: Locale) -> impl IntoView + use<> {
    let line = |(place, scope): &Numbered<'_>| {
        view! {
            <dt>{text(&scope.title, locale)}</dt>
            <dd id=format!("scope-{place}-about")>{text(&scope.description, locale)} {technical(&scope.name)}</dd>
        }
    };
    view! { <dl class="includes">{scopes.iter().map(line).collect_view()}</dl> }
}

fn technical(name: &str) -> impl IntoView + use<> {
    view! { " " <code lang="en" translate="no">{name.to_owned()}</code> }
}

fn new(locale: Locale) -> impl IntoView {
    view! { " " <Status tone=Tone::Info text=ask::NEW.of(locale) /> }
}

/// How much of it is selected. A script says it, and the line keeps its space without one.
fn count(total: usize, locale: Locale) -> Option<impl IntoView + use<>> {
    let some = if total == 1 { ask::shares_of_one(locale, '#') } else { ask::shares(locale, '#', total) };
    (0 < total).then(|| {
        view! { <p class="shared-count" id="shared-count" aria-live="polite" data-some=some data-none=ask::SHARES_NOTHING.of(locale)></p> }
    })
}

/// What counts the boxes; absent in a build without it.
pub fn script(web: &Web) -> Option<impl IntoView + use<>> {
    let address = web.services.assets.consent;
    (!address.is_empty()).then(|| view! { <script src=address defer></script> })
}

/// In one sentence: `If you allow it, the app also learns which record is yours.`.
fn learns(asked: &ConsentView, locale: Locale) -> Option<String> {
    let has = |scope: &Scope| asked.context.contains(scope);
    // Who acts for someone stays unknown as a person: there is no `fhirUser` then.
    let (record, asks) = match asked.basis.is_own() {
        true => (ask::RECORD, has(&Scope::FhirUser) || has(&Scope::LaunchPatient)),
        false => (ask::THEIR_RECORD, has(&Scope::LaunchPatient)),
    };
    let parts = [(has(&Scope::OpenId), ask::NUMBER), (has(&Scope::Profile), ask::ACCOUNT_NAME), (asks, record)];
    let parts: Vec<_> = parts.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, part)| part.of(locale)).collect();
    let list = match parts.as_slice() {
        [] => return None,
        [first, second, third] => ask::three(locale, first, second, third),
        [first, second] => ask::two(locale, first, second),
        parts => parts.concat(),
    };
    Some(if asked.scopes.is_empty() { ask::only_learns(locale, list) } else { ask::learns(locale, list) })
}
