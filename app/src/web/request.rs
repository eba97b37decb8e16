//! What a page or a form may know of its request.

use std::net::IpAddr;

use crate::{failure::Failure, locale::Locale};

/// A request, freed from HTTP: the server fills it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The path as it was asked for, without the query.
    pub path: String,
    /// The parts of the path that the route names.
    pub params: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    pub cookies: Vec<(String, String)>,
    pub accept_language: Option<String>,
    /// What the browser calls the host of our address, with its port: to look up, never to believe.
    pub host: Option<String>,
    /// The caller, for slowing down guesses.
    pub address: Option<IpAddr>,
    pub user_agent: Option<String>,
    /// The page a form was sent from (`Referer`), as a path of this site.
    pub came_from: Option<String>,
    /// What was sent with a form besides its text.
    pub files: Vec<Uploaded>,
    /// HEAD: no one reads the page, so nothing is used up for it (RFC 9110 §9.2.1).
    pub only_looks: bool,
}

/// A file as the browser sent it: nothing about it was checked.
#[derive(Clone, Debug)]
pub struct Uploaded {
    /// The name of its input.
    pub field: String,
    /// What the sender calls it.
    pub name: String,
    pub content: Vec<u8>,
}

/// The cookie that remembers which language was chosen, or which one was suggested ([`Locale::suggestion`]).
pub const LANGUAGE_COOKIE: &str = "flex_language";

/// The pages that exist in every language.
const TRANSLATED: [&str; 8] =
    ["/account", "/consent", "/docs", "/member", "/signin", "/signup", "/status", "/what-is-healthcare-id"];

impl Request {
    /// A named part of the path; a route that lacks it is an address that does not exist.
    pub fn param(&self, name: &str) -> Result<&str, Failure> {
        find(&self.params, name).ok_or(Failure::NotFound)
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        find(&self.cookies, name)
    }

    /// The portal that a page belongs to, or the form's name: words of ours once a route was found.
    pub fn area(&self) -> &str {
        let mut parts = self.path.split('/').skip(1).skip_while(|part| *part == "api");
        parts.next().unwrap_or_default()
    }

    /// Whether a null character is somewhere in the address: no text of ours has one, and PostgreSQL takes none.
    pub fn holds_null(&self) -> bool {
        self.params.iter().chain(&self.query).any(|(_, value)| value.contains('\0'))
    }

    /// The language that the reader chose with our buttons, in this browser.
    pub fn chosen_language(&self) -> Option<Locale> {
        self.cookie(LANGUAGE_COOKIE).and_then(Locale::find)
    }

    /// The chosen language, else that of the reader's account or the one that an app suggested, else the browser's first that
    /// we speak, else English; English where a page has no other.
    pub fn locale(&self) -> Locale {
        if !self.is_translated() {
            return Locale::English;
        }
        let suggested = || self.cookie(LANGUAGE_COOKIE).and_then(Locale::suggested);
        let accepted = || Locale::accept(self.accept_language.as_deref()?);
        self.chosen_language().or_else(suggested).or_else(accepted).unwrap_or_default()
    }

    /// Whether the page, or the one whose form this is, is one that members use.
    pub fn is_translated(&self) -> bool {
        let path = self.came_from.as_deref().unwrap_or(&self.path);
        path == "/"
            || TRANSLATED
                .iter()
                .any(|start| path.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
    }

    /// The page to come back to after signing in: this one, or the one whose form this is.
    pub fn page_and_query(&self) -> String {
        self.came_from.as_deref().and_then(local_path).map_or_else(|| self.path_and_query(), str::to_owned)
    }

    /// The path with its query.
    pub fn path_and_query(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
        format!("{}?{query}", self.path)
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A path of this site, or none: what begins with `//`, names a scheme or a host, or hides one behind a backslash or
/// a control character would lead elsewhere.
pub fn local_path(next: &str) -> Option<&str> {
    let plain = next.chars().all(|char| char.is_ascii_graphic() && char != '\\');
    (plain && next.starts_with('/') && !next.starts_with("//")).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_returned_to() {
        fn check(next: &str, expect: bool) {
            assert_eq!(local_path(next).is_some(), expect, "{next}");
        }
        check("/owner", true);
        check("/consent/abc?step=2#top", true);
        check("", false);
        check("owner", false);
        check("//evil.test", false);
        check("/\\evil.test", false);
        check("https://evil.test", false);
        check("javascript:alert(1)", false);
        check("/\t/evil.test", false);
        check("/owner\r\nSet-Cookie: a=b", false);
    }

    #[test]
    fn members_pages_are_translated_and_others_are_english() {
        fn check(path: &str, came_from: Option<&str>, expect: bool) {
            let came_from = came_from.map(str::to_owned);
            let request = Request { path: path.to_owned(), came_from, ..Request::default() };
            assert_eq!(request.is_translated(), expect, "{path}");
        }
        check("/member", None, true);
        check("/member/past", None, true);
        check("/signin", None, true);
        check("/members", None, false);
        check("/owner", None, false);
        check("/", None, true);
        check("/terms", None, false);
        check("/docs/idaho", None, true);
        check("/documents", None, false);
        check("/api/sign-in", Some("/signin?next=%2Fmember"), true);
        check("/api/sign-in", None, false);
    }

    #[test]
    fn the_way_back_keeps_its_query() {
        let query = vec![("a".to_owned(), "1&2".to_owned())];
        let request = Request { path: "/owner".to_owned(), query, ..Request::default() };
        assert_eq!(request.path_and_query(), "/owner?a=1%262");
    }
}
