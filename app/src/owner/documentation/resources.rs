//! The resources of a program with their search tables.

use leptos::prelude::*;
use programs::{
    program::Program,
    resource::{Include, Parameter, Resource},
};

use crate::{
    components::table::Table,
    texts::{owner::documentation as text, registry::yes_no},
};

/// One disclosure for each resource, under the heading of its group.
pub fn resources(program: &Program) -> impl IntoView + use<> {
    let group = |group: &programs::resource::Group| {
        let notes = group.notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect_view();
        let resources =
            program.resources.iter().filter(|resource| resource.group == group.id).map(resource).collect_view();
        view! { <h3>{group.title.clone()}</h3> {notes} {resources} }
    };
    let groups = program.groups.iter().map(group).collect_view();
    view! { <p>{fhir::search::request::limits()}</p> {groups} }
}

fn resource(resource: &Resource) -> impl IntoView + use<> {
    let notes = resource.notes.iter().map(|note| view! { <p>{note.clone()}</p> }).collect_view();
    let methods = resource
        .methods
        .iter()
        .map(|method| view! { <li><code class="breakable">{method.request.clone()}</code></li> })
        .collect_view();
    let examples = resource
        .examples
        .iter()
        .map(|example| view! { <li><code class="breakable">{example.clone()}</code></li> })
        .collect_view();
    let rows = resource.parameters.iter().chain(&resource.chains).map(parameter).collect();
    let columns = vec![text::PARAMETER, text::TYPE, text::REQUIRED];
    view! {
        <details class="disclosure disclosure--small">
            <summary>{resource.title.clone()}" "<span class="usa-hint">{text::whose(resource.access)}</span></summary>
            <p>{resource.text.clone()}</p>
            {notes}
            <h4>{text::REQUESTS}</h4>
            <ul class="usa-list usa-list--unstyled">{methods}</ul>
            <h4>{text::SEARCH_PARAMETERS}</h4>
            <Table caption=text::parameters_of(&resource.kind) columns rows />
            {includes(text::INCLUDE, &resource.includes)}
            {includes(text::REVERSE_INCLUDE, &resource.rev_includes)}
            {(!resource.examples.is_empty()).then(|| view! { <h4>{text::EXAMPLES}</h4> <ul class="usa-list usa-list--unstyled">{examples}</ul> })}
        </details>
    }
}

fn parameter(parameter: &Parameter) -> Vec<AnyView> {
    let kind = parameter
        .printed
        .as_ref()
        .map_or_else(|| text::parameter_type(parameter.kind).to_owned(), |printed| printed.type_word.clone());
    vec![
        view! { <code>{parameter.code.clone()}</code> }.into_any(),
        kind.into_any(),
        yes_no(parameter.required).into_any(),
    ]
}

fn includes(title: &'static str, includes: &[Include]) -> Option<impl IntoView + use<>> {
    let items = includes.iter().map(|include| view! { <li><code>{include.text.clone()}</code></li> }).collect_view();
    (!includes.is_empty()).then(|| view! { <h4>{title}</h4> <ul class="usa-list usa-list--unstyled">{items}</ul> })
}
