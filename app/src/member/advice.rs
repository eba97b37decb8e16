//! `/member/advice`: what to look for in an app, and where to complain (45 CFR 156.221(g) asks payers to say it).

use leptos::prelude::*;
use model::texts::Text;

use crate::{
    components::marked::marked,
    failure::Failure,
    locale::Locale,
    page::{Page, Portal},
    texts::member::advice as text,
    web::Web,
};

const QUESTIONS: [Text; 8] = [
    text::COLLECTS,
    text::HIDES_NAMES,
    text::PASSES_ON,
    text::LIMITS,
    text::PROTECTS,
    text::OTHERS,
    text::CORRECTS,
    text::DELETES,
];

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let title = text::TITLE.of(locale);
    let question = |question: Text| view! { <li>{question.of(locale)}</li> };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{text::ABOUT.of(locale)}</p>
        <h2>{text::ASK.of(locale)}</h2>
        <ul class="usa-list">{QUESTIONS.map(question).collect_view()}</ul>
        <p>{text::BETTER_NOT.of(locale)}</p>
        <h2>{text::HIPAA.of(locale)}</h2>
        <p>{text::ABOUT_HIPAA.of(locale)}</p>
        <h2>{text::COMPLAIN.of(locale)}</h2>
        <ul class="usa-list">
            {office(text::FTC, "https://www.ftc.gov/complaint", locale)}
            {office(text::OCR, "https://www.hhs.gov/ocr/complaints", locale)}
        </ul>
    };
    Ok(Page::new(Portal::Member, title, view).at("/member/advice"))
}

fn office(sentence: Text, address: &'static str, locale: Locale) -> impl IntoView {
    let line = marked(sentence.of(locale), |_, name| {
        view! { <a href=address rel="noopener noreferrer" target="_blank">{name}</a> }.into_any()
    });
    view! { <li>{line}</li> }
}
