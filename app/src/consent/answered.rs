//! A request that no longer waits: what became of it, where the member portal shows that, and the way back to the app.

use leptos::prelude::*;
use model::{application::Stopped, scope::Scopes};
use oauth::{
    answered::{self, Outcome, What},
    consent::Error,
    grants::Grant,
    requests::Visit,
};
use store::Ctx;

use crate::{
    components::time::{date, date_and_time, show_in},
    consent::{
        ending::{Back, Ending, On},
        mistake,
    },
    failure::Failure,
    locale::Locale,
    member::{self, scopes::titles},
    page::Page,
    texts::consent::answered as text,
    web::Web,
};

pub async fn page(web: &Web, ctx: &mut Ctx, visit: &Visit<'_>) -> Result<Page, Failure> {
    match answered::outcome(ctx, visit).await {
        Ok(outcome) => Ok(show(web, visit.handle, &outcome)),
        Err(Error::NotFound) => Ok(unknown(web.locale())),
        Err(Error::Stopped(stopped)) => Ok(mistake::stopped(stopped, Back::None, web.locale())),
        Err(error) => Err(error.into()),
    }
}

fn show(web: &Web, handle: &str, outcome: &Outcome) -> Page {
    let locale = web.locale();
    show_in(&web.services.programs, [&outcome.client.partition.program]);
    let app = outcome.client.name.clone();
    let nothing = |sentence: String| view! { <p>{sentence}</p> {still(outcome, locale)} }.into_any();
    let (title, body) = match &outcome.what {
        What::Allowed(at, scopes) => {
            (text::allowed(locale, &app), allowed(web, outcome, scopes, &date_and_time(*at, locale)).into_any())
        }
        What::Refused(at) => (text::refused(locale, &app), nothing(text::ended(locale, date_and_time(*at, locale)))),
        What::RanOut(at) => (text::expired(locale, &app), nothing(text::waited(locale, date_and_time(*at, locale)))),
    };
    let on = match (&outcome.what, &outcome.live) {
        (_, Some(live)) => On::Link(member::path(&live.id), text::SEE_ACCESS),
        (What::Allowed(..), None) => On::Link("/member/past".to_owned(), text::SEE_PAST),
        (What::Refused(_) | What::RanOut(_), None) => On::portal(),
    };
    Ending { title, body, on, back: Back::to(&app, handle, "back", locale) }.page(locale)
}

/// What the member allowed and when, and what is true now.
fn allowed(web: &Web, outcome: &Outcome, scopes: &Scopes, at: &str) -> impl IntoView + use<> {
    let locale = web.locale();
    let list = titles(&web.services.programs, &outcome.client.partition.program, scopes, locale);
    let line = |(title, _)| view! { <li>{title}</li> };
    let changed = outcome.live.as_ref().filter(|live| live.scopes != *scopes);
    let changed = changed.map(|_| view! { <p>{text::CHANGED.of(locale)}</p> });
    let now = match &outcome.live {
        Some(live) => access(live, outcome.stopped, locale).into_any(),
        None => view! { <p>{text::ENDED.of(locale)}</p> }.into_any(),
    };
    view! {
        <p>{text::agreed(locale, at)}</p>
        <ul class="usa-list">{list.into_iter().map(line).collect_view()}</ul>
        {changed}
        {now}
    }
}

/// What the app may still do, by an earlier or a later answer.
fn still(outcome: &Outcome, locale: Locale) -> impl IntoView + use<> {
    let app = outcome.client.name.clone();
    outcome.live.as_ref().map(|live| {
        let at = date_and_time(live.changed_at.unwrap_or(live.created_at), locale);
        let still = outcome.stopped.is_none().then(|| view! { <p>{text::still(locale, app, at)}</p> });
        view! { {still} {access(live, outcome.stopped, locale)} }
    })
}

fn access(live: &Grant, stopped: Option<Stopped>, locale: Locale) -> impl IntoView + use<> {
    let until = match (stopped, live.offline) {
        (Some(stopped), _) => member::no_access_now(stopped).of(locale).to_owned(),
        (None, true) => text::access_until(locale, date(live.expires_at, locale)),
        (None, false) => text::DOES_NOT_STAY.of(locale).to_owned(),
    };
    view! { <p>{until}</p> }
}

/// A request about which this browser, or the account that is signed in, may know nothing.
pub fn unknown(locale: Locale) -> Page {
    let body = view! { <p>{text::WHY_UNKNOWN.of(locale)}</p> };
    let title = text::UNKNOWN.of(locale).to_owned();
    Ending { title, body: body.into_any(), on: On::portal(), back: Back::None }.page(locale).status(404)
}
