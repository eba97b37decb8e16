//! Reads a snapshot (hl7.org/fhir/R4/structuredefinition.html) into a tree of its requirements beyond R4.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::tree::{Node, Profile, Slice, Slicing, TypeUse};
use crate::{
    profile::slicing,
    terminology::{Expansion, Sources},
    types::Binding,
};

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

/// The state while the packages are read.
pub struct Context<'a> {
    pub package: usize,
    pub sources: Sources<'a>,
    /// The type of every profile, by URL.
    pub kinds: &'a HashMap<String, String>,
    pub expansions: HashMap<String, Option<Arc<Expansion>>>,
    /// What cannot be checked.
    pub notes: Vec<String>,
}

impl Context<'_> {
    /// `None` if the snapshot is missing or malformed.
    pub fn profile(&mut self, definition: &Value) -> Option<Profile> {
        let text = |name: &str| definition.get(name).and_then(Value::as_str);
        let elements = definition.pointer("/snapshot/element").and_then(Value::as_array)?;
        let raw = Raw::tree(elements)?;
        Some(Profile {
            url: text("url")?.to_owned(),
            version: text("version").unwrap_or_default().to_owned(),
            kind: text("type")?.to_owned(),
            package: self.package,
            root: self.node(&raw),
        })
    }

    fn node(&mut self, raw: &Raw<'_>) -> Node {
        let element = raw.element;
        let number = |parent: Option<&Value>, name: &str| {
            usize::try_from(parent.and_then(|parent| parent.get(name)).and_then(Value::as_u64).unwrap_or(0))
                .unwrap_or(0)
        };
        let base = element.get("base");
        let (min, max) = (number(Some(element), "min"), limit(Some(element)));
        // A slice is counted separately, so R4's limits for all values of the element do not matter to it.
        let is_slice = !raw.slice.is_empty();
        let mut node = Node {
            name: raw.name.to_owned(),
            slice: raw.slice.to_owned(),
            min: if is_slice || number(base, "min") < min { min } else { 0 },
            max: max.filter(|max| is_slice || limit(base).is_none_or(|base| *max < base)),
            types: self.types(element, raw.name),
            fixed: with_prefix(element, "fixed"),
            pattern: with_prefix(element, "pattern"),
            binding: self.binding(element),
            ..Node::default()
        };
        if node.max == Some(0) && !is_slice {
            // An element that is not allowed needs no other checks.
            return Node { types: Vec::new(), fixed: None, pattern: None, binding: None, ..node };
        }
        node.children = raw.children.iter().map(|child| self.node(child)).filter(|child| !child.is_idle()).collect();
        node.slicing = self.slicing(raw);
        node
    }

    fn slicing(&mut self, raw: &Raw<'_>) -> Option<Slicing> {
        let slicing = raw.element.get("slicing");
        let discriminators: Vec<(&str, &str)> = slicing
            .and_then(|slicing| slicing.get("discriminator")?.as_array())
            .into_iter()
            .flatten()
            .filter_map(|one| Some((one.get("type")?.as_str()?, one.get("path")?.as_str()?)))
            .collect();
        if raw.slices.is_empty() || discriminators.is_empty() {
            return None;
        }
        let rules = slicing.and_then(|slicing| slicing.get("rules")?.as_str());
        let slices = raw.slices.iter().map(|raw| {
            let node = self.node(raw);
            let tests = discriminators.iter().map(|(kind, path)| slicing::test(&node, kind, path)).collect();
            Slice { node, tests }
        });
        Some(Slicing { slices: slices.collect(), is_closed: rules == Some("closed") })
    }

    /// Only what may differ from R4: choices, profiles and the targets of references.
    fn types(&self, element: &Value, name: &str) -> Vec<TypeUse> {
        let types = element.get("type").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let uses: Vec<TypeUse> = types.iter().filter_map(|one| self.type_use(one)).collect();
        let says_more = |one: &TypeUse| !one.profiles.is_empty() || one.targets.is_some();
        if name.ends_with("[x]") || uses.iter().any(says_more) { uses } else { Vec::new() }
    }

    fn type_use(&self, one: &Value) -> Option<TypeUse> {
        let code = one.get("code")?.as_str()?.to_owned();
        let listed = |name: &str| -> Vec<String> {
            let list = one.get(name).and_then(Value::as_array).into_iter().flatten();
            list.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let targets = listed("targetProfile");
        let targets = if code == "Reference" && !targets.is_empty() {
            targets.iter().map(|target| self.kind(target)).collect::<Option<Vec<String>>>()
        } else {
            None
        };
        let targets = targets.filter(|targets| !targets.iter().any(|kind| kind == "Resource"));
        let is_more = |profile: &String| !profile.starts_with(CORE);
        Some(TypeUse { code, profiles: listed("profile").into_iter().filter(is_more).collect(), targets })
    }

    /// The type that a profile constrains.
    fn kind(&self, canonical: &str) -> Option<String> {
        let url = canonical.split('|').next().unwrap_or(canonical);
        match url.strip_prefix(CORE) {
            Some(kind) => Some(kind.to_owned()),
            None => self.kinds.get(url).cloned(),
        }
    }

    fn binding(&mut self, element: &Value) -> Option<Binding> {
        let binding = element
            .get("binding")
            .filter(|binding| binding.get("strength").and_then(Value::as_str) == Some("required"))?;
        let canonical = binding.get("valueSet")?.as_str()?;
        let url = canonical.split('|').next().unwrap_or(canonical);
        if !self.expansions.contains_key(url) {
            let expansion = self.sources.expand(url).map(Arc::new);
            let note = match &expansion {
                None => Some(format!("codes of {url}: the packages do not contain this value set")),
                Some(found) if !found.is_complete() => {
                    let mut systems: Vec<&str> = found.unknown_systems().collect();
                    systems.sort_unstable();
                    Some(format!("codes of {url} from systems that are not in the packages: {}", systems.join(", ")))
                }
                Some(_) => None,
            };
            self.notes.extend(note);
            self.expansions.insert(url.to_owned(), expansion);
        }
        let codes = self.expansions.get(url)?.clone()?;
        Some(Binding { url: url.to_owned(), codes })
    }
}

