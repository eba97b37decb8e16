//! Cookies as browsers send them, and as we set them. The `cookie` crate reads and writes them.

use app::web::reply;
use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use tower_sessions::cookie::{Cookie, SameSite, time::Duration};

/// Names and values of every `Cookie` header (RFC 6265 §4.2), exactly as sent: a name that is written differently, with
/// `%5F` for `_`, is another cookie, which a neighboring host could set in spite of `__Host-`.
#[derive(Clone, Debug, Default)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    pub fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
        Self(cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect())
    }

    /// The first cookie with this name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// The value of `Set-Cookie`; `None` if it is not a valid header value.
pub fn set(cookie: &reply::Cookie) -> Option<HeaderValue> {
    let written = Cookie::build((cookie.name, cookie.value.as_str()))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(cookie.secure)
        .path("/");
    let written = match cookie.max_age {
        Some(seconds) => written.max_age(Duration::seconds(seconds)),
        None => written,
    };
    HeaderValue::try_from(written.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_read_as_they_were_sent() {
        fn check(lines: &[&'static [u8]], expect: &[(&str, &str)]) {
            let headers = lines.iter().map(|line| (COOKIE, HeaderValue::from_bytes(line).unwrap())).collect();
            let expect: Vec<_> = expect.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            assert_eq!(Sent::of(&headers).pairs(), expect);
        }
        check(&[], &[]);
        check(&[b"a=1; b=2", b"c=3"], &[("a", "1"), ("b", "2"), ("c", "3")]);
        check(&[b"a=1;;b;=2; c=\"3\";d==4;"], &[("a", "1"), ("c", "\"3\""), ("d", "=4")]);
        check(&[b"a=1; a=2"], &[("a", "1"), ("a", "2")]);
        check(&[b"%61=%31; +a=+"], &[("%61", "%31"), ("+a", "+")]);
        check(&["\u{2000}a=1".as_bytes(), b"b=2"], &[("b", "2")]);
    }

    #[test]
    fn a_cookie_is_of_the_whole_host_and_of_no_script() {
        fn check(secure: bool, max_age: Option<i64>, expect: &str) {
            let cookie = reply::Cookie { name: "a", value: "b".to_owned(), secure, max_age };
            assert_eq!(set(&cookie).unwrap(), expect);
        }
        check(false, None, "a=b; HttpOnly; SameSite=Lax; Path=/");
        check(true, Some(60), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60");
        check(true, Some(0), "a=b; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0");
    }
}
