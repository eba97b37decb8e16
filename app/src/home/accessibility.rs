//! `/accessibility`

use leptos::prelude::*;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    texts::home::accessibility as text,
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p class="usa-intro">{text::INTRO}</p>
        <ul class="usa-list">
            <li>{text::KEYBOARD}</li>
            <li>{text::ZOOM}</li>
            <li>{text::COLORS}</li>
            <li>{text::ERRORS}</li>
            <li>{text::LANGUAGES}</li>
        </ul>
        <h2>{text::TELL_US}</h2>
        <p>{text::HOW_TO_TELL}</p>
    };
    Ok(Page::new(Portal::Site, text::TITLE, view).about(text::ABOUT))
}
