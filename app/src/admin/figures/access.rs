//! Members' access: how much there is, who ended it, and the metrics that CMS asks for each year.

use model::{
    id::PayerId,
    partition::{Environment, ProgramId},
};
use oauth::figures::{self, Filter};
use store::Ctx;
use usage::metrics::{self, Metrics};

use super::{
    chosen::Chosen,
    report::{Cell, Picture, Report},
};
use crate::{
    components::chart::{Bar, Legend},
    failure::Failure,
    texts::{admin::figures as text, registry::environment},
    web::Web,
};

fn filter(chosen: &Chosen) -> Filter {
    Filter { program: chosen.program.clone(), environment: chosen.environment }
}

fn program_name(web: &Web, id: &ProgramId) -> String {
    web.services.programs.get(id).map_or_else(|| id.to_string(), |program| program.name.clone())
}

fn payer_name(web: &Web, program: &ProgramId, id: &PayerId) -> String {
    let payer = web.services.programs.get(program).and_then(|program| program.payer(id));
    payer.map_or_else(|| id.to_string(), |payer| payer.name.clone())
}

pub async fn active(web: &Web, ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let active = figures::active(ctx, &filter(chosen)).await?;
    let (mut rows, mut bars) = (Vec::new(), Vec::new());
    for one in active {
        let payer = payer_name(web, &one.partition.program, &one.payer);
        let at = environment(one.partition.environment);
        bars.push(Bar { label: text::of_plan(&payer, at), value: one.grants, part: 0 });
        rows.push(vec![
            Cell::text(program_name(web, &one.partition.program)),
            Cell::text(one.partition.environment.as_str()),
            Cell::text(payer),
            Cell::Number(one.grants),
        ]);
    }
    let columns = vec![
        ("program", text::PROGRAM),
        ("environment", text::ENVIRONMENT),
        ("plan", text::PLAN),
        ("active", text::ACTIVE_GRANTS),
    ];
    let legend = Legend { value: text::ACTIVE_GRANTS, part: None };
    Ok(Report { columns, rows, picture: (!bars.is_empty()).then_some(Picture::Bars(legend, bars)) })
}

pub async fn ended(ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let (from, to) = chosen.moments();
    let ended = figures::ended(ctx, &filter(chosen), from, to).await?;
    let bars: Vec<Bar> =
        ended.iter().map(|(by, times)| Bar { label: text::ended_by(*by).to_owned(), value: *times, part: 0 }).collect();
    let rows = ended.iter().map(|(by, times)| vec![Cell::text(text::ended_by(*by)), Cell::Number(*times)]).collect();
    let columns = vec![("ended_by", text::ENDED_BY), ("ended", text::ENDED)];
    let legend = Legend { value: text::ENDED, part: None };
    Ok(Report { columns, rows, picture: (!bars.is_empty()).then_some(Picture::Bars(legend, bars)) })
}

/// Production only; the sandbox has no members.
pub async fn patient_access(web: &Web, ctx: &mut Ctx, chosen: &Chosen) -> Result<Report, Failure> {
    let found = if chosen.environment == Some(Environment::Sandbox) {
        Vec::new()
    } else {
        metrics::of_year(ctx, chosen.year, chosen.program.as_ref()).await?
    };
    let name = |one: &Metrics| {
        one.payer.as_ref().map_or_else(|| text::ALL_PLANS.to_owned(), |payer| payer_name(web, &one.program, payer))
    };
    let plans = found.iter().filter(|one| one.payer.is_some());
    let bars: Vec<Bar> = plans.map(|one| Bar { label: name(one), value: one.members, part: one.repeated }).collect();
    let row = |one: &Metrics| {
        vec![
            Cell::text(chosen.year.to_string()),
            Cell::text(program_name(web, &one.program)),
            Cell::text(name(one)),
            Cell::Number(one.members),
            Cell::Number(one.repeated),
            Cell::Number(one.repeated_calls),
        ]
    };
    let columns = vec![
        ("year", text::YEAR),
        ("program", text::PROGRAM),
        ("plan", text::PLAN),
        ("members", text::MEMBERS),
        ("members_more_than_once", text::MORE_THAN_ONCE),
        ("members_two_calls", text::TWO_CALLS),
    ];
    let legend = Legend { value: text::MEMBERS, part: Some(text::MORE_THAN_ONCE) };
    let picture = (!bars.is_empty()).then_some(Picture::Bars(legend, bars));
    Ok(Report { columns, rows: found.iter().map(row).collect(), picture })
}
