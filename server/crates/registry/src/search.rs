//! What people paste into the search: names in any order of their words, numbers with and without hyphens, addresses, ids and the
//! first characters of ids, hosts of redirect URIs.

use store::Query;
use url::Url;

/// A search, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In lower case, without blanks around it.
    text: String,
    /// Each is somewhere in the name.
    words: Vec<String>,
    /// A US number as it is stored.
    ein: Option<String>,
    /// The host of a web address, or what could be one.
    host: Option<String>,
}

/// A search has no more words than this; the others are not looked for.
const MOST_WORDS: usize = 8;
/// The first characters of an id, as pages and letters show it.
pub(crate) const SHORT: usize = 8;

impl Wanted {
    pub fn of(typed: &str) -> Self {
        // PostgreSQL refuses text that contains a null character, and no stored text contains one.
        let text = typed.trim().replace('\0', "").to_lowercase();
        let words = text.split_whitespace().take(MOST_WORDS).map(str::to_owned).collect();
        Self { ein: ein(&text), host: host(&text), words, text }
    }

    /// Everything is found.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What an id must begin with, if the search could be the first characters of one, or a whole one.
    pub(crate) fn short(&self) -> Option<&str> {
        let is_id = SHORT <= self.text.len() && self.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_id { self.text.get(..SHORT) } else { None }
    }

    /// Adds a condition: every word is somewhere in this column.
    pub(crate) fn push_name(&self, query: &mut Query, column: &str) {
        query.push("(1 = 1");
        for word in &self.words {
            query.push(" AND LOWER(").push(column).push(") LIKE ").push_bind(pattern(word)).push(" ESCAPE '!'");
        }
        query.push(")");
    }

    /// Adds a condition: the text is an id in this column, or its first characters.
    pub(crate) fn push_id(&self, query: &mut Query, column: &str) {
        query.push(column).push(" = ").push_bind(self.text.as_str());
        if let Some(short) = self.short().filter(|short| short.len() == self.text.len()) {
            query.push(" OR SUBSTR(").push(column).push(", 1, 8) = ").push_bind(short);
        }
    }

    /// Adds ` OR …`: the text is a tax identifier in this column.
    pub(crate) fn push_tin(&self, query: &mut Query, column: &str) {
        query.push(" OR LOWER(").push(column).push(") = ").push_bind(self.text.as_str());
        if let Some(ein) = &self.ein {
            query.push(" OR ").push(column).push(" = ").push_bind(ein.as_str());
        }
    }

    /// Adds ` OR …`: a host in the address of this column, if the text could be one.
    pub(crate) fn push_host(&self, query: &mut Query, column: &str) {
        if let Some(host) = &self.host {
            query.push(" OR LOWER(").push(column).push(") LIKE ").push_bind(pattern(host)).push(" ESCAPE '!'");
        }
    }
}

/// `12-3456789`, typed with or without its hyphen, or with blanks.
fn ein(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|char| !matches!(char, '-' | ' ')).collect();
    let is_ein = digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_ein.then(|| format!("{}-{}", &digits[..2], &digits[2..]))
}

/// The host of a web address; `app.example.com` and `com.example.app:/callback` too.
fn host(text: &str) -> Option<String> {
    if text.contains('@') || text.contains(char::is_whitespace) || !text.contains('.') {
        return None;
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let host = match url.as_ref().and_then(Url::host_str) {
        Some(host) => host.to_owned(),
        None => text.split('/').next().unwrap_or(text).to_owned(),
    };
    (3 <= host.len()).then_some(host)
}

/// Matches what contains the text. Its own wildcards match only themselves.
pub(crate) fn pattern(text: &str) -> String {
    let text = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{text}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_is_read_as_what_it_could_be() {
        let check = |typed: &str, words: &[&str], ein: Option<&str>, host: Option<&str>, short: Option<&str>| {
            let wanted = Wanted::of(typed);
            let found = (wanted.ein.as_deref(), wanted.host.as_deref(), wanted.short());
            assert_eq!(found, (ein, host, short), "{typed:?}");
            assert_eq!(wanted.words, words, "{typed:?}");
        };
        check("", &[], None, None, None);
        check("  Health\tBright ", &["health", "bright"], None, None, None);
        check("82-1234567", &["82-1234567"], Some("82-1234567"), None, None);
        check("821234567", &["821234567"], Some("82-1234567"), None, Some("82123456"));
        check("82 1234567", &["82", "1234567"], Some("82-1234567"), None, None);
        check("82-12345678", &["82-12345678"], None, None, None);
        check(
            "https://App.Harbor.example/callback?x=1",
            &["https://app.harbor.example/callback?x=1"],
            None,
            Some("app.harbor.example"),
            None,
        );
        check("harbor.example/callback", &["harbor.example/callback"], None, Some("harbor.example"), None);
        check("com.harbor.app:/callback", &["com.harbor.app:/callback"], None, Some("com.harbor.app:"), None);
        check("help@harbor.example", &["help@harbor.example"], None, None, None);
        check("k7q2m9xa", &["k7q2m9xa"], None, None, Some("k7q2m9xa"));
        check("k7q2m9xab3", &["k7q2m9xab3"], None, None, Some("k7q2m9xa"));
        check("a\0b", &["ab"], None, None, None);
        check("%_!", &["%_!"], None, None, None);
        check("a b c d e f g h i j", &["a", "b", "c", "d", "e", "f", "g", "h"], None, None, None);
        assert_eq!(pattern("50%_!"), "%50!%!_!!%");
    }
}
