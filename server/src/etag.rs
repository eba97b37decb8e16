//! Entity tags that a caller already has (RFC 9110 §13.1.2).

use axum::http::{HeaderMap, header::IF_NONE_MATCH};

/// Whether `If-None-Match` lists this tag, by weak comparison; `None` if the header is missing. Our tags have no
/// commas.
pub fn is_known(request: &HeaderMap, tag: &str) -> Option<bool> {
    let mut lists = request.get_all(IF_NONE_MATCH).iter().peekable();
    lists.peek()?;
    let mut listed = lists.filter_map(|list| list.to_str().ok()).flat_map(|list| list.split(',')).map(str::trim);
    Some(listed.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag))
}

#[cfg(test)]
mod tests {
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
        // The crate `headers` panics at such a space in debug builds.
        check(&["\"1, 3\""], Some(false));
        check(&["\"3\tx\""], Some(false));
        check(&["w/\"3\""], Some(false));
    }
}
