//! Validators of a resource (RFC 9110 §8.8, §13.1; hl7.org/fhir/R4/http.html#cread).

use axum::http::{HeaderMap, HeaderValue, header};
use fhir::read::Stored;
use jiff::{Timestamp, fmt::rfc2822};

/// With those that the layers add, so that the map does not grow on its way.
const ROOM: usize = 24;

/// `W/"3"`, when it last changed, and who may keep it.
pub fn headers(stored: &Stored, is_public: bool) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(ROOM);
    let tag = HeaderValue::try_from(["W/\"", &stored.version.to_string(), "\""].concat());
    let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&stored.updated_at);
    headers.extend(tag.ok().map(|tag| (header::ETAG, tag)));
    headers.extend(date.ok().and_then(|date| Some((header::LAST_MODIFIED, HeaderValue::try_from(date).ok()?))));
    headers.insert(header::CACHE_CONTROL, keep(is_public));
    headers
}

/// Whoever keeps what is public asks again before using it; a member's data is kept by the app, if at all, and by nothing that
/// it passes on its way.
pub fn keep(is_public: bool) -> HeaderValue {
    HeaderValue::from_static(if is_public { "public, no-cache" } else { "no-store" })
}

/// Whether the caller has this version already. `If-None-Match` prevails (RFC 9110 §13.2.2).
pub fn is_fresh(request: &HeaderMap, stored: &Stored) -> bool {
    let mut tags = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).peekable();
    if tags.peek().is_some() {
        let own = format!("\"{}\"", stored.version);
        return tags
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own);
    }
    let since = request.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let since = since.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
    // HTTP's dates have whole seconds.
    since.is_some_and(|since: Timestamp| stored.updated_at.as_second() <= since.as_second())
}
