//! The figures of the program: the same as in its JSON.

use leptos::prelude::*;
use model::probe::Outcome;

use crate::{
    components::{
        pager::grouped,
        summary::{Fact, Summary},
        table::{Row, Table},
        time::{date, date_and_time, show_in},
    },
    docs::{Docs, body::Body, code, path},
    locale::Locale,
    quality::{FEWEST, LastProbe, Period, Probes, Profiles, Quality},
    texts::docs::quality as text,
};

/// Below [`path`].
pub const JSON: &str = "quality.json";

/// Without figures it adds what the search finds: headings and meanings.
pub fn add(docs: &Docs<'_>, body: Body, measured: Option<&Quality>) -> Body {
    show_in(&docs.web.services.programs, [&docs.program.id]);
    let site = docs.web.services.public_url.as_str().trim_end_matches('/');
    let json = format!("GET {site}{}/{JSON}", path(docs.program));
    body.section("figures", text::FIGURES)
        .show(view! { <p>{text::ABOUT_FIGURES}</p> })
        .show(measured.map(table))
        .show(view! { <Summary facts=vec![Fact::new(text::LONGEST, text::days(longest(docs)))] /> })
        .section("figures-meaning", text::MEANING)
        .show(view! { <Summary facts=meanings() /> })
        .section("sandbox-check", text::CHECK)
        .show(measured.map(|measured| check(measured.probe.as_ref())))
        .section("profiles", text::PROFILES)
        .show(measured.map(|measured| profiles(&measured.profiles)))
        .section("figures-json", text::JSON)
        .show(view! { <p>{code::words(text::ABOUT_JSON)}</p> })
        .show(code::block(json))
}

fn longest(docs: &Docs<'_>) -> u16 {
    let lifetimes = &docs.program.lifetimes;
    lifetimes.grant_days_choices.last().copied().unwrap_or(lifetimes.grant_days)
}

fn table(measured: &Quality) -> AnyView {
    let row = |name: &'static str, figure: &dyn Fn(&Period) -> String| -> Row {
        let figures = measured.periods.iter().map(|period| figure(period).into_any());
        [name.into_any()].into_iter().chain(figures).collect()
    };
    let percent = |share: Option<i64>| share.map_or_else(few, text::percent);
    let within = |within: Option<i64>| within.map_or_else(few, |within| text::milliseconds(grouped(within)));
    let rows = vec![
        row(text::AUTHORIZATIONS, &|period| percent(period.authorization_success_percent)),
        row(text::REFRESHES, &|period| percent(period.refresh_success_percent)),
        row(text::P95_FHIR, &|period| within(period.p95_ms.fhir)),
        row(text::P95_OAUTH, &|period| within(period.p95_ms.oauth)),
        row(text::P95_DIRECTORY, &|period| within(period.p95_ms.directory)),
        row(text::UPTIME, &|period| uptime(period.sandbox_uptime.as_ref())),
        row(text::REVIEWS, &|period| percent(period.app_reviews_on_time_percent)),
        row(text::SANDBOX_SUPPORT, &|period| percent(period.sandbox_support_on_time_percent)),
        row(text::PRODUCTION_SUPPORT, &|period| percent(period.production_support_on_time_percent)),
    ];
    let columns = vec![text::MEASURE, text::MONTH, text::HALF_YEAR];
    let as_of = text::as_of(date_and_time(measured.as_of, Locale::English));
    let uptime = measured.periods.last().and_then(|period| period.sandbox_uptime.as_ref());
    let since = uptime.map(|probes| text::measured_since(date(probes.since, Locale::English)));
    let since = view! { <p class="usa-hint">{as_of} " " {since}</p> };
    view! { <Table caption=text::FIGURES columns rows /> {since} }.into_any()
}

fn few() -> String {
    text::few(FEWEST)
}

/// `99.93% (8,634 of 8,640 checks)`
pub fn uptime(probes: Option<&Probes>) -> String {
    match probes {
        Some(probes) => text::of_probes(probes.percent.to_string(), grouped(probes.passed), grouped(probes.due)),
        None => text::NOT_CHECKED.to_owned(),
    }
}

fn meanings() -> Vec<Fact> {
    vec![
        Fact::new(text::AUTHORIZATIONS, text::ABOUT_AUTHORIZATIONS),
        Fact::new(text::REFRESHES, text::ABOUT_REFRESHES),
        Fact::new(text::P95_FHIR, text::ABOUT_P95),
        Fact::new(text::UPTIME, text::ABOUT_UPTIME),
        Fact::new(text::PRODUCTION_SUPPORT, text::ABOUT_ON_TIME),
        Fact::new(text::SMALL, text::small_numbers(FEWEST)),
    ]
}

fn check(last: Option<&LastProbe>) -> AnyView {
    let Some(last) = last else { return view! { <p>{text::CHECK_IS_OFF}</p> }.into_any() };
    let time = date_and_time(last.due_at, Locale::English);
    let found = match (last.outcome, last.failed_step) {
        (Some(Outcome::Passed), _) => text::passed(time, last.took_ms.map(grouped).unwrap_or_default()),
        (Some(_), Some(step)) => text::failed(time, text::failed_step(step)),
        _ => text::running(time),
    };
    let interval = match last.every_minutes {
        1 => text::ONE_MINUTE.to_owned(),
        minutes => text::minutes(minutes),
    };
    view! {
        <p>{text::ABOUT_CHECK}</p>
        <Summary facts=vec![Fact::new(text::INTERVAL, interval), Fact::new(text::LAST_CHECK, found)] />
    }
    .into_any()
}

fn profiles(all: &[Profiles]) -> AnyView {
    let fact = |of: &Profiles| {
        let supported = of.supported.iter().map(|profile| view! { <div>{code::word(profile)}</div> });
        Fact::new(of.resource.clone(), supported.collect_view())
    };
    view! { <Summary facts=all.iter().map(fact).collect() /> }.into_any()
}
