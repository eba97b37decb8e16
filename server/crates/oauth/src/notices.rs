//! What is written down and mailed when a member's access begins or ends.

use std::collections::BTreeSet;

use audit::{
    event::{Actor, Event},
    log,
};
use identity::accounts;
use mail::{messages::access, outbox, site::Site};
use model::id::AccountId;
use store::Ctx;

use crate::grants::Grant;

type Result<T> = std::result::Result<T, identity::error::Error>;

/// A member allowed an app.
pub(crate) async fn granted(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let message = access::granted(site, reader);
        outbox::enqueue(ctx, &format!("access-granted:{}", grant.id), &message).await?;
    }
    let event = event(&grant.account, "grant.given", grant).with("scope", grant.scopes.to_string());
    Ok(log::record(ctx, &event).await?)
}

/// The access of an app ended.
pub(crate) async fn revoked(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let message = access::revoked(site, reader);
        outbox::enqueue(ctx, &format!("access-revoked:{}", grant.id), &message).await?;
    }
    Ok(log::record(ctx, &event(&grant.account, "grant.revoked", grant)).await?)
}

/// The app was deleted, and with it what the member allowed.
pub(crate) async fn app_deleted(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let message = access::app_deleted(site, reader);
        outbox::enqueue(ctx, &format!("app-deleted:{}", grant.id), &message).await?;
    }
    let event = Event::new(Actor::System, "grant.ended", "grant", grant.id.as_str());
    let event = event.within(&grant.partition).with("client", grant.client.as_str()).with("by", "vendor");
    Ok(log::record(ctx, &event).await?)
}

/// The payer has the member no more, and all that they allowed as that member has ended. One letter to each of them,
/// however many apps that were.
pub(crate) async fn member_left(ctx: &mut Ctx, site: &Site, ended: &[Grant]) -> Result<()> {
    let mut told = BTreeSet::new();
    for grant in ended.iter().filter(|grant| told.insert(&grant.account)) {
        if let Some(account) = accounts::find(ctx, &grant.account).await?
            && let Some(reader) = account.reader()
        {
            let message = access::member_left(site, reader);
            outbox::enqueue(ctx, &format!("member-left:{}", grant.id), &message).await?;
        }
    }
    for grant in ended {
        write_down(ctx, grant).await?;
    }
    Ok(())
}

async fn write_down(ctx: &mut Ctx, grant: &Grant) -> Result<()> {
    let event = Event::new(Actor::System, "grant.ended", "grant", grant.id.as_str());
    let event = event.within(&grant.partition).with("client", grant.client.as_str());
    Ok(log::record(ctx, &event).await?)
}

/// The member chose another end.
pub(crate) async fn lengthened(ctx: &mut Ctx, grant: &Grant, days: u16) -> Result<()> {
    Ok(log::record(ctx, &event(&grant.account, "grant.lengthened", grant).with("days", days)).await?)
}

fn event(account: &AccountId, action: &'static str, grant: &Grant) -> Event {
    Event::new(Actor::Account(account.clone()), action, "grant", grant.id.as_str())
        .within(&grant.partition)
        .with("client", grant.client.as_str())
}
