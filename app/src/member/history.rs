//! `/member/history`: what all apps read, by day, a week at a time.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use audit::access::{self, Hour};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use leptos::prelude::*;
use model::id::{ApplicationId, GrantId};
use oauth::grants::member::{self, Connection};
use store::Ctx;
use url::form_urlencoded::Serializer;

use crate::{
    components::{
        empty::Empty,
        pager::{Pager, grouped},
        table::{Row, Table},
        time::{Day, date, show_in},
    },
    failure::Failure,
    locale::Locale,
    member::{access::kind, path, whose::Names},
    page::{Page, Portal},
    texts::{consent::WHOSE_DATA, member::history as text},
    web::Web,
};

pub const PATH: &str = "/member/history";

/// Days on one page.
const DAYS: i8 = 7;

pub async fn page(web: Web) -> Result<Page, Failure> {
    let locale = web.locale();
    let account = web.account()?;
    let mut ctx = web.services.store.read().await?;
    let all = member::all(&mut ctx, &account.id).await?;
    let chosen = web.request.query("app").map(ApplicationId::new);
    let chosen = chosen.filter(|id| all.iter().any(|connection| connection.grant.application == *id));
    let is_shown =
        |connection: &&Connection| chosen.as_ref().is_none_or(|chosen| connection.grant.application == *chosen);
    let shown: Vec<&Connection> = all.iter().filter(is_shown).collect();
    let programs = shown.iter().map(|connection| &connection.grant.partition.program);
    let zone = web.services.programs.zone(programs.clone());
    show_in(&web.services.programs, programs);
    let grants: Vec<GrantId> = shown.iter().map(|connection| connection.grant.id.clone()).collect();
    let until = web.request.query("until").and_then(|date| date.parse().ok());
    let week = Week::find(&mut ctx, &grants, &zone, until).await?;
    let names = Names::of(&mut ctx, &all).await?;
    let title = text::TITLE.of(locale);
    let days = match &week {
        Some(week) => {
            let link = |until: Date| address(chosen.as_ref(), until);
            let (newer, older) = (week.newer.map(link), week.older.map(link));
            let days = by_day(&week.hours, &zone, locale);
            let day = |(day, lines)| day_view(day, lines, &shown, &names, &zone, locale);
            view! {
                {days.into_iter().map(day).collect_view()}
                <Pager previous=newer next=older locale />
            }
            .into_any()
        }
        None => nothing(until.is_some(), locale).into_any(),
    };
    let view = view! {
        <h1>{title}</h1>
        <p class="usa-intro">{text::ABOUT.of(locale)}</p>
        {filter(&all, chosen.as_ref(), locale)}
        {days}
    };
    Ok(Page::new(Portal::Member, title, view).at(PATH).wide())
}

fn address(app: Option<&ApplicationId>, until: Date) -> String {
    let mut query = Serializer::new(String::new());
    if let Some(app) = app {
        query.append_pair("app", app.as_str());
    }
    query.append_pair("until", &until.to_string());
    format!("{PATH}?{}", query.finish())
}

fn nothing(in_these_days: bool, locale: Locale) -> impl IntoView {
    let title = if in_these_days { text::NOTHING_THEN } else { text::NOTHING };
    let newest = in_these_days.then(|| view! { <p><a class="usa-link" href=PATH>{text::NEWEST.of(locale)}</a></p> });
    view! { <Empty title=title.of(locale)><p>{text::ABOUT_NOTHING.of(locale)}</p> {newest}</Empty> }
}

/// Chooses one app, by a link to this page.
fn filter(all: &[Connection], chosen: Option<&ApplicationId>, locale: Locale) -> Option<impl IntoView + use<>> {
    let apps: BTreeSet<(String, ApplicationId)> =
        all.iter().map(|one| (one.app_name.clone(), one.grant.application.clone())).collect();
    let option = |(name, id): (String, ApplicationId)| {
        let selected = chosen == Some(&id);
        view! { <option value=id.to_string() selected=selected>{name}</option> }
    };
    (1 < apps.len()).then(|| {
        view! {
            <form class="inline-form" method="get" action=PATH>
                <div>
                    <label class="usa-label" for="app">{text::WHICH.of(locale)}</label>
                    <select class="usa-select" id="app" name="app">
                        <option value="">{text::ALL_APPS.of(locale)}</option>
                        {apps.into_iter().map(option).collect_view()}
                    </select>
                </div>
                <button class="usa-button usa-button--outline" type="submit">{text::SHOW.of(locale)}</button>
            </form>
        }
    })
}

/// Seven days, of which the last is the newest with something to show.
struct Week {
    hours: Vec<Hour>,
    /// The last days of the pages beside this one, if they show anything.
    newer: Option<Date>,
    older: Option<Date>,
}

