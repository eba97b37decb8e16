//! What an app may read, in a member's words.

use leptos::prelude::*;
use model::{
    partition::ProgramId,
    scope::{Scope, Scopes},
};
use oauth::{
    grants::{Grant, member::Connection},
    scope::offer,
};
use programs::Programs;

use crate::{consent::scopes::text, locale::Locale};

/// The scope's title, with its technical name beneath.
#[component]
pub fn Allowed(titles: Vec<(String, String)>) -> impl IntoView {
    let line = |(title, name)| view! { <li>{title} <code class="usa-hint">{name}</code></li> };
    view! { <ul class="usa-list usa-list--unstyled">{titles.into_iter().map(line).collect_view()}</ul> }
}

/// Titles and names of scopes. The page says elsewhere whether the app stays connected.
pub fn titles(programs: &Programs, program: &ProgramId, scopes: &Scopes, locale: Locale) -> Vec<(String, String)> {
    let program = programs.get(program);
    let title =
        |scope: &Scope| program.and_then(|program| offer(program, scope)).map(|offer| text(&offer.title, locale));
    let shown = scopes.iter().filter(|scope| **scope != Scope::OfflineAccess);
    shown.map(|scope| (title(scope).unwrap_or_else(|| scope.to_string()), scope.to_string())).collect()
}

/// The same for what a member allowed, with the categories of sensitive data.
pub fn allowed(programs: &Programs, grant: &Grant, locale: Locale) -> Vec<(String, String)> {
    let program = &grant.partition.program;
    let categories = programs.get(program).into_iter().flat_map(|program| &program.sensitive);
    let categories = categories.filter(|category| grant.sensitive.contains(&category.id));
    let categories = categories.map(|category| (text(&category.title, locale), category.id.clone()));
    titles(programs, program, &grant.scopes, locale).into_iter().chain(categories).collect()
}

/// The payer by its name.
pub fn payer_name(programs: &Programs, connection: &Connection) -> String {
    let grant = &connection.grant;
    let payer = programs.get(&grant.partition.program).and_then(|program| program.payer(&grant.payer));
    payer.map_or_else(|| grant.payer.to_string(), |payer| payer.name.clone())
}
