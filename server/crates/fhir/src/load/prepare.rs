//! Prepares a resource for writing: who owns it, whether it is too old, and its index entries.

use std::{collections::HashMap, sync::Arc};

use jiff::tz::TimeZone;
use model::partition::Environment;
use programs::{
    definitions::Definition,
    own::OwnBases,
    program::Program,
    resource::{Access, CutOff, Resource, Selection},
};
use serde_json::Value;

use super::{
    resource::{Owner, Parsed, Prepared, Refused},
    settle::Through,
    tombstone::Name,
};
use crate::{
    catalog::{Catalog, Indexed},
    index::{Entries, Outlook, Parameters, contained::kind_of, date::stated_end, reference::Target, values},
    sensitive::Labels,
};

/// What is known of each type that the program offers. Cheap to clone.
#[derive(Clone)]
pub struct Preparer(Arc<Plans>);

struct Plans {
    kinds: HashMap<String, KindPlan>,
    outlook: Outlook,
    labels: Labels,
}

struct KindPlan {
    kind: i64,
    parameters: Parameters,
    ownership: Ownership,
    cut_off: Option<CutOff>,
    selections: Vec<Selection>,
}

/// How the owner of a type's resources is found.
enum Ownership {
    Directory,
    Itself,
    /// The one Patient that this parameter finds.
    Patient(Arc<Definition>),
    /// The owners of what these parameters find.
    Of(Vec<Arc<Definition>>),
}

impl Preparer {
    pub fn new(program: &Program, environment: Environment, catalog: &Catalog) -> Self {
        let indexed = Indexed::of(program);
        let kinds = program.resources.iter().map(|resource| {
            let definitions: Vec<_> = indexed.kind(&resource.kind).cloned().collect();
            let plan = KindPlan {
                kind: catalog.kind_number(&resource.kind),
                ownership: ownership(program, resource, &definitions),
                parameters: definitions
                    .into_iter()
                    .map(|definition| (catalog.param(&resource.kind, &definition.code), definition))
                    .collect(),
                cut_off: resource.cut_off.clone(),
                selections: resource.variants.iter().filter_map(|variant| variant.selects.clone()).collect(),
            };
            (resource.kind.clone(), plan)
        });
        let contained = program.resources.iter().map(|resource| {
            let name = kind_of(&resource.kind);
            let parameters =
                indexed.kind(&name).map(|definition| (catalog.param(&name, &definition.code), definition.clone()));
            (resource.kind.clone(), parameters.collect())
        });
        let outlook = Outlook { contained: contained.collect(), own: program.own_bases(environment).clone() };
        Self(Arc::new(Plans { kinds: kinds.collect(), outlook, labels: Labels::of(program) }))
    }

    /// Whether the program offers the type.
    pub fn offers(&self, kind: &str) -> bool {
        self.0.kinds.contains_key(kind)
    }

    /// The type's number, if the program offers it.
    pub fn number(&self, kind: &str) -> Option<i64> {
        self.0.kinds.get(kind).map(|plan| plan.kind)
    }

    /// The types whose owner is the owner of their targets.
    pub fn through(&self) -> Through {
        let mut through = Through { categories: self.0.labels.count(), ..Through::default() };
        for plan in self.0.kinds.values() {
            if let Ownership::Of(definitions) = &plan.ownership {
                through.kinds.push(plan.kind);
                let points = |definition: &Arc<Definition>| definitions.iter().any(|one| one.code == definition.code);
                let params = plan.parameters.iter().filter(|(_, definition)| points(definition));
                through.params.extend(params.map(|(param, _)| *param));
            }
        }
        through
    }

    /// The bits of the labels of a resource's text.
    pub fn sensitive(&self, body: &str) -> i64 {
        self.0.labels.in_text(body)
    }

    /// Returns the reason if the resource is refused: its type is not offered, or it has no owner.
    pub fn prepare(&self, mut parsed: Parsed) -> Result<Prepared, Refused> {
        let plan = self.0.kinds.get(&parsed.kind).ok_or_else(|| format!("{} is not offered", parsed.kind))?;
        let mut owner = plan.owner(&parsed, &self.0.outlook.own)?;
        if let Owner::Others(targets) = &mut owner {
            targets.retain(|target| self.offers(&target.kind));
        }
        let cut_off = plan.cut_off.as_ref().filter(|cut_off| is_before(&parsed.value, cut_off));
        let withheld = cut_off.map(|cut_off| format!("from before {}, which is never returned", cut_off.since));
        let entries = match withheld {
            Some(_) => Entries::default(),
            None => Entries::of(&parsed.value, &plan.parameters, &self.0.outlook),
        };
        let guarded = plan.selections.iter().any(|selection| selects(selection, &parsed.value));
        let sensitive = self.0.labels.in_resource(&parsed.value);
        // It is large and not needed again.
        parsed.value = Value::Null;
        Ok(Prepared { kind: plan.kind, owner, guarded, sensitive, withheld, entries, parsed })
    }
}

