//! What happened to something: who did what, when, and with which comment. Newest first.

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

/// The name of a history's pages in addresses.
pub const NAME: &str = "history";

/// A timeline that can be collapsed, even without JavaScript. Its children follow below, such as a form for comments.
#[component]
pub fn History(
    events: Vec<Event>,
    /// The pages of the list; the events are one page.
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
