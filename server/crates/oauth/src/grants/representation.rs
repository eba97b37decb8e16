//! Grants about people for whom their account acts: they end when the account may no longer act for that person.

use identity::{
    error::Error,
    members,
    representatives::{
        Representative,
        change::{self, tell_of_the_end},
        feed::{self, Named},
    },
};
use mail::site::Site;
use model::{
    id::{AccountId, PatientId, PayerId, RepresentativeId},
    partition::Partition,
    text::Paragraph,
};
use store::{Ctx, sql};

use super::{COLUMNS, EndedBy, Grant, end};
use crate::notices;

/// An administrator ends what lets an account act for a member, and with it what the account allowed for them.
pub async fn revoke(
    ctx: &mut Ctx,
    site: &Site,
    by: &AccountId,
    partition: &Partition,
    id: &RepresentativeId,
    reason: &Paragraph,
) -> Result<(), Error> {
    let ended = change::end(ctx, by, partition, id, reason).await?;
    follow(ctx, site, &[ended]).await.map(drop)
}

/// Ends some of those whose last day is over; returns how many. Call again while it returns more than 0.
pub async fn close(ctx: &mut Ctx, site: &Site) -> Result<u64, Error> {
    let closed = change::close(ctx).await?;
    follow(ctx, site, &closed).await?;
    Ok(closed.len() as u64)
}

/// The payer's provider says at a sign-in for whom else the account may act.
pub async fn replace(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    named: &[Named],
) -> Result<(), Error> {
    let ended = feed::replace(ctx, site, account, partition, payer, named).await?;
    follow(ctx, site, &ended).await.map(drop)
}

/// The payer no longer has these members, so no one acts for them. Returns the number of grants.
pub async fn members_left(
    ctx: &mut Ctx,
    site: &Site,
    partition: &Partition,
    patients: &[PatientId],
) -> Result<usize, Error> {
    let mut grants = 0;
    for patient in patients {
        let ended = change::member_left(ctx, partition, patient).await?;
        grants += follow(ctx, site, &ended).await?;
    }
    Ok(grants)
}

/// Ends what was allowed under them, and writes to both sides, unless the account may act for the member in another way.
async fn follow(ctx: &mut Ctx, site: &Site, ended: &[Representative]) -> Result<usize, Error> {
    let mut grants = 0;
    for one in ended {
        let people = members::people(ctx, &one.account, &one.partition, &one.payer).await?;
        if people.basis(&one.patient).is_none() {
            grants += end_under(ctx, one).await?;
            tell_of_the_end(ctx, site, one).await?;
        }
    }
    Ok(grants)
}

async fn end_under(ctx: &mut Ctx, ended: &Representative) -> Result<usize, Error> {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(" FROM access_grant g WHERE g.ended_at IS NULL AND g.account_id = ");
    select.push_bind(&ended.account).push(" AND g.program = ").push_bind(&ended.partition.program);
    select.push(" AND g.environment = ").push_bind(ended.partition.environment);
    select.push(" AND g.payer_id = ").push_bind(&ended.payer);
    select.push(" AND g.patient_id = ").push_bind(&ended.patient);
    // Access whose time was over before has ended by that.
    let at = ended.ended.as_ref().map_or(ctx.now, |ended| ended.at);
    select.push(" AND g.expires_at >= ").push_bind(at).push(" ORDER BY g.id");
    let grants: Vec<Grant> = select.fetch_all(&mut ctx.tx).await?;
    let mut count = 0;
    for grant in &grants {
        if end(ctx, &grant.id, EndedBy::Representation).await? {
            notices::representation_ended(ctx, grant).await?;
            count += 1;
        }
    }
    Ok(count)
}
