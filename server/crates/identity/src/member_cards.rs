//! Between card and code: the member whose card an account has just shown. The holder chooses where the code goes, and may ask
//! for another code without typing the card again. By itself this opens nothing.

use jiff::SignedDuration;
use model::id::PatientId;
use store::{Ctx, sql};

use crate::{error::Result, member_codes::Asked};

const TTL: SignedDuration = SignedDuration::from_mins(15);

/// Notes that the account has shown this member's card; an earlier card is forgotten.
pub async fn keep(ctx: &mut Ctx, asked: Asked<'_>, patient: &PatientId) -> Result<()> {
    sql("INSERT INTO member_card (account_id, program, environment, payer, patient_id, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, program, environment, payer) DO UPDATE SET
             patient_id = excluded.patient_id, expires_at = excluded.expires_at")
    .bind(asked.account)
    .bind(&asked.partition.program)
    .bind(asked.partition.environment)
    .bind(asked.payer)
    .bind(patient)
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// The member whose card it was, as long as it counts.
pub async fn find(ctx: &mut Ctx, asked: Asked<'_>) -> Result<Option<PatientId>> {
    let mut query = sql("SELECT patient_id FROM member_card WHERE ");
    asked.narrow(&mut query);
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at");
    let found: Option<(PatientId,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(patient,)| patient))
}

/// Forgets the card, because it was used or its holder guessed at codes: for another code they have to enter it again.
pub async fn forget(ctx: &mut Ctx, asked: Asked<'_>) -> Result<()> {
    let mut query = sql("DELETE FROM member_card WHERE ");
    asked.narrow(&mut query);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}
