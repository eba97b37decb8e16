//! `/what-is-healthcare-id`. In English and Spanish, because members come here from sign-in, and go back to it.

use leptos::prelude::*;
use model::texts::Text;

use crate::{
    account::way::Way,
    components::marked::strong,
    failure::Failure,
    page::Page,
    texts::{
        account::{BACK_TO_SIGN_IN, CREATE},
        home::what_is_healthcare_id as text,
    },
    web::Web,
};

pub const PATH: &str = "/what-is-healthcare-id";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let way = Way::of_page(&web).await?;
    let item = |sentence: Text| view! { <li>{strong(sentence.of(locale))}</li> };
    let view = view! {
        <h1>{text::TITLE.of(locale)}</h1>
        {way.facts()}
        <p class="usa-intro">{text::INTRO.of(locale)}</p>
        <h2>{text::WHO.of(locale)}</h2>
        <ul class="usa-list">{[text::OWNERS, text::STAFF, text::MEMBERS].map(item)}</ul>
        <p>{text::ONE_FOR_ALL.of(locale)}</p>
        <h2>{text::PROTECTED.of(locale)}</h2>
        <ul class="usa-list">{[text::ADDRESS, text::HASHED, text::SESSIONS, text::MAIL].map(item)}</ul>
        <div class="actions">
            <a class="usa-button" href=way.by("/signup")>{CREATE.of(locale)}</a>
            <a class="usa-button usa-button--outline" href=way.by("/signin")>{BACK_TO_SIGN_IN.of(locale)}</a>
        </div>
        {way.cancel()}
    };
    Ok(way.page(text::TITLE.of(locale), view).about(text::ABOUT.of(locale)))
}
