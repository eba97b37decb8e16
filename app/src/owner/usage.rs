//! How an app, or all apps of the organization, used the endpoints in the last 30 days.

use ::usage::{
    day,
    figures::{self, Days},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use leptos::prelude::*;
use mail::moment;
use model::{id::OrganizationId, partition::ProgramId};
use registry::applications::Application;
use store::Ctx;

use crate::{
    components::{
        chart::{Bar, Bars, Columns, Legend, days::of_days},
        pager::grouped,
        table::{Row, Table},
        time::Time,
    },
    failure::Failure,
    locale::Locale,
    texts::{components::SHOW_NUMBERS, owner::usage as text},
    web::Web,
};

const DAYS: i32 = 30;
/// Bars of errors on the dashboard.
const MOST_STATUSES: usize = 6;
const LEGEND: Legend = Legend { value: text::REQUESTS, part: Some(text::ERRORS) };

/// The last days in the zone of these programs.
fn period<'p>(web: &Web, now: Timestamp, programs: impl IntoIterator<Item = &'p ProgramId>) -> (Date, Date, Days) {
    let last = web.services.programs.zone(programs).to_datetime(now).date();
    let first = last.saturating_sub((DAYS - 1).days());
    (first, last, Days { first: day::number(first), last: day::number(last) })
}

/// When a credential was used last.
pub fn last_use(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <span class="nowrap">{text::LAST_USED}" "<Time at /></span> }.into_any(),
        None => view! { <span class="usa-hint">{text::NEVER_USED}</span> }.into_any(),
    }
}

/// For the dashboard; nothing before there is an app.
pub async fn of_organization(
    web: &Web,
    ctx: &mut Ctx,
    organization: &OrganizationId,
    apps: &[Application],
) -> Result<Option<AnyView>, Failure> {
    if apps.is_empty() {
        return Ok(None);
    }
    let programs = apps.iter().flat_map(|app| &app.registration.programs);
    let (first, last, days) = period(web, ctx.now, programs);
    let found = figures::days_of_organization(ctx, organization, days).await?;
    let errors = figures::errors_of_organization(ctx, organization, days).await?;
    let members = figures::members_of_organization(ctx, organization).await?;
    let bar = |(status, calls): (i64, i64)| Bar { label: status.to_string(), value: calls, part: 0 };
    let bars: Vec<Bar> = errors.into_iter().take(MOST_STATUSES).map(bar).collect();
    let errors = (!bars.is_empty()).then(|| {
        let legend = Legend { value: text::ERRORS, part: None };
        view! { <Bars id="errors" title=text::ERRORS_BY_STATUS legend bars /> }
    });
    let charts = if found.is_empty() {
        view! { <p>{text::NOTHING}</p> }.into_any()
    } else {
        view! { {days_view(of_days(&found, first, last), first, last)} {errors} }.into_any()
    };
    Ok(Some(
        view! {
            <section id="usage">
                <h2>{text::TITLE}</h2>
                <p>{connected(members)}</p>
                {charts}
            </section>
        }
        .into_any(),
    ))
}

/// For the page of an app.
pub async fn of_application(web: &Web, ctx: &mut Ctx, app: &Application) -> Result<AnyView, Failure> {
    let (first, last, days) = period(web, ctx.now, &app.registration.programs);
    let found = figures::days_of_app(ctx, &app.client_id, days).await?;
    let endpoints = figures::endpoints_of_app(ctx, &app.client_id, days).await?;
    let errors = figures::errors_of_app(ctx, &app.client_id, days).await?;
    let members = figures::members_of_app(ctx, &app.client_id).await?;
    let body = if found.is_empty() {
        view! { <p>{text::NOTHING}</p> }.into_any()
    } else {
        let rows = endpoints
            .into_iter()
            .map(|sum| -> Row { vec![code(sum.of), grouped(sum.calls).into_any(), grouped(sum.errors).into_any()] });
        let columns = vec![text::ENDPOINT, text::REQUESTS, text::ERRORS];
        let endpoints = view! { <Table caption=text::BY_ENDPOINT columns rows=rows.collect() /> };
        let rows: Vec<Row> = errors
            .into_iter()
            .map(|(status, endpoint, calls)| vec![status.into_any(), code(endpoint), grouped(calls).into_any()])
            .collect();
        let errors = (!rows.is_empty()).then(|| {
            let columns = vec![text::STATUS, text::ENDPOINT, text::REQUESTS];
            view! { <h3>{text::ERRORS_BY_STATUS}</h3> <Table caption=text::ERRORS_BY_STATUS columns rows /> }
        });
        view! {
            {days_view(of_days(&found, first, last), first, last)}
            <h3>{text::BY_ENDPOINT}</h3> {endpoints}
            {errors}
        }
        .into_any()
    };
    Ok(view! { <section id="usage"><h2>{text::TITLE}</h2> <p>{connected(members)}</p> {body}</section> }.into_any())
}

/// The app's requests in the last days.
pub async fn calls_of(web: &Web, ctx: &mut Ctx, app: &Application, days: i32) -> Result<i64, Failure> {
    let (_, last, _) = period(web, ctx.now, &app.registration.programs);
    let first = last.saturating_sub((days - 1).days());
    let days = Days { first: day::number(first), last: day::number(last) };
    Ok(figures::days_of_app(ctx, &app.client_id, days).await?.iter().map(|sum| sum.calls).sum())
}

fn code(text: String) -> AnyView {
    view! { <code class="breakable">{text}</code> }.into_any()
}

/// "2 members are connected."
pub fn connected(members: i64) -> String {
    match members {
        0 => text::NO_MEMBERS.to_owned(),
        1 => text::ONE_MEMBER.to_owned(),
        several => text::members(grouped(several)),
    }
}

/// The chart of the days, and its numbers beneath.
fn days_view(bars: Vec<Bar>, first: Date, last: Date) -> impl IntoView {
    let row = |(bar, day): (&Bar, i64)| -> Row {
        let day = day::date(day).map(|date| moment::day(date, Locale::English)).unwrap_or_default();
        vec![day.into_any(), grouped(bar.value).into_any(), grouped(bar.part).into_any()]
    };
    let rows = bars.iter().zip(day::between(first, last)).map(row).collect();
    let columns = vec![text::DAY, text::REQUESTS, text::ERRORS];
    view! {
        <Columns id="requests" title=text::PER_DAY legend=LEGEND bars />
        <details class="disclosure">
            <summary>{SHOW_NUMBERS}</summary>
            <Table caption=text::PER_DAY columns rows />
        </details>
    }
}
