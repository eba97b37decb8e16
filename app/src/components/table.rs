//! A table that becomes a stack of cards on narrow screens.

use leptos::prelude::*;

/// One row: a cell for each column.
pub type Row = Vec<AnyView>;

/// Columns by name; on narrow screens each cell carries its column's name. The first cell of a row heads it.
#[component]
pub fn Table(
    /// Read by screen readers before the table; not shown.
    #[prop(into)]
    caption: String,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    /// For an island that filters the rows.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let head = columns.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    let cell = |(place, (name, cell)): (usize, (&&'static str, AnyView))| {
        if place == 0 {
            view! { <th scope="row" data-label=*name>{cell}</th> }.into_any()
        } else {
            view! { <td data-label=*name>{cell}</td> }.into_any()
        }
    };
    let row = |row: Row| view! { <tr>{columns.iter().zip(row).enumerate().map(cell).collect_view()}</tr> };
    view! {
        <table class="usa-table usa-table--borderless cards" id=id>
            <caption class="usa-sr-only">{caption}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
