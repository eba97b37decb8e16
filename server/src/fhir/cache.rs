//! Validators of a resource (RFC 9110 §8.8, §13.1; hl7.org/fhir/R4/http.html#cread).

use axum::http::{HeaderMap, HeaderValue, header};
use fhir::read::Stored;
use jiff::{
    Timestamp,
    fmt::{rfc2822, strtime},
    tz::TimeZone,
};

use crate::etag;

/// Includes the headers that the layers add, so that the map is not reallocated later.
const ROOM: usize = 24;

/// `W/"3"`, the time of the last change, and who may cache it.
pub fn headers(stored: &Stored, is_public: bool) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(ROOM);
    let tag = HeaderValue::try_from(["W/\"", &stored.version.to_string(), "\""].concat());
    let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&stored.updated_at);
    headers.extend(tag.ok().map(|tag| (header::ETAG, tag)));
    headers.extend(date.ok().and_then(|date| Some((header::LAST_MODIFIED, HeaderValue::try_from(date).ok()?))));
    headers.insert(header::CACHE_CONTROL, keep(is_public));
    headers
}

/// Caches revalidate public resources before each use. Only the app may cache a member's data, and no cache in between.
pub fn keep(is_public: bool) -> HeaderValue {
    HeaderValue::from_static(if is_public { "public, no-cache" } else { "no-store" })
}

/// Whether the caller has this version already. `If-None-Match` takes precedence (RFC 9110 §13.2.2).
pub fn is_fresh(request: &HeaderMap, stored: &Stored, now: Timestamp) -> bool {
    if let Some(is_known) = etag::is_known(request, &format!("\"{}\"", stored.version)) {
        return is_known;
    }
    let since = request.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let since = since.and_then(|date| http_date(date.trim_ascii(), now));
    // HTTP dates have whole seconds.
    since.is_some_and(|since: Timestamp| stored.updated_at.as_second() <= since.as_second())
}

/// A date in any of HTTP's three formats (RFC 9110 §5.6.7); `None` for anything else, which must be ignored.
fn http_date(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(date) = rfc2822::DateTimeParser::new().parse_timestamp(text) {
        return Some(date);
    }
    let parse =
        |format: &str, text: &str| strtime::parse(format, text).ok()?.to_datetime().ok()?.to_zoned(TimeZone::UTC).ok();
    if let Some(date) = parse("%a %b %e %H:%M:%S %Y", text) {
        return Some(date.timestamp());
    }
    // RFC 850's year has two digits: the latest such year that is at most fifty years ahead. The weekday would only
    // tell us the century.
    let (_, rest) = text.split_once(", ")?;
    let date = parse("%d-%b-%y %H:%M:%S GMT", rest)?;
    let this_year = now.to_zoned(TimeZone::UTC).year();
    let century = (this_year + 50 - date.year().rem_euclid(100)).div_euclid(100) * 100;
    let year = century + date.year().rem_euclid(100);
    date.with().year(year).build().ok().map(|date| date.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_three_forms() {
        let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(http_date(text, now), expect.map(|expect| expect.parse().unwrap()), "{text}");
        };
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some("1994-11-06T08:49:37Z"));
        check("Sunday, 06-Nov-94 08:49:37 GMT", Some("1994-11-06T08:49:37Z"));
        check("Sun Nov  6 08:49:37 1994", Some("1994-11-06T08:49:37Z"));
        check("Wed Nov 16 08:49:37 1994", Some("1994-11-16T08:49:37Z"));
        check("Wednesday, 16-Nov-94 08:49:37 GMT", Some("1994-11-16T08:49:37Z"));
        check("Sunday, 01-Mar-26 00:00:00 GMT", Some("2026-03-01T00:00:00Z"));
        check("Wednesday, 01-Jan-76 00:00:00 GMT", Some("2076-01-01T00:00:00Z"));
        check("Saturday, 01-Jan-77 00:00:00 GMT", Some("1977-01-01T00:00:00Z"));
        check("yesterday", None);
        check("", None);
        check("2026-03-01", None);
    }
}
