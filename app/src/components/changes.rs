//! What differs between two versions of a registration, field by field.

use leptos::prelude::*;
use model::logo::LogoDigest;

use crate::{
    components::{logo, table::Table},
    texts::registry as text,
};

/// A field of a registration as text.
pub struct Field {
    pub name: String,
    pub text: String,
    /// Shown in place of the text, which tells one from another.
    pub logo: Option<LogoDigest>,
}

/// The fields that differ, each as it was and as it is; the columns say what they are. A sentence where none differs.
#[component]
pub fn Changes(before: Vec<Field>, after: Vec<Field>, columns: [&'static str; 2]) -> impl IntoView {
    let changed =
        before.into_iter().zip(after).filter(|(before, after)| before.text != after.text || before.logo != after.logo);
    let rows: Vec<_> = changed
        .map(|(before, after)| {
            let cell = |field: Field| match field.logo {
                Some(logo) => logo::alone(&field.text, &logo),
                None => view! { <span class="prewrap breakable">{field.text}</span> }.into_any(),
            };
            vec![before.name.clone().into_any(), cell(before), cell(after)]
        })
        .collect();
    if rows.is_empty() {
        return view! { <p>{text::NOTHING_CHANGED}</p> }.into_any();
    }
    let [was, is] = columns;
    view! { <Table caption=text::CHANGED_FIELDS columns=vec![text::FIELD, was, is] rows /> }.into_any()
}
