//! The files made for browsers, embedded in the binary: styles, the islands' WASM, and the contents of `public/`.
//!
//! Files under `/pkg/` have their content's hash in the name, so browsers may keep them forever. Browsers revalidate
//! the others (RFC 9111 §4.3) with the hash as their entity tag. Compressed forms are made at build time.

use app::services::Assets;
use axum::{
    Router,
    body::Bytes,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY},
    },
    response::{IntoResponse, Response},
    routing::get,
};

use crate::etag;

/// A file with its ready-made compressed forms.
pub struct File {
    /// Where browsers ask for it, beginning with `/`.
    path: &'static str,
    media_type: &'static str,
    hash: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

mod site {
    use super::File;
    include!(concat!(env!("OUT_DIR"), "/site.rs"));
}

/// What a page links, by the names of this build; without styles and islands in a build without `cargo xtask`.
pub fn names() -> Assets {
    Assets {
        style: site::STYLE.unwrap_or_default().to_owned(),
        fonts: site::FONTS,
        consent: site::CONSENT.unwrap_or_default(),
        draft: site::DRAFT.unwrap_or_default(),
        islands: site::ISLANDS.map(str::to_owned),
        docs: site::DOCS.unwrap_or_default(),
    }
}

/// One route for each file, so that nothing else under these paths exists.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    site::FILES.iter().fold(Router::new(), |router, file| {
        router.route(file.path, get(async |headers: HeaderMap| respond(file, &headers)))
    })
}

fn respond(file: &'static File, request: &HeaderMap) -> Response {
    let (encoding, body) = choose(file, request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()));
    let mut headers = HeaderMap::new();
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if file.path.starts_with("/pkg/") {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    } else {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
        let tag = entity_tag(file, encoding);
        let known = etag::is_known(request, &tag) == Some(true);
        headers.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
        if known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    headers.extend(encoding.map(|encoding| (CONTENT_ENCODING, HeaderValue::from_static(encoding))));
    (headers, Bytes::from_static(body)).into_response()
}

/// An entity tag for each form, because they differ in their bytes (RFC 9110 §8.8.3.3).
fn entity_tag(file: &File, encoding: Option<&str>) -> String {
    format!("\"{}-{}\"", file.hash, encoding.unwrap_or("plain"))
}

/// The smallest form the client accepts (RFC 9110 §12.5.3), with its content coding.
fn choose(file: &File, accepted: Option<&str>) -> (Option<&'static str>, &'static [u8]) {
    let accepted = accepted.unwrap_or_default();
    let forms = [("br", file.brotli), ("gzip", file.gzip)];
    let form = forms.into_iter().find_map(|(coding, body)| Some((coding, body.filter(|_| accepts(accepted, coding))?)));
    form.map_or((None, file.plain), |(coding, body)| (Some(coding), body))
}

/// Whether an `Accept-Encoding` names the coding, or `*`, with a weight above zero.
fn accepts(accepted: &str, coding: &str) -> bool {
    let weight = |name: &str| {
        accepted.split(',').find_map(|choice| {
            let (token, parameters) = choice.split_once(';').unwrap_or((choice, ""));
            let weight = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
            token.trim().eq_ignore_ascii_case(name).then(|| weight.unwrap_or(0.0))
        })
    };
    weight(coding).or_else(|| weight("*")).is_some_and(|weight| 0.0 < weight)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, header::IF_NONE_MATCH};

    use super::*;

    const FILE: File = File {
        path: "/robots.txt",
        media_type: "text/plain; charset=utf-8",
        hash: "0123",
        plain: b"plain",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzip"),
    };

    fn answer(file: &'static File, name: HeaderName, value: &'static str) -> Response {
        respond(file, &HeaderMap::from_iter([(name, HeaderValue::from_static(value))]))
    }

    #[test]
    fn the_smallest_accepted_form_is_chosen() {
        let check = |accepted, expect: Option<&str>| assert_eq!(choose(&FILE, accepted).0, expect, "{accepted:?}");
        check(None, None);
        check(Some("identity"), None);
        check(Some("gzip, deflate, br"), Some("br"));
        check(Some("gzip;q=0.5"), Some("gzip"));
        check(Some("br;q=0, gzip"), Some("gzip"));
        check(Some("*;q=0"), None);
        check(Some("br;q=0, *"), Some("gzip"));
        check(Some("br;q=high"), None);
    }

    #[test]
    fn an_unhashed_file_is_not_sent_twice() {
        static ROBOTS: File = FILE;
        let first = answer(&ROBOTS, ACCEPT_ENCODING, "br");
        assert_eq!(first.headers()[ETAG], "\"0123-br\"");
        assert_eq!(first.headers()[CONTENT_ENCODING], "br");
        assert_eq!(answer(&ROBOTS, IF_NONE_MATCH, "W/\"x\", \"0123-plain\"").status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer(&ROBOTS, IF_NONE_MATCH, "\"0123-br\"").status(), StatusCode::OK);
    }

    #[test]
    fn a_hashed_file_is_kept_for_ever() {
        static STYLE: File = File { path: "/pkg/flex.0123.css", ..FILE };
        let response = answer(&STYLE, ACCEPT_ENCODING, "");
        assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert!(!response.headers().contains_key(ETAG));
    }
}
