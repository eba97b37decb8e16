//! Looks up the search table of a resource: parameters, chains, includes.

use std::{collections::BTreeMap, sync::Arc};

use super::{entry::ParameterEntry, key::Key, report::Report};
use crate::{
    definitions::{Definition, Definitions, ParameterKind},
    resource::{Include, Interaction, Link, Parameter, Printed, ReverseChain, Search},
};

/// What is needed to look up the words of one resource.
pub struct Lookup<'l, 'd> {
    pub definitions: &'l Definitions,
    /// The types that the program offers.
    pub offered: &'l [String],
    /// Of the resource.
    pub key: Key,
    pub report: &'l mut Report<'d>,
}

impl Lookup<'_, '_> {
    /// Reports a type that search knows nothing of.
    pub fn known(&mut self, kind: &str) {
        if self.definitions.kinds().all(|known| known != kind) {
            self.report.add(&self.key.field("kind"), format!("`{kind}` is not a resource type that search knows"));
        }
    }

    /// The listed parameters, then those that every search has.
    pub fn parameters(&mut self, kind: &str, entries: &[ParameterEntry], can: &[Interaction]) -> Vec<Parameter> {
        let key = self.key.field("parameters");
        self.report.repeated(entries.iter().enumerate().map(|(index, entry)| (key.item(index), entry.code.as_str())));
        let listed = entries.iter().enumerate();
        let mut parameters: Vec<Parameter> =
            listed.filter_map(|(index, entry)| self.parameter(kind, entry, &key.item(index))).collect();
        if can.contains(&Interaction::Search) {
            let missing = self.definitions.common().filter(|common| {
                is_everywhere(common) && parameters.iter().all(|parameter| parameter.code != common.code)
            });
            let missing: Vec<Parameter> = missing.map(unprinted).collect();
            parameters.extend(missing);
        }
        parameters
    }

    fn parameter(&mut self, kind: &str, entry: &ParameterEntry, key: &Key) -> Option<Parameter> {
        let search = match self.search(kind, entry.means.as_deref().unwrap_or(&entry.code)) {
            Ok(search) => search,
            Err(message) => {
                self.report.add(&key.field(if entry.means.is_some() { "means" } else { "code" }), message);
                return None;
            }
        };
        if entry.printed.is_none() && entry.name.is_some() {
            self.report.add(&key.field("name"), "a printed name needs its printed type in `printed`");
        }
        if entry.required && search.definition.kind == ParameterKind::Result {
            self.report
                .add(&key.field("required"), format!("`{}` selects nothing, so it cannot be required", entry.code));
        }
        let name = entry.name.as_ref().unwrap_or(&entry.code);
        Some(Parameter {
            code: entry.code.clone(),
            kind: search.definition.kind,
            printed: entry.printed.clone().map(|type_word| Printed { name: name.clone(), type_word }),
            required: entry.required,
            search,
        })
    }

    /// What `location.address-city` means on `kind`, or why it means nothing.
    fn search(&self, kind: &str, name: &str) -> Result<Search, String> {
        let Some((first, rest)) = name.split_once('.') else {
            let definition = self.definition(kind, name)?.clone();
            return Ok(Search { links: Vec::new(), definition });
        };
        let reference = self.definition(kind, first)?;
        if reference.kind != ParameterKind::Reference {
            return Err(format!("`{first}` of {kind} is not a reference, so nothing can be chained to it"));
        }
        let mut ends = reference.targets.iter().filter_map(|target| Some((target, self.search(target, rest).ok()?)));
        match (ends.next(), ends.next()) {
            (Some((to, search)), None) => Ok(search.after(Link { reference: reference.clone(), to: to.clone() })),
            (None, _) => Err(format!("`{rest}` is not a parameter of {}", reference.targets.join(" or "))),
            (Some(_), Some(_)) => Err(format!("`{name}` could mean several types: {}", reference.targets.join(", "))),
        }
    }

    fn definition(&self, kind: &str, code: &str) -> Result<&Arc<Definition>, String> {
        self.definitions.get(kind, code).ok_or_else(|| format!("`{code}` is not a search parameter of {kind}"))
    }

