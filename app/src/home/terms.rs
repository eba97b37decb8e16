//! `/terms`, and `/terms/{version}`: the text as it was when people agreed to it.

use leptos::prelude::*;
use registry::terms;

use crate::{
    components::{marked::marked, time::Day},
    failure::Failure,
    page::{Page, Portal},
    texts::home::terms::{self as text, Part},
    web::Web,
};

pub const PATH: &str = "/terms";

pub async fn page(_web: Web) -> Result<Page, Failure> {
    let part = |part: &Part| {
        let body = match part.lines {
            [one] => view! { <p>{*one}</p> }.into_any(),
            several => {
                let lines = several.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
                view! { <ul class="usa-list">{lines}</ul> }.into_any()
            }
        };
        view! { <h2>{part.heading}</h2> {body} }
    };
    let view = view! {
        <h1>{text::TITLE}</h1>
        <p class="usa-intro">{text::INTRO}</p>
        {text::PARTS.iter().map(part).collect_view()}
    };
    Ok(Page::new(Portal::Site, text::TITLE, view).about(text::ABOUT))
}

/// The whole text, as it is kept with what people submit.
pub fn plain() -> String {
    let part = |part: &Part| format!("{}\n{}", part.heading, part.lines.join("\n"));
    let head = [text::TITLE, text::INTRO].map(str::to_owned);
    head.into_iter().chain(text::PARTS.iter().map(part)).collect::<Vec<_>>().join("\n\n")
}

pub async fn version(web: Web) -> Result<Page, Failure> {
    let number = web.request.param("version")?.parse().map_err(|_| Failure::NotFound)?;
    let terms = terms::get(&mut web.services.store.read().await?, number).await?;
    let title = text::version(number);
    let since = marked(text::SINCE, |_, _| view! { <Day at=terms.since /> }.into_any());
    let paragraph = |text: &str| view! { <p class="prewrap">{text.to_owned()}</p> };
    let view = view! {
        <h1>{title.clone()}</h1>
        <p class="usa-hint">{since}</p>
        {terms.text.split("\n\n").map(paragraph).collect_view()}
    };
    Ok(Page::new(Portal::Site, title, view).under(PATH, text::TITLE))
}
