//! A page for each group of resources, and one for each resource: its requests, its search table as printed, and what the
//! guide adds.

use leptos::prelude::*;
use programs::{
    program::Program,
    resource::{Access, Group, Include, Interaction, Method, Parameter, Printed, Resource, Variant},
    surface::SurfaceKind,
};

use super::{
    Docs,
    body::{Body, MarkKind, row_name, slug},
    chapters::Entry,
    code, quick_start, try_it,
};
use crate::{
    components::{marked::linked, table::Table},
    texts::docs::{
        api as text,
        try_it::{RUN, TRY},
    },
};

/// What the resources of a group have in common; `entries` are their pages.
pub fn group(docs: &Docs<'_>, group: &Group, entries: &[Entry<'_>]) -> Body {
    let program = docs.program;
    let own = entries.iter().filter_map(|entry| Some((entry, entry.resource()?)));
    let own = own.filter(|(entry, _)| entry.group() == Some(group.id.as_str()));
    let row = |(entry, resource): (&Entry<'_>, &Resource)| {
        let link = view! { <a class="usa-link" href=docs.chapter(&entry.slug)>{entry.title.clone()}</a> };
        vec![link.into_any(), entry.source().into_any(), text::whose(resource.access).into_any()]
    };
    let rows: Vec<_> = own.map(row).collect();
    let is_directory = program.resources.iter().any(|it| it.group == group.id && it.access == Access::Directory);
    let kinds = program.multiple_resource_search.iter().map(|kind| view! { <li>{code::word(kind.clone())}</li> });
    let kinds = kinds.collect_view();
    let columns = vec![text::RESOURCE, text::GUIDE, text::WHOSE];
    let body = Body::new()
        .paragraphs(&group.notes)
        .section("resources", text::RESOURCES)
        .show(view! { <Table caption=text::RESOURCES columns rows /> });
    let body = if is_directory && !program.multiple_resource_search.is_empty() {
        body.section("multiple-resources", text::MULTIPLE)
            .show(view! { <p>{text::ABOUT_MULTIPLE}</p> <ul class="usa-list">{kinds}</ul> })
    } else {
        body
    };
    body.section("limits", text::LIMITS)
        .show(view! { <p>{fhir::search::request::limits()}</p> })
        .section("changes", text::CHANGES)
        .show(view! { <p>{code::words(text::ABOUT_CHANGES)}</p> })
}

pub fn resource(docs: &Docs<'_>, resource: &Resource) -> Body {
    let since = resource.cut_off.as_ref().map(|cut_off| view! { <p>{text::records_since(cut_off.since)}</p> });
    let required = resource.required().map(|parameter| {
        view! { <p>{text::required(parameter.code.as_str(), resource.kind.as_str())}</p> }
    });
    let required = required.collect_view();
    let body = Body::new()
        .show(source(&resource.source, resource.future))
        .show(view! { <p>{resource.text.clone()}</p> })
        .show(since)
        .paragraphs(&resource.notes)
        .show(scopes(docs.program, resource))
        .section("requests", text::REQUESTS)
        .show(methods(&resource.methods))
        .show(bases(docs, resource));
    let printed: Vec<&Parameter> = resource.parameters.iter().filter(|parameter| parameter.printed.is_some()).collect();
    let body = if printed.is_empty() && resource.parameters.is_empty() {
        body
    } else {
        body.section("search-parameters", text::SEARCH_PARAMETERS).show(required)
    };
    let body = printed_table(body, resource, &printed);
    let reverses = resource.rev_includes.iter().any(|include| include.printed);
    let is_shown =
        |parameter: &&Parameter| parameter.printed.is_some() || (reverses && parameter.code == "_revinclude");
    let also: Vec<&Parameter> = resource.parameters.iter().filter(|parameter| !is_shown(parameter)).collect();
    let body = also_table(body, resource, &also.into_iter().chain(&resource.chains).collect::<Vec<_>>());
    let body = includes(body, "include", [text::INCLUDE, text::ABOUT_INCLUDE], resource.includes.iter());
    let unprinted = resource.rev_includes.iter().filter(|include| !include.printed);
    let body = includes(body, "reverse-include", [text::REVERSE_INCLUDE, text::ABOUT_REVERSE_INCLUDE], unprinted);
    let body = profiles(examples(docs, body, &resource.kind, &resource.examples), resource);
    let to = quick_start::is_for(docs.program).then(|| try_it::address(docs, &resource.kind));
    let link = to.map(|to| view! { <p><a class="usa-button usa-button--outline" href=to>{TRY}</a></p> });
    body.show(link)
}

