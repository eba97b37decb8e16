//! What administrators report about members' access: how much there is, and who ended what.

use jiff::Timestamp;
use model::{
    id::PayerId,
    partition::{Environment, Partition, ProgramId},
};
use store::{Ctx, FromRow, Query, Result, Row, sql};

use crate::grants::EndedBy;

/// Of which program and environment; all where nothing is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub program: Option<ProgramId>,
    pub environment: Option<Environment>,
}

/// How many grants members of one plan have given that work now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Active {
    pub partition: Partition,
    pub payer: PayerId,
    pub grants: i64,
}

pub async fn active(ctx: &mut Ctx, filter: &Filter) -> Result<Vec<Active>> {
    let mut query = sql(
        "SELECT program, environment, payer_id, COUNT(*) FROM access_grant WHERE ended_at IS NULL AND expires_at > ",
    );
    query.push_bind(ctx.now);
    of(&mut query, filter);
    query.push(" GROUP BY program, environment, payer_id ORDER BY program, environment, payer_id");
    query.fetch_all(&mut ctx.tx).await
}

/// How many grants ended in this time, by who ended them; the most frequent first.
pub async fn ended(ctx: &mut Ctx, filter: &Filter, from: Timestamp, to: Timestamp) -> Result<Vec<(EndedBy, i64)>> {
    let mut query = sql("SELECT COALESCE(ended_by, ''), COUNT(*) FROM access_grant WHERE ended_at >= ");
    query.push_bind(from).push(" AND ended_at < ").push_bind(to);
    of(&mut query, filter);
    query.push(" GROUP BY COALESCE(ended_by, '') ORDER BY 2 DESC, 1");
    let found: Vec<(String, i64)> = query.fetch_all(&mut ctx.tx).await?;
    Ok(found.into_iter().map(|(by, grants)| (by.parse().unwrap_or(EndedBy::Unknown), grants)).collect())
}

fn of(query: &mut Query, filter: &Filter) {
    if let Some(program) = &filter.program {
        query.push(" AND program = ").push_bind(program);
    }
    if let Some(environment) = filter.environment {
        query.push(" AND environment = ").push_bind(environment);
    }
}

impl FromRow for Active {
    fn from_row(row: &Row) -> Result<Self> {
        let program: String = row.get(0)?;
        let partition = Partition::new(&ProgramId::new(program), row.get(1)?);
        Ok(Self { partition, payer: row.get(2)?, grants: row.get(3)? })
    }
}
