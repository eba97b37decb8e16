//! Reference parameters (hl7.org/fhir/R4/search.html#reference).

use std::collections::BTreeMap;

use store::{Query, Value};

use super::request::Context;
use crate::{
    index::reference::{Target, is_id},
    load::rows::push_list,
};

/// One value sought.
#[derive(Debug)]
pub enum Match {
    /// A resource of this server, of one of these types.
    Local {
        kinds: Vec<i64>,
        id: String,
    },
    Uri(String),
}

/// Many at once.
#[derive(Debug)]
pub enum Many {
    Local { kinds: Vec<i64>, ids: Vec<String> },
    Uris(Vec<String>),
}

/// Parses `id`, `Type/id`, either with a version, or an absolute URL, which may be our own. `targets` are the types it
/// may mean. Returns the reason if no search for the value is possible.
pub fn parse(text: &str, context: &Context, targets: &[String]) -> Result<Match, String> {
    let Context { catalog, base, .. } = context;
    let local = |kinds: &mut dyn Iterator<Item = &String>, id: &str| {
        let kinds = kinds.filter_map(|kind| Some(catalog.kind(kind)?.kind)).collect();
        Match::Local { kinds, id: id.to_owned() }
    };
    let below_base = text.strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
    for own in [context.own_bases().relative(text), below_base, Some(text)].into_iter().flatten() {
        if is_id(own) {
            return Ok(local(&mut targets.iter(), own));
        }
        if let Some(Target::Local { kind, id }) = Target::parse(own) {
            return Ok(local(&mut targets.iter().filter(|target| **target == kind), &id));
        }
    }
    match Target::parse(text) {
        Some(Target::Uri(uri)) => Ok(Match::Uri(uri)),
        _ => Err("a value is not a reference: write `id`, `Type/id` or a URL".to_owned()),
    }
}

impl Match {
    pub fn push(&self, query: &mut Query, alias: &str) {
        match self {
            Self::Uri(uri) => {
                query.push(&format!("{alias}.target = (SELECT u.key FROM fhir_uri u WHERE u.uri = ")).push_bind(uri);
                query.push(")");
            }
            Self::Local { kinds, id } => match kinds[..] {
                [] => {
                    query.push("1 = 0");
                }
                [kind] => {
                    query.push(&format!("{alias}.target = (SELECT n.key FROM fhir_resource n WHERE n.kind = "));
                    query.push_bind(kind).push(" AND n.id = ").push_bind(id).push(")");
                }
                [first, ref rest @ ..] => {
                    query.push(&format!("{alias}.target IN (SELECT n.key FROM fhir_resource n WHERE n.kind IN ("));
                    query.push_bind(first);
                    rest.iter().for_each(|kind| {
                        query.push(", ").push_bind(*kind);
                    });
                    query.push(") AND n.id = ").push_bind(id).push(")");
                }
            },
        }
    }

    /// Whether it is a single target, whose sources are adjacent in the index in the order of keys.
    pub fn is_single(&self) -> bool {
        match self {
            Self::Uri(_) => true,
            Self::Local { kinds, .. } => kinds.len() == 1,
        }
    }
}

impl Many {
    /// Grouped by the types that they may mean.
    pub fn of(matches: Vec<Match>) -> Vec<Self> {
        let (mut groups, mut uris) = (BTreeMap::<Vec<i64>, Vec<String>>::new(), Vec::new());
        for found in matches {
            match found {
                Match::Local { kinds, id } => groups.entry(kinds).or_default().push(id),
                Match::Uri(uri) => uris.push(uri),
            }
        }
        let local = groups.into_iter().map(|(kinds, ids)| Self::Local { kinds, ids });
        local.chain((!uris.is_empty()).then_some(Self::Uris(uris))).collect()
    }

    pub fn push(&self, query: &mut Query, alias: &str) {
        let texts = |texts: &[String]| texts.iter().map(Value::from).collect::<Vec<_>>();
        match self {
            Self::Local { kinds, .. } if kinds.is_empty() => {
                query.push("1 = 0");
            }
            Self::Local { kinds, ids } => {
                query.push(&format!("{alias}.target IN (SELECT n.key FROM fhir_resource n WHERE n.kind IN "));
                push_list(query, &kinds.iter().copied().map(Value::from).collect::<Vec<_>>());
                query.push(" AND n.id IN ");
                push_list(query, &texts(ids));
                query.push(")");
            }
            Self::Uris(uris) => {
                query.push(&format!("{alias}.target IN (SELECT u.key FROM fhir_uri u WHERE u.uri IN "));
                push_list(query, &texts(uris));
                query.push(")");
            }
        }
    }
}