/// Another printed section about the type.
pub fn variant(docs: &Docs<'_>, resource: &Resource, variant: &Variant) -> Body {
    let row = |printed: &Printed| {
        let id = format!("parameter-{}", slug(&printed.name));
        vec![row_name(id, printed.name.clone()), printed.type_word.clone().into_any()]
    };
    let rows = variant.printed.iter().map(row).collect();
    let see = text::see(resource.title.as_str());
    let caption = text::parameters_of(variant.title.as_str());
    let body = Body::new()
        .show(source(&variant.source, variant.future))
        .show(view! { <p>{variant.text.clone()}</p> })
        .paragraphs(&variant.notes)
        .section("requests", text::REQUESTS)
        .show(methods(&variant.methods))
        .show(bases(docs, resource))
        .section("search-parameters", text::SEARCH_PARAMETERS)
        .show(view! { <p>{linked(&see, docs.chapter(&resource.kind))}</p> })
        .show(view! { <Table caption columns=vec![text::NAME, text::TYPE] rows /> });
    let mark = |body: Body, printed: &Printed| {
        let id = format!("parameter-{}", slug(&printed.name));
        body.mark(MarkKind::Parameter, &id, printed.name.clone(), variant.title.clone())
    };
    examples(docs, variant.printed.iter().fold(body, mark), &resource.kind, &variant.examples)
}

fn source(guide: &str, future: bool) -> impl IntoView + use<> {
    let future = future.then_some(text::FUTURE);
    view! { <p class="usa-intro">{text::source(guide)} {future}</p> }
}

/// The scopes that open it; context scopes open nothing.
fn scopes(program: &Program, resource: &Resource) -> Option<impl IntoView + use<>> {
    let opens = |word: &str| word == resource.kind || resource.granted_with.iter().any(|kind| kind == word);
    let opening = program.scopes.iter().filter(|scope| scope.resource().is_some_and(opens));
    let names: Vec<&str> = opening.map(|scope| scope.name.as_str()).collect();
    (!names.is_empty()).then(|| view! { <p>{text::needs(names.join(text::OR))}</p> })
}

fn methods(methods: &[Method]) -> impl IntoView + use<> {
    let one = |method: &Method| {
        let title = match method.interaction {
            Interaction::Read => text::READ,
            Interaction::Vread => text::VREAD,
            Interaction::Search => text::SEARCH,
        };
        code::titled(title, method.request.clone())
    };
    methods.iter().map(one).collect_view()
}

/// What `[base]` means here.
fn bases(docs: &Docs<'_>, resource: &Resource) -> impl IntoView + use<> {
    let environment = docs.first_environment();
    let fhir = docs.base(SurfaceKind::Fhir, environment);
    let public = docs.program.bases.iter().find(|base| base.kind == SurfaceKind::Public);
    let public = public.filter(|_| resource.access == Access::Directory);
    let public = public.and_then(|base| Some(docs.base(SurfaceKind::Public, *base.environments.first()?)));
    let bases = [Some(fhir), public].into_iter().flatten().map(|base| view! { <li>{code::word(base)}</li> });
    view! { <p>{text::BASE_IS}</p> <ul class="usa-list">{bases.collect_view()}</ul> }
}

