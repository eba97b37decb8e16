//! What happened to a thing: who, what, when, with which words. Newest first.

use leptos::prelude::*;

use crate::{
    components::{pager::Pages, time::Time},
    texts::registry::HISTORY,
};

/// An entry of a history.
pub struct Event {
    pub who: String,
    pub what: String,
    pub comment: Option<String>,
    pub at: jiff::Timestamp,
}

/// What a history's pages are called in addresses.
pub const NAME: &str = "history";

/// A timeline that can be collapsed, without JavaScript too; beneath it, say, a form for comments.
#[component]
pub fn History(
    events: Vec<Event>,
    /// The pages that the events are one of.
    pages: Pages,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let entry = |event: Event| {
        let comment = event.comment.map(|comment| view! { <p class="timeline__comment">{comment}</p> });
        view! {
            <li class="timeline__event">
                <p class="timeline__what"><strong>{event.what}</strong></p>
                <p class="timeline__who">{event.who}" · "<Time at=event.at /></p>
                {comment}
            </li>
        }
    };
    view! {
        <details class="disclosure" open id=NAME>
            <summary>{HISTORY}</summary>
            <ol class="timeline">{events.into_iter().map(entry).collect_view()}</ol>
            {pages.links()}
            {children.map(|children| children())}
        </details>
    }
}
