//! What the server's own probe found in the sandboxes: below the configuration, and on the dashboard while one does not work.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use model::{account::Role, probe::Outcome};
use programs::program::Program;
use store::Ctx;
use usage::probes::{self, KEPT, Probe};

use super::{configuration, desk::Desk};
use crate::{
    components::{
        alert::{Alert, Tone},
        marked::linked,
        status::Status,
        table::{Row, Table},
        time::date_and_time,
    },
    docs::quality::figures::uptime,
    failure::Failure,
    locale::Locale,
    quality::Probes,
    texts::{admin::checks as text, docs::quality::failed_step},
    web::Web,
};

/// The anchor of the section.
const ID: &str = "sandbox-checks";
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Programs of the desk whose newest probe failed; nothing for those who cannot change it.
pub async fn failing(web: &Web, ctx: &mut Ctx, desk: &Desk) -> Result<Vec<(String, Probe)>, Failure> {
    let mut failing = Vec::new();
    if !desk.roles.contains(&Role::Administrator) {
        return Ok(failing);
    }
    for program in web.services.programs.iter().filter(|program| desk.reach.covers(&program.id)) {
        let last = probes::last(ctx, &program.id).await?;
        if let Some(last) = last.filter(|last| last.outcome == Some(Outcome::Failed)) {
            failing.push((program.name.clone(), last));
        }
    }
    Ok(failing)
}

/// One alert for each of them.
pub fn alerts(failing: Vec<(String, Probe)>) -> impl IntoView {
    let alert = |(program, probe): (String, Probe)| {
        let sentence = text::failing(program, date_and_time(probe.due_at, Locale::English), step(&probe));
        view! { <Alert tone=Tone::Error>{linked(&sentence, format!("{}#{ID}", configuration::PATH))}</Alert> }
    };
    failing.into_iter().map(alert).collect_view()
}

/// A row for each program.
pub async fn section(web: &Web, ctx: &mut Ctx, desk: &Desk) -> Result<AnyView, Failure> {
    let mut rows = Vec::new();
    for program in web.services.programs.iter().filter(|program| desk.reach.covers(&program.id)) {
        rows.push(row(ctx, program).await?);
    }
    let columns = vec![text::PROGRAM, text::LAST, text::LAST_FAILED, text::UPTIME];
    let view = view! {
        <h2 id=ID>{text::TITLE}</h2>
        <p>{text::ABOUT}</p>
        <Table caption=text::TITLE columns rows />
    };
    Ok(view.into_any())
}

async fn row(ctx: &mut Ctx, program: &Program) -> Result<Row, Failure> {
    let (last, now) = (probes::last(ctx, &program.id).await?, ctx.now);
    let failed = probes::last_failed(ctx, &program.id, now - KEPT).await?;
    let month = probes::uptime(ctx, &program.id, now - MONTH).await?;
    Ok(vec![
        program.name.clone().into_any(),
        state(last.as_ref(), now),
        failed.map_or_else(|| text::NONE.into_any(), |probe| failure(&probe)),
        uptime(month.map(Probes::of).as_ref()).into_any(),
    ])
}

/// What the newest says, in words and not only in color.
fn state(last: Option<&Probe>, now: Timestamp) -> AnyView {
    let Some(last) = last.filter(|last| !last.every.is_zero()) else { return text::OFF.into_any() };
    let at = date_and_time(last.due_at, Locale::English);
    let (tone, word) = match last.outcome {
        // The next was due some time ago, and no process made it.
        _ if last.due_at + last.every + last.every < now => (Tone::Error, text::MISSED),
        Some(Outcome::Passed) => (Tone::Success, text::PASSED),
        Some(Outcome::Failed | Outcome::Unknown) => (Tone::Error, text::FAILED),
        None => (Tone::Info, text::RUNNING),
    };
    view! { <Status tone text=word /> " " <span class="line usa-hint">{at}</span> }.into_any()
}

/// When, where, and what came back.
fn failure(probe: &Probe) -> AnyView {
    let at = date_and_time(probe.due_at, Locale::English);
    let reason = probe.reason.clone().map(|reason| view! { <span class="line usa-hint">{reason}</span> });
    view! { {at} <span class="line">{step(probe)}</span> {reason} }.into_any()
}

fn step(probe: &Probe) -> &'static str {
    probe.step.map_or(text::NEVER_ENDED, failed_step)
}
