//! A search request taken apart: what is sought, what the answer looks like, and what was left out of account.

use jiff::Timestamp;
use programs::{
    own::OwnBases,
    program::Program,
    resource::{Interaction, Resource},
};

use super::{
    criterion::Criterion,
    include::{self, Includes, Reach},
    link::encode,
    parameter,
    shape::Shape,
    sort::{self, By, MOST_KEYS, SortKey},
    value::split,
};
use crate::{
    authority::Authority,
    catalog::Catalog,
    error::{Error, Result},
    subset::Subset,
    text::LONGEST,
};

/// A search by GET or POST.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The service base, for links: `http://127.0.0.1:3000/fhir/idaho/R4`.
    pub base: &'a str,
    /// The type searched for.
    pub kind: &'a str,
    /// Decoded, in their order.
    pub parameters: &'a [(String, String)],
    /// `Prefer: handling=lenient`: what is not supported is left out of account.
    pub is_lenient: bool,
}

/// What one request may ask for; [`limits`] says so.
const MOST_PARAMETERS: usize = 100;
const MOST_CRITERIA: usize = 20;
/// Bytes of a parameter.
const LONGEST_VALUE: usize = 131_072;
/// Ids, codes and references in a list, and all values of a request together.
pub const MOST_VALUES: usize = 1_000;
const MOST_VALUES_IN_ALL: usize = 2_000;
/// Values in a list each of which is a range: strings, dates.
pub const MOST_RANGES: usize = 100;
/// Values in a list for which everything is looked through: `:contains`, `:below`, `near`.
pub const MOST_SCANS: usize = 10;

/// Bytes of an address after `?`, as far as servers and proxies all take them.
pub const LONGEST_QUERY: usize = 16_384;
/// Bytes of a form or a batch.
pub const LARGEST_BODY: usize = 262_144;

/// In a few sentences for those who write clients.
pub fn limits() -> String {
    format!(
        "A search has at most {MOST_PARAMETERS} parameters of {LONGEST_VALUE} bytes, {MOST_CRITERIA} of them conditions, and \
         {MOST_VALUES_IN_ALL} values in all lists. A list has at most {MOST_VALUES} ids, codes, identifiers or references, \
         {MOST_RANGES} strings, dates or URIs, {MOST_SCANS} values of `near`, `:contains` or `:below`; a string has at most {LONGEST} \
         characters, and `_sort` {MOST_KEYS} keys. More is refused with 422, by GET and POST alike. An address has at most \
         {LONGEST_QUERY} bytes after `?`, else it is refused with 414; `POST _search` takes longer lists, {LARGEST_BODY} bytes in \
         all."
    )
}

/// What everything in a request is read against.
pub struct Context<'a> {
    pub program: &'a Program,
    pub resource: &'a Resource,
    pub catalog: &'a Catalog,
    pub authority: &'a Authority,
    /// Key of the authority's patient.
    pub patient: Option<i64>,
    pub base: &'a str,
    pub now: Timestamp,
}

impl Context<'_> {
    /// The bases that stand for this partition's.
    pub fn own_bases(&self) -> &OwnBases {
        self.program.own_bases(self.authority.partition.environment)
    }
}

/// A request as it is carried out.
#[derive(Debug)]
pub struct Parsed {
    pub criteria: Vec<Criterion>,
    pub includes: Includes,
    /// Whether any were asked for, also such as never find anything.
    has_includes: bool,
    pub sort: Vec<SortKey>,
    pub shape: Shape,
    /// What was left out of account.
    pub warnings: Vec<String>,
    /// The parameters that were not, encoded, without those that only choose the page.
    pub query: String,
}

impl Parsed {
    pub fn parse(context: &Context, request: &Request) -> Result<Self> {
        if MOST_PARAMETERS < request.parameters.len() {
            let count = request.parameters.len();
            return Err(Error::TooCostly(format!("a search has at most {MOST_PARAMETERS} parameters, not {count}")));
        }
        let mut parsed = Self {
            criteria: Vec::new(),
            includes: Includes::default(),
            has_includes: false,
            sort: Vec::new(),
            shape: Shape::new(&context.program.paging),
            warnings: Vec::new(),
            query: String::new(),
        };
        let counts = request.parameters.iter().map(|(_, value)| count(value));
        let values: usize = counts.filter(|count| 1 < *count).sum();
        if MOST_VALUES_IN_ALL < values {
            return Err(Error::TooCostly(format!(
                "a search has at most {MOST_VALUES_IN_ALL} values in all lists, not {values}"
            )));
        }
        let mut given = Vec::new();
        for (name, value) in request.parameters {
            let (name, value) = (name.trim(), value.trim());
            check_text(name, value)?;
            // Without a value it says nothing (hl7.org/fhir/R4/search.html#errors).
            if is_empty(value) {
                continue;
            }
            match parsed.parameter(context, name, value) {
                Ok(code) => given.push(code),
                Err(Error::UnknownParameter { .. }) if is_foreign(name) => {
                    let name: String = name.chars().take(64).collect();
                    parsed.warnings.push(format!("`{name}` is not known here and was left out of account"));
                }
                Err(error @ (Error::UnknownParameter { .. } | Error::UnknownModifier { .. })) if request.is_lenient => {
                    parsed.warnings.push(error.to_string());
                }
                Err(error) => return Err(error),
            }
        }
        // A page's link is followed as it is, without the header that the first request may have had.
        if parsed.shape.page.is_none() {
            parsed.check_required(context, &given, request.is_lenient)?;
        }
        if MOST_CRITERIA < parsed.criteria.len() {
            let count = parsed.criteria.len();
            return Err(Error::TooCostly(format!("a search has at most {MOST_CRITERIA} conditions, not {count}")));
        }
        if parsed.shape.subset == Some(Subset::Text) && parsed.has_includes {
            let reason = "`text` cannot be together with `_include` or `_revinclude`";
            return Err(Error::parameter("_summary", reason));
        }
        Ok(parsed)
    }

