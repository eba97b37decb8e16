//! What the payer's own provider says at a sign-in: for whom else the account may act.

use audit::{action::Action, event::Actor};
use mail::site::Site;
use model::{
    id::{AccountId, PatientId, PayerId, RepresentativeId},
    partition::Partition,
    representative::{Ending, Source},
};
use store::{Ctx, sql};

use super::{COLUMNS, Representative, change::record, letters};
use crate::error::Result;

/// A member for whom the account may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub patient: PatientId,
    /// For letters.
    pub first_name: String,
}

/// Replaces what the provider said before. Returns what has ended by that; the caller ends what was allowed under it.
pub async fn replace(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    named: &[Named],
) -> Result<Vec<Representative>> {
    let before = open(ctx, account, partition, payer).await?;
    let mut ended = Vec::new();
    for gone in before.iter().filter(|known| !named.iter().any(|named| named.patient == known.patient)) {
        ended.extend(end(ctx, gone).await?);
    }
    for new in named.iter().filter(|named| !before.iter().any(|known| known.patient == named.patient)) {
        if let Some(granted) = insert(ctx, account, partition, payer, new).await? {
            record(ctx, Actor::System, Action::RepresentativeConfirmed, &granted).await?;
            letters::granted(ctx, site, &granted).await?;
        }
    }
    Ok(ended)
}

async fn open(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
) -> Result<Vec<Representative>> {
    let mut query = super::select(partition);
    query.push(" AND account_id = ").push_bind(account).push(" AND payer = ").push_bind(payer);
    query.push(" AND source = ").push_bind(Source::Feed.as_str()).push(" AND ended_at IS NULL ORDER BY created_at, id");
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

async fn end(ctx: &mut Ctx, gone: &Representative) -> Result<Option<Representative>> {
    let mut query = sql(
        "UPDATE member_representative SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL RETURNING ",
    )
    .bind(ctx.now)
    .bind(Ending::Feed.as_str())
    .bind(&gone.id);
    query.push(COLUMNS);
    let ended: Option<Representative> = query.fetch_optional(&mut ctx.tx).await?;
    if let Some(ended) = &ended {
        record(ctx, Actor::System, Action::RepresentativeEnded, ended).await?;
    }
    Ok(ended)
}

/// `None` if the same person signed in twice at once, and the other sign-in was faster.
async fn insert(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    named: &Named,
) -> Result<Option<Representative>> {
    let id = RepresentativeId::new(ctx.random_id());
    let mut query =
        sql("INSERT INTO member_representative (id, account_id, program, environment, payer, patient_id, first_name,
             source, created_at, confirmed_at, starts_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9)
         ON CONFLICT (account_id, program, environment, payer, patient_id, source)
             WHERE ended_at IS NULL AND confirmed_at IS NOT NULL DO NOTHING
         RETURNING ")
        .bind(&id)
        .bind(account)
        .bind(&partition.program)
        .bind(partition.environment)
        .bind(payer)
        .bind(&named.patient)
        .bind(&named.first_name)
        .bind(Source::Feed.as_str())
        .bind(ctx.now);
    query.push(COLUMNS);
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}
