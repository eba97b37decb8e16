//! Above every page: the name of the site, its navigation, the other language, and who is signed in.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    account::{frame::PORTAL, sign_out::SignOut},
    components::language::Language,
    locale::Locale,
    owner::organizations,
    page::Portal,
    portal::Entry,
    texts::frame as text,
    web::Web,
};

/// The id of the navigation.
const NAVIGATION: &str = "navigation";

/// The band with name, language, account and, for those who are signed in, the portal's navigation.
#[component]
pub fn Header(
    web: Web,
    portal: Portal,
    current: Option<&'static str>,
    badges: Vec<(&'static str, u64)>,
    navigable: bool,
    /// The organization that the reader acts for, where they have several.
    acting_for: Option<String>,
    /// The form whose entries a change of language keeps.
    form: Option<&'static str>,
    has_languages: bool,
) -> impl IntoView {
    let locale = web.locale();
    let signed_in = web.signed_in_name();
    let entries = if navigable && signed_in.is_some() { portal.navigation() } else { &[] };
    let title =
        (portal != Portal::Site).then(|| view! { <span class="site-header__portal">{portal.name(locale)}</span> });
    let has_languages = has_languages && web.request.is_translated();
    // Inside an app's request nothing may lead away from it.
    let home = (portal != Portal::Consent).then_some(portal.home());
    view! {
        <header class="site-header">
            <div class="site-header__band">
                <a class="site-header__brand" href=home>
                    <Mark />
                    <span class="site-header__name">{text::FLEX}</span>
                    {title}
                </a>
                {has_languages.then(|| view! { <Language web=web.clone() form /> })}
                {signed_in.filter(|_| portal != Portal::Consent).map(|name| account(name, portal, locale))}
                {(!entries.is_empty()).then(|| menu(&badges, locale))}
            </div>
            {acting_for.map(acting)}
            {(!entries.is_empty()).then(|| navigation(entries, current, &badges, locale))}
        </header>
    }
}

/// The mark: layers that exchange.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="site-header__mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <rect class="mark__ground" width="32" height="32" rx="8" />
            <path class="mark__line" d="M8 12h13m-4-4 4 4-4 4M24 20H11m4-4-4 4 4 4" />
        </svg>
    }
}

fn account(name: String, portal: Portal, locale: Locale) -> impl IntoView {
    let href = portal.word().map_or_else(|| "/account".to_owned(), |word| format!("/account?{PORTAL}={word}"));
    view! {
        <div class="site-header__account">
            <a class="site-header__who" href=href title=text::MANAGE.of(locale)>{name}</a>
            <form method="post" action=SignOut::PATH>
                <button class="usa-button usa-button--unstyled" type="submit">{text::SIGN_OUT.of(locale)}</button>
            </form>
        </div>
    }
}

/// For which of their organizations the reader acts, and the way to another one.
fn acting(organization: String) -> impl IntoView {
    view! {
        <p class="site-header__acting">
            {text::ACTING_FOR}" "<strong>{organization}</strong>" "
            <a href=organizations::PATH>{text::SWITCH_ORGANIZATION}</a>
        </p>
    }
}

/// On narrow screens, what opens the navigation, with the sum of its badges.
fn menu(badges: &[(&'static str, u64)], locale: Locale) -> impl IntoView + use<> {
    let count: u64 = badges.iter().map(|(_, count)| count).sum();
    let badge = (0 < count).then(|| view! { <span class="badge">{count}</span> });
    view! {
        <button class="site-nav__toggle" type="button" popovertarget=NAVIGATION>{text::MENU.of(locale)} {badge}</button>
    }
}

fn navigation(
    entries: &'static [Entry],
    current: Option<&'static str>,
    badges: &[(&'static str, u64)],
    locale: Locale,
) -> impl IntoView + use<> {
    let badges = badges.to_vec();
    let entry = move |&(path, name): &Entry| {
        let count = badges.iter().find(|(badged, count)| *badged == path && 0 < *count).map(|(_, count)| *count);
        view! {
            <li>
                <a href=path aria-current=(current == Some(path)).then_some("page")>
                    {name.of(locale)} {count.map(|count| view! { <span class="badge">{count}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="site-nav" id=NAVIGATION popover="auto" aria-label=text::MAIN.of(locale)>
            <ul>{entries.iter().map(entry).collect_view()}</ul>
        </nav>
    }
}
