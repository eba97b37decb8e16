//! What calls may cost: how often, how large, how long.

use ::fhir::{
    batch::MOST_ENTRIES,
    search::request::{LARGEST_BODY, LONGEST_QUERY, limits},
};
use leptos::prelude::*;

use super::{Docs, body::Body, code};
use crate::{
    components::{
        marked::linked,
        summary::{Fact, Summary},
    },
    texts::docs::limits as text,
};

pub fn body(docs: &Docs<'_>) -> Body {
    let calls = &docs.web.services.limits;
    let lifetimes = &docs.program.lifetimes;
    let a_minute = |calls: u32| if calls == 0 { text::UNLIMITED.to_owned() } else { text::a_minute(calls) };
    let rates =
        vec![Fact::new(text::BY_CLIENT, a_minute(calls.client)), Fact::new(text::BY_NETWORK, a_minute(calls.network))];
    let headers = vec![
        Fact::new("RateLimit-Limit", text::HEADER_LIMIT),
        Fact::new("RateLimit-Remaining", text::HEADER_REMAINING),
        Fact::new("RateLimit-Reset", text::HEADER_RESET),
        Fact::new("Retry-After", text::HEADER_RETRY),
    ];
    let sizes = vec![
        Fact::new(text::BODY, text::bytes(LARGEST_BODY)),
        Fact::new(text::QUERY, text::bytes(LONGEST_QUERY)),
        Fact::new(text::BATCH, text::entries(MOST_ENTRIES)),
        Fact::new(text::PAGE, text::matches(docs.program.paging.most)),
    ];
    let times = vec![
        Fact::new(text::REQUEST, text::minutes(lifetimes.authorization_request.as_secs() / 60)),
        Fact::new(text::PUSHED, text::seconds(lifetimes.pushed_request.as_secs())),
        Fact::new(text::AUTHORIZATION_CODE, text::seconds(lifetimes.authorization_code.as_secs())),
        Fact::new(text::ACCESS_TOKEN, text::seconds(lifetimes.access_token.as_secs())),
        Fact::new(text::CONSENT, text::days(lifetimes.grant_days)),
    ];
    Body::new()
        .section("rates", text::RATES)
        .show(view! {
            <p>{text::ABOUT_RATES}</p>
            <Summary facts=rates />
            <p>{text::ABOUT_HEADERS}</p>
            <Summary facts=headers />
            <p>{linked(text::TOO_MANY, format!("{}#error-rate-limited", docs.chapter("errors")))}</p>
        })
        .section("sizes", text::SIZES)
        .show(view! { <Summary facts=sizes /> <p>{code::words(&limits().replace('`', ""))}</p> })
        .section("lifetimes", text::LIFETIMES)
        .show(view! { <Summary facts=times /> })
}
