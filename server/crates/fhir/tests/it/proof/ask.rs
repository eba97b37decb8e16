//! Sends the same searches to the engine and the oracle and compares the answers.

use std::collections::BTreeSet;

use fhir::error::Error;
use serde_json::Value;

use super::{
    findings::Findings,
    oracle::{Condition, Oracle},
    page::Page,
    samples::Depth,
    subject::Subject,
};
use crate::world::World;

pub struct Ask<'a> {
    pub world: &'a World<'a>,
    pub oracle: &'a Oracle,
    pub subject: &'a Subject,
    pub findings: &'a Findings,
    pub thoroughness: Thoroughness,
}

/// How many searches are made; debug builds are slow.
#[derive(Clone, Copy, Debug)]
pub struct Thoroughness {
    pub depth: Depth,
    /// Only every nth search is made.
    pub every: u32,
}

/// What is included with the matches.
#[derive(Clone, Copy, Debug)]
pub enum Along<'a> {
    Include(&'a str),
    RevInclude(&'a str),
}

/// About how many pages an answer is split into.
const PAGES: usize = 3;
/// The most pages of an answer.
const MOST_PAGES: u32 = 500;

impl Ask<'_> {
    pub fn patient(&self) -> Option<&str> {
        self.subject.patient()
    }

    /// Compares the answers and returns how many matches there are.
    pub async fn compare(&self, kind: &str, conditions: &[Condition], along: &[Along<'_>]) -> usize {
        let mut conditions = conditions.to_vec();
        conditions.extend(self.required(kind, &conditions));
        let expect = self.oracle.find(self.patient(), kind, &conditions);
        if !self.findings.turn().is_multiple_of(self.thoroughness.every) {
            return expect.len();
        }
        let count = self.count(expect.len(), along);
        let query = query(kind, &conditions, along, count);
        match self.pages(&query).await {
            Err(error) => self.findings.fail(format!("{query}: {error}")),
            Ok(pages) => {
                self.compare_pages(&query, &pages, count);
                self.compare_matches(&query, &pages, &expect);
                for page in &pages {
                    self.compare_along(&query, page, kind, along);
                }
            }
        }
        expect.len()
    }

    /// The page size. Every third answer is split into pages, and so are those with includes, which differ by page; for
    /// the others, a page may be longer than the answer.
    fn count(&self, expected: usize, along: &[Along<'_>]) -> usize {
        let is_cut = self.findings.queries().is_multiple_of(3) || !along.is_empty();
        if is_cut { expected.div_ceil(PAGES).max(1) } else { expected + 1 }
    }

    /// Conditions that the program requires, chosen so that everything with a value meets them.
    fn required(&self, kind: &str, given: &[Condition]) -> Vec<Condition> {
        let resource = self.world.program().resource(kind).expect("the type is offered");
        let missing = resource.required().filter(|required| given.iter().all(|given| given.name != required.code));
        let value = |code: &str| match (kind, self.patient()) {
            ("OrganizationAffiliation", _) => self.roles(),
            ("ExplanationOfBenefit", Some(patient)) => patient.to_owned(),
            _ => panic!("{kind} requires {code}, which the walk has no value for"),
        };
        missing.map(|required| Condition::new(&required.code, value(&required.code))).collect()
    }

    fn roles(&self) -> String {
        let affiliations = self.oracle.of(self.patient(), "OrganizationAffiliation");
        let codes = affiliations.flat_map(|held| super::oracle::path::values(&held.json, "code.coding.code"));
        let codes: BTreeSet<&str> = codes.filter_map(Value::as_str).collect();
        codes.into_iter().collect::<Vec<_>>().join(",")
    }

    /// Follows the next links to the end.
    async fn pages(&self, query: &str) -> Result<Vec<Page>, Error> {
        let mut pages = Vec::new();
        let mut next = Some(query.to_owned());
        while let Some(query) = next.take() {
            let text = self.world.try_search(&self.subject.authority, &query).await?;
            let page = Page::parse(&text);
            next = page.link("next");
            pages.push(page);
            assert!(pages.len() < MOST_PAGES as usize, "{query} has no end");
        }
        self.findings.query(u32::try_from(pages.len()).unwrap_or(MOST_PAGES));
        Ok(pages)
    }

    fn compare_pages(&self, query: &str, pages: &[Page], count: usize) {
        for (index, page) in pages.iter().enumerate() {
            let matches = page.names("match").len();
            if !page.is_searchset() || page.link("self").is_none() {
                self.findings.fail(format!("{query}: page {index} is not a searchset with a self link"));
            }
            if count < matches || (matches < count && index + 1 < pages.len()) {
                self.findings.fail(format!("{query}: page {index} has {matches} matches"));
            }
        }
    }

    fn compare_matches(&self, query: &str, pages: &[Page], expect: &BTreeSet<String>) {
        let found: Vec<String> = pages.iter().flat_map(|page| page.names("match")).collect();
        let ids: BTreeSet<String> =
            found.iter().map(|name| name.split_once('/').expect("Type/id").1.to_owned()).collect();
        let total = pages[0].total;
        if ids.len() < found.len() {
            self.findings.fail(format!("{query}: a match comes twice"));
        }
        if total != Some(expect.len() as u64) {
            self.findings.fail(format!("{query}: the total is {total:?}, not {}", expect.len()));
        }
        self.compare_sets(query, "matches", &ids, expect);
    }

    fn compare_along(&self, query: &str, page: &Page, kind: &str, along: &[Along<'_>]) {
        let found = page.names("include");
        let matches: BTreeSet<String> = page.names("match").into_iter().collect();
        let mut expect = BTreeSet::new();
        for along in along {
            let (text, brought) = match along {
                Along::Include(text) => (text, self.oracle.included(self.patient(), &matches, text)),
                Along::RevInclude(text) => (text, self.oracle.reverse_included(self.patient(), &matches, text)),
            };
            // Printed ones that join types which never meet are accepted and add nothing.
            if self.oracle.can_bring(kind, text) {
                self.findings.found(&format!("{kind} with {text}"), !brought.is_empty());
            }
            expect.extend(brought);
        }
        let ids: BTreeSet<String> = found.iter().cloned().collect();
        if ids.len() < found.len() {
            self.findings.fail(format!("{query}: something is included twice"));
        }
        self.compare_sets(query, "includes", &ids, &expect);
    }

    fn compare_sets(&self, query: &str, what: &str, found: &BTreeSet<String>, expect: &BTreeSet<String>) {
        if found != expect {
            let missing: Vec<_> = expect.difference(found).take(5).collect();
            let surplus: Vec<_> = found.difference(expect).take(5).collect();
            let who = self.patient().unwrap_or("the public");
            self.findings.fail(format!("{query} ({what}, for {who}): missing {missing:?}, not expected {surplus:?}"));
        }
    }
}

fn query(kind: &str, conditions: &[Condition], along: &[Along<'_>], count: usize) -> String {
    let mut query = format!("{kind}?_count={count}");
    for Condition { name, value } in conditions {
        query.push_str(&format!("&{}={}", encode(name), encode(value)));
    }
    for along in along {
        match along {
            Along::Include(text) => query.push_str(&format!("&_include={}", encode(text))),
            Along::RevInclude(text) => query.push_str(&format!("&_revinclude={}", encode(text))),
        }
    }
    query
}

/// Percent-encodes characters that would end or change a query.
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:/,".contains(&byte);
    let encoded = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encoded).collect()
}
