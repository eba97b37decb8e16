//! What works, how well it worked, how new the data is, and how an app can find out.

pub mod figures;

use leptos::prelude::*;
use programs::{program::Program, support::DataFeed, surface::SurfaceKind};

use super::{Docs, beside_portal, body::Body, chapters, code, frame, organization};
use crate::{
    components::{
        marked::linked,
        summary::{Fact, Summary},
        table::Table,
    },
    failure::Failure,
    home::status,
    page::Page,
    quality::{self, Quality},
    texts::docs::{quality as text, support},
    web::Web,
};

/// The last part of the chapter's address.
pub const SLUG: &str = "quality";

/// Where a load balancer asks, too.
const READY: &str = "/readyz";

/// The chapter with its figures.
pub async fn page(web: &Web, program: &Program) -> Result<Page, Failure> {
    let measured = match quality::is_public(program) {
        true => Some(web.services.quality.get(&web.services.store, program).await?),
        false => None,
    };
    let docs = Docs { web, program, shows_launch_urls: false };
    let entries = chapters::contents(program);
    let here = entries.iter().find(|entry| entry.slug == SLUG).ok_or(Failure::NotFound)?;
    let page = frame::page(&docs, &entries, here, contents(&docs, measured.as_deref()));
    Ok(beside_portal(organization(web).await?.as_ref(), page))
}

/// What the search of the documentation finds.
pub fn body(docs: &Docs<'_>) -> Body {
    contents(docs, None)
}

fn contents(docs: &Docs<'_>, measured: Option<&Quality>) -> Body {
    let facts = vec![Fact::new(text::BASES, text::ABOUT_BASES), Fact::new(text::DATES, code::words(text::ABOUT_DATES))];
    let feed = |feed: &DataFeed| vec![feed.name.clone().into_any(), feed.printed.clone().into_any()];
    let feeds: Vec<_> = docs.program.data_feeds.iter().map(feed).collect();
    Body::new()
        .section("status-page", text::PAGE)
        .show(view! { <p>{linked(text::SEE_PAGE, status::PATH)}</p> <Summary facts /> })
        .with(|body| if quality::is_public(docs.program) { figures::add(docs, body, measured) } else { body })
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