impl Week {
    /// The newest week that ends on this day or before. `None` if nothing was read until then.
    async fn find(
        ctx: &mut Ctx,
        grants: &[GrantId],
        zone: &TimeZone,
        until: Option<Date>,
    ) -> Result<Option<Self>, Failure> {
        let end = until.and_then(|date| start_of(date.tomorrow().ok()?, zone));
        let end = end.unwrap_or(ctx.now + SignedDuration::from_hours(1));
        let Some(newest) = access::newest_before(ctx, grants, end).await? else { return Ok(None) };
        let bounds = |last: Date| {
            let first = last.checked_sub(jiff::Span::new().days(DAYS - 1)).ok()?;
            Some((start_of(first, zone)?, start_of(last.tomorrow().ok()?, zone)?))
        };
        let Some((from, to)) = bounds(day_of(newest, zone)) else { return Ok(None) };
        let hours = access::hours(ctx, grants, from, to).await?;
        let older = access::newest_before(ctx, grants, from).await?.map(|at| day_of(at, zone));
        let newer = access::oldest_since(ctx, grants, to).await?.map(|at| day_of(at, zone));
        let newer = newer.and_then(|date| date.checked_add(jiff::Span::new().days(DAYS - 1)).ok());
        Ok(Some(Self { hours, newer, older }))
    }
}

fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

fn start_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
}

/// What one grant read: each kind, and how many times.
type Line = (GrantId, Vec<(String, i64)>);

/// The hours added up by day, grant and kind in the reader's words; the newest day first.
fn by_day(hours: &[Hour], zone: &TimeZone, locale: Locale) -> Vec<(Date, Vec<Line>)> {
    let mut days: BTreeMap<Reverse<Date>, BTreeMap<GrantId, BTreeMap<String, i64>>> = BTreeMap::new();
    for hour in hours {
        let day = days.entry(Reverse(day_of(hour.at, zone))).or_default();
        let kinds = day.entry(hour.grant.clone()).or_default();
        *kinds.entry(kind(&hour.resource_type, locale)).or_default() += hour.reads;
    }
    let lines = |lines: BTreeMap<GrantId, BTreeMap<String, i64>>| {
        lines.into_iter().map(|(grant, kinds)| (grant, kinds.into_iter().collect())).collect()
    };
    days.into_iter().map(|(Reverse(day), grants)| (day, lines(grants))).collect()
}

fn day_view(
    day: Date,
    lines: Vec<Line>,
    connections: &[&Connection],
    names: &Names,
    zone: &TimeZone,
    locale: Locale,
) -> impl IntoView + use<> {
    let at = start_of(day, zone).unwrap_or_default();
    let caption = text::read_on(locale, date(at, locale));
    let whose = names.are_several().then_some(WHOSE_DATA);
    let columns = [Some(text::WHICH), whose, Some(text::WHAT)];
    let columns = columns.into_iter().flatten().map(|name| name.of(locale)).collect();
    let mut rows: Vec<((String, String), Row)> = lines
        .into_iter()
        .filter_map(|(grant, kinds)| {
            let connection = connections.iter().find(|connection| connection.grant.id == grant)?;
            let (app, person) = (connection.app_name.clone(), names.find(connection).unwrap_or_default().to_owned());
            let link = view! { <a href=path(&grant)>{app.clone()}</a> }.into_any();
            let kind = |(kind, count)| view! { <li>{text::read(locale, kind, grouped(count))}</li> };
            let kinds = kinds.into_iter().map(kind).collect_view();
            let kinds = view! { <ul class="usa-list usa-list--unstyled">{kinds}</ul> }.into_any();
            let row = [Some(link), whose.map(|_| person.clone().into_any()), Some(kinds)];
            Some(((app, person), row.into_iter().flatten().collect()))
        })
        .collect();
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    view! { <h2><Day at locale /></h2> <Table caption columns rows /> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::member::access;

    fn hour(grant: &str, at: &str, resource_type: &str, reads: i64) -> Hour {
        let (grant, resource_type) = (GrantId::new(grant), resource_type.to_owned());
        Hour { grant, at: at.parse().unwrap(), resource_type, reads }
    }

    #[test]
    fn days_are_those_of_the_program_and_kinds_add_up() {
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let hours = [
            // Still November 29 in California.
            hour("a", "2026-11-30T07:00:00Z", "Patient", 2),
            hour("a", "2026-11-30T08:00:00Z", "Practitioner", 1),
            hour("a", "2026-11-30T09:00:00Z", "PractitionerRole", 4),
            hour("b", "2026-11-30T09:00:00Z", "Patient", 1),
        ];
        let days = by_day(&hours, &zone, Locale::English);
        let line = |grant: &str, kind: &str, reads| (GrantId::new(grant), vec![(kind.to_owned(), reads)]);
        let personal = access::PATIENT.of(Locale::English);
        let expect = [
            ("2026-11-30", vec![line("a", access::PROVIDERS.of(Locale::English), 5), line("b", personal, 1)]),
            ("2026-11-29", vec![line("a", personal, 2)]),
        ];
        assert_eq!(days, expect.map(|(day, lines)| (day.parse().unwrap(), lines)));
    }

    #[test]
    fn a_day_with_a_clock_change_has_all_its_hours() {
        let zone = TimeZone::get("America/Boise").unwrap();
        let day: Date = "2026-11-01".parse().unwrap();
        let (from, to) = (start_of(day, &zone).unwrap(), start_of(day.tomorrow().unwrap(), &zone).unwrap());
        assert_eq!(to.duration_since(from), SignedDuration::from_hours(25));
        assert!(Date::MAX.tomorrow().is_err(), "no day after the last");
    }
}