/// The table as the program's document prints it, reverse includes among its rows.
fn printed_table(body: Body, resource: &Resource, printed: &[&Parameter]) -> Body {
    let name =
        |parameter: &Parameter| parameter.printed.as_ref().map(|printed| printed.name.clone()).unwrap_or_default();
    let id = |parameter: &Parameter| format!("parameter-{}", slug(&parameter.code));
    let row = |parameter: &&Parameter| {
        let type_word = parameter.printed.as_ref().map(|printed| printed.type_word.clone()).unwrap_or_default();
        let note = if parameter.required { text::REQUIRED_PARAMETER } else { "" };
        vec![row_name(id(parameter), name(parameter)), type_word.into_any(), note.into_any()]
    };
    let reverse: Vec<&Include> = resource.rev_includes.iter().filter(|include| include.printed).collect();
    let reverse = (!reverse.is_empty()).then(|| {
        let lines = reverse.iter().map(|include| view! { {code::word(include.text.clone())}<br/> }).collect_view();
        let name = row_name("parameter-revinclude".to_owned(), "_revinclude");
        vec![name, lines.into_any(), text::FOR_REVERSE_INCLUDE.into_any()]
    });
    let rows: Vec<_> = printed.iter().map(row).chain(reverse).collect();
    if rows.is_empty() {
        return body;
    }
    let caption = text::parameters_of(resource.title.as_str());
    let body = body.show(view! { <Table caption columns=vec![text::NAME, text::TYPE, text::NOTE] rows /> });
    let mark = |body: Body, parameter: &&Parameter| {
        body.mark(MarkKind::Parameter, &id(parameter), name(parameter), resource.title.clone())
    };
    printed.iter().fold(body, mark)
}

/// What the implementation guide adds to the printed table.
fn also_table(body: Body, resource: &Resource, also: &[&Parameter]) -> Body {
    if also.is_empty() {
        return body;
    }
    let id = |parameter: &Parameter| format!("parameter-{}", slug(&parameter.code));
    let row = |parameter: &&Parameter| {
        let kind = text::parameter_type(parameter.kind);
        vec![row_name(id(parameter), parameter.code.clone()), kind.into_any()]
    };
    let rows = also.iter().map(row).collect();
    let body = body
        .subsection("guide-parameters", text::ALSO)
        .show(view! { <p>{text::ABOUT_ALSO}</p> })
        .show(view! { <Table caption=text::ALSO columns=vec![text::NAME, text::TYPE] rows /> });
    let mark = |body: Body, parameter: &&Parameter| {
        body.mark(MarkKind::Parameter, &id(parameter), parameter.code.clone(), resource.title.clone())
    };
    also.iter().fold(body, mark)
}

fn includes<'i>(body: Body, id: &str, words: [&'static str; 2], includes: impl Iterator<Item = &'i Include>) -> Body {
    let items: Vec<_> = includes.map(|include| view! { <li>{code::word(include.text.clone())}</li> }).collect();
    if items.is_empty() {
        return body;
    }
    let [title, about] = words;
    body.section(id, title).show(view! { <p>{about}</p> <ul class="usa-list">{items}</ul> })
}

/// The printed examples, each with a link that sends it.
fn examples(docs: &Docs<'_>, body: Body, kind: &str, examples: &[String]) -> Body {
    let block = |example: &String| {
        let run = try_it::example(docs, kind, example).map(|to| {
            let name = view! { <span class="usa-sr-only">{example.clone()}</span> };
            view! { <p class="docs-run"><a class="usa-link" rel="nofollow" href=to>{RUN} " " {name}</a></p> }
        });
        view! { {code::block(format!("GET [base]/{example}"))} {run} }
    };
    let blocks: Vec<_> = examples.iter().map(block).collect();
    if blocks.is_empty() { body } else { body.section("examples", text::EXAMPLES).show(blocks) }
}

fn profiles(body: Body, resource: &Resource) -> Body {
    let items = resource.profiles.iter().map(|profile| view! { <li>{code::word(profile.clone())}</li> });
    let items: Vec<_> = items.collect();
    body.section("profiles", text::PROFILES).show(view! { <ul class="usa-list">{items}</ul> })
}
