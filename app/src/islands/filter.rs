//! Narrows a table of the server's page while typing.

use leptos::prelude::*;

use crate::{islands::ready::ready, texts::islands as text};

/// A search box over the rows of a table. Without JavaScript it does not appear, and people use the page's own filter form.
#[island]
pub fn TableFilter(
    /// The `id` of the table.
    table: String,
    label: String,
) -> impl IntoView {
    let shown = RwSignal::new(None::<(u32, u32)>);
    let ready = ready();
    let hidden = ready.clone();
    let id = format!("{table}-filter");
    let filter = move |event| shown.set(Some(show_rows(&table, &event_target_value(&event).to_lowercase())));
    view! {
        <div class="table-filter" hidden=move || hidden().is_none() data-ready=ready>
            <label class="usa-label" for=id.clone()>{label}</label>
            <input class="usa-input" type="search" id=id autocomplete="off" on:input=filter />
            <p class="usa-hint" aria-live="polite">
                {move || shown.get().map(|(some, all)| text::shown(some, all))}
            </p>
        </div>
    }
}

/// Hides the rows that lack a word; returns how many are shown, and of how many.
fn show_rows(table: &str, text: &str) -> (u32, u32) {
    let rows = document().query_selector_all(&format!("#{table} tbody tr"));
    let Ok(rows) = rows else { return (0, 0) };
    let mut shown = 0;
    for place in 0..rows.length() {
        let Some(row) = rows.item(place) else { continue };
        let content = row.text_content().unwrap_or_default().to_lowercase();
        let matches = text.split_whitespace().all(|word| content.contains(word));
        shown += u32::from(matches);
        let row: web_sys::Element = leptos::wasm_bindgen::JsCast::unchecked_into(row);
        let _ = row.toggle_attribute_with_force("hidden", !matches);
    }
    (shown, rows.length())
}
