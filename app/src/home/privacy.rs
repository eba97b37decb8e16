//! `/privacy`

use leptos::prelude::*;

use crate::{
    components::marked::strong,
    failure::Failure,
    page::{Page, Portal},
    texts::home::privacy as text,
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p class="usa-intro">{text::INTRO}</p>
        <h2>{text::KEPT}</h2>
        <ul class="usa-list">
            <li>{strong(text::ACCOUNT)}</li>
            <li>{strong(text::ALLOWED)}</li>
            <li>{strong(text::READ)}</li>
            <li>{strong(text::DONE)}</li>
            <li>{strong(text::ATTACKS)}</li>
        </ul>
        <h2>{text::RECEIVERS}</h2>
        <p>{text::ABOUT_RECEIVERS}</p>
        <h2>{text::COOKIES}</h2>
        <p>{text::ABOUT_COOKIES}</p>
        <h2>{text::EMAIL}</h2>
        <p>{text::ABOUT_EMAIL}</p>
    };
    Ok(Page::new(Portal::Site, text::TITLE, view).about(text::ABOUT))
}
