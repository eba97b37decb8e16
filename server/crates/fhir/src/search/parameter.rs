//! One search parameter and its values, as a criterion.

use programs::{
    definitions::{Definition, ParameterKind},
    resource::{Interaction, Resource},
};

use super::{
    criterion::{Criterion, Direction, Link, Match, Table, Test},
    date, near, reference,
    request::{Context, supported},
    string, token, uri,
    value::{split, unescape},
};
use crate::{
    engine::reach,
    error::{Error, Result},
    sight::Seen,
};

/// The parameter's code as FHIR spells it, and what it asks.
pub fn parse(context: &Context, name: &str, value: &str) -> Result<(String, Criterion)> {
    if let Some(rest) = name.strip_prefix("_has:") {
        return Ok((name.to_owned(), reversed(context, name, rest, value)?));
    }
    let Path { path, types, modifier } = Path::of(name);
    let kind = &context.resource.kind;
    let unknown = || Error::UnknownParameter { name: path.clone(), supported: supported(context.resource) };
    let search = context.program.search(kind, &path).ok_or_else(unknown)?;
    if search.definition.kind == ParameterKind::Result {
        return Err(unknown());
    }
    let code = context.resource.parameter(&path).map_or_else(|| path.clone(), |parameter| parameter.code.clone());
    let mut links = Vec::new();
    let mut at = kind.as_str();
    for (index, link) in search.links.iter().enumerate() {
        let named = types.get(index).and_then(Option::as_ref);
        if let Some(named) = named.filter(|named| **named != link.to) {
            let reason = format!("`{named}` is not what `{}` refers to here", link.reference.code);
            return Err(Error::UnknownModifier { name: name.to_owned(), reason });
        }
        let param = context.catalog.param(at, &link.reference.code);
        links.push(self::link(context, param, Direction::Forward, &link.to)?);
        at = &link.to;
    }
    let sought = Sought { context, name, kind: at, definition: &search.definition, modifier: modifier.as_deref() };
    Ok((code, Criterion::new(links, sought.test(value)?)))
}

/// `PractitionerRole:practitioner:specialty` of `_has:…`.
fn reversed(context: &Context, name: &str, rest: &str, value: &str) -> Result<Criterion> {
    let mut parts = rest.splitn(4, ':');
    let path: Vec<&str> = parts.by_ref().take(3).collect();
    let offered = context.resource.reverse_chains.iter().map(|chain| format!("_has:{}", chain.text));
    let unknown = || Error::UnknownParameter { name: name.to_owned(), supported: offered.collect() };
    let Some(chain) = context.resource.reverse_chain(&path.join(":")) else { return Err(unknown()) };
    let param = context.catalog.param(&chain.kind, &chain.reference.code);
    let link = link(context, param, Direction::Reverse, &chain.kind)?;
    let sought = Sought { context, name, kind: &chain.kind, definition: &chain.parameter, modifier: parts.next() };
    Ok(Criterion::new(vec![link], sought.test(value)?))
}

/// A step to another type, which the authority must be able to search as well: a chain tells about its far end.
fn link(context: &Context, param: i64, direction: Direction, to: &str) -> Result<Link> {
    let resource: &Resource = reach(context.program, context.authority, to, Interaction::Search)?;
    let seen = Seen::of(context.authority, Interaction::Search, resource, context.patient);
    let kind = context.catalog.kind_number(to);
    // Nothing to see: a compartment that no resource is in.
    let seen = seen.unwrap_or(Seen::Compartment(-1));
    Ok(Link { param, direction, kind, seen: (seen != Seen::All).then_some(seen) })
}

/// A parameter's name taken apart: `patient:Patient.name:exact`.
struct Path {
    /// Without the types that may stand in it: `patient.name`.
    path: String,
    /// The type at the end of each step but the last, where one is named.
    types: Vec<Option<String>>,
    modifier: Option<String>,
}

impl Path {
    fn of(name: &str) -> Self {
        let mut taken = Self { path: String::new(), types: Vec::new(), modifier: None };
        for (index, step) in name.split('.').enumerate() {
            let (code, rest) = step.split_once(':').map_or((step, None), |(code, rest)| (code, Some(rest.to_owned())));
            if 0 < index {
                taken.path.push('.');
                taken.types.push(taken.modifier.take());
            }
            taken.path.push_str(code);
            taken.modifier = rest;
        }
        taken
    }
}

/// A parameter on the type at the end of a chain.
struct Sought<'a> {
    context: &'a Context<'a>,
    /// As it stands in the request, for messages.
    name: &'a str,
    kind: &'a str,
    definition: &'a Definition,
    modifier: Option<&'a str>,
}

