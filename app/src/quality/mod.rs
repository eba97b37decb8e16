//! How well a program's endpoints worked: what its payer publishes, on the page and as JSON, so that the two cannot differ.
//!
//! Small numbers say nothing: a share of fewer than [`FEWEST`] cases is left out, shares are whole percents, rounded down, and no
//! count of calls, members or tickets is published. So no one can work out from it what a single person did. Days are whole days
//! of the program's zone, and today is not among them, so that two readings on one day do not differ by one person's call either.

pub mod cache;

use jiff::{Timestamp, ToSpan, civil::Date};
use model::{
    partition::{Environment, ProgramId},
    probe::{Outcome, Step},
};
use programs::{
    program::Program,
    support::{ResponseTime, ResponseTo},
    text::Quality as Readers,
};
use registry::promises::{self, Kept};
use serde::{Serialize, Serializer};
use store::Ctx;
use usage::{
    day,
    endpoint::Api,
    figures::{self, Days, Filter},
    probes::{self, Probe, Uptime},
};

use crate::failure::Failure;

/// The fewest cases of which a share is published. CMS publishes no cell below it (CMS Cell Size Suppression Policy).
pub const FEWEST: i64 = 11;
/// Days.
pub const PERIODS: [i32; 2] = [30, 180];

/// Whether everyone may read it.
pub fn is_public(program: &Program) -> bool {
    program.quality == Readers::Public
}

/// What is published; the names of its fields are part of our interface and stay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    pub program: String,
    pub name: String,
    pub as_of: Timestamp,
    /// See [`FEWEST`].
    pub fewest_cases: i64,
    pub periods: Vec<Period>,
    /// Of the sandbox; `None` if the server makes none there.
    pub probe: Option<LastProbe>,
    /// The longest time that a member can allow access for.
    pub longest_grant_days: u16,
    pub promises: Vec<Promise>,
    pub profiles: Vec<Profiles>,
}

/// The same figures for each period. All but the uptime are of production.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Period {
    pub days: i32,
    /// The first and the last day.
    pub first: Date,
    pub last: Date,
    pub authorization_success_percent: Option<i64>,
    pub refresh_success_percent: Option<i64>,
    pub p95_ms: Latency,
    /// From so many days ago until now, of the sandbox.
    pub sandbox_uptime: Option<Probes>,
    pub app_reviews_on_time_percent: Option<i64>,
    pub sandbox_support_on_time_percent: Option<i64>,
    pub production_support_on_time_percent: Option<i64>,
}

/// Within how many milliseconds 95 of 100 calls were answered: the upper end of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Latency {
    pub fhir: Option<i64>,
    pub oauth: Option<i64>,
    pub directory: Option<i64>,
}

/// These are the server's own, so their counts reveal no one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Probes {
    pub percent: Hundredths,
    pub passed: i64,
    pub due: i64,
    /// When the first was due.
    pub since: Timestamp,
}

/// A number with two digits after the point: 9993 is 99.93.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hundredths(pub i64);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastProbe {
    pub due_at: Timestamp,
    pub every_minutes: i64,
    /// Absent while it runs, or if it never ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Where it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_step: Option<Step>,
    pub took_ms: Option<i64>,
}

/// How soon people promise to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promise {
    pub to: &'static str,
    /// As the program's document prints it.
    pub within: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profiles {
    pub resource: String,
    pub supported: Vec<String>,
}

/// Everything about one program, now.
pub async fn measure(ctx: &mut Ctx, program: &Program) -> Result<Quality, Failure> {
    let mut periods = Vec::new();
    for days in PERIODS {
        periods.push(period(ctx, program, days).await?);
    }
    let probe = probes::last(ctx, &program.id).await?;
    let promise = |time: &ResponseTime| Promise { to: promised(time.to), within: time.printed.clone() };
    let profiles = program.resources.iter().filter(|resource| !resource.profiles.is_empty());
    Ok(Quality {
        program: program.id.to_string(),
        name: program.name.clone(),
        as_of: Timestamp::from_second(ctx.now.as_second()).unwrap_or(ctx.now),
        fewest_cases: FEWEST,
        periods,
        probe: probe.filter(|probe| !probe.every.is_zero()).map(LastProbe::of),
        longest_grant_days: program
            .lifetimes
            .grant_days_choices
            .last()
            .copied()
            .unwrap_or(program.lifetimes.grant_days),
        promises: program.support.response_times.iter().map(promise).collect(),
        profiles: profiles
            .map(|resource| Profiles { resource: resource.kind.clone(), supported: resource.profiles.clone() })
            .collect(),
    })
}

