//! One search parameter and its values, as a criterion.

use programs::{
    definitions::{Definition, ParameterKind},
    path::Datatype,
    resource::{Interaction, Resource},
};

use super::{
    criterion::{Criterion, Direction, Link, Match, Table, Test, Way},
    date, near, reference,
    request::{Context, MOST_RANGES, MOST_SCANS, MOST_VALUES, supported},
    string, token, uri,
    value::{split, unescape},
};
use crate::{
    engine::reach,
    error::{Error, Result},
    index::contained::kind_of,
    sight::{NO_ONE, Seen},
    text::LONGEST,
};

/// The parameter's code as FHIR spells it, and the criterion.
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
    let mut chains = vec![Chain { links: Vec::new(), at: kind.clone() }];
    for (index, link) in search.links.iter().enumerate() {
        let named = types.get(index).and_then(Option::as_ref);
        if let Some(named) = named.filter(|named| **named != link.to) {
            let reason = format!("`{named}` is not a type that `{}` can refer to", link.reference.code);
            return Err(Error::UnknownModifier { name: name.to_owned(), reason });
        }
        let mut longer = Vec::new();
        for chain in chains {
            longer.extend(chain.on(context, link)?);
        }
        chains = longer;
    }
    // A contained resource has an id only within its container, and does not change by itself.
    let is_of_resources = matches!(search.definition.code.as_str(), "_id" | "_lastUpdated");
    let chains = chains.into_iter().filter(|chain| !(is_of_resources && chain.at.starts_with('#')));
    let way = |Chain { links, at }| {
        let sought = Sought { context, name, kind: &at, definition: &search.definition, modifier: modifier.as_deref() };
        Ok(Way::new(links, sought.test(value)?))
    };
    Ok((code, Criterion::any(chains.map(way).collect::<Result<_>>()?)))
}

/// Links, and the type at their end.
struct Chain {
    links: Vec<Link>,
    at: String,
}

impl Chain {
    /// Follows one more link: to resources and, if there are any, to those contained in the resource that refers to
    /// them.
    fn on(self, context: &Context, link: &programs::resource::Link) -> Result<Vec<Self>> {
        let param = context.catalog.param(&self.at, &link.reference.code);
        let mut longer = Vec::new();
        if let Some(kind) = context.catalog.contained(&link.to) {
            let inner = Link { param, direction: Direction::Forward, kind, seen: None, is_contained: true };
            let links = self.links.iter().cloned().chain([inner]).collect();
            longer.push(Self { links, at: kind_of(&link.to) });
        }
        let outer = self::link(context, param, Direction::Forward, &link.to)?;
        longer.insert(0, Self { links: self.links.into_iter().chain([outer]).collect(), at: link.to.clone() });
        Ok(longer)
    }
}

/// `_has:…`, of which `rest` is `PractitionerRole:practitioner:specialty`.
fn reversed(context: &Context, name: &str, rest: &str, value: &str) -> Result<Criterion> {
    let mut parts = rest.splitn(4, ':');
    let path: Vec<&str> = parts.by_ref().take(3).collect();
    let offered = context.resource.reverse_chains.iter().map(|chain| format!("_has:{}", chain.text));
    let unknown = || Error::UnknownParameter { name: name.to_owned(), supported: offered.collect() };
    let Some(chain) = context.resource.reverse_chain(&path.join(":")) else { return Err(unknown()) };
    let param = context.catalog.param(&chain.kind, &chain.reference.code);
    let link = link(context, param, Direction::Reverse, &chain.kind)?;
    let sought = Sought { context, name, kind: &chain.kind, definition: &chain.parameter, modifier: parts.next() };
    Ok(Way::new(vec![link], sought.test(value)?).into())
}

/// A step to another type, which the authority must be able to search as well, because a chain reveals its far end.
fn link(context: &Context, param: i64, direction: Direction, to: &str) -> Result<Link> {
    let resource: &Resource = reach(context.program, context.authority, to, Interaction::Search)?;
    let seen = Seen::of(context.authority, Interaction::Search, resource, context.patient);
    let kind = context.catalog.kind_number(to);
    // Nothing may be seen: a compartment that contains no resource.
    let seen = seen.unwrap_or(Seen::Compartment { patient: NO_ONE, withheld: 0 });
    Ok(Link { param, direction, kind, seen: (seen != Seen::All).then_some(seen), is_contained: false })
}

