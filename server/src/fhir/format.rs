//! Which form an answer has: JSON, compact or pretty (hl7.org/fhir/R4/http.html#general).

use axum::http::{HeaderMap, HeaderValue, header};

use super::outcome::Problem;

pub const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json; charset=utf-8");

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    pub is_pretty: bool,
}

const JSON: [&str; 4] = ["application/fhir+json", "application/json", "json", "text/json"];

impl Format {
    /// `_format` prevails over `Accept`. [`Problem::XML`] where neither takes JSON.
    pub fn of(parameters: &[(String, String)], headers: &HeaderMap) -> Result<Self, Problem> {
        let last = |name: &str| {
            let found = parameters.iter().rev().find(|(found, _)| found.trim().eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim())
        };
        let takes_json = match last("_format") {
            // A `+` that was not escaped arrives as a blank.
            Some(format) => is_json(&format.replace(' ', "+")),
            None => accepts_json(headers),
        };
        if takes_json { Ok(Self { is_pretty: last("_pretty") == Some("true") }) } else { Err(Problem::XML) }
    }

    /// The text as it is sent.
    pub fn write(self, json: String) -> String {
        if self.is_pretty { fhir::json::pretty(&json) } else { json }
    }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    ranges.peek().is_none()
        || ranges
            .flat_map(|value| value.split(','))
            .any(|range| matches!(range.trim_ascii(), "") || is_json(range) || is_any(range))
}

fn is_json(range: &str) -> bool {
    let kind = media_type(range);
    JSON.iter().any(|json| kind.eq_ignore_ascii_case(json))
}

fn is_any(range: &str) -> bool {
    matches!(media_type(range), "*/*" | "application/*")
}

/// Without parameters such as `;q=0.8` and `;fhirVersion=4.0`.
fn media_type(range: &str) -> &str {
    range.split(';').next().unwrap_or_default().trim_ascii()
}
