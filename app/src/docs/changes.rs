//! What changed in the program: the entries of its file, which are also a feed and mail to vendors.

use leptos::prelude::*;
use programs::{program::Program, text::Change};

use super::{Docs, body::Body, path};
use crate::{components::marked::linked, texts::docs::changes as text};

/// The address of the feed.
pub fn feed(program: &Program) -> String {
    format!("{}/changes.atom", path(program))
}

/// The id of a change on the page.
pub fn anchor(id: &str) -> String {
    format!("change-{id}")
}

pub fn body(docs: &Docs<'_>) -> Body {
    let begin = Body::new().show(view! { <p>{linked(text::INTRO, feed(docs.program))}</p> });
    let changes = docs.program.changes.iter().fold(begin, |body, change| {
        let Change { id, date, title, text } = change;
        let day = date.to_string();
        body.section(&anchor(id), title.clone()).show(
            view! { <p class="usa-hint"><time datetime=day.clone()>{day.clone()}</time></p> <p>{text.clone()}</p> },
        )
    });
    let none = docs.program.changes.is_empty().then(|| view! { <p>{text::NONE}</p> });
    let versions = docs.program.release_notes.iter().map(|note| {
        view! { <li>{note.version.clone()}</li> }
    });
    changes
        .show(none)
        .section("versions", text::VERSIONS)
        .show(view! { <p>{text::ABOUT_VERSIONS}</p> <ul class="usa-list">{versions.collect_view()}</ul> })
}
