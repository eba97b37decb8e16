//! `/`: choose a role; the documentation and the status are one step away.

use std::sync::Arc;

use leptos::prelude::*;
use model::texts::Text;
use programs::program::Program;

use crate::{
    components::marked::strong,
    docs,
    failure::Failure,
    home::status,
    locale::Locale,
    page::{Page, Portal},
    texts::home::landing as text,
    web::Web,
};

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let translated = locale != Locale::English;
    let (title, lead) = if translated {
        (text::WELCOME_TRANSLATED.of(locale), text::CHOOSE_TRANSLATED.of(locale))
    } else {
        (text::WELCOME, text::CHOOSE)
    };
    let document = |program: &Arc<Program>| {
        view! { <li><a class="usa-link" lang="en" href=docs::path(program)>{program.title.clone()}</a></li> }
    };
    let documents = programs(&web).iter().map(document).collect_view();
    let view = view! {
        <div class="welcome">
            <h1 class="welcome__title">{strong(title)}</h1>
            <p class="welcome__lead">{lead}</p>
        </div>
        <ul class="tiles">
            <Tile accent="accent-owner" path="/owner" name=text::OWNER about=text::ABOUT_OWNER whom=text::FOR_OWNERS
                other=(text::OWNER_TRANSLATED, text::ABOUT_OWNER_TRANSLATED) locale>
                <path d="M9 8 4 14l5 6M19 8l5 6-5 6M16 6l-4 16" />
            </Tile>
            <Tile accent="accent-admin" path="/admin" name=text::ADMIN about=text::ABOUT_ADMIN whom=text::FOR_STAFF
                other=(text::ADMIN_TRANSLATED, text::ABOUT_ADMIN_TRANSLATED) locale>
                <path d="M7 4h14v20H7zM11 4v3h6V4M10.500 15l3 3 5-6" />
            </Tile>
            <Tile accent="accent-member" path="/member" name=text::MEMBER about=text::ABOUT_MEMBER whom=text::FOR_MEMBERS
                other=(text::MEMBER_TRANSLATED, text::ABOUT_MEMBER_TRANSLATED) locale>
                <path d="M14 24C4 17 4 11 6 8.500c2-2.500 6-2 8 1.500 2-3.500 6-4 8-1.500 2 2.500 2 8.500-8 15.500Z" />
            </Tile>
        </ul>
        <div class="more">
            <section class="more__part">
                <h2>{text::DOCUMENTATION.of(locale)}</h2>
                <p>{text::ABOUT_DOCUMENTATION.of(locale)}</p>
                <ul class="usa-list usa-list--unstyled">{documents}</ul>
            </section>
            <section class="more__part">
                <h2>{text::STATUS.of(locale)}</h2>
                <p>{text::ABOUT_STATUS.of(locale)}</p>
                <p><a class="usa-link" href=status::PATH>{text::SEE_STATUS.of(locale)}</a></p>
            </section>
        </div>
    };
    Ok(Page::new(Portal::Site, text::TITLE.of(locale), view).wide())
}

/// The program that the request's host belongs to; on other hosts all of them.
fn programs(web: &Web) -> Vec<Arc<Program>> {
    let host = web.host_of();
    let is_shown = |program: &&Arc<Program>| host.as_ref().is_none_or(|own| *own == program.id);
    web.services.programs.iter().filter(is_shown).cloned().collect()
}

/// A role in the agreed English words, with the reader's language beside them.
#[component]
fn Tile(
    accent: &'static str,
    path: &'static str,
    name: &'static str,
    about: &'static str,
    /// Whom it is for.
    whom: Text,
    /// Name and purpose in the reader's language.
    other: (Text, Text),
    locale: Locale,
    children: Children,
) -> impl IntoView {
    let (other_name, other_about) = other;
    let other = (locale != Locale::English).then(|| {
        view! { <p class="tile__other"><strong>{other_name.of(locale)}</strong>" "{other_about.of(locale)}</p> }
    });
    view! {
        <li class=format!("tile {accent}")>
            <svg class="tile__icon" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
                {children()}
            </svg>
            <h2 class="tile__name" lang="en"><a href=path>{name}</a></h2>
            <p class="tile__about" lang="en">{about}</p>
            {other}
            <p class="tile__whom">{whom.of(locale)}</p>
        </li>
    }
}
