//! Resources against each other and against their own examples.

use crate::{
    load::{key::Key, report::Report},
    program::Program,
    resource::{Interaction, Method, Resource},
};

pub fn check(program: &Program, report: &mut Report<'_>) {
    if program.resources.is_empty() {
        report.add(&Key::of("resources"), "must offer at least one resource");
    }
    for (index, resource) in program.resources.iter().enumerate() {
        let key = Key::of("resources").item(index);
        one(program, resource, &key, report);
        for (index, variant) in resource.variants.iter().enumerate() {
            let key = key.field("variants").item(index);
            group(program, &variant.group, &key, report);
            examples(program, &variant.examples, &key, report);
            methods(&variant.methods, &key, report);
            for (index, row) in variant.printed.iter().enumerate() {
                let code = row.name.split(' ').next().unwrap_or_default();
                if !code.starts_with('[') && resource.parameter(code).is_none() {
                    let message = format!("`{code}` is not offered for {}", resource.kind);
                    report.add(&key.field("parameters").item(index).field("name"), message);
                }
            }
        }
    }
    for (index, kind) in program.multiple_resource_search.iter().enumerate() {
        offered(program, kind, &Key::of("multiple_resource_search").item(index), report);
    }
    for (index, feed) in program.data_feeds.iter().enumerate() {
        let key = Key::of("data_feeds").item(index);
        for (index, kind) in feed.kinds.iter().enumerate() {
            offered(program, kind, &key.field("kinds").item(index), report);
        }
        if feed.business_days.is_some() == feed.calendar_days.is_some() {
            report.add(&key, "must have either `business_days` or `calendar_days`");
        }
    }
}

fn one(program: &Program, resource: &Resource, key: &Key, report: &mut Report<'_>) {
    group(program, &resource.group, key, report);
    examples(program, &resource.examples, key, report);
    methods(&resource.methods, key, report);
    if resource.interactions.is_empty() {
        report.add(&key.field("interactions"), "must name at least one interaction");
    }
    if !resource.offers(Interaction::Search) && resource.parameters.iter().any(|parameter| parameter.printed.is_some())
    {
        report.add(&key.field("parameters"), "are useless without the interaction `search`");
    }
    let names = resource.chains.iter().map(|chain| (key.field("chains"), chain.code.as_str()));
    let listed = resource.parameters.iter().map(|parameter| (key.field("parameters"), parameter.code.as_str()));
    report.repeated(listed.chain(names));
}

fn group(program: &Program, group: &str, key: &Key, report: &mut Report<'_>) {
    if program.groups.iter().all(|known| known.id != group) {
        report.add(&key.field("group"), format!("no group has the `id` `{group}`"));
    }
}

fn offered(program: &Program, kind: &str, key: &Key, report: &mut Report<'_>) {
    if program.resource(kind).is_none() {
        report.add(key, format!("`{kind}` is not offered"));
    }
}

fn methods(methods: &[Method], key: &Key, report: &mut Report<'_>) {
    for (index, method) in methods.iter().enumerate() {
        if !method.request.starts_with("GET ") && !method.request.starts_with("POST ") {
            report.add(&key.field("methods").item(index).field("request"), "must begin with `GET` or `POST`");
        }
    }
}

/// An example asks for an offered type by offered parameters.
fn examples(program: &Program, examples: &[String], key: &Key, report: &mut Report<'_>) {
    for (index, example) in examples.iter().enumerate() {
        if let Some(wrong) = fault(program, example) {
            report.add(&key.field("examples").item(index), wrong);
        }
    }
}

fn fault(program: &Program, example: &str) -> Option<String> {
    let (path, query) = example.split_once('?').unwrap_or((example, ""));
    let kind = path.split('/').next().unwrap_or_default();
    let Some(resource) = program.resource(kind) else { return Some(format!("`{kind}` is not offered")) };
    let names = query.split('&').filter(|pair| !pair.is_empty());
    let names = names.map(|pair| pair.split('=').next().unwrap_or_default().trim());
    let unknown = names.into_iter().find(|name| resource.parameter(name).is_none())?;
    Some(format!("`{unknown}` is not offered for {kind}"))
}
