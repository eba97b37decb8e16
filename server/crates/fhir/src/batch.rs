//! Batches (hl7.org/fhir/R4/http.html#transaction): several reads and searches in one call. This module only reads and
//! writes their format; the usual handlers answer each call.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{error::Error, json::push_string};

/// Entries of a batch at most: one call must not cost as much as hundreds.
pub const MOST_ENTRIES: usize = 50;
/// Total size in bytes of the answers, after which the rest of a batch is not answered.
pub const LARGEST_ANSWER: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bundle<'a> {
    resource_type: String,
    r#type: String,
    #[serde(default, borrow)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry {
    request: Option<Call>,
}

/// `Bundle.entry.request`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Call {
    pub method: String,
    /// Relative to the base: `Patient/1`, `Coverage?beneficiary=1`.
    pub url: String,
    pub if_none_match: Option<String>,
    pub if_modified_since: Option<String>,
}

/// The calls of a batch; `None` for an entry without a request.
pub fn read(body: &[u8]) -> Result<Vec<Option<Call>>, Error> {
    let body = std::str::from_utf8(body).map_err(|_| invalid("the body is not UTF-8"))?;
    let bundle: Bundle =
        serde_json::from_str(body).map_err(|_| invalid("the body is not a JSON Bundle with a type"))?;
    if bundle.resource_type != "Bundle" {
        return Err(invalid("the body is not a Bundle"));
    }
    match bundle.r#type.as_str() {
        "batch" => {}
        "transaction" => {
            return Err(Error::UnknownInteraction(
                "transaction",
                "this base: send a batch of reads and searches".to_owned(),
            ));
        }
        _ => return Err(invalid("the Bundle's type is not `batch`")),
    }
    if MOST_ENTRIES < bundle.entry.len() {
        let reason = format!("a batch can have at most {MOST_ENTRIES} entries; this one has {}", bundle.entry.len());
        return Err(Error::TooCostly(reason));
    }
    let call = |entry: &&RawValue| serde_json::from_str::<Entry>(entry.get()).ok().and_then(|entry| entry.request);
    Ok(bundle.entry.iter().map(call).collect())
}

fn invalid(reason: &str) -> Error {
    Error::Parameter { name: "Bundle".to_owned(), reason: reason.to_owned() }
}

/// `Bundle.entry.response`
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// `200 OK`
    pub status: String,
    pub etag: Option<String>,
    pub last_modified: Option<jiff::Timestamp>,
    /// JSON: the resource, or the OperationOutcome of an error.
    pub body: String,
    pub is_error: bool,
}

/// A `batch-response`, built as answers arrive.
pub struct Answers {
    bundle: String,
    is_empty: bool,
}

impl Default for Answers {
    fn default() -> Self {
        Self { bundle: r#"{"resourceType":"Bundle","type":"batch-response""#.to_owned(), is_empty: true }
    }
}

impl Answers {
    /// Appends an answer. Answers come in the order of the calls.
    pub fn push(&mut self, answer: &Answer) {
        let out = &mut self.bundle;
        out.push_str(if self.is_empty { r#","entry":[{"# } else { ",{" });
        self.is_empty = false;
        if !answer.body.is_empty() && !answer.is_error {
            out.push_str(r#""resource":"#);
            out.push_str(&answer.body);
            out.push(',');
        }
        out.push_str(r#""response":{"status":"#);
        push_string(out, &answer.status);
        if let Some(etag) = &answer.etag {
            out.push_str(r#","etag":"#);
            push_string(out, etag);
        }
        if let Some(at) = answer.last_modified {
            out.push_str(r#","lastModified":"#);
            push_string(out, &at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        }
        if !answer.body.is_empty() && answer.is_error {
            out.push_str(r#","outcome":"#);
            out.push_str(&answer.body);
        }
        out.push_str("}}");
    }

    /// Whether the answers have reached the largest size that a batch may have.
    pub fn are_enough(&self) -> bool {
        LARGEST_ANSWER < self.bundle.len()
    }

    pub fn finish(mut self) -> String {
        self.bundle.push_str(if self.is_empty { "}" } else { "]}" });
        self.bundle
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_batch_is_read_and_anything_else_refused() {
        fn check(body: &str, expect: Result<usize, Kind>) {
            assert_eq!(
                read(body.as_bytes()).map(|calls| calls.len()).map_err(|error| error.kind()),
                expect,
                "{body:.80}"
            );
        }
        let of = |kind: &str, entries: usize| {
            let entry = r#"{"request":{"method":"GET","url":"Patient/1"}}"#;
            format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{}]}}"#, vec![entry; entries].join(","))
        };
        check(&of("batch", 0), Ok(0));
        check(r#"{"type":"batch","resourceType":"Bundle","id":"x"}"#, Ok(0));
        check(&of("batch", MOST_ENTRIES), Ok(MOST_ENTRIES));
        check(&of("batch", MOST_ENTRIES + 1), Err(Kind::TooCostly));
        check(&of("transaction", 1), Err(Kind::NotSupported));
        for other in ["collection", "batch-response", "", "Batch"] {
            check(&of(other, 1), Err(Kind::Invalid));
        }
        for other in
            ["", "[]", "null", "<Bundle/>", r#"{"resourceType":"Patient","type":"batch"}"#, r#"{"type":"batch"}"#]
        {
            check(other, Err(Kind::Invalid));
        }
        check(&"[".repeat(100_000), Err(Kind::Invalid));
        assert_eq!(read(b"{\"resourceType\":\"Bundle\",\"type\":\"batch\xff\"}").unwrap_err().kind(), Kind::Invalid);
    }

    #[test]
    fn an_entry_without_a_call_is_told_apart() {
        let entries = r#"{"request":{"method":"GET","url":"a","ifNoneMatch":"W/\"1\""}},{"fullUrl":"x"},7,{"request":"x"},{"request":{"method":1}}"#;
        let calls =
            read(format!(r#"{{"resourceType":"Bundle","type":"batch","entry":[{entries}]}}"#).as_bytes()).unwrap();
        let first = Call {
            method: "GET".to_owned(),
            url: "a".to_owned(),
            if_none_match: Some("W/\"1\"".to_owned()),
            ..Call::default()
        };
        assert_eq!(calls, [Some(first), None, None, None, None]);
    }

    #[test]
    fn answers_are_one_bundle() {
        assert_eq!(Answers::default().finish(), r#"{"resourceType":"Bundle","type":"batch-response"}"#);
        let mut answers = Answers::default();
        let at = "2026-03-02T17:00:00Z".parse().ok();
        let found = Answer {
            status: "200 OK".to_owned(),
            etag: Some("W/\"1\"".to_owned()),
            last_modified: at,
            ..Answer::default()
        };
        answers.push(&Answer { body: r#"{"a":1}"#.to_owned(), ..found });
        answers.push(&Answer {
            status: "404 Not Found".to_owned(),
            body: "{}".to_owned(),
            is_error: true,
            ..Answer::default()
        });
        let bundle: serde_json::Value = serde_json::from_str(&answers.finish()).unwrap();
        assert_eq!(bundle["entry"][0]["resource"]["a"], 1);
        assert_eq!(bundle["entry"][0]["response"]["etag"], "W/\"1\"");
        assert_eq!(bundle["entry"][0]["response"]["lastModified"], "2026-03-02T17:00:00Z");
        assert_eq!(bundle["entry"][1], serde_json::json!({ "response": { "status": "404 Not Found", "outcome": {} } }));
    }
}
