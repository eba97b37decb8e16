//! The forms of a resource: to read one, and to search with each parameter of the table.

use leptos::prelude::*;
use programs::resource::{Include, Interaction, Parameter, Resource};

use super::{
    Kind, address,
    request::{DO, ID, MORE, VERSION, parameters},
};
use crate::{
    docs::{Docs, body::slug, code},
    texts::docs::{api, try_it as text},
};

/// `patient` is the signed-in member's id, which most searches need.
pub fn all(docs: &Docs<'_>, kind: Kind<'_>, patient: Option<&str>) -> AnyView {
    let to = format!("{}#answer", address(docs, kind.name()));
    match kind {
        Kind::Metadata => view! {
            <h2 id="request">{text::REQUEST_OF}</h2>
            <form class="usa-form docs-try" action=to>{send("search", text::SEND)}</form>
        }
        .into_any(),
        Kind::Resource(resource) => {
            let read = resource.offers(Interaction::Read).then(|| read(docs, resource, to.clone()));
            let search = resource.offers(Interaction::Search).then(|| search(docs, resource, to, patient));
            view! { {search} {read} }.into_any()
        }
    }
}

fn read(docs: &Docs<'_>, resource: &Resource, to: String) -> AnyView {
    let version = resource.offers(Interaction::Vread).then(|| input(docs, VERSION, text::VERSION, ""));
    view! {
        <h2 id="read">{text::READ}</h2>
        <form class="usa-form docs-try" action=to>
            <div class="docs-try__fields">{input(docs, ID, text::ID, "")} {version}</div>
            {send("read", text::SEND_READ)}
        </form>
    }
    .into_any()
}

fn search(docs: &Docs<'_>, resource: &Resource, to: String, patient: Option<&str>) -> AnyView {
    let field = |parameter: &Parameter| {
        let kind = api::parameter_type(parameter.kind);
        let kind = if parameter.required { format!("{kind}, {}", text::REQUIRED) } else { kind.to_owned() };
        let usual = if parameter.code == "patient" { patient } else { None };
        input_with(docs, &parameter.code, [&parameter.code, &kind], usual.unwrap_or_default())
    };
    let (selecting, shaping) = parameters(resource);
    let is_filled = |name: &str| docs.web.request.query(name).is_some_and(|value| !value.is_empty());
    // Open where it is in use, so that nothing is sent unseen.
    let is_open = shaping.iter().any(|parameter| is_filled(&parameter.code))
        || ["_include", "_revinclude", MORE].into_iter().any(is_filled);
    let selecting = selecting.into_iter().map(field).collect_view();
    let shaping = shaping.into_iter().map(field).collect_view();
    let includes = choice(docs, "_include", &resource.includes);
    let reverse_includes = choice(docs, "_revinclude", &resource.rev_includes);
    view! {
        <h2 id="search">{text::SEARCH}</h2>
        <form class="usa-form docs-try" action=to>
            <div class="docs-try__fields">{selecting}</div>
            <details class="disclosure" open=is_open>
                <summary>{text::SHAPE}</summary>
                <div class="docs-try__fields">
                    {includes} {reverse_includes} {shaping} {input(docs, MORE, text::MORE, text::MORE_HINT)}
                </div>
            </details>
            {send("search", text::SEND_SEARCH)}
        </form>
    }
    .into_any()
}

/// Filled with what the address says, so that a request can be changed and sent again.
fn input(docs: &Docs<'_>, name: &str, label: &str, hint: &str) -> AnyView {
    input_with(docs, name, [label, hint], "")
}

/// The same with a value where the address says nothing at all.
fn input_with(docs: &Docs<'_>, name: &str, words: [&str; 2], usual: &str) -> AnyView {
    let [label, hint] = words;
    let id = format!("try-{}", slug(name));
    let usual = if docs.web.request.query.is_empty() { usual } else { "" };
    let value = docs.web.request.query(name).unwrap_or(usual).to_owned();
    // Names of FHIR are code, names of ours are words.
    let label = if name == label { code::word(name) } else { label.to_owned().into_any() };
    view! {
        <div>
            <label class="usa-label" for=id.clone()>{label} " " <span class="usa-hint">{hint.to_owned()}</span></label>
            <input class="usa-input" id=id name=name.to_owned() value=value maxlength="500" autocomplete="off" spellcheck="false" />
        </div>
    }
    .into_any()
}

/// Includes that can find something; nothing is chosen at first.
fn choice(docs: &Docs<'_>, name: &str, includes: &[Include]) -> Option<AnyView> {
    let id = format!("try-{}", slug(name));
    let chosen = docs.web.request.query(name).unwrap_or_default();
    let option = |include: &Include| {
        let is_chosen = include.text == chosen;
        view! { <option value=include.text.clone() selected=is_chosen>{include.text.clone()}</option> }
    };
    let options: Vec<_> = includes.iter().filter(|include| include.applies).map(option).collect();
    (!options.is_empty()).then(|| {
        view! {
            <div>
                <label class="usa-label" for=id.clone()>{code::word(name)} " " <span class="usa-hint">{text::INCLUDE}</span></label>
                <select class="usa-select" id=id name=name.to_owned()>
                    <option value="">{text::NOTHING}</option>
                    {options}
                </select>
            </div>
        }
        .into_any()
    })
}

fn send(what: &'static str, label: &'static str) -> AnyView {
    view! { <button class="usa-button" type="submit" name=DO value=what>{label}</button> }.into_any()
}
