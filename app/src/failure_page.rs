//! The page that replaces one that cannot be shown.

use leptos::prelude::*;
use model::{account::Role, texts::Text};

use crate::{
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::failure as text,
    web::Web,
};

/// Says what happened and what to do, in the frame of the portal that the address belongs to. It repeats nothing of the
/// request.
pub async fn page(failure: &Failure, web: &Web) -> Page {
    let locale = web.locale();
    let portal = Portal::of(web.request.came_from.as_deref().unwrap_or(&web.request.path));
    let (title, advice) = texts(failure, locale);
    let (path, way) = way_on(portal, locale);
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{advice}</p>
        <p><a class="usa-button" href=path>{way}</a></p>
    };
    let page = Page::new(portal, title, view).status(failure.status());
    if may_navigate(failure, portal, web).await { page } else { page.without_navigation() }
}

/// The navigation is left out where every link of it would be refused.
async fn may_navigate(failure: &Failure, portal: Portal, web: &Web) -> bool {
    match portal {
        Portal::Admin => web.staff(&Role::ALL).await.is_ok(),
        _ => *failure != Failure::Forbidden,
    }
}

fn way_on(portal: Portal, locale: Locale) -> (&'static str, &'static str) {
    match portal {
        Portal::Site => ("/", home(locale)),
        Portal::Owner | Portal::Admin => (portal.home(), text::TO_DASHBOARD),
        // The app's request cannot continue from there. What the member can see is who has access.
        Portal::Member | Portal::Consent => (Portal::Member.home(), text::TO_APPS.of(locale)),
    }
}

/// What leads to the start page.
pub fn home(locale: Locale) -> &'static str {
    text::TO_START.of(locale)
}

/// The page's title and its advice.
pub fn texts(failure: &Failure, locale: Locale) -> (&'static str, &'static str) {
    let (title, advice) = match failure {
        Failure::Redirect(_) => (text::ELSEWHERE, Text::english("")),
        Failure::NotFound => (text::NOT_FOUND, text::NOT_FOUND_ADVICE),
        Failure::Forbidden => (text::FORBIDDEN, text::FORBIDDEN_ADVICE),
        Failure::Invalid => (text::INVALID, text::INVALID_ADVICE),
        Failure::TooLarge => (text::TOO_LARGE, text::TOO_LARGE_ADVICE),
        Failure::Conflict => (text::CONFLICT, text::CONFLICT_ADVICE),
        Failure::TooMany => (text::TOO_MANY, text::TOO_MANY_ADVICE),
        Failure::Unavailable => (text::UNAVAILABLE, text::UNAVAILABLE_ADVICE),
        Failure::Internal => (text::INTERNAL, text::INTERNAL_ADVICE),
    };
    (title.of(locale), advice.of(locale))
}
