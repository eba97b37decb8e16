//! Entity tags that a caller already has (RFC 9110 §13.1.2).

use axum::http::HeaderMap;
use headers::{HeaderMapExt, IfNoneMatch};

/// Whether `If-None-Match` lists this tag, by weak comparison; `None` where there is no such header.
pub fn is_known(request: &HeaderMap, tag: &str) -> Option<bool> {
    let known: IfNoneMatch = request.typed_get()?;
    Some(tag.parse().is_ok_and(|tag| !known.precondition_passes(&tag)))
}

#[cfg(test)]
mod tests {
    use axum::http::header::IF_NONE_MATCH;

    use super::*;

    #[test]
    fn a_tag_is_known_however_it_is_listed() {
        fn check(listed: &[&str], expect: Option<bool>) {
            let mut request = HeaderMap::new();
            listed.iter().for_each(|tags| _ = request.append(IF_NONE_MATCH, tags.parse().unwrap()));
            assert_eq!(is_known(&request, "\"3\""), expect, "{listed:?}");
        }
        check(&[], None);
        check(&["\"3\""], Some(true));
        check(&["W/\"3\""], Some(true));
        check(&["*"], Some(true));
        check(&["\"1\", W/\"3\""], Some(true));
        check(&["\"1\" ,, \"3\" "], Some(true));
        check(&["\"1\"", "W/\"3\""], Some(true));
        check(&["\"a,b\", \"3\""], Some(true));
        check(&["W/3, \"3\""], Some(true));
        check(&[""], Some(false));
        check(&["3"], Some(false));
        check(&["\"3"], Some(false));
        check(&["\"30\""], Some(false));
        check(&["\"1, 3\""], Some(false));
        check(&["w/\"3\""], Some(false));
    }
}
