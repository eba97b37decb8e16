//! Links that leave the site.

use leptos::prelude::*;

/// An address that somebody typed, shown as it is. It opens beside this page and learns nothing of it.
#[component]
pub fn External(#[prop(into)] url: String) -> impl IntoView {
    view! { <a class="usa-link breakable" href=url target="_blank" rel="noopener noreferrer nofollow">{url.clone()}</a> }
}
