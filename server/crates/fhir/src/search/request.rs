//! A search request taken apart: what is sought, what the answer looks like, and what was left out of account.

use jiff::Timestamp;
use programs::{
    program::Program,
    resource::{Interaction, Resource},
};

use super::{
    criterion::{Criterion, Test},
    include::{self, Includes, Reach},
    link::encode,
    parameter,
    shape::Shape,
    sort::{self, By, SortKey},
};
use crate::{
    authority::Authority,
    catalog::Catalog,
    error::{Error, Result},
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

/// What one request may ask for.
const MOST_PARAMETERS: usize = 100;
const MOST_CRITERIA: usize = 20;
const LONGEST_VALUE: usize = 8_192;
const MOST_VALUES: usize = 100;

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

/// A request as it is carried out.
#[derive(Debug)]
pub struct Parsed {
    pub criteria: Vec<Criterion>,
    pub includes: Includes,
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
            return Err(Error::TooCostly(format!("more than {MOST_PARAMETERS} parameters")));
        }
        let mut parsed = Self {
            criteria: Vec::new(),
            includes: Includes::default(),
            sort: Vec::new(),
            shape: Shape::new(&context.program.paging),
            warnings: Vec::new(),
            query: String::new(),
        };
        let mut given = Vec::new();
        for (name, value) in request.parameters {
            let (name, value) = (name.trim(), value.trim());
            check_text(name, value)?;
            match parsed.parameter(context, name, value) {
                Ok(code) => given.push(code),
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
            return Err(Error::TooCostly(format!("more than {MOST_CRITERIA} conditions")));
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
        for criterion in self.criteria.iter_mut().filter(|criterion| criterion.is_about_changes()) {
            if let Test::Updated { matches, .. } = &mut criterion.test {
                matches.iter_mut().for_each(|sought| sought.hold(until));
            }
        }
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
    let wrong = |reason: &str| Err(Error::parameter(name.chars().take(64).collect::<String>(), reason));
    if LONGEST_VALUE < name.len() + value.len() {
        return wrong("it is too long");
    }
    if name.contains('\0') || value.contains('\0') {
        return wrong("it has a null character");
    }
    if MOST_VALUES < value.split(',').count() {
        return Err(Error::TooCostly(format!("`{name}` has more than {MOST_VALUES} values")));
    }
    Ok(())
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