async fn period(ctx: &mut Ctx, program: &Program, days: i32) -> Result<Period, Failure> {
    let zone = program.zone();
    let today = zone.to_datetime(ctx.now).date();
    let (first, last) = (today.saturating_sub(days.days()), today.saturating_sub(1.day()));
    let midnight = |day: Date| day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    let (from, to) = (midnight(first).unwrap_or(Timestamp::MIN), midnight(today).unwrap_or(ctx.now));
    let filter = Filter { program: Some(program.id.clone()), environment: Some(Environment::Production) };
    let between = Days { first: day::number(first), last: day::number(last) };
    let uptime =
        probes::uptime(ctx, &program.id, ctx.now - jiff::SignedDuration::from_hours(24 * i64::from(days))).await?;
    Ok(Period {
        days,
        first,
        last,
        authorization_success_percent: authorizations(ctx, &filter, between).await?,
        refresh_success_percent: refreshes(ctx, &filter, between).await?,
        p95_ms: latency(ctx, &filter, between).await?,
        sandbox_uptime: uptime.map(Probes::of),
        app_reviews_on_time_percent: share(promises::reviews(ctx, &program.id, from, to).await?),
        sandbox_support_on_time_percent: tickets(ctx, &program.id, Environment::Sandbox, from, to).await?,
        production_support_on_time_percent: tickets(ctx, &program.id, Environment::Production, from, to).await?,
    })
}

/// Of the requests that reached the consent pages and that the member did not refuse: those that the member allowed.
async fn authorizations(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Option<i64>, Failure> {
    let sums = figures::authorizations(ctx, filter, days).await?;
    let of = |word: &str| sums.iter().find(|sum| sum.of == word).map_or(0, |sum| sum.calls);
    let all = of("started") - of("cancelled") - of("refused");
    // A request that began on the day before the first is not among those that started.
    Ok(share(Kept { kept: of("consented").min(all), all }))
}

/// Of the calls with a refresh token: those that got a new token. Without calls of clients that we do not know (401): anyone can
/// make those.
async fn refreshes(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Option<i64>, Failure> {
    let by_status = figures::statuses(ctx, filter, "token.refresh_token", days).await?;
    let known = || by_status.iter().filter(|(status, _)| *status != 401);
    let kept = known().filter(|(status, _)| *status < 400).map(|(_, calls)| calls).sum();
    Ok(share(Kept { kept, all: known().map(|(_, calls)| calls).sum() }))
}

async fn latency(ctx: &mut Ctx, filter: &Filter, days: Days) -> Result<Latency, Failure> {
    let mut found = [None; 3];
    for (place, api) in [Api::Fhir, Api::OAuth, Api::Directory].into_iter().enumerate() {
        let ranges = figures::latency(ctx, filter, api, days).await?;
        let calls: i64 = ranges.iter().map(|(_, calls)| calls).sum();
        found[place] = figures::percentile(&ranges, 95).filter(|_| FEWEST <= calls);
    }
    let [fhir, oauth, directory] = found;
    Ok(Latency { fhir, oauth, directory })
}

async fn tickets(
    ctx: &mut Ctx,
    program: &ProgramId,
    environment: Environment,
    from: Timestamp,
    to: Timestamp,
) -> Result<Option<i64>, Failure> {
    Ok(share(promises::tickets(ctx, program, environment, from, to).await?))
}

/// In whole percents, rounded down; nothing of few cases.
fn share(Kept { kept, all }: Kept) -> Option<i64> {
    (FEWEST <= all).then(|| kept * 100 / all)
}

impl Probes {
    pub fn of(Uptime { passed, due, since }: Uptime) -> Self {
        Self { percent: Hundredths(passed * 10_000 / due.max(1)), passed, due, since }
    }
}

impl LastProbe {
    fn of(probe: Probe) -> Self {
        Self {
            due_at: probe.due_at,
            every_minutes: probe.every.as_mins(),
            outcome: probe.outcome.filter(|outcome| *outcome != Outcome::Unknown),
            failed_step: probe.step.filter(|step| *step != Step::Unknown),
            took_ms: probe.took.and_then(|took| i64::try_from(took.as_millis()).ok()),
        }
    }
}

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // At most 10,000, which any integer and float holds.
        serializer.serialize_f64(f64::from(i32::try_from(self.0).unwrap_or(i32::MAX)) / 100.0)
    }
}

/// The word of the program file.
fn promised(to: ResponseTo) -> &'static str {
    match to {
        ResponseTo::OrganizationRegistration => "organization-registration",
        ResponseTo::PublicApplication => "public-application",
        ResponseTo::PatientApplication => "patient-application",
        ResponseTo::Appeal => "appeal",
        ResponseTo::SandboxSupport => "sandbox-support",
        ResponseTo::ProductionSupport => "production-support",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_few_cases_is_not_published_and_others_are_rounded_down() {
        fn check(kept: i64, all: i64, expect: Option<i64>) {
            assert_eq!(share(Kept { kept, all }), expect, "{kept} of {all}");
        }
        check(0, 0, None);
        check(10, 10, None);
        check(0, 10, None);
        check(11, 11, Some(100));
        check(0, 11, Some(0));
        check(999, 1000, Some(99));
        // More refusals than requests: some began before the first day.
        check(0, -3, None);
    }

    #[test]
    fn an_uptime_has_two_digits_and_reaches_100_only_if_all_passed() {
        fn check(passed: i64, due: i64, shown: &str, json: &str) {
            let probes = Probes::of(Uptime { passed, due, since: Timestamp::UNIX_EPOCH });
            assert_eq!(probes.percent.to_string(), shown);
            assert_eq!(serde_json::to_string(&probes.percent).unwrap(), json);
        }
        check(8640, 8640, "100.00", "100.0");
        check(51_839, 51_840, "99.99", "99.99");
        check(1, 3, "33.33", "33.33");
        check(0, 3, "0.00", "0.0");
        check(7, 100, "7.00", "7.0");
    }
}