    /// Whether it is asked when resources changed: by whoever follows the changes, it may be.
    pub fn follows_changes(&self) -> bool {
        self.criteria.iter().any(Criterion::is_about_changes)
            || self.sort.first().is_some_and(|first| matches!(first.by, By::Updated))
    }

    /// Finds nothing that changed after a moment, where it is asked when resources changed.
    pub fn hold(&mut self, until: Timestamp) {
        self.criteria.iter_mut().for_each(|criterion| criterion.hold(until));
    }

    /// Takes one parameter into account; returns its code as FHIR spells it.
    fn parameter(&mut self, context: &Context, name: &str, value: &str) -> Result<String> {
        let lower = name.to_ascii_lowercase();
        if self.shape.parameter(&lower, value)? {
            if !Shape::chooses_page(&lower) {
                self.push_query(&lower, value);
            }
            return Ok(lower);
        }
        let (result, modifier) =
            lower.split_once(':').map_or((lower.as_str(), None), |(name, rest)| (name, Some(rest)));
        let reach = match modifier {
            None => Some(Reach::Matches),
            // What STU 3 called it.
            Some("iterate" | "recurse") => Some(Reach::Iterate),
            Some(_) => None,
        };
        match (result, reach) {
            ("_include", Some(reach)) => include::forward(context, value, reach, &mut self.includes)?,
            // A program prints it without its `v`.
            ("_revinclude" | "_reinclude", Some(reach)) => {
                include::reverse(context, value, reach, &mut self.includes)?;
            }
            ("_sort", Some(Reach::Matches)) => sort::parse(context, value, &mut self.sort)?,
            _ => {
                let (code, criterion) = parameter::parse(context, name, value)?;
                self.criteria.push(criterion);
                self.push_query(name, value);
                return Ok(code);
            }
        }
        self.has_includes |= lower != "_sort";
        self.push_query(&lower, value);
        Ok(lower)
    }

    fn push_query(&mut self, name: &str, value: &str) {
        self.query.push_str(if self.query.is_empty() { "" } else { "&" });
        encode(&mut self.query, name);
        self.query.push('=');
        encode(&mut self.query, value);
    }

    fn check_required(&mut self, context: &Context, given: &[String], is_lenient: bool) -> Result<()> {
        for parameter in context.resource.required() {
            if given.contains(&parameter.code) {
                continue;
            }
            let error = Error::MissingParameter(parameter.code.clone());
            if !is_lenient {
                return Err(error);
            }
            self.warnings.push(error.to_string());
        }
        Ok(())
    }
}

fn check_text(name: &str, value: &str) -> Result<()> {
    let shown: String = name.chars().take(64).collect();
    let length = name.len() + value.len();
    if LONGEST_VALUE < length {
        return Err(Error::TooCostly(format!("`{shown}` has {length} bytes; a parameter has at most {LONGEST_VALUE}")));
    }
    if name.contains('\0') || value.contains('\0') {
        return Err(Error::parameter(shown, "it has a null character"));
    }
    let count = count(value);
    if MOST_VALUES < count {
        return Err(Error::TooCostly(format!(
            "`{name}` has {count} values; at most {MOST_VALUES} are looked for at once"
        )));
    }
    Ok(())
}

/// How many values there are between commas; those that are empty say nothing.
fn count(value: &str) -> usize {
    split(value, ',').into_iter().filter(|text| !text.trim().is_empty()).count()
}

/// Whether there is nothing but commas and blanks.
pub fn is_empty(value: &str) -> bool {
    value.chars().all(|character| character == ',' || character.is_whitespace())
}

/// Whether the parameter is a tool's own, as `_dc` against caches. FHIR's own select or change what is answered, so that
/// leaving one out would answer another question.
fn is_foreign(name: &str) -> bool {
    const OF_FHIR: [&str; 30] = [
        "_contained",
        "_containedtype",
        "_content",
        "_count",
        "_elements",
        "_filter",
        "_format",
        "_getpagesoffset",
        "_graph",
        "_has",
        "_id",
        "_in",
        "_include",
        "_language",
        "_lastupdated",
        "_list",
        "_maxresults",
        "_page",
        "_pretty",
        "_profile",
        "_query",
        "_revinclude",
        "_score",
        "_security",
        "_since",
        "_sort",
        "_source",
        "_summary",
        "_tag",
        "_text",
    ];
    const ALSO: [&str; 4] = ["_total", "_type", "_reinclude", "_typefilter"];
    let name = name.split([':', '.']).next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with('_') && !OF_FHIR.contains(&name.as_str()) && !ALSO.contains(&name.as_str())
}

/// The parameters that the type can be searched by here.
pub fn supported(resource: &Resource) -> Vec<String> {
    let offered = resource.parameters.iter().chain(&resource.chains).map(|parameter| parameter.code.clone());
    offered.collect()
}

/// Whether searching is offered and open to the authority.
pub fn reach<'a>(program: &'a Program, authority: &Authority, kind: &str) -> Result<&'a Resource> {
    crate::engine::reach(program, authority, kind, Interaction::Search)
}
