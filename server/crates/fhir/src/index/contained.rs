//! Resources within resources (hl7.org/fhir/R4/references.html#contained). No search returns them by themselves, but
//! chains look into them (hl7.org/fhir/R4/search.html#contained): the indexes hold each as a type of its own, whose
//! name starts with `#`, under the container's id and its own.

use programs::definitions::Definition;
use serde_json::Value;

use super::{Entries, Outlook, Place, each, reference::Target, text};

/// The index entries of one of them.
#[derive(Debug)]
pub struct Contained {
    /// `#Practitioner`
    pub kind: String,
    /// `role-1#doctor`
    pub id: String,
    pub entries: Entries,
}

/// The type under which contained resources of this type are indexed.
pub fn kind_of(kind: &str) -> String {
    format!("#{kind}")
}

pub(super) fn read(resource: &Value, outlook: &Outlook) -> Vec<Contained> {
    let mut found = Vec::new();
    let Some(container) = text(resource, "id") else { return found };
    each(resource.get("contained"), &mut |contained| {
        let (Some(kind), Some(id)) = (text(contained, "resourceType"), text(contained, "id")) else { return };
        let Some(parameters) = outlook.contained.get(kind) else { return };
        let entries = Entries::within(resource, contained, parameters, outlook);
        found.push(Contained { kind: kind_of(kind), id: name(container, id), entries });
    });
    found
}

/// The target of a reference to a contained resource, if the parameter accepts its type.
pub(super) fn target(place: &Place<'_>, value: &Value, definition: &Definition) -> Option<Target> {
    let reference = text(value, "reference")?;
    let kind = kind(place.container, reference).filter(|kind| definition.targets.contains(kind))?;
    if !place.outlook.contained.contains_key(&kind) {
        return None;
    }
    let id = name(text(place.container, "id")?, reference.strip_prefix('#')?);
    Some(Target::Local { kind: kind_of(&kind), id })
}

/// The type of the contained resource that a reference such as `#doctor` names.
pub(super) fn kind(container: &Value, reference: &str) -> Option<String> {
    let id = reference.strip_prefix('#')?;
    let mut found = None;
    each(container.get("contained"), &mut |contained| {
        if text(contained, "id") == Some(id) {
            found = text(contained, "resourceType").map(str::to_owned);
        }
    });
    found
}

fn name(container: &str, id: &str) -> String {
    format!("{container}#{id}")
}
