//! What works, how new the data is, and how an app can find out.

use leptos::prelude::*;
use programs::{support::DataFeed, surface::SurfaceKind};

use super::{Docs, body::Body, code};
use crate::{
    components::{
        marked::linked,
        summary::{Fact, Summary},
        table::Table,
    },
    home::status,
    texts::docs::{quality as text, support},
};

/// Where a load balancer asks, too.
const READY: &str = "/readyz";

pub fn body(docs: &Docs<'_>) -> Body {
    let facts = vec![Fact::new(text::BASES, text::ABOUT_BASES), Fact::new(text::DATES, code::words(text::ABOUT_DATES))];
    let feed = |feed: &DataFeed| vec![feed.name.clone().into_any(), feed.printed.clone().into_any()];
    let feeds: Vec<_> = docs.program.data_feeds.iter().map(feed).collect();
    Body::new()
        .section("status-page", text::PAGE)
        .show(view! { <p>{linked(text::SEE_PAGE, status::PATH)}</p> <Summary facts /> })
        .section("promises", text::PROMISES)
        .show(view! { <p>{linked(text::MONITORED, format!("{}#monitoring", docs.chapter("support")))}</p> })
        .show(view! {
            <p>{text::FEEDS}</p>
            <Table caption=support::FEEDS columns=vec![support::DATA, support::TIMEFRAME] rows=feeds />
        })
        .section("probes", text::PROBES)
        .show(view! { <p>{text::ABOUT_PROBES}</p> })
        .with(|body| probes(docs, body))
        .section("failures", text::FAILURES)
        .show(view! {
            <p>{code::words(text::REQUEST_ID)}</p>
            <p>{code::words(text::RETRY)}</p>
            <p>{linked(text::SEE_ERRORS, docs.chapter("errors"))}</p>
        })
}

/// Calls that anyone can make.
fn probes(docs: &Docs<'_>, body: Body) -> Body {
    let environment = docs.first_environment();
    let site = docs.web.services.public_url.as_str().trim_end_matches('/');
    let base = |kind| docs.base(kind, environment);
    let calls = [
        (text::METADATA, base(SurfaceKind::Fhir), "/metadata"),
        (text::DISCOVERY, base(SurfaceKind::Authz), "/.well-known/openid-configuration"),
        (text::READY, site.to_owned(), READY),
    ];
    let show = |body: Body, (about, base, path): (&'static str, String, &str)| {
        body.show(view! { <p>{code::words(about)}</p> }).show(code::block(format!("GET {base}{path}")))
    };
    calls.into_iter().fold(body, show)
}
