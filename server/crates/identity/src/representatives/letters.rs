//! Mail to both sides: the person who may act, and the accounts of the member.

use mail::{message::Message, messages::representative, outbox, reader::Reader, site::Site};
use model::{account::PersonName, partition::Environment};
use store::Ctx;

use super::Representative;
use crate::{
    accounts::{self, Account},
    error::Result,
    members,
};

pub(super) async fn granted(ctx: &mut Ctx, site: &Site, granted: &Representative) -> Result<()> {
    let first_name = &granted.first_name;
    let message = |reader: Reader<'_>| representative::may_act(site, reader, first_name);
    let representative = write(ctx, granted, "representative-granted", message).await?;
    let Some(representative) = representative else { return Ok(()) };
    write_to_member(ctx, granted, "acts-for-you", |reader| representative::acts_for_you(site, reader, &representative))
        .await
}

pub(super) async fn ended(ctx: &mut Ctx, site: &Site, ended: &Representative) -> Result<()> {
    let first_name = &ended.first_name;
    let message = |reader: Reader<'_>| representative::ended(site, reader, first_name);
    let representative = write(ctx, ended, "representative-ended", message).await?;
    let Some(representative) = representative else { return Ok(()) };
    write_to_member(ctx, ended, "acts-no-longer", |reader| representative::ended_for_you(site, reader, &representative))
        .await
}

/// To the person who may act. Returns their name.
async fn write(
    ctx: &mut Ctx,
    of: &Representative,
    event: &str,
    message: impl FnOnce(Reader<'_>) -> Message,
) -> Result<Option<PersonName>> {
    let Some(account) = accounts::find(ctx, &of.account).await? else { return Ok(None) };
    if let Some(reader) = account.reader() {
        outbox::enqueue(ctx, &format!("{event}:{}", of.id), &message(reader)).await?;
    }
    Ok(Some(account.name))
}

/// To every account that is the member. In the sandbox, anyone may be the same test member.
async fn write_to_member(
    ctx: &mut Ctx,
    of: &Representative,
    event: &str,
    message: impl Fn(Reader<'_>) -> Message,
) -> Result<()> {
    if of.partition.environment != Environment::Production {
        return Ok(());
    }
    for own in members::accounts_of(ctx, &of.partition, &of.payer, &of.patient).await? {
        let account = accounts::find(ctx, &own).await?;
        if let Some(reader) = account.as_ref().and_then(Account::reader) {
            outbox::enqueue(ctx, &format!("{event}:{}:{own}", of.id), &message(reader)).await?;
        }
    }
    Ok(())
}
