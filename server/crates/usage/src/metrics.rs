//! The yearly Patient Access metrics (45 CFR 156.221(f) and its sisters): how many members' data went to an app that the
//! member chose, and how many members' more than once.

use model::{id::PayerId, partition::ProgramId};
use store::{Ctx, FromRow, Result, Row, sql};

/// Counts of one plan, or of one program over all of its plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metrics {
    pub program: ProgramId,
    /// Nothing for the whole program, where a person who is a member of several plans counts once.
    pub payer: Option<PayerId>,
    /// Unique members with a transfer.
    pub members: i64,
    /// Unique members with two transfers or more.
    pub repeated: i64,
    /// The looser reading of "more than once": unique members with two calls or more.
    pub repeated_calls: i64,
    pub transfers: i64,
}

/// Of a year in the zone of each program, production only. First each plan with any transfer, then the programs.
pub async fn of_year(ctx: &mut Ctx, year: i16, program: Option<&ProgramId>) -> Result<Vec<Metrics>> {
    let mut query = sql("SELECT program, payer_id, COUNT(*), COUNT(CASE WHEN transfers > 1 THEN 1 END),
             COUNT(CASE WHEN calls > 1 THEN 1 END), CAST(COALESCE(SUM(transfers), 0) AS BIGINT)
         FROM transfer_member WHERE environment = 'production' AND year = ");
    query.push_bind(i64::from(year));
    if let Some(program) = program {
        query.push(" AND program = ").push_bind(program);
    }
    query.push(" GROUP BY program, payer_id ORDER BY program, payer_id");
    let mut metrics: Vec<Metrics> = query.fetch_all(&mut ctx.tx).await?;
    let mut programs: Vec<ProgramId> = metrics.iter().map(|plan| plan.program.clone()).collect();
    programs.dedup();
    for program in programs {
        let plans: Vec<&Metrics> = metrics.iter().filter(|plan| plan.program == program).collect();
        let whole = match plans.as_slice() {
            [only] => Metrics { payer: None, ..(*only).clone() },
            _ => of_program(ctx, year, &program).await?,
        };
        metrics.push(whole);
    }
    Ok(metrics)
}

/// Over all plans of a program.
async fn of_program(ctx: &mut Ctx, year: i16, program: &ProgramId) -> Result<Metrics> {
    let query = sql("SELECT $1, NULL, COUNT(*), COUNT(CASE WHEN transfers > 1 THEN 1 END),
             COUNT(CASE WHEN calls > 1 THEN 1 END), CAST(COALESCE(SUM(transfers), 0) AS BIGINT)
         FROM (SELECT person, SUM(transfers) AS transfers, SUM(calls) AS calls FROM transfer_member
               WHERE program = $1 AND environment = 'production' AND year = $2 GROUP BY person) people");
    query.bind(program).bind(i64::from(year)).fetch_one(&mut ctx.tx).await
}

impl FromRow for Metrics {
    fn from_row(row: &Row) -> Result<Self> {
        let program: String = row.get(0)?;
        let (program, payer) = (ProgramId::new(program), row.get(1)?);
        let (members, repeated, repeated_calls, transfers) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        Ok(Self { program, payer, members, repeated, repeated_calls, transfers })
    }
}
