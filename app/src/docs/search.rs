//! `/docs/{program}/search?q=`: the search as a page, and its index for the script that answers while one types.

use leptos::{prelude::*, reactive::owner::Owner};
use model::partition::ProgramId;

use super::{
    Docs, beside_portal, chapters, frame,
    index::{Hit, Index},
    organization, program,
};
use crate::{failure::Failure, page::Page, texts::docs as text, web::Web};

/// Longer queries match nothing.
const LONGEST: usize = 80;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let program = program(&web)?;
    let entries = chapters::contents(&program);
    let docs = Docs { web: &web, program: &program, shows_launch_urls: false };
    let query: String = web.request.query("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let hits = Index::of(&docs, &entries).find(&query);
    let result = |hit: Hit| {
        let page = (hit.page != hit.name).then(|| view! { <span class="usa-hint">{hit.page.clone()}</span> });
        let about = (!hit.about.is_empty() && hit.about != hit.page).then(|| view! { <p>{hit.about.clone()}</p> });
        view! { <li><a class="usa-link" href=hit.address>{hit.name}</a>" "{page} {about}</li> }
    };
    let content = match (query.is_empty(), hits.is_empty()) {
        (true, _) => view! { <p>{text::TYPE_SOMETHING}</p> }.into_any(),
        (false, true) => view! { <p>{text::nothing_found(query.as_str())}</p> <p>{text::TRY_OTHERS}</p> }.into_any(),
        (false, false) => {
            let results = hits.into_iter().map(result).collect_view();
            view! { <p>{text::found(query.as_str())}</p> <ol class="docs-results">{results}</ol> }.into_any()
        }
    };
    let view = view! { <h1>{text::RESULTS}</h1> {content} };
    let page = frame::around(&docs, &entries, None, text::RESULTS, text::ABOUT_SEARCH.to_owned(), view);
    Ok(beside_portal(organization(&web).await?.as_ref(), page))
}

/// The index of the program as JSON; `None` if there is no such program.
pub fn index(web: &Web, program: &str) -> Option<String> {
    let program = web.services.programs.get(&ProgramId::new(program))?.clone();
    let docs = Docs { web, program: &program, shows_launch_urls: false };
    // The chapters are rendered to find their places.
    let owner = Owner::new();
    let json = owner.with(|| {
        let entries = chapters::contents(&program);
        Index::of(&docs, &entries).json()
    });
    owner.cleanup();
    Some(json)
}
