//! The current step of a form of several pages.

use leptos::prelude::*;

use crate::texts::components as text;

/// The steps' names; `current` counts from 0.
#[component]
pub fn Steps(names: &'static [&'static str], current: usize) -> impl IntoView {
    let segment = |(place, name): (usize, &&'static str)| {
        let (class, said) = match place {
            place if place < current => (" usa-step-indicator__segment--complete", Some(text::COMPLETED)),
            place if place == current => (" usa-step-indicator__segment--current", None),
            _ => ("", Some(text::NOT_COMPLETED)),
        };
        let said = said.map(|said| view! { <span class="usa-sr-only">" "{said}</span> });
        view! {
            <li class=format!("usa-step-indicator__segment{class}") aria-current=(place == current).then_some("step")>
                <span class="usa-step-indicator__segment-label">{*name}{said}</span>
            </li>
        }
    };
    view! {
        <div class="usa-step-indicator">
            <ol class="usa-step-indicator__segments" aria-label=text::STEPS>
                {names.iter().enumerate().map(segment).collect_view()}
            </ol>
            <p class="usa-step-indicator__counter">{text::step(current + 1, names.len())}</p>
            <h2 class="usa-step-indicator__heading">{names.get(current).copied()}</h2>
        </div>
    }
}
