//! The request that a page's address describes. Everything in its query that is not ours is the request's own query, so that an
//! example of the documentation is an address.

use programs::{
    definitions::ParameterKind,
    resource::{Parameter, Resource},
};
use url::{Url, form_urlencoded::Serializer};

/// Which request: `search` or `read`. Without it, the page only shows its forms.
pub const DO: &str = "do";
/// The id to read.
pub const ID: &str = "read-id";
/// The version to read.
pub const VERSION: &str = "read-version";
/// More of the query, as text.
pub const MORE: &str = "more";
const OURS: [&str; 4] = [DO, ID, VERSION, MORE];

/// The address below this base that a page's query asks for; `None` if it asks for nothing. Parameters without a value are those
/// of inputs left empty.
pub fn url(base: &str, kind: &str, query: &[(String, String)]) -> Option<Url> {
    let value = |name: &str| query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
    let mut url = Url::parse(base).ok()?;
    let mut path = vec![kind];
    match value(DO) {
        "read" => {
            path.push(value(ID));
            if !value(VERSION).is_empty() {
                path.extend(["_history", value(VERSION)]);
            }
        }
        "search" => {
            let own = query.iter().filter(|(name, value)| !OURS.contains(&name.as_str()) && !value.is_empty());
            let own: Vec<_> = own.cloned().chain(pairs(value(MORE))).collect();
            if !own.is_empty() {
                url.query_pairs_mut().extend_pairs(own);
            }
        }
        _ => return None,
    }
    url.path_segments_mut().ok()?.extend(path);
    Some(url)
}

/// The query without the inputs that were left empty, so that the address says what is asked; `None` if there are none.
pub fn tidy(query: &[(String, String)]) -> Option<String> {
    let filled = query.iter().filter(|(_, value)| !value.is_empty());
    query
        .iter()
        .any(|(_, value)| value.is_empty())
        .then(|| Serializer::new(String::new()).extend_pairs(filled).finish())
}

/// The query of our page that sends the example `Location?address=Orlando` or `Patient/123`; `None` for one whose id is a placeholder.
pub fn of_example(example: &str) -> Option<String> {
    if example.contains('[') {
        return None;
    }
    let (path, query) = example.split_once('?').unwrap_or((example, ""));
    Some(match path.split_once('/') {
        Some((_, id)) => Serializer::new(String::new()).append_pair(DO, "read").append_pair(ID, id).finish(),
        None => searching(pairs(query)),
    })
}

/// The query of our page that sends what a `next` link leads to.
pub fn of_link(link: &str) -> Option<String> {
    Some(searching(pairs(Url::parse(link).ok()?.query()?)))
}

fn searching(pairs: Vec<(String, String)>) -> String {
    Serializer::new(String::new()).append_pair(DO, "search").extend_pairs(pairs).finish()
}

fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The inputs of a resource's form, in the order of the search table: what selects, then what shapes the answer. Includes have
/// inputs of their own.
pub fn parameters(resource: &Resource) -> (Vec<&Parameter>, Vec<&Parameter>) {
    let is_include = |parameter: &&Parameter| matches!(parameter.code.as_str(), "_include" | "_revinclude");
    let all = resource.parameters.iter().chain(&resource.chains).filter(|parameter| !is_include(parameter));
    all.partition(|parameter| parameter.kind != ParameterKind::Result)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://flex.example.org/fhir/R4";

    fn sent(query: &str) -> Option<String> {
        url(BASE, "Coverage", &pairs(query)).map(|url| url.to_string().replace(BASE, ""))
    }

    #[test]
    fn a_form_describes_a_request() {
        let check = |query, expect: Option<&str>| assert_eq!(sent(query).as_deref(), expect, "{query}");
        check("", None);
        check("patient=1", None);
        check("do=search", Some("/Coverage"));
        check("do=search&patient=1&_id=&status=active", Some("/Coverage?patient=1&status=active"));
        check(
            "do=search&more=_sort%3D-_lastUpdated%26name%3Aexact%3DA",
            Some("/Coverage?_sort=-_lastUpdated&name%3Aexact=A"),
        );
        check("do=read&read-id=7", Some("/Coverage/7"));
        check("do=read&read-id=+7+&read-version=2", Some("/Coverage/7/_history/2"));
        check("do=else", None);
    }

    #[test]
    fn inputs_left_empty_are_not_in_the_address() {
        let check = |query, expect: Option<&str>| assert_eq!(tidy(&pairs(query)).as_deref(), expect, "{query}");
        check("", None);
        check("do=search", None);
        check("do=search&_id=&name=A+B&more=", Some("do=search&name=A+B"));
        check("_id=", Some(""));
    }

    #[test]
    fn nothing_typed_leads_out_of_the_base() {
        for id in ["../../oauth/token", "..", "", "%2e%2e", "a?b=c", "a#b", "//evil.test", "'\"`$(x)\\"] {
            let url = url(BASE, "Coverage", &[(DO.to_owned(), "read".to_owned()), (ID.to_owned(), id.to_owned())]);
            let url = url.unwrap();
            assert!(url.as_str().starts_with("https://flex.example.org/fhir/R4/Coverage"), "{url}");
            assert_eq!((url.query(), url.fragment()), (None, None), "{url}");
        }
    }

    #[test]
    fn an_example_is_an_address() {
        let check = |example, expect: Option<&str>| assert_eq!(of_example(example).as_deref(), expect, "{example}");
        check("Location?address=Orlando", Some("do=search&address=Orlando"));
        check("Patient/123", Some("do=read&read-id=123"));
        check("Patient", Some("do=search"));
        check("Patient/[id]", None);
        check("Organization?name=Utah Hospital", Some("do=search&name=Utah+Hospital"));
        let next = of_link("https://flex.example.org/fhir/R4/Coverage?_count=2&page=abc");
        assert_eq!(next.as_deref(), Some("do=search&_count=2&page=abc"));
    }
}
