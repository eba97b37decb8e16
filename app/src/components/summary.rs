//! Names and values of one thing.

use leptos::prelude::*;

/// A row of a summary.
pub struct Fact {
    name: String,
    value: AnyView,
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { name: name.into(), value: value.into_any() }
    }
}

/// A description list: name beside value, one above the other on narrow screens.
#[component]
pub fn Summary(facts: Vec<Fact>) -> impl IntoView {
    let row = |fact: Fact| view! { <div class="facts__row"><dt>{fact.name}</dt><dd>{fact.value}</dd></div> };
    view! { <dl class="facts">{facts.into_iter().map(row).collect_view()}</dl> }
}
