//! Which answers the pages of other sites may read.

use leptos::prelude::*;

use super::{Docs, body::Body, code};
use crate::{components::table::Table, texts::docs::cors as text};

/// The headers that pages may read in addition to those that browsers always show. A test compares them with what the
/// server sends.
const EXPOSED: [&str; 10] = [
    "dpop-nonce",
    "etag",
    "last-modified",
    "location",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "retry-after",
    "www-authenticate",
    "x-request-id",
];

pub fn body(_: &Docs<'_>) -> Body {
    let row = |what: &'static str, who: &'static str, why: &'static str| {
        vec![what.into_any(), who.into_any(), code::words(why).into_any()]
    };
    let rows = vec![
        row(text::DIRECTORY, text::ANY_PAGE, text::DIRECTORY_WHY),
        row(text::DISCOVERY, text::ANY_PAGE, text::DISCOVERY_WHY),
        row(text::TOKEN, text::OWN_PAGES, text::TOKEN_WHY),
        row(text::FHIR, text::OWN_PAGES, text::FHIR_WHY),
        row(text::AUTHORIZE, text::NO_PAGE, text::AUTHORIZE_WHY),
    ];
    Body::new()
        .show(view! {
            <p>{text::INTRO}</p>
            <Table caption=text::WHO_MAY_READ columns=vec![text::ADDRESS, text::WHO_MAY_READ, text::WHY] rows />
        })
        .section("headers", text::HEADERS)
        .show(view! { <p>{code::words(text::ABOUT_HEADERS)}</p> })
        .show(code::titled(text::READABLE, EXPOSED.join(", ")))
        .section("preflights", text::PREFLIGHTS)
        .show(view! { <p>{code::words(text::ABOUT_PREFLIGHTS)}</p> })
}
