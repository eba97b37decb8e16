//! The resources of a program with their search tables.

use leptos::prelude::*;
use programs::{
    definitions::ParameterKind,
    program::Program,
    resource::{Access, Include, Parameter, Resource},
};

use crate::components::table::Table;

/// One disclosure a resource, under the headings of its group.
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
    let whose = match resource.access {
        Access::Directory => "Public directory",
        Access::Member => "Member data",
    };
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
    view! {
        <details class="disclosure disclosure--small">
            <summary>{resource.title.clone()}" "<span class="usa-hint">{whose}</span></summary>
            <p>{resource.text.clone()}</p>
            {notes}
            <h4>"Requests"</h4>
            <ul class="usa-list usa-list--unstyled">{methods}</ul>
            <h4>"Search parameters"</h4>
            <Table caption=format!("Search parameters of {}", resource.kind) columns=vec!["Parameter", "Type", "Required"] rows />
            {includes("Include", &resource.includes)}
            {includes("Reverse include", &resource.rev_includes)}
            {(!resource.examples.is_empty()).then(|| view! { <h4>"Examples"</h4> <ul class="usa-list usa-list--unstyled">{examples}</ul> })}
        </details>
    }
}

fn parameter(parameter: &Parameter) -> Vec<AnyView> {
    let kind = parameter
        .printed
        .as_ref()
        .map_or_else(|| type_word(parameter.kind).to_owned(), |printed| printed.type_word.clone());
    vec![
        view! { <code>{parameter.code.clone()}</code> }.into_any(),
        kind.into_any(),
        if parameter.required { "Yes" } else { "No" }.into_any(),
    ]
}

fn type_word(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::String => "String",
        ParameterKind::Token => "Token",
        ParameterKind::Reference => "Reference",
        ParameterKind::Date => "Date",
        ParameterKind::Uri => "URI",
        ParameterKind::Special => "Special",
        ParameterKind::Result => "Result",
    }
}

fn includes(title: &'static str, includes: &[Include]) -> Option<impl IntoView + use<>> {
    let items = includes.iter().map(|include| view! { <li><code>{include.text.clone()}</code></li> }).collect_view();
    (!includes.is_empty()).then(|| view! { <h4>{title}</h4> <ul class="usa-list usa-list--unstyled">{items}</ul> })
}
