//! `/terms`

use leptos::prelude::*;

use crate::{
    failure::Failure,
    page::{Page, Portal},
    texts::home::terms as text,
    web::Web,
};

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p class="usa-intro">{text::INTRO}</p>
        <h2>{text::ACCOUNT}</h2>
        <p>{text::ABOUT_ACCOUNT}</p>
        <h2>{text::OWNERS}</h2>
        <ul class="usa-list">
            <li>{text::TRUTHFULLY}</li>
            <li>{text::SEPARATELY}</li>
            <li>{text::ONLY_NEEDED}</li>
            <li>{text::PRIVACY_POLICY}</li>
            <li>{text::SECRETS}</li>
            <li>{text::REVOKED}</li>
        </ul>
        <h2>{text::MEMBERS}</h2>
        <p>{text::ABOUT_MEMBERS}</p>
        <h2>{text::SUSPENSION}</h2>
        <p>{text::ABOUT_SUSPENSION}</p>
        <h2>{text::SYNTHETIC}</h2>
        <p>{text::ABOUT_SYNTHETIC}</p>
    };
    Ok(Page::new(Portal::Site, text::TITLE, view).about(text::ABOUT))
}
