//! The format of an answer: JSON, compact or pretty (hl7.org/fhir/R4/http.html#general).

use axum::http::{HeaderMap, HeaderValue, header};
use fhir::search::request::is_empty;

use super::outcome::Problem;

pub const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json; charset=utf-8");

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    pub is_pretty: bool,
}

/// DSTU 1 and 2 called it `application/json+fhir`.
const JSON: [&str; 5] = ["application/fhir+json", "application/json", "application/json+fhir", "json", "text/json"];

impl Format {
    /// `_format` takes precedence over `Accept`. [`Problem::XML`] if neither accepts JSON.
    pub fn of(parameters: &[(String, String)], headers: &HeaderMap) -> Result<Self, Problem> {
        let last = |name: &str| {
            let mut given = parameters.iter().rev().filter(|(_, value)| !is_empty(value));
            let found = given.find(|(found, _)| found.trim().eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim())
        };
        let takes_json = match last("_format") {
            // An unescaped `+` arrives as a space.
            Some(format) => is_json(&format.replace(' ', "+")),
            None => accepts_json(headers),
        };
        if takes_json { Ok(Self { is_pretty: last("_pretty") == Some("true") }) } else { Err(Problem::XML) }
    }

    /// The text as we send it.
    pub fn write(self, json: String) -> String {
        if self.is_pretty { fhir::json::pretty(&json) } else { json }
    }
}

/// Whether JSON is acceptable: the most specific range that matches a type decides (RFC 9110 §12.5.1).
fn accepts_json(headers: &HeaderMap) -> bool {
    let values: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<&str> =
        values.iter().flat_map(|value| value.split(',')).filter(|range| !range.trim_ascii().is_empty()).collect();
    let is_welcome = |json: &&str| {
        let of = |range: &&str| Some((specificity(range, json)?, !is_refused(range)));
        ranges.iter().filter_map(of).max().is_some_and(|(_, is_welcome)| is_welcome)
    };
    ranges.is_empty() || JSON.iter().any(is_welcome)
}

/// How closely a range names the type; `None` if it does not match it.
fn specificity(range: &str, json: &str) -> Option<u8> {
    let (family, _) = json.split_once('/').unwrap_or((json, ""));
    match media_type(range) {
        "*/*" | "*" => Some(0),
        kind if kind.eq_ignore_ascii_case(json) => Some(2),
        kind => kind.strip_suffix("/*").filter(|wanted| wanted.eq_ignore_ascii_case(family)).map(|_| 1),
    }
}

/// `;q=0`, with up to three decimals.
fn is_refused(range: &str) -> bool {
    range.split(';').skip(1).filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
        name.trim_ascii().eq_ignore_ascii_case("q")
            && value.trim_ascii().parse::<f32>().is_ok_and(|weight| weight == 0.0)
    })
}

fn is_json(format: &str) -> bool {
    let kind = media_type(format);
    JSON.iter().any(|json| kind.eq_ignore_ascii_case(json))
}

/// Without parameters such as `;q=0.8` and `;fhirVersion=4.0`.
fn media_type(range: &str) -> &str {
    range.split(';').next().unwrap_or_default().trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_served_to_whoever_takes_any() {
        let check = |accept: &[&str], expect: bool| {
            let mut headers = HeaderMap::new();
            accept.iter().for_each(|accept| _ = headers.append(header::ACCEPT, accept.parse().unwrap()));
            assert_eq!(Format::of(&[], &headers).is_ok(), expect, "{accept:?}");
        };
        check(&[], true);
        check(&[""], true);
        check(&["*/*"], true);
        check(&["*"], true);
        check(&["application/*;q=0.1"], true);
        check(&["application/fhir+json; fhirVersion=4.0"], true);
        check(&["Application/JSON+FHIR"], true);
        check(&["application/fhir+xml, application/json;q=0.5"], true);
        check(&["application/fhir+xml", "text/json"], true);
        check(&["application/fhir+xml"], false);
        check(&["text/html"], false);
        check(&["text/*"], true);
        check(&["application/json;q=0"], false);
        check(&["application/json; Q=0.000"], false);
        check(&["*/*;q=0"], false);
        check(&["application/fhir+xml, */*;q=0"], false);
        check(&["application/fhir+json;q=0, application/json"], true);
        check(&["application/*;q=0, application/fhir+json"], true);
        check(&["application/json;q=0, application/fhir+json;q=0, */*"], true);
        check(&["application/json;q=none"], true);
        // Java's default header; `*` is not a media range.
        check(&["text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"], true);
        check(&["application/json; charset=utf-8"], true);
        check(&["application/fhir+xml;q=0.9,,"], false);
    }

    #[test]
    fn the_parameter_prevails_where_it_has_a_value() {
        let check = |format: &str, accept: &str, expect: bool| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
            let parameters = [("_format".to_owned(), format.to_owned())];
            assert_eq!(Format::of(&parameters, &headers).is_ok(), expect, "{format}, {accept}");
        };
        check("json", "application/fhir+xml", true);
        check("application/fhir json", "application/fhir+xml", true);
        check("application/json+fhir", "application/fhir+xml", true);
        check("xml", "application/json", false);
        check("", "application/json", true);
        check(" ", "application/fhir+xml", false);
    }
}
