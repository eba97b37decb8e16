//! A parsed search request: what to find, what the answer looks like, and what was ignored.

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
    /// The resource type to search.
    pub kind: &'a str,
    /// Decoded, in their order.
    pub parameters: &'a [(String, String)],
    /// `Prefer: handling=lenient`: what is not supported is ignored.
    pub is_lenient: bool,
}

/// Limits of one request; [`limits`] describes them.
const MOST_PARAMETERS: usize = 100;
const MOST_CRITERIA: usize = 20;
/// Bytes of a parameter.
const LONGEST_VALUE: usize = 131_072;
/// Ids, codes and references in a list, and all values of a request together.
pub const MOST_VALUES: usize = 1_000;
const MOST_VALUES_IN_ALL: usize = 2_000;
/// Values in a list each of which is a range: strings, dates.
pub const MOST_RANGES: usize = 100;
/// Values in a list, each of which needs a full scan: `:contains`, `:below`, `near`.
pub const MOST_SCANS: usize = 10;

/// Bytes after `?` in a URL: as many as all servers and proxies accept.
pub const LONGEST_QUERY: usize = 16_384;
/// Bytes of a form or a batch.
pub const LARGEST_BODY: usize = 262_144;

/// The limits in a few sentences, for developers of clients.
pub fn limits() -> String {
    format!(
        "A search can have at most {MOST_PARAMETERS} parameters of {LONGEST_VALUE} bytes, {MOST_CRITERIA} of them conditions, and \
         {MOST_VALUES_IN_ALL} values in all lists. A list can have at most {MOST_VALUES} ids, codes, identifiers or references, \
         {MOST_RANGES} strings, dates or URIs, {MOST_SCANS} values of `near`, `:contains` or `:below`; a string can have at most {LONGEST} \
         characters, and `_sort` {MOST_KEYS} keys. We refuse more with 422, for both GET and POST. A URL can have at most \
         {LONGEST_QUERY} bytes after `?`; we refuse a longer one with 414. `POST _search` accepts longer lists, up to {LARGEST_BODY} \
         bytes in total."
    )
}

/// The context in which a request is read.
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
    /// The bases that are equivalent to this partition's.
    pub fn own_bases(&self) -> &OwnBases {
        self.program.own_bases(self.authority.partition.environment)
    }
}

/// A parsed request.
#[derive(Debug)]
pub struct Parsed {
    pub criteria: Vec<Criterion>,
    pub includes: Includes,
    /// Whether any includes were requested, even if they cannot find anything.
    has_includes: bool,
    pub sort: Vec<SortKey>,
    pub shape: Shape,
    /// What was ignored.
    pub warnings: Vec<String>,
    /// The parameters that were used, encoded, without those that only choose the page.
    pub query: String,
}

impl Parsed {
    pub fn parse(context: &Context, request: &Request) -> Result<Self> {
        if MOST_PARAMETERS < request.parameters.len() {
            let count = request.parameters.len();
            return Err(Error::TooCostly(format!(
                "a search can have at most {MOST_PARAMETERS} parameters; this one has {count}"
            )));
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
                "a search can have at most {MOST_VALUES_IN_ALL} values in all lists; this one has {values}"
            )));
        }
        let mut given = Vec::new();
        for (name, value) in request.parameters {
            let (name, value) = (name.trim(), value.trim());
            check_text(name, value)?;
            // A parameter without a value is ignored (hl7.org/fhir/R4/search.html#errors).
            if is_empty(value) {
                continue;
            }
            match parsed.parameter(context, name, value) {
                Ok(code) => given.push(code),
                Err(Error::UnknownParameter { .. }) if is_foreign(name) => {
                    let name: String = name.chars().take(64).collect();
                    parsed.warnings.push(format!("`{name}` is not a parameter of this search and was ignored"));
                }
                Err(error @ (Error::UnknownParameter { .. } | Error::UnknownModifier { .. })) if request.is_lenient => {
                    parsed.warnings.push(error.to_string());
                }
                Err(error) => return Err(error),
            }
        }
        // A page link works by itself, without the header that the first request may have had.
        if parsed.shape.page.is_none() {
            parsed.check_required(context, &given, request.is_lenient)?;
        }
        if MOST_CRITERIA < parsed.criteria.len() {
            let count = parsed.criteria.len();
            return Err(Error::TooCostly(format!(
                "a search can have at most {MOST_CRITERIA} conditions; this one has {count}"
            )));
        }
        if parsed.shape.subset == Some(Subset::Text) && parsed.has_includes {
            let reason = "`text` cannot be combined with `_include` or `_revinclude`";
            return Err(Error::parameter("_summary", reason));
        }
        Ok(parsed)
    }

    /// Whether it asks when resources changed, so that the client may be following the changes.
    pub fn follows_changes(&self) -> bool {
        self.criteria.iter().any(Criterion::is_about_changes)
            || self.sort.first().is_some_and(|first| matches!(first.by, By::Updated))
    }

    /// If it asks when resources changed, leaves out everything that changed after this moment.
    pub fn hold(&mut self, until: Timestamp) {
        self.criteria.iter_mut().for_each(|criterion| criterion.hold(until));
    }

    /// Applies one parameter and returns its code as FHIR spells it.
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
            // The name that STU 3 used.
            Some("iterate" | "recurse") => Some(Reach::Iterate),
            Some(_) => None,
        };
        match (result, reach) {
            ("_include", Some(reach)) => include::forward(context, value, reach, &mut self.includes)?,
            // A program document prints it without its `v`.
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
        return Err(Error::TooCostly(format!(
            "`{shown}` has {length} bytes; a parameter can have at most {LONGEST_VALUE}"
        )));
    }
    if name.contains('\0') || value.contains('\0') {
        return Err(Error::parameter(shown, "it contains a null character"));
    }
    let count = count(value);
    if MOST_VALUES < count {
        return Err(Error::TooCostly(format!("`{name}` has {count} values; at most {MOST_VALUES} are allowed")));
    }
    Ok(())
}

/// How many values there are between commas, without empty ones.
fn count(value: &str) -> usize {
    split(value, ',').into_iter().filter(|text| !text.trim().is_empty()).count()
}

/// Whether there are only commas and blanks.
pub fn is_empty(value: &str) -> bool {
    value.chars().all(|character| character == ',' || character.is_whitespace())
}

/// Whether the parameter belongs to the client's tool, such as `_dc` against caches. FHIR's own parameters select or
/// change the answer, so ignoring one would answer a different question.
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

/// The parameters by which the type can be searched here.
pub fn supported(resource: &Resource) -> Vec<String> {
    let offered = resource.parameters.iter().chain(&resource.chains).map(|parameter| parameter.code.clone());
    offered.collect()
}

/// The type's description, if searching it is offered and the authority may do it.
pub fn reach<'a>(program: &'a Program, authority: &Authority, kind: &str) -> Result<&'a Resource> {
    crate::engine::reach(program, authority, kind, Interaction::Search)
}