/// `max`; `None` is `*`.
fn limit(parent: Option<&Value>) -> Option<usize> {
    parent?.get("max")?.as_str()?.parse().ok()
}

/// `fixedUri`, `patternCodeableConcept`.
fn with_prefix(element: &Value, prefix: &str) -> Option<Value> {
    let members = element.as_object()?;
    let is_typed = |name: &str| {
        name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_uppercase()))
    };
    members.iter().find(|(name, _)| is_typed(name)).map(|(_, value)| value.clone())
}

/// R4's elements are less than half as deep.
const DEEPEST: usize = 32;

/// The elements of a snapshot by their ids: `Patient.extension:race.url`.
struct Raw<'a> {
    name: &'a str,
    slice: &'a str,
    element: &'a Value,
    children: Vec<Raw<'a>>,
    slices: Vec<Raw<'a>>,
}

impl<'a> Raw<'a> {
    fn tree(elements: &'a [Value]) -> Option<Self> {
        let mut root: Option<Self> = None;
        for element in elements {
            let id = element.get("id").or_else(|| element.get("path"))?.as_str()?;
            if DEEPEST < id.split('.').count() {
                continue;
            }
            let mut steps = id.split('.').skip(1).peekable();
            if steps.peek().is_none() {
                root = Some(Self { name: "", slice: "", element, children: Vec::new(), slices: Vec::new() });
            } else if let Some(root) = &mut root {
                root.add(element, steps);
            }
        }
        root
    }

    /// An element without its parent is left out.
    fn add(&mut self, element: &'a Value, mut steps: std::iter::Peekable<impl Iterator<Item = &'a str>>) {
        let Some(step) = steps.next() else { return };
        let (name, slice) = step.split_once(':').unwrap_or((step, ""));
        let is_last = steps.peek().is_none();
        let new = |slice| Self { name, slice, element, children: Vec::new(), slices: Vec::new() };
        let Some(place) = self.children.iter().position(|child| child.name == name) else {
            if is_last && slice.is_empty() {
                self.children.push(new(""));
            }
            return;
        };
        let child = &mut self.children[place];
        let target = match child.slices.iter().position(|one| one.slice == slice) {
            _ if slice.is_empty() => child,
            Some(place) => &mut child.slices[place],
            None => {
                if is_last {
                    child.slices.push(new(slice));
                }
                return;
            }
        };
        target.add(element, steps);
    }
}