fn ownership(program: &Program, resource: &Resource, definitions: &[Arc<Definition>]) -> Ownership {
    if resource.access == Access::Directory {
        return Ownership::Directory;
    }
    if resource.kind == "Patient" {
        return Ownership::Itself;
    }
    if let Some(patient) = definitions.iter().find(|definition| definition.code == "patient") {
        return Ownership::Patient(patient.clone());
    }
    let is_member = |kind: &String| program.resource(kind).is_some_and(|resource| resource.access == Access::Member);
    Ownership::Of(definitions.iter().filter(|definition| definition.targets.iter().any(is_member)).cloned().collect())
}

impl KindPlan {
    fn owner(&self, parsed: &Parsed, own: &OwnBases) -> Result<Owner, Refused> {
        match &self.ownership {
            Ownership::Directory => Ok(Owner::Directory),
            Ownership::Itself => Ok(Owner::Itself),
            Ownership::Patient(definition) => match &targets(&parsed.value, [definition], own)[..] {
                [Target::Local { id, .. }] => Ok(Owner::Patient(id.clone())),
                _ => Err(Refused::at(path(&parsed.kind, definition), "it is not one reference `Patient/id`")),
            },
            Ownership::Of(definitions) => {
                let targets = targets(&parsed.value, definitions, own);
                if targets.is_empty() {
                    Err("it does not belong to any member's data".to_owned().into())
                } else {
                    Ok(Owner::Others(targets.into_iter().filter_map(named).collect()))
                }
            }
        }
    }
}

fn named(target: Target) -> Option<Name> {
    match target {
        Target::Local { kind, id } => Some(Name { kind, id }),
        Target::Uri(_) => None,
    }
}

/// The first element that a parameter reads.
fn path(kind: &str, definition: &Definition) -> String {
    let steps = definition.branches.iter().take(1).flat_map(|branch| &branch.steps);
    steps.fold(kind.to_owned(), |path, step| format!("{path}.{step}"))
}

/// The distinct references that the parameters find in the resource.
fn targets<'a>(
    resource: &Value,
    definitions: impl IntoIterator<Item = &'a Arc<Definition>>,
    own: &OwnBases,
) -> Vec<Target> {
    let mut targets = Vec::new();
    for definition in definitions {
        let found = definition.branches.iter().flat_map(|branch| values(resource, branch));
        let found = found.filter_map(|value| Target::of(value.get("reference")?.as_str()?, own));
        targets.extend(found.filter(|target| match target {
            Target::Local { kind, .. } => definition.targets.contains(kind),
            Target::Uri(_) => false,
        }));
    }
    targets.sort();
    targets.dedup();
    targets
}

/// Whether the record ended before the day. A record without a date did not.
fn is_before(resource: &Value, cut_off: &CutOff) -> bool {
    let Ok(since) = cut_off.since.to_zoned(TimeZone::UTC) else { return false };
    let ends = |definition: &Arc<Definition>| {
        let branches = definition.branches.iter();
        branches
            .flat_map(|branch| values(resource, branch).into_iter().map(|value| (value, branch.datatype)))
            .filter_map(|(value, datatype)| stated_end(value, datatype))
            .max()
    };
    cut_off.by.iter().find_map(ends).is_some_and(|end| end <= since.timestamp().as_millisecond())
}

fn selects(selection: &Selection, resource: &Value) -> bool {
    let profiles = resource.pointer("/meta/profile").and_then(Value::as_array);
    let has_profile = profiles.is_some_and(|profiles| {
        profiles.iter().filter_map(Value::as_str).any(|profile| {
            profile
                .strip_prefix(selection.profile.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('|'))
        })
    });
    has_profile || has_type(resource, &selection.type_code)
}

fn has_type(resource: &Value, code: &str) -> bool {
    let concepts = resource.get("type").and_then(Value::as_array);
    let codings = concepts.into_iter().flatten().filter_map(|concept| concept.get("coding")?.as_array()).flatten();
    codings.filter_map(|coding| coding.get("code")?.as_str()).any(|found| found == code)
}
