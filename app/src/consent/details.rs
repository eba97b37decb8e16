//! What a member may want to know before an answer, folded: what the app does with the data, and whom to ask.

use leptos::prelude::*;
use model::https_url::HttpsUrl;
use oauth::{consent::ConsentView, redirect};
use programs::scope::ScopeKind;

use crate::{
    components::link::{External, Named},
    consent::{practice::promised, who::rest_of_purpose},
    locale::Locale,
    texts::consent::ask as text,
};

pub fn all(asked: &ConsentView, locale: Locale) -> AnyView {
    view! {
        <details class="fold">
            <summary>{text::KEEPING.of(locale)}</summary>
            {keeping(asked, locale)}
        </details>
        <details class="fold">
            <summary>{text::ASKING.of(locale)}</summary>
            {asking(asked, locale)}
        </details>
    }
    .into_any()
}

/// What the app does with the data, if that is long; how long it keeps them, its policy and its terms, and what no longer protects the copy.
fn keeping(asked: &ConsentView, locale: Locale) -> impl IntoView + use<> {
    let app = &asked.client.name;
    let retention = match &asked.disclosure.retention {
        Some(retention) => {
            view! { <p>{text::RETENTION.of(locale)} " " <q class="quote">{retention.to_string()}</q></p> }.into_any()
        }
        None => view! { <p>{text::NO_RETENTION.of(locale)}</p> }.into_any(),
    };
    let policy = view! { <Named url=asked.client.privacy_url.to_string() name=text::policy(locale, app) /> };
    let terms = asked.disclosure.terms_url.as_ref().map(HttpsUrl::to_string);
    let terms = terms.map(|url| view! { <li><Named url name=text::terms(locale, app) /></li> });
    view! {
        {rest_of_purpose(asked, locale)}
        {retention}
        <ul class="usa-list"><li>{policy}</li> {terms}</ul>
        {promised(&asked.client, locale).map(|sentence| view! { <p>{sentence}</p> })}
        <p>{text::HIPAA.of(locale)}</p>
    }
}

/// The names of what comes with signing in, as developers know them. Those of data stand beside what they open.
fn technical(asked: &ConsentView, locale: Locale) -> Option<impl IntoView + use<>> {
    let boxes = asked.scopes.iter().filter(|scope| scope.kind == ScopeKind::Context).map(|scope| scope.name.clone());
    let names: Vec<String> = asked.context.iter().map(ToString::to_string).chain(boxes).collect();
    (!names.is_empty()).then(|| {
        view! { <p>{text::TECHNICAL.of(locale)} " " <code lang="en" translate="no">{names.join(" ")}</code></p> }
    })
}

/// Whom to ask, where the answer goes, and what an app must never ask for.
fn asking(asked: &ConsentView, locale: Locale) -> impl IntoView + use<> {
    let app = &asked.client.name;
    let disclosure = &asked.disclosure;
    let email = disclosure.support_email.to_string();
    let goes_to = match redirect::host(&asked.redirect_uri) {
        Some(host) => text::goes_to_site(locale, host),
        None => text::goes_to_device(locale, app),
    };
    view! {
        <p>{text::contact(locale, app)}</p>
        <ul class="usa-list">
            <li><a class="usa-link breakable" href=format!("mailto:{email}")>{email.clone()}</a></li>
            <li><External url=disclosure.support_website.to_string() /></li>
        </ul>
        <p class="breakable">{goes_to}</p>
        <p>{text::NEVER_PASSWORD.of(locale)}</p>
        {technical(asked, locale)}
    }
}
