//! What the reviewers did.

use jiff::SignedDuration;
use registry::{
    figures::{self, Filter, Registrations},
    reviews::Which,
};
use store::Ctx;

use super::{
    chosen::Chosen,
    report::{Cell, Picture, Report},
};
use crate::{
    admin::queue,
    components::chart::{Bar, Legend},
    failure::Failure,
    texts::admin::figures as text,
};

fn filter(chosen: &Chosen) -> Filter {
    let (from, to) = chosen.moments();
    Filter { program: chosen.program.clone(), environment: chosen.environment, from, to }
}

pub async fn registrations(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let filter = filter(chosen);
    let (mut rows, mut bars) = (Vec::new(), Vec::new());
    for which in Which::ALL {
        // An organization belongs to no program.
        if which == Which::Organizations && (filter.program.is_some() || filter.environment.is_some()) {
            continue;
        }
        let found = figures::registrations(ctx, which, &filter).await?;
        let (_, name) = queue::place(Some(which));
        bars.push(Bar { label: name.to_owned(), value: found.decided, part: found.late });
        rows.push(row(word(which), &found));
    }
    let columns = vec![
        ("subject", text::SUBJECT),
        ("submitted", text::SUBMITTED),
        ("decided", text::DECIDED),
        ("approved", text::APPROVED),
        ("denied", text::DENIED),
        ("median_days", text::MEDIAN_DAYS),
        ("p90_days", text::NINETIETH_DAYS),
        ("late", text::LATE),
        ("overdue_now", text::OVERDUE_NOW),
    ];
    let legend = Legend { value: text::DECIDED, part: Some(text::LATE) };
    let has_any = bars.iter().any(|bar| 0 < bar.value);
    Ok(Report { columns, rows, picture: has_any.then_some(Picture::Bars(legend, bars)) })
}

/// As exports name the queue. An appeal that is approved succeeded.
fn word(which: Which) -> &'static str {
    match which {
        Which::Organizations => "organizations",
        Which::Applications => "applications",
        Which::Changes => "changes",
        Which::Appeals => "appeals",
    }
}

fn row(word: &str, found: &Registrations) -> Vec<Cell> {
    let days = |time: Option<SignedDuration>| {
        // A tenth of a day is 144 minutes.
        time.map_or(Cell::Nothing, |time| Cell::Tenths((time.as_mins() + 72) / 144))
    };
    vec![
        Cell::text(word),
        Cell::Number(found.submitted),
        Cell::Number(found.decided),
        Cell::Number(found.approved),
        Cell::Number(found.denied),
        days(found.median),
        days(found.ninetieth),
        Cell::Number(found.late),
        Cell::Number(found.overdue),
    ]
}

pub async fn denials(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let denials = figures::denials(ctx, &filter(chosen)).await?;
    let name = |of: &String| if of.is_empty() { text::NOT_KEPT.to_owned() } else { of.clone() };
    let bars: Vec<Bar> = denials.iter().map(|(of, times)| Bar { label: name(of), value: *times, part: 0 }).collect();
    let rows = denials.iter().map(|(of, times)| vec![Cell::text(name(of)), Cell::Number(*times)]).collect();
    let columns = vec![("criterion", text::CRITERION), ("denials", text::DENIALS)];
    let legend = Legend { value: text::DENIALS, part: None };
    Ok(Report { columns, rows, picture: (!bars.is_empty()).then_some(Picture::Bars(legend, bars)) })
}
