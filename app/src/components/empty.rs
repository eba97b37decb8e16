//! What a page shows where a list is empty.

use leptos::prelude::*;

/// Says why it is empty and, in its children, what to do.
#[component]
pub fn Empty(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{title}</p>
            <div class="empty__text">{children()}</div>
        </div>
    }
}
