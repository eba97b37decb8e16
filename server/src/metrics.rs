//! `flex export-metrics`: prints the yearly Patient Access metrics.

use app::admin::figures::report::{Cell, Format, Report};
use programs::Programs;
use store::Store;
use usage::metrics::{self, Metrics};

use crate::{
    Failure,
    cli::{ExportMetrics, MetricsFormat},
    output::say,
    settings::Settings,
    state,
};

pub async fn run(args: ExportMetrics, settings: Settings) -> Result<(), Failure> {
    let programs = state::programs(&settings)?;
    if let Some(level) = &args.level
        && !programs.iter().flat_map(|program| &program.payers).any(|payer| payer.id.as_str() == level)
    {
        return Err(Failure::Usage(format!("no program has the health plan `{level}`")));
    }
    let store = Store::new(state::connect(&settings).await?);
    let found = metrics::of_year(&mut store.read().await?, args.year, None).await?;
    store.db.close().await;
    let is_asked = |one: &&Metrics| {
        args.level.as_ref().is_none_or(|level| one.payer.as_ref().is_some_and(|payer| payer.as_str() == level))
    };
    let rows = found.iter().filter(is_asked).map(|one| row(&programs, args.year, one)).collect();
    let columns = ["year", "program", "level", "name", "members", "members_more_than_once", "members_two_calls"];
    let report = Report { columns: columns.map(|word| (word, word)).to_vec(), rows, picture: None };
    match args.format {
        MetricsFormat::Csv => say!("{}", report.write(Format::Csv).trim_end()),
        MetricsFormat::Json => say!("{:#}", serde_json::Value::Array(report.objects().collect())),
    }
    Ok(())
}

/// A plan, or a program without a level.
fn row(programs: &Programs, year: i16, one: &Metrics) -> Vec<Cell> {
    let program = programs.get(&one.program);
    let name = match &one.payer {
        Some(payer) => program.and_then(|program| program.payer(payer)).map(|payer| payer.name.clone()),
        None => program.map(|program| program.name.clone()),
    };
    vec![
        Cell::Number(year.into()),
        Cell::text(one.program.as_str()),
        one.payer.as_ref().map_or(Cell::Nothing, |payer| Cell::text(payer.as_str())),
        name.map_or(Cell::Nothing, Cell::Text),
        Cell::Number(one.members),
        Cell::Number(one.repeated),
        Cell::Number(one.repeated_calls),
    ]
}
