//! Where one is in a form of several pages.

use leptos::prelude::*;

/// The steps' names; `current` counts from 0.
#[component]
pub fn Steps(names: &'static [&'static str], current: usize) -> impl IntoView {
    let segment = |(place, name): (usize, &&'static str)| {
        let (class, said) = match place {
            place if place < current => (" usa-step-indicator__segment--complete", Some("completed")),
            place if place == current => (" usa-step-indicator__segment--current", None),
            _ => ("", Some("not completed")),
        };
        let said = said.map(|said| view! { <span class="usa-sr-only">" "{said}</span> });
        view! {
            <li class=format!("usa-step-indicator__segment{class}") aria-current=(place == current).then_some("step")>
                <span class="usa-step-indicator__segment-label">{*name}{said}</span>
            </li>
        }
    };
    view! {
        <div class="usa-step-indicator usa-step-indicator--counters">
            <ol class="usa-step-indicator__segments" aria-label="Steps">
                {names.iter().enumerate().map(segment).collect_view()}
            </ol>
            <div class="usa-step-indicator__header">
                <h2 class="usa-step-indicator__heading">
                    <span class="usa-step-indicator__heading-counter">
                        <span class="usa-sr-only">"Step "</span>
                        <span class="usa-step-indicator__current-step">{current + 1}</span>
                        <span class="usa-step-indicator__total-steps">{format!(" of {}", names.len())}</span>
                    </span>
                    <span class="usa-step-indicator__heading-text">" "{names.get(current).copied()}</span>
                </h2>
            </div>
        </div>
    }
}
