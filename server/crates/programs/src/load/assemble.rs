//! From keys to a program: codes become definitions, names become links.

use std::collections::BTreeMap;

use model::partition::ProgramId;

use super::{
    entry::{ProgramEntry, ResourceEntry, VariantEntry},
    key::Key,
    parameters::Lookup,
    report::Report,
};
use crate::{
    definitions::{Definitions, ParameterKind},
    program::Program,
    resource::{CutOff, Printed, Resource, Variant},
};

/// The program of `entry`. What cannot be looked up is reported and left out.
pub fn program(id: ProgramId, entry: ProgramEntry, definitions: &Definitions, report: &mut Report<'_>) -> Program {
    let offered: Vec<String> = entry.resources.iter().map(|resource| resource.kind.clone()).collect();
    let resources = entry.resources.into_iter().enumerate().map(|(index, resource)| {
        let key = Key::of("resources").item(index);
        build(resource, &mut Lookup { definitions, offered: &offered, key, report })
    });
    Program {
        resources: resources.collect(),
        id,
        name: entry.name,
        title: entry.title,
        path: entry.path,
        tagline: entry.tagline,
        region: entry.region,
        time_zone: entry.time_zone.unwrap_or_else(|| entry.support.hours.time_zone.clone()),
        api_version: entry.api_version,
        fhir_version: entry.fhir_version,
        features: entry.features,
        documentation: entry.documentation,
        quality: entry.quality,
        sections: entry.sections,
        environments: entry.environments,
        payers: entry.payers,
        bases: entry.bases,
        own_bases: BTreeMap::new(),
        scopes: entry.scopes,
        sensitive: entry.sensitive,
        lifetimes: entry.lifetimes,
        refresh_rotation: entry.refresh_rotation,
        unknown_scopes: entry.unknown_scopes,
        refresh_without_offline_access: entry.refresh_without_offline_access,
        two_person_review: entry.two_person_review,
        native_apps: entry.native_apps,
        paging: entry.paging,
        guides: entry.guides,
        validator: entry.validator,
        groups: entry.groups,
        multiple_resource_search: entry.multiple_resource_search,
        support: entry.support,
        data_feeds: entry.data_feeds,
        sandbox: entry.sandbox,
        registration: entry.registration,
        guidelines: entry.guidelines,
        terms: entry.terms,
        disclaimers: entry.disclaimers,
        release_notes: entry.release_notes,
        changes: entry.changes,
        copyright: entry.copyright,
    }
}

fn build(entry: ResourceEntry, lookup: &mut Lookup<'_, '_>) -> Resource {
    lookup.known(&entry.kind);
    let kind = entry.kind.as_str();
    Resource {
        parameters: lookup.parameters(kind, &entry.parameters, &entry.interactions),
        chains: lookup.chains(kind, &entry.chains),
        reverse_chains: lookup.reverse_chains(kind, &entry.reverse_chains),
        includes: lookup.includes(kind, &entry.includes),
        rev_includes: lookup.rev_includes(kind, &entry.rev_includes, &entry.rev_includes_of_guide),
        cut_off: cut_off(&entry, lookup),
        kind: entry.kind,
        access: entry.access,
        group: entry.group,
        title: entry.title,
        source: entry.source,
        future: entry.future,
        text: entry.text,
        notes: entry.notes,
        interactions: entry.interactions,
        granted_with: entry.granted_with,
        profiles: entry.profiles,
        methods: entry.methods,
        examples: entry.examples,
        variants: entry.variants.into_iter().map(variant).collect(),
    }
}

fn cut_off(entry: &ResourceEntry, lookup: &mut Lookup<'_, '_>) -> Option<CutOff> {
    let cut_off = entry.cut_off.as_ref()?;
    let key = lookup.key.field("cut_off").field("by");
    let mut by = Vec::new();
    for (index, code) in cut_off.by.iter().enumerate() {
        match lookup.definitions.get(&entry.kind, code) {
            Some(definition) if definition.kind == ParameterKind::Date => by.push(definition.clone()),
            _ => lookup.report.add(&key.item(index), format!("`{code}` is not a date parameter of {}", entry.kind)),
        }
    }
    Some(CutOff { since: cut_off.since, by })
}

fn variant(entry: VariantEntry) -> Variant {
    let printed = |row: super::entry::PrintedEntry| Printed { name: row.name, type_word: row.printed };
    Variant {
        printed: entry.parameters.into_iter().map(printed).collect(),
        name: entry.name,
        title: entry.title,
        source: entry.source,
        group: entry.group,
        future: entry.future,
        text: entry.text,
        notes: entry.notes,
        selects: entry.selects,
        methods: entry.methods,
        examples: entry.examples,
    }
}