    pub fn chains(&mut self, kind: &str, entries: &BTreeMap<String, Vec<String>>) -> Vec<Parameter> {
        let mut chains = Vec::new();
        for (reference, ends) in entries {
            for (index, end) in ends.iter().enumerate() {
                let code = format!("{reference}.{end}");
                match self.search(kind, &code) {
                    Ok(search) => chains.push(Parameter {
                        code,
                        kind: search.definition.kind,
                        search,
                        printed: None,
                        required: false,
                    }),
                    Err(message) => self.report.add(&self.key.field("chains").field(reference).item(index), message),
                }
            }
        }
        chains
    }

    pub fn reverse_chains(&mut self, kind: &str, entries: &[String]) -> Vec<ReverseChain> {
        let mut chains = Vec::new();
        for (index, text) in entries.iter().enumerate() {
            match self.reverse_chain(kind, text) {
                Ok(chain) => chains.push(chain),
                Err(message) => self.report.add(&self.key.field("reverse_chains").item(index), message),
            }
        }
        chains
    }

    fn reverse_chain(&self, kind: &str, text: &str) -> Result<ReverseChain, String> {
        let [source, reference, parameter] = text.split(':').collect::<Vec<_>>()[..] else {
            return Err(format!("`{text}` is not `Type:reference:parameter`"));
        };
        let reference = self.definition(source, reference)?;
        if !reference.targets.iter().any(|target| target == kind) {
            return Err(format!("`{}` of {source} never points at {kind}", reference.code));
        }
        let parameter = self.definition(source, parameter)?.clone();
        Ok(ReverseChain { text: text.to_owned(), kind: source.to_owned(), reference: reference.clone(), parameter })
    }

    pub fn includes(&mut self, kind: &str, entries: &[String]) -> Vec<Include> {
        let key = self.key.field("includes");
        let mut includes = self.each_include(&key, entries, false);
        for (index, include) in includes.iter_mut().enumerate() {
            include.applies = include.source == kind;
            if !include.applies {
                self.report.add(&key.item(index), format!("`{}` does not begin with {kind}", include.text));
            }
        }
        includes
    }

    /// Printed ones that can find nothing are kept, as the document lists them.
    pub fn rev_includes(&mut self, kind: &str, printed: &[String], guide: &[String]) -> Vec<Include> {
        let mut includes = self.each_include(&self.key.field("rev_includes"), printed, true);
        includes.extend(self.each_include(&self.key.field("rev_includes_of_guide"), guide, false));
        for include in &mut includes {
            let points_here = |reference: &Arc<Definition>| reference.targets.iter().any(|target| target == kind);
            include.applies =
                self.offered.contains(&include.source) && include.reference.as_ref().is_some_and(points_here);
        }
        includes
    }

    fn each_include(&mut self, key: &Key, entries: &[String], printed: bool) -> Vec<Include> {
        self.report.repeated(entries.iter().enumerate().map(|(index, text)| (key.item(index), text.as_str())));
        let mut includes = Vec::new();
        for (index, text) in entries.iter().enumerate() {
            match self.reference(text) {
                Ok((source, reference)) => {
                    let (text, source) = (text.clone(), source.to_owned());
                    includes.push(Include { text, source, reference, printed, applies: true });
                }
                Err(message) => self.report.add(&key.item(index), message),
            }
        }
        includes
    }

    /// `Type:code`, `Type:*`
    fn reference<'t>(&self, text: &'t str) -> Result<(&'t str, Option<Arc<Definition>>), String> {
        let Some((source, code)) = text.split_once(':') else {
            return Err(format!("`{text}` is not `Type:reference`"));
        };
        if code == "*" {
            return Ok((source, None));
        }
        let definition = self.definition(source, code)?;
        if definition.kind == ParameterKind::Reference {
            Ok((source, Some(definition.clone())))
        } else {
            Err(format!("`{code}` of {source} is not a reference"))
        }
    }
}

/// `_id`, `_lastUpdated` and all that shape the answer belong to every search (hl7.org/fhir/R4/search.html).
fn is_everywhere(definition: &Definition) -> bool {
    definition.kind == ParameterKind::Result || matches!(definition.code.as_str(), "_id" | "_lastUpdated")
}

fn unprinted(definition: &Arc<Definition>) -> Parameter {
    Parameter {
        code: definition.code.clone(),
        kind: definition.kind,
        search: Search { links: Vec::new(), definition: definition.clone() },
        printed: None,
        required: false,
    }
}
