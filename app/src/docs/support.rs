//! Who helps, how soon, and under which terms.

use leptos::prelude::*;
use programs::{
    support::{DataFeed, ResponseTime, ResponseTo},
    text::Guidance,
};

use super::{
    Docs,
    body::{Body, slug},
};
use crate::{
    components::{marked::linked, table::Table},
    texts::docs::support as text,
};

pub fn body(docs: &Docs<'_>) -> Body {
    let support = &docs.program.support;
    let item = |line: &String| view! { <li>{line.clone()}</li> };
    let covers = support.covers.iter().map(item).collect_view();
    let requests = [ResponseTo::SandboxSupport, ResponseTo::ProductionSupport];
    let times = |of_requests: bool| {
        let own = support.response_times.iter().filter(|time| requests.contains(&time.to) == of_requests);
        own.map(|time: &ResponseTime| vec![time.name.clone().into_any(), time.printed.clone().into_any()]).collect()
    };
    let (registrations, requests) = (times(false), times(true));
    let feed = |feed: &DataFeed| vec![feed.name.clone().into_any(), feed.printed.clone().into_any()];
    let feeds = docs.program.data_feeds.iter().map(feed).collect();
    let disclaimers = docs.program.disclaimers.iter().map(item).collect_view();
    let hours = text::hours(support.hours.printed.as_str());
    Body::new()
        .section("hours", text::HOURS)
        .show(view! { <p>{hours}</p> <ul class="usa-list">{covers}</ul> })
        .section("monitoring", text::MONITORING)
        .paragraphs(&support.monitoring)
        .show(view! { <p>{linked(text::STATUS, "/status")}</p> })
        .section("response-times", text::TIMES)
        .show(view! { <p>{text::PUBLIC_ENDPOINTS}</p> <p>{text::ABOUT_TIMES}</p> })
        .show(view! {
            <Table caption=text::TIMES columns=vec![text::REGISTRATION_TYPE, text::ESTIMATED] rows=registrations />
            <Table caption=text::SUPPORT_REQUEST columns=vec![text::SUPPORT_REQUEST, text::ESTIMATED] rows=requests />
        })
        .section("data-feeds", text::FEEDS)
        .show(view! { <Table caption=text::FEEDS columns=vec![text::DATA, text::TIMEFRAME] rows=feeds /> })
        .section("contact", text::CONTACT)
        .paragraphs(&support.contact)
        .show(view! { <p>{support.public_note.clone()}</p> })
        .section("disclaimers", text::DISCLAIMERS)
        .show(view! { <ol class="usa-list">{disclaimers}</ol> })
}

pub fn guidelines(docs: &Docs<'_>) -> Body {
    headed(&docs.program.guidelines)
}

pub fn terms(docs: &Docs<'_>) -> Body {
    headed(&docs.program.terms)
}

/// Each text under its heading.
fn headed(parts: &[Guidance]) -> Body {
    let part = |body: Body, part: &Guidance| {
        body.section(&slug(&part.title), part.title.clone()).show(view! { <p>{part.text.clone()}</p> })
    };
    parts.iter().fold(Body::new(), part)
}
