//! The OpenAPI document of each base as a page, read from the document that the base itself answers.

use std::collections::BTreeMap;

use ::fhir::openapi::document;
use leptos::prelude::*;
use model::partition::Environment;
use programs::surface::{Surface, SurfaceKind};
use serde_json::Value;

use super::{
    Docs,
    body::{Body, slug},
    code,
};
use crate::{
    components::table::Table,
    owner::launch,
    texts::{
        docs::{api::surface, openapi as text},
        registry::environment,
    },
};

/// The query parameter that chooses a base: its place in the list.
const CHOICE: &str = "base";

pub fn body(docs: &Docs<'_>) -> Body {
    let bases = bases(docs);
    let choice = docs.web.request.query(CHOICE).and_then(|choice| choice.parse::<usize>().ok()).unwrap_or_default();
    let shown = bases.get(choice).or_else(|| bases.first());
    let rows = bases.iter().enumerate().map(|(place, (within, base))| {
        let document = format!("{}/openapi.json", base.base());
        let page = view! { <a class="usa-link" href=format!("?{CHOICE}={place}")>{surface(base.kind)}</a> };
        let file = view! { <a class="usa-link breakable" href=document.clone()>{document.clone()}</a> };
        vec![page.into_any(), environment(*within).into_any(), file.into_any()]
    });
    let columns = vec![text::BASE, text::ENVIRONMENT, text::DOCUMENT];
    let begin = Body::new()
        .show(view! { <p>{text::INTRO}</p> <Table caption=text::BASES columns rows=rows.collect() /> })
        .section("values", text::VALUES)
        .show(view! { <p>{text::ABOUT_VALUES}</p> });
    let Some((_, base)) = shown else { return begin };
    let Some(described) = docs.web.services.described(base) else { return begin };
    let document = document(&described);
    let begin =
        begin.section("base", text::of_base(surface(base.kind))).show(view! { <p>{code::word(base.base())}</p> });
    by_tag(&document).into_iter().fold(begin, |body, (tag, operations)| {
        let id = format!("openapi-{}", slug(&tag));
        let operations = operations.into_iter().map(|operation| operation.view(&document)).collect_view();
        body.subsection(&id, tag).show(operations)
    })
}

/// Every base that answers FHIR, by environment. Those by host answer the same as those by path.
fn bases(docs: &Docs<'_>) -> Vec<(Environment, Surface)> {
    let places = docs
        .program
        .environments
        .iter()
        .flat_map(|info| [SurfaceKind::Fhir, SurfaceKind::Public].map(|kind| (info.environment, kind)));
    let first = |(within, kind)| {
        let base = launch::bases(docs.web, docs.program, kind, within).into_iter().next()?;
        Some((within, base))
    };
    let mut bases: Vec<(Environment, Surface)> = places.filter_map(first).collect();
    // One that serves both environments is listed once.
    let mut seen = std::collections::BTreeSet::new();
    bases.retain(|(_, base)| seen.insert(base.base().to_owned()));
    bases
}

struct Operation<'d> {
    method: &'d str,
    path: &'d str,
    content: &'d Value,
}

/// The operations of each tag, in the order of the document; those without one are of the base.
fn by_tag(document: &Value) -> Vec<(String, Vec<Operation<'_>>)> {
    let mut tags: BTreeMap<String, Vec<Operation<'_>>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, content) in methods.as_object().into_iter().flatten() {
            let tag = content["tags"][0].as_str().unwrap_or(text::WHOLE_BASE).to_owned();
            tags.entry(tag).or_default().push(Operation { method, path, content });
        }
    }
    let order = document["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str());
    let order: Vec<&str> = std::iter::once(text::WHOLE_BASE).chain(order).collect();
    order.into_iter().filter_map(|tag| tags.remove_entry(tag)).collect()
}

impl Operation<'_> {
    fn view(&self, document: &Value) -> AnyView {
        let parameters = self.content["parameters"].as_array().into_iter().flatten();
        let rows: Vec<_> = parameters.map(|parameter| row(resolve(document, parameter))).collect();
        let form = self.content["requestBody"]["content"]["application/x-www-form-urlencoded"].is_object();
        let responses = self.content["responses"].as_object().into_iter().flatten().map(|(status, response)| {
            let description = resolve(document, response)["description"].as_str().unwrap_or_default().to_owned();
            view! { <li><code>{status.clone()}</code>" "{code::words(&coded(&description))}</li> }
        });
        let responses = responses.collect_view();
        let scopes = self.content["security"].as_array().into_iter().flatten();
        let scopes: Vec<String> = scopes.filter_map(|one| Some(one["oauth"][0].as_str()?.to_owned())).collect();
        let scopes = (!scopes.is_empty()).then(|| view! { <p>{text::scopes(scopes.join(", "))}</p> });
        let columns = vec![text::PARAMETER, text::TYPE, text::REQUIRED];
        let table = (!rows.is_empty()).then(|| view! { <Table caption=text::PARAMETERS columns rows /> });
        let summary = self.content["summary"].as_str().unwrap_or_default().to_owned();
        view! {
            <details class="disclosure disclosure--small" id=self.content["operationId"].as_str().map(str::to_owned)>
                <summary><code>{format!("{} {}", self.method.to_uppercase(), self.path)}</code>" "{summary}</summary>
                {scopes}
                {form.then(|| view! { <p>{text::SAME_IN_FORM}</p> })}
                {table}
                <p>{text::RESPONSES}</p>
                <ul class="usa-list">{responses}</ul>
            </details>
        }
        .into_any()
    }
}

fn row(parameter: &Value) -> Vec<AnyView> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let schema = &parameter["schema"];
    let values = if schema["enum"].is_array() { &schema["enum"] } else { &schema["items"]["enum"] };
    let values: Vec<String> = values.as_array().into_iter().flatten().map(word).collect();
    let one = if schema["type"] == "array" { &schema["items"] } else { schema };
    let kind = if values.is_empty() { word(&one["type"]) } else { values.join(", ") };
    // Most are of the query.
    let place = (parameter["in"] != "query")
        .then(|| view! { " "<span class="usa-hint">{text::place(word(&parameter["in"]))}</span> });
    let required = if parameter["required"] == true { text::YES } else { text::NO };
    vec![
        view! { {code::word(word(&parameter["name"]))} {place} }.into_any(),
        view! { <span class="breakable">{kind}</span> }.into_any(),
        required.into_any(),
    ]
}

/// What a reference of the document names, or the value itself.
fn resolve<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let target = value["$ref"].as_str().and_then(|reference| document.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(value)
}

/// The document marks code as Markdown does.
fn coded(markdown: &str) -> String {
    let mut parts = markdown.split('`');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.enumerate().fold(first, |text, (place, part)| text + if place % 2 == 0 { "[" } else { "]" } + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_marks_as_code_is_in_brackets() {
        assert_eq!(coded("A Bundle of type `searchset`"), "A Bundle of type [searchset]");
        assert_eq!(coded("plain"), "plain");
    }

    #[test]
    fn a_reference_is_followed_within_the_document() {
        let document =
            serde_json::json!({ "components": { "a": { "name": "x" } }, "here": { "$ref": "#/components/a" } });
        assert_eq!(resolve(&document, &document["here"])["name"], "x");
        let missing = serde_json::json!({ "$ref": "#/nowhere" });
        assert_eq!(resolve(&document, &missing), &missing);
    }
}
