//! What an app may read, in a member's words.

use leptos::prelude::*;
use oauth::grants::member::Connection;
use programs::Programs;

use crate::{consent::scopes::text, locale::Locale};

/// The scope's title, with its technical name beneath.
#[component]
pub fn Allowed(titles: Vec<(String, String)>) -> impl IntoView {
    let line = |(title, name)| view! { <li>{title} <code class="usa-hint">{name}</code></li> };
    view! { <ul class="usa-list usa-list--unstyled">{titles.into_iter().map(line).collect_view()}</ul> }
}

/// Titles and names of a connection's scopes.
pub fn titles(programs: &Programs, connection: &Connection, locale: Locale) -> Vec<(String, String)> {
    let program = programs.get(&connection.newest.partition.program);
    let title = |name: &str| program.and_then(|program| program.scope(name)).map(|scope| text(&scope.title, locale));
    let names = connection.scopes.iter().map(ToString::to_string);
    names.map(|name| (title(&name).unwrap_or_else(|| name.clone()), name)).collect()
}

/// The payer by its name.
pub fn payer_name(programs: &Programs, connection: &Connection) -> String {
    let program = programs.get(&connection.newest.partition.program);
    let payer = program.and_then(|program| program.payer(&connection.newest.payer));
    payer.map_or_else(|| connection.newest.payer.to_string(), |payer| payer.name.clone())
}
