//! Links that leave the site.

use leptos::prelude::*;

/// An address that somebody typed, shown as it is. It opens beside this page and learns nothing of it. One from before today's
/// rules, which may be anything, is only shown.
#[component]
pub fn External(#[prop(into)] url: String) -> impl IntoView {
    if !url.starts_with("https://") {
        return view! { <span class="breakable">{url}</span> }.into_any();
    }
    view! { <a class="usa-link breakable" href=url target="_blank" rel="noopener noreferrer nofollow">{url.clone()}</a> }
        .into_any()
}
