//! A searchset Bundle, built from stored texts.

use crate::json::push_string;

/// Why a resource is in the Bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Match,
    Include,
}

/// How the text starts.
const HEAD: &str = r#"{"resourceType":"Bundle","type":"searchset""#;

/// A Bundle under construction: links first, then entries.
pub struct Bundle<'a> {
    base: &'a str,
    links: String,
    entries: String,
    total: Option<i64>,
}

impl<'a> Bundle<'a> {
    pub fn new(base: &'a str, total: Option<i64>) -> Self {
        Self { base, links: String::new(), entries: String::new(), total }
    }

    pub fn link(&mut self, relation: &str, url: &str) {
        self.links.push_str(if self.links.is_empty() { "" } else { "," });
        self.links.push_str(r#"{"relation":""#);
        self.links.push_str(relation);
        self.links.push_str(r#"","url":"#);
        push_string(&mut self.links, url);
        self.links.push('}');
    }

    /// We chose the type and the id, so neither needs escapes.
    pub fn entry(&mut self, kind: &str, id: &str, body: &str, mode: Mode) {
        let out = &mut self.entries;
        out.reserve(self.base.len() + kind.len() + id.len() + body.len() + 64);
        out.push_str(if out.is_empty() { r#"{"fullUrl":""# } else { r#",{"fullUrl":""# });
        for part in [self.base, "/", kind, "/", id, r#"","resource":"#, body] {
            out.push_str(part);
        }
        out.push_str(match mode {
            Mode::Match => r#","search":{"mode":"match"}}"#,
            Mode::Include => r#","search":{"mode":"include"}}"#,
        });
    }

    /// An OperationOutcome about the search itself.
    pub fn outcome(&mut self, body: &str) {
        self.entries.push_str(if self.entries.is_empty() { r#"{"resource":"# } else { r#",{"resource":"# });
        self.entries.push_str(body);
        self.entries.push_str(r#","search":{"mode":"outcome"}}"#);
    }

    pub fn finish(self) -> String {
        let mut out = String::with_capacity(self.links.len() + self.entries.len() + 96);
        out.push_str(HEAD);
        if let Some(total) = self.total {
            out.push_str(&format!(r#","total":{total}"#));
        }
        out.push_str(r#","link":["#);
        out.push_str(&self.links);
        out.push(']');
        if !self.entries.is_empty() {
            out.push_str(r#","entry":["#);
            out.push_str(&self.entries);
            out.push(']');
        }
        out.push('}');
        out
    }
}

/// Whether a Bundle that was written here contains a resource or reveals that there are some (`_summary=count`). The
/// patterns cannot match inside a string, because quotes in strings are escaped.
pub fn gives_anything(bundle: &str) -> bool {
    let counted = bundle.strip_prefix(HEAD).and_then(|rest| rest.strip_prefix(r#","total":"#));
    counted.is_some_and(|rest| !rest.starts_with('0')) || bundle.contains(r#","entry":[{"fullUrl":"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_gives_something_where_it_has_a_match_or_counts_one() {
        fn check(total: Option<i64>, entry: bool, warning: bool, expect: bool) {
            let mut bundle = Bundle::new("https://a.example", total);
            bundle.link("self", r#"https://a.example/Patient?name=","entry":[{"fullUrl":"#);
            if entry {
                bundle.entry("Patient", "p", "{}", Mode::Match);
            }
            if warning {
                bundle.outcome("{}");
            }
            assert_eq!(gives_anything(&bundle.finish()), expect, "{total:?} {entry} {warning}");
        }
        check(Some(0), false, false, false);
        check(Some(0), false, true, false);
        check(None, false, true, false);
        check(None, true, true, true);
        check(Some(10), true, false, true);
        check(Some(3), false, false, true);
    }
}
