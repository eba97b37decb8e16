//! The last check of the log: when, by which process, how many entries, and what it found; and the digest to keep elsewhere.

use ::audit::{
    checks::{self, By, Check},
    log,
    verify::{Fault, Seal},
};
use leptos::prelude::*;
use store::Ctx;

use crate::{
    components::{
        alert::{Alert, Tone},
        pager::grouped,
        status::Status,
        summary::{Fact, Summary},
        time::Time,
    },
    failure::Failure,
    texts::admin::audit as text,
};

/// The section of the page.
pub async fn section(ctx: &mut Ctx) -> Result<impl IntoView + use<>, Failure> {
    let check = checks::last(ctx).await?;
    let (sequence, hash) = log::head(ctx).await?;
    let head = Seal { sequence, hash }.to_string();
    let mut facts = Vec::new();
    let broken = check.as_ref().is_some_and(|check| 0 < check.faults);
    let never = check.is_none().then(|| view! { <p>{text::NEVER_CHECKED}</p> });
    if let Some(check) = check {
        facts.push(Fact::new(text::RESULT, result(&check)));
        facts.push(Fact::new(text::CHECKED, checked(&check)));
        facts.push(Fact::new(text::CHECKED_BY, by(&check)));
    }
    let digest = view! { <code class="breakable">{head}</code> <span class="line usa-hint">{text::HEAD_ABOUT}</span> };
    facts.push(Fact::new(text::HEAD, digest));
    let advice = broken.then(|| view! { <Alert tone=Tone::Error><p>{text::BROKEN_ADVICE}</p></Alert> });
    Ok(view! {
        <h2 id="check">{text::CHECK}</h2>
        {advice}
        {never}
        <Summary facts />
    })
}

fn result(check: &Check) -> impl IntoView + use<> {
    let at = check.at;
    let (tone, word) = if check.faults == 0 { (Tone::Success, text::INTACT) } else { (Tone::Error, text::BROKEN) };
    let faults = check.first.map(|first| {
        let said = text::faults(grouped(check.faults), fault(first));
        view! { <span class="line">{said}</span> }
    });
    view! { <Status tone text=word />" "<Time at />{faults} }
}

fn checked(check: &Check) -> String {
    match check.after {
        0 => text::checked_all(grouped(check.rows)),
        after => text::checked_new(grouped(check.rows), grouped(after)),
    }
}

fn by(check: &Check) -> String {
    match check.by {
        By::Worker => text::by_worker(&check.process),
        By::Command => text::by_command(&check.process),
        By::Unknown => text::by_unknown(&check.process),
    }
}

/// What is wrong, in a sentence; the command prints the same.
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::Changed { sequence } => text::fault_changed(grouped(sequence)),
        Fault::Missing { from, to } => text::fault_missing(grouped(from), grouped(to)),
        Fault::CutOff { from, to } => text::fault_cut_off(grouped(from), grouped(to)),
        Fault::Added { from } => text::fault_added(grouped(from)),
        Fault::Head { sequence } => text::fault_head(grouped(sequence)),
        Fault::Rewritten { sequence } => text::fault_rewritten(grouped(sequence)),
    }
}
