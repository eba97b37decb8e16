//! The way to this page.

use leptos::prelude::*;

use crate::texts::frame as text;

/// Links to the steps before this page; nothing where there are none.
#[component]
pub fn Breadcrumbs(steps: Vec<(String, String)>, here: String) -> impl IntoView {
    let link = |(path, name)| {
        view! {
            <li class="usa-breadcrumb__list-item">
                <a class="usa-breadcrumb__link" href=path>{name}</a>
            </li>
        }
    };
    (!steps.is_empty()).then(|| {
        view! {
            <nav class="usa-breadcrumb" aria-label=text::BREADCRUMBS>
                <ol class="usa-breadcrumb__list">
                    {steps.into_iter().map(link).collect_view()}
                    <li class="usa-breadcrumb__list-item usa-current" aria-current="page">{here}</li>
                </ol>
            </nav>
        }
    })
}
