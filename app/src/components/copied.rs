//! Text that people copy: its name, the text, and a button that copies it.

use leptos::prelude::*;

use crate::islands::copy::CopyButton;

/// One such text. Without JavaScript it is there to select.
#[component]
pub fn Copied(
    /// Of the text, unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    /// A tag beside the name.
    #[prop(optional_no_strip)]
    mark: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="credential">
            <div>
                <span class="credential__name">{name.clone()}":" {mark.map(|mark| view! { " "{mark} })}</span>
                <code id=id.clone()>{value}</code>
            </div>
            <CopyButton source=id label=name />
        </div>
    }
}
