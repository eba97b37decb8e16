//! What happened to something: who did what, when, and with which comment. Newest first.

use leptos::prelude::*;

use crate::{
    components::{pager::Pages, time::Time},
    texts::{conversation::ATTACHMENTS, registry::HISTORY},
};

/// An entry of a history.
pub struct Event {
    pub who: String,
    pub what: String,
    pub comment: Option<String>,
    /// The version that it is about, and its page.
    pub version: Option<(String, String)>,
    /// The files that were sent with it: what they are, and where to get them.
    pub files: Vec<(String, String)>,
    pub at: jiff::Timestamp,
}

/// The name of a history's pages in addresses.
pub const NAME: &str = "history";

/// The events alone.
#[component]
pub fn Timeline(events: Vec<Event>) -> impl IntoView {
    view! { <ol class="timeline">{events.into_iter().map(entry).collect_view()}</ol> }
}

fn entry(event: Event) -> impl IntoView {
    let comment = event.comment.map(|comment| view! { <p class="timeline__comment">{comment}</p> });
    let version = event.version.map(|(name, href)| view! { " · "<a class="usa-link" href=href>{name}</a> });
    let file = |(name, href): (String, String)| {
        view! { <li><a class="usa-link" href=href download>{name}</a></li> }
    };
    let files = (!event.files.is_empty()).then(|| {
        view! { <ul class="timeline__files" aria-label=ATTACHMENTS>{event.files.into_iter().map(file).collect_view()}</ul> }
    });
    view! {
        <li class="timeline__event">
            <p class="timeline__what"><strong>{event.what}</strong> {version}</p>
            <p class="timeline__who">{event.who}" · "<Time at=event.at /></p>
            {comment}
            {files}
        </li>
    }
}

/// A timeline that can be collapsed, even without JavaScript. Its children follow below, such as a form for comments.
#[component]
pub fn History(
    events: Vec<Event>,
    /// The pages of the list; the events are one page.
    pages: Pages,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <details class="disclosure" open id=NAME>
            <summary>{HISTORY}</summary>
            <Timeline events />
            {pages.links()}
            {children.map(|children| children())}
        </details>
    }
}
