//! What happened to a thing: who, what, when, with which words. Newest first.

use leptos::prelude::*;

/// An entry of a history.
pub struct Event {
    pub who: String,
    pub what: String,
    pub comment: Option<String>,
    pub at: jiff::Timestamp,
}

/// A timeline that can be collapsed, without JavaScript too; beneath it, say, a form for comments.
#[component]
pub fn History(events: Vec<Event>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    use crate::components::time::Time;
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
        <details class="disclosure" open>
            <summary>"History"</summary>
            <ol class="timeline">{events.into_iter().map(entry).collect_view()}</ol>
            {children.map(|children| children())}
        </details>
    }
}