/// A parameter's name taken apart: `patient:Patient.name:exact`.
struct Path {
    /// Without the types that may occur in it: `patient.name`.
    path: String,
    /// The type at the end of each step except the last, if one is named.
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
    /// As written in the request, for messages.
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
            ("_id", None) => return Ok(Test::Id { kind, ids: ids(&self.values(value)?) }),
            ("_lastUpdated", None) => {
                let matches = self.each(value, |text| date::parse(text, self.context.now))?;
                return Ok(Test::Updated { kind, matches });
            }
            ("_id" | "_lastUpdated", Some("missing")) => return Ok(always(kind, !self.is_missing(value)?)),
            ("_id" | "_lastUpdated", Some(_)) => return Err(self.unknown_modifier("`:missing` is")),
            _ => {}
        }
        let param = catalog.param(self.kind, &self.definition.code);
        if self.modifier == Some("missing") {
            return Ok(Test::Present { tables: self.tables(), param, present: !self.is_missing(value)? });
        }
        let table = self.table()?;
        let matches = self.matches(value)?;
        Ok(match self.modifier {
            Some("not") => Test::None { table, param, matches },
            _ => Test::Any { table, param, matches },
        })
    }

    fn is_missing(&self, value: &str) -> Result<bool> {
        match value {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Error::parameter(self.name, "use `true` or `false`")),
        }
    }

    fn table(&self) -> Result<Table> {
        match (self.definition.kind, self.modifier) {
            // The words that accompany codes, and the identifiers in references, are indexed as such values are.
            (ParameterKind::Token, Some("text")) => Ok(Table::String),
            (ParameterKind::Reference, Some("identifier")) => Ok(Table::Token),
            (ParameterKind::Result, _) => Err(self.unknown_modifier("it selects nothing")),
            _ => Ok(self.tables()[0]),
        }
    }

    /// The tables that can hold values of the parameter: what some modifier finds is not missing. Values that no search
    /// can name are among the strings.
    fn tables(&self) -> &'static [Table] {
        match self.definition.kind {
            ParameterKind::Token => &[Table::Token, Table::String],
            ParameterKind::Reference => &[Table::Reference, Table::Token, Table::String],
            ParameterKind::Date => &[Table::Date, Table::String],
            ParameterKind::Uri => &[Table::Canonical, Table::String],
            ParameterKind::Special => &[Table::Position, Table::String],
            ParameterKind::String | ParameterKind::Result => &[Table::String],
        }
    }

    fn matches(&self, value: &str) -> Result<Vec<Match>> {
        let context = self.context;
        match (self.definition.kind, self.modifier) {
            (ParameterKind::String, None) if self.is_person() => {
                let matches = self.each(value, |text| Ok(string::parse_person(&unescape(text))))?;
                Ok(matches.into_iter().flatten().map(Match::String).collect())
            }
            (ParameterKind::String, modifier @ (None | Some("exact"))) => {
                let mode = if modifier.is_none() { string::Mode::Prefix } else { string::Mode::Exact };
                self.each(value, |text| Ok(Match::String(string::parse(&unescape(text), mode))))
            }
            (ParameterKind::String, Some("contains")) => {
                let matches = self.each(value, |text| Ok(string::parse(&unescape(text), string::Mode::Contains)))?;
                Ok(vec![Match::String(string::Match::within_one(matches))])
            }
            (ParameterKind::Token, None | Some("not")) => {
                Ok(tokens(self.each(value, |text| token::parse(text, self.definition))?))
            }
            (ParameterKind::Token, Some("text")) => {
                self.each(value, |text| Ok(Match::String(string::parse(&unescape(text), string::Mode::Prefix))))
            }
            (ParameterKind::Reference, Some("identifier")) => Ok(tokens(self.each(value, token::parse_identifier)?)),
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
        let matches = self.each(value, |text| reference::parse(&unescape(text), self.context, targets))?;
        Ok(if matches.len() <= FEW {
            matches.into_iter().map(Match::Reference).collect()
        } else {
            reference::Many::of(matches).into_iter().map(Match::References).collect()
        })
    }

    /// Whether it is about people's names.
    fn is_person(&self) -> bool {
        self.definition.branches.iter().any(|branch| branch.datatype == Datatype::HumanName)
    }

    /// Parses each of the values between commas.
    fn each<T>(&self, value: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>> {
        let values = self.values(value)?.into_iter();
        values.map(|text| parse(text).map_err(|reason| Error::parameter(self.name, reason))).collect()
    }

    /// The values between commas, without empty ones.
    fn values<'v>(&self, value: &'v str) -> Result<Vec<&'v str>> {
        let values: Vec<&str> = split(value, ',').into_iter().map(str::trim).filter(|text| !text.is_empty()).collect();
        let most = match (self.definition.kind, self.modifier) {
            (ParameterKind::Token, None | Some("not")) | (ParameterKind::Reference, _) => MOST_VALUES,
            // Each of these scans everything.
            (ParameterKind::Special, _) | (_, Some("contains" | "below")) => MOST_SCANS,
            _ => MOST_RANGES,
        };
        if most < values.len() {
            let (name, count) = (self.name, values.len());
            return Err(Error::TooCostly(format!("`{name}` has {count} values; at most {most} are allowed")));
        }
        let is_string = self.definition.kind == ParameterKind::String || self.modifier == Some("text");
        if is_string && values.iter().any(|text| LONGEST < unescape(text).chars().count()) {
            let name = self.name;
            return Err(Error::TooCostly(format!(
                "a string can have at most {LONGEST} characters; one in `{name}` has more"
            )));
        }
        Ok(values)
    }

    fn unknown_modifier(&self, reason: &str) -> Error {
        Error::UnknownModifier { name: self.name.to_owned(), reason: reason.to_owned() }
    }
}

/// Up to this many values are tested against the index one by one.
const FEW: usize = 16;

fn tokens(matches: Vec<token::Match>) -> Vec<Match> {
    if matches.len() <= FEW {
        return matches.into_iter().map(Match::Token).collect();
    }
    let (many, rest) = token::Many::of(matches);
    many.into_iter().map(Match::Tokens).chain(rest.into_iter().map(Match::Token)).collect()
}

/// An id is a code without a system (hl7.org/fhir/R4/search.html#token).
fn ids(values: &[&str]) -> Vec<String> {
    let ids = values.iter().filter_map(|text| match split(text, '|')[..] {
        [id] | ["", id] => Some(unescape(id)),
        _ => None,
    });
    // No resource has an empty id.
    let ids: Vec<String> = ids.collect();
    if ids.is_empty() { vec![String::new()] } else { ids }
}

/// A test that every resource of the type meets, or none.
fn always(kind: i64, is_met: bool) -> Test {
    let nothing = vec![Match::String(string::Match::Nothing)];
    if is_met {
        Test::None { table: Table::String, param: kind, matches: nothing }
    } else {
        Test::Id { kind, ids: ids(&[]) }
    }
}
