//! A question before something that cannot be taken back, or news that must be read: a dialog that is a page, so that
//! it works without JavaScript and can be reloaded.

use leptos::prelude::*;

/// The dialog's frame; its buttons are among its children.
#[component]
pub fn Dialog(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="dialog" aria-labelledby="dialog-title">
            <h1 id="dialog-title">{title}</h1>
            {children()}
        </section>
    }
}