impl Sought<'_> {
    fn test(&self, value: &str) -> Result<Test> {
        let catalog = self.context.catalog;
        let kind = catalog.kind_number(self.kind);
        match (self.definition.code.as_str(), self.modifier) {
            ("_id", None) => return Ok(Test::Id { kind, ids: split(value, ',').into_iter().map(unescape).collect() }),
            ("_lastUpdated", None) => {
                let matches = self.each(value, |text| date::parse(text, self.context.now))?;
                return Ok(Test::Updated { kind, matches });
            }
            ("_id" | "_lastUpdated", Some(_)) => return Err(self.unknown_modifier("it takes none")),
            _ => {}
        }
        let param = catalog.param(self.kind, &self.definition.code);
        let table = self.table()?;
        if self.modifier == Some("missing") {
            return match value {
                "true" => Ok(Test::Present { table, param, present: false }),
                "false" => Ok(Test::Present { table, param, present: true }),
                _ => Err(Error::parameter(self.name, "it is `true` or `false`")),
            };
        }
        let matches = self.matches(value)?;
        Ok(match self.modifier {
            Some("not") => Test::None { table, param, matches },
            _ => Test::Any { table, param, matches },
        })
    }

    fn table(&self) -> Result<Table> {
        match (self.definition.kind, self.modifier) {
            // The words beside codes, and the identifiers beside references, stand where such values do.
            (ParameterKind::Token, Some("text")) | (ParameterKind::String, _) => Ok(Table::String),
            (ParameterKind::Reference, Some("identifier")) | (ParameterKind::Token, _) => Ok(Table::Token),
            (ParameterKind::Reference, _) => Ok(Table::Reference),
            (ParameterKind::Date, _) => Ok(Table::Date),
            (ParameterKind::Uri, _) => Ok(Table::Canonical),
            (ParameterKind::Special, _) => Ok(Table::Position),
            (ParameterKind::Result, _) => Err(self.unknown_modifier("it selects nothing")),
        }
    }

    fn matches(&self, value: &str) -> Result<Vec<Match>> {
        let context = self.context;
        match (self.definition.kind, self.modifier) {
            (ParameterKind::String, modifier @ (None | Some("exact" | "contains"))) => {
                let mode = match modifier {
                    Some("exact") => string::Mode::Exact,
                    Some(_) => string::Mode::Contains,
                    None => string::Mode::Prefix,
                };
                self.each(value, |text| string::parse(&unescape(text), mode).map(Match::String))
            }
            (ParameterKind::Token, None | Some("not")) => {
                self.each(value, |text| token::parse(text, self.definition).map(Match::Token))
            }
            (ParameterKind::Token, Some("text")) => {
                self.each(value, |text| string::parse(&unescape(text), string::Mode::Prefix).map(Match::String))
            }
            (ParameterKind::Reference, Some("identifier")) => {
                self.each(value, |text| token::parse_identifier(text).map(Match::Token))
            }
            (ParameterKind::Reference, None) => self.references(value, &self.definition.targets),
            (ParameterKind::Reference, Some(kind)) if self.definition.targets.iter().any(|target| target == kind) => {
                self.references(value, &[kind.to_owned()])
            }
            (ParameterKind::Date, None) => self.each(value, |text| date::parse(text, context.now).map(Match::Date)),
            (ParameterKind::Uri, modifier @ (None | Some("below"))) => {
                self.each(value, |text| uri::parse(&unescape(text), modifier.is_some()).map(Match::Uri))
            }
            (ParameterKind::Special, None) => self.each(value, |text| near::parse(text).map(Match::Near)),
            (ParameterKind::String, _) => Err(self.unknown_modifier("`:exact`, `:contains` and `:missing` are")),
            (ParameterKind::Token, _) => Err(self.unknown_modifier("`:not`, `:text` and `:missing` are")),
            (ParameterKind::Reference, _) => Err(self.unknown_modifier("a type, `:identifier` and `:missing` are")),
            (ParameterKind::Uri, _) => Err(self.unknown_modifier("`:below` and `:missing` are")),
            (ParameterKind::Date | ParameterKind::Special, _) => Err(self.unknown_modifier("`:missing` is")),
            (ParameterKind::Result, _) => Err(self.unknown_modifier("it selects nothing")),
        }
    }

    fn references(&self, value: &str, targets: &[String]) -> Result<Vec<Match>> {
        let Sought { context, .. } = self;
        self.each(value, |text| {
            reference::parse(&unescape(text), context.base, targets, context.catalog).map(Match::Reference)
        })
    }

    /// Reads each of the values between commas.
    fn each<T>(&self, value: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>> {
        let values = split(value, ',').into_iter();
        values.map(|text| parse(text.trim()).map_err(|reason| Error::parameter(self.name, reason))).collect()
    }

    fn unknown_modifier(&self, reason: &str) -> Error {
        Error::UnknownModifier { name: self.name.to_owned(), reason: reason.to_owned() }
    }
}
