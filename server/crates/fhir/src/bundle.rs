//! A searchset Bundle, put together from stored texts.

use crate::json::push_string;

/// Why a resource is in the Bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Match,
    Include,
}

/// A Bundle in the making: links first, then entries.
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

    /// Type and id are ours and need no escapes.
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
        out.push_str(r#"{"resourceType":"Bundle","type":"searchset""#);
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
