//! What the endpoints carried.

use store::Ctx;
use usage::{
    day,
    endpoint::Api,
    figures::{self, percentile},
};

use super::{
    chosen::Chosen,
    report::{Cell, Picture, Report},
};
use crate::{
    components::chart::{Bar, Legend, days::of_days},
    failure::Failure,
    texts::admin::figures as text,
};

/// Bars of a chart of names; the table has the others.
const MOST_BARS: usize = 12;
const LEGEND: Legend = Legend { value: text::CALLS, part: Some(text::ERRORS) };

pub async fn per_day(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let found = figures::per_day(ctx, &chosen.calls(), chosen.between()).await?;
    let bars = of_days(&found, chosen.first, chosen.last);
    let rows = bars.iter().zip(day::between(chosen.first, chosen.last)).map(|(bar, day)| {
        let date = day::date(day).map(|date| date.to_string()).unwrap_or_default();
        vec![Cell::Text(date), Cell::Number(bar.value), Cell::Number(bar.part)]
    });
    let rows = rows.collect();
    let columns = vec![("day", text::DAY), ("calls", text::CALLS), ("errors", text::ERRORS)];
    let picture = (!found.is_empty()).then_some(Picture::Columns(LEGEND, bars));
    Ok(Report { columns, rows, picture })
}

pub async fn per_endpoint(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let found = figures::per_endpoint(ctx, &chosen.calls(), chosen.between()).await?;
    let bars = found.iter().take(MOST_BARS);
    let bars: Vec<Bar> = bars.map(|sum| Bar { label: sum.of.clone(), value: sum.calls, part: sum.errors }).collect();
    let rows = found.into_iter().map(|sum| vec![Cell::Text(sum.of), Cell::Number(sum.calls), Cell::Number(sum.errors)]);
    let rows = rows.collect();
    let columns = vec![("endpoint", text::ENDPOINT), ("calls", text::CALLS), ("errors", text::ERRORS)];
    Ok(Report { columns, rows, picture: (!bars.is_empty()).then_some(Picture::Bars(LEGEND, bars)) })
}

pub async fn errors(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let found = figures::per_status(ctx, &chosen.calls(), chosen.between()).await?;
    let errors: Vec<(i64, i64)> = found.into_iter().filter(|(status, _)| 400 <= *status).collect();
    let bars: Vec<Bar> =
        errors.iter().map(|(status, calls)| Bar { label: status.to_string(), value: *calls, part: 0 }).collect();
    let rows =
        errors.iter().map(|(status, calls)| vec![Cell::text(status.to_string()), Cell::Number(*calls)]).collect();
    let columns = vec![("status", text::STATUS), ("calls", text::CALLS)];
    let legend = Legend { value: text::ERRORS, part: None };
    Ok(Report { columns, rows, picture: (!bars.is_empty()).then_some(Picture::Bars(legend, bars)) })
}

/// What came of authorization requests, how often tokens were refreshed, and how fast the APIs answered.
pub async fn authorizations(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let found = figures::authorizations(ctx, &chosen.calls(), chosen.between()).await?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut bars = Vec::new();
    for sum in found {
        bars.push(Bar { label: sum.of.clone(), value: sum.calls, part: sum.errors });
        rows.push(vec![Cell::Text(sum.of), Cell::Number(sum.calls), Cell::Number(sum.errors)]);
    }
    for api in Api::CALLED {
        let ranges = figures::latency(ctx, &chosen.calls(), api, chosen.between()).await?;
        if let Some(within) = percentile(&ranges, 95) {
            let name = text::answered_within(api.as_str());
            rows.push(vec![Cell::Text(name), Cell::Number(within), Cell::Nothing]);
        }
    }
    let columns = vec![("what", text::WHAT), ("times", text::TIMES), ("errors", text::ERRORS)];
    Ok(Report { columns, rows, picture: (!bars.is_empty()).then_some(Picture::Bars(LEGEND, bars)) })
}
