//! What every answer must satisfy, whatever was sent.

use std::collections::BTreeSet;

use crate::oauth::site::Reply;

/// Markup that reveals where someone else's text is written unescaped.
pub const MARKUP: &str = "\"'><svg/onload=alert(1)>";

/// Traces of our internals.
const INSIDE: [&str; 12] = [
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "sqlx",
    // The administrators' page of the configuration names the database's address.
    "sqlite_",
    "PostgreSQL",
    "error returned from database",
    "panicked",
    "backtrace",
    "/src/",
    ".rs:",
    "server_fn",
];

/// The answers we checked, and what is wrong with them: a test reports all of it together.
#[derive(Default)]
pub struct Answers {
    looked_at: usize,
    faults: Vec<String>,
}

impl Answers {
    /// Must not be our defect, and must have no [`faults`].
    pub fn look(&mut self, reply: &Reply, about: &str) {
        self.looked_at += 1;
        let status = reply.status.is_server_error().then(|| reply.status.to_string());
        let found = status.into_iter().chain(faults(reply));
        self.faults.extend(found.map(|fault| format!("{about}: {fault}")));
    }

    /// At least this many were checked, and all were calm.
    pub fn all_calm(self, at_least: usize) {
        assert!(self.faults.is_empty(), "{} of {}:\n{}", self.faults.len(), self.looked_at, self.faults.join("\n"));
        assert!(at_least <= self.looked_at, "{}", self.looked_at);
    }
}

/// Asserts the same for one answer.
pub fn calm(reply: &Reply, about: &str) {
    let mut answers = Answers::default();
    answers.look(reply, about);
    answers.all_calm(1);
}

/// Traces of our internals, unescaped text of a stranger, an id that two elements have, or a missing header that protects every
/// answer.
pub fn faults(reply: &Reply) -> Vec<String> {
    let traces = INSIDE.into_iter().filter(|trace| reply.body.contains(trace)).map(str::to_owned);
    let headers = reply.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    // JSON is escaped as JSON, and browsers do not treat it as a page: `nosniff`.
    let page = is_page(reply).then(|| reply.body.clone());
    let markup = headers.chain(page).find(|text| text.contains("<svg/onload"));
    traces.chain(markup).chain(twins(reply)).chain(unprotected(reply)).collect()
}

/// Ids that several elements of the page have: a label or a link would lead to the wrong one.
fn twins(reply: &Reply) -> Vec<String> {
    let page = if is_page(reply) { reply.body.as_str() } else { "" };
    let mut seen = BTreeSet::new();
    let ids = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| !seen.insert(*id)).map(|id| format!("two elements have the id {id}")).collect()
}

fn is_page(reply: &Reply) -> bool {
    reply.header("content-type").starts_with("text/html") && !reply.body.is_empty()
}

fn unprotected(reply: &Reply) -> Option<String> {
    let policy = reply.header("content-security-policy");
    let is_data = reply.header("content-type").contains("json");
    let is_document_guarded = reply.header("referrer-policy") == "same-origin"
        && matches!(reply.header("cross-origin-opener-policy"), "same-origin" | "unsafe-none")
        && reply.header("permissions-policy").contains("camera=()");
    let protected = reply.header("x-content-type-options") == "nosniff"
        && (is_data || is_document_guarded)
        && policy.contains("default-src 'none'")
        && policy.contains("frame-ancestors 'none'")
        && (policy.contains("'nonce-") || !is_page(reply));
    (!protected).then(|| format!("{:?}", reply.headers))
}
