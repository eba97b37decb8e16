//! Whose turn it is in a conversation, and by when: one component for both sides.

use jiff::Timestamp;
use leptos::prelude::*;
use model::history::Side;
use registry::conversations::Turn;

use crate::{
    components::{due::Due, marked::marked, time::Time, versions::Reader},
    texts::conversation as text,
};

/// A sentence; nothing where no one waits.
#[component]
pub fn TurnLine(turn: Turn, now: Timestamp, reader: Reader) -> impl IntoView {
    let Turn { side, since, due_at } = turn;
    let times = [Some(since), due_at];
    let due = move |_, _| due_at.map(|at| view! { <Time at /> }).into_any();
    let both = move |place: usize, _| times.get(place).copied().flatten().map(|at| view! { <Time at /> }).into_any();
    match (side?, reader) {
        (Side::Administration, Reader::Vendor) if due_at.is_some_and(|at| at < now) => {
            Some(view! { <p class="turn">{marked(text::WE_ARE_LATE, due)}</p> }.into_any())
        }
        (Side::Administration, Reader::Vendor) => {
            Some(view! { <p class="turn">{marked(text::WE_ANSWER, due)}</p> }.into_any())
        }
        (Side::Administration, Reader::Staff) => {
            due_at.map(|at| view! { <p class="turn"><Due at now /></p> }.into_any())
        }
        (Side::Vendor, Reader::Vendor) => {
            Some(view! { <p class="turn turn--yours">{marked(text::WAITS_FOR_YOU, both)}</p> }.into_any())
        }
        (Side::Vendor, Reader::Staff) => {
            Some(view! { <p class="turn">{marked(text::WAITS_FOR_VENDOR, both)}</p> }.into_any())
        }
        (Side::Unknown, _) => None,
    }
}
