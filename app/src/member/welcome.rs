//! `/member` before sign-in: what the portal is for, and how to sign in.

use leptos::prelude::*;
use model::texts::Text;

use crate::{
    page::{Page, Portal},
    texts::member::welcome as text,
    web::Web,
};

const HERE: [Text; 4] = [text::SEE, text::READ, text::MORE, text::STOP];

pub fn page(web: &Web) -> Page {
    let locale = web.locale();
    let title = text::TITLE.of(locale);
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{text::ABOUT.of(locale)}</p>
        <div class="actions"><a class="usa-button" href=web.sign_in_path()>{text::SIGN_IN.of(locale)}</a></div>
        <h2>{text::DO.of(locale)}</h2>
        <ul class="usa-list">{HERE.map(|line| view! { <li>{line.of(locale)}</li> }).collect_view()}</ul>
        <h2>{text::HOW.of(locale)}</h2>
        <p>{text::ABOUT_HOW.of(locale)}</p>
        <p><a class="usa-link" href="/what-is-healthcare-id">{text::WHAT_IS_ID.of(locale)}</a></p>
        <h2>{text::NO_APP.of(locale)}</h2>
        <p>{text::ABOUT_NO_APP.of(locale)}</p>
        <p><a class="usa-link" href="/member/advice">{text::ADVICE.of(locale)}</a></p>
    };
    Page::new(Portal::Member, title, view).at("/member").about(text::ABOUT.of(locale))
}
