//! `/`: choose a role.

use leptos::prelude::*;

use crate::{
    components::marked::strong,
    failure::Failure,
    page::{Page, Portal},
    texts::home::landing as text,
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <div class="welcome">
            <h1 class="welcome__title">{strong(text::WELCOME)}</h1>
            <p class="welcome__lead">{text::CHOOSE}</p>
        </div>
        <ul class="tiles">
            <Tile accent="accent-owner" path="/owner" name=text::OWNER about=text::ABOUT_OWNER>
                <path d="M9 8 4 14l5 6M19 8l5 6-5 6M16 6l-4 16" />
            </Tile>
            <Tile accent="accent-admin" path="/admin" name=text::ADMIN about=text::ABOUT_ADMIN>
                <path d="M7 4h14v20H7zM11 4v3h6V4M10.500 15l3 3 5-6" />
            </Tile>
            <Tile accent="accent-member" path="/member" name=text::MEMBER about=text::ABOUT_MEMBER>
                <path d="M14 24C4 17 4 11 6 8.500c2-2.500 6-2 8 1.500 2-3.500 6-4 8-1.500 2 2.500 2 8.500-8 15.500Z" />
            </Tile>
        </ul>
    };
    Ok(Page::new(Portal::Site, text::TITLE, view).wide())
}

#[component]
fn Tile(
    accent: &'static str,
    path: &'static str,
    name: &'static str,
    about: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <li class=format!("tile {accent}")>
            <svg class="tile__icon" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
                {children()}
            </svg>
            <h2 class="tile__name"><a href=path>{name}</a></h2>
            <p class="tile__about">{about}</p>
        </li>
    }
}
