//! Links that leave the site.

use leptos::prelude::*;

/// An address that people typed, shown as it is. It opens in a new tab, and the site behind it learns nothing of this page. One
/// from before today's rules, which may be anything, is only shown.
#[component]
pub fn External(#[prop(into)] url: String) -> impl IntoView {
    view! { <Named url=url.clone() name=url /> }
}

/// The same, with a name from `texts`.
#[component]
pub fn Named(#[prop(into)] url: String, #[prop(into)] name: String) -> impl IntoView {
    if !url.starts_with("https://") {
        return view! { <span class="breakable">{name}</span> }.into_any();
    }
    view! { <a class="usa-link breakable" href=url target="_blank" rel="noopener noreferrer nofollow">{name}</a> }
        .into_any()
}
