//! An app's authorization request that we do not keep because the request or its app is not valid. We do not lead to an
//! address that may belong to anyone, and we repeat nothing of the request.

use leptos::prelude::*;
use model::application::Stopped;
use oauth::authorize::{Mistake, Shown};

use crate::{
    components::marked::marked,
    consent::ending::{Back, Ending, On},
    locale::Locale,
    page::Page,
    texts::consent::ending as text,
};

/// 400, with a message for the app's developer.
pub fn page(mistake: &Mistake, locale: Locale) -> Page {
    let body = view! {
        <p>{text::ABOUT_MISTAKE.of(locale)}</p>
        <p lang="en"><code>{mistake.to_string()}</code></p>
        <p>{text::UNCHANGED.of(locale)}</p>
    };
    let title = text::MISTAKE.of(locale).to_owned();
    Ending { title, body: body.into_any(), on: On::portal(), back: Back::None }.page(locale).status(400)
}

/// An app that may not ask at the moment.
pub fn stopped(stopped: Stopped, back: Back, locale: Locale) -> Page {
    // A request that we did not keep may be one that was answered before.
    let waits = matches!(back, Back::Answer { .. });
    let shared = if waits { text::NOTHING_SHARED } else { text::UNCHANGED };
    let body = view! {
        <p>{text::why(stopped).of(locale)}</p>
        <p>{shared.of(locale)} " " {text::SEE_MORE.of(locale)}</p>
    };
    let title = text::STOPPED.of(locale).to_owned();
    Ending { title, body: body.into_any(), on: On::portal(), back }.page(locale).status(403)
}

/// What an app asked for is wrong, and we do not redirect this app's errors by ourselves. The reader decides.
pub fn onward(Shown { app, organization, target }: Shown, locale: Locale) -> Page {
    let place = target.place().to_owned();
    let leads_to =
        marked(text::LEADS_TO.of(locale), |_, _| view! { <code class="breakable">{place.clone()}</code> }.into_any());
    let body = view! {
        <p>{text::about_onward(locale, app, organization)}</p>
        <p>{text::UNCHANGED.of(locale)}</p>
        <p>{leads_to}</p>
        <p>{text::NEVER_TYPE.of(locale)}</p>
    };
    let title = text::ONWARD.of(locale).to_owned();
    let back = Back::Address(target.as_str().to_owned());
    Ending { title, body: body.into_any(), on: On::portal(), back }.page(locale).status(400)
}
