//! Links to the pages before and after.

use leptos::prelude::*;

/// Addresses of the neighbours; nothing where there are none.
#[component]
pub fn Pager(previous: Option<String>, next: Option<String>) -> impl IntoView {
    let link = |path: String, class: &'static str, text: &'static str| {
        view! { <li class="usa-pagination__item usa-pagination__arrow"><a class=class href=path>{text}</a></li> }
    };
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="usa-pagination" aria-label="Pages">
                <ul class="usa-pagination__list">
                    {previous.map(|path| link(path, "usa-pagination__link usa-pagination__previous-page", "Previous"))}
                    {next.map(|path| link(path, "usa-pagination__link usa-pagination__next-page", "Next"))}
                </ul>
            </nav>
        }
    })
}
