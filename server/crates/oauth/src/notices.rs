//! What we record, mail to the member, and tell the app when its access begins, changes or ends.

use std::collections::BTreeSet;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use identity::accounts;
use mail::{messages::access, outbox, site::Site};
use model::{id::AccountId, text::Paragraph};
use store::Ctx;

use crate::{
    app_notices,
    grants::{EndedBy, Grant},
    reminders,
};

type Result<T> = std::result::Result<T, identity::error::Error>;

/// A member allowed an app, for the first time or with another choice than before.
pub(crate) async fn allowed(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let (event, message) = match grant.changed_at {
            None => (format!("access-granted:{}", grant.id), access::granted(site, reader)),
            // Each change gets a mail of its own.
            Some(at) => (format!("access-changed:{}:{}", grant.id, at.as_millisecond()), access::changed(site, reader)),
        };
        outbox::enqueue(ctx, &event, &message).await?;
    }
    if grant.changed_at.is_some() {
        app_notices::changed(ctx, grant).await?;
    }
    let action = if grant.changed_at.is_some() { Action::GrantChanged } else { Action::GrantGiven };
    let days = grant.days.unwrap_or_default();
    let event = event(&grant.account, action, grant).with("scope", grant.scopes.to_string());
    Ok(log::record(ctx, &event.with("days", days).with("offline", grant.offline)).await?)
}

/// The member ended the access of an app.
pub(crate) async fn revoked(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    tell_of_the_end(ctx, site, grant).await?;
    end(ctx, grant, EndedBy::Member).await?;
    Ok(log::record(ctx, &event(&grant.account, Action::GrantRevoked, grant)).await?)
}

/// The app gave back its tokens.
pub(crate) async fn ended_by_app(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    tell_of_the_end(ctx, site, grant).await?;
    end(ctx, grant, EndedBy::App).await?;
    // The log leaves out all that the server's own probe does.
    if grant.client.is_probe() {
        return Ok(());
    }
    let event = Event::new(Actor::System, Action::GrantEndedByApp, "grant", grant.id.as_str());
    let event = event.within(&grant.partition).with("client", grant.client.as_str());
    Ok(log::record(ctx, &event).await?)
}

/// What follows from every end: the app gets a notice, and a reminder that was not sent yet is not sent.
async fn end(ctx: &mut Ctx, grant: &Grant, by: EndedBy) -> store::Result<()> {
    outbox::withdraw(ctx, &reminders::ending_event(grant)).await?;
    app_notices::ended(ctx, grant, by).await
}

async fn tell_of_the_end(ctx: &mut Ctx, site: &Site, grant: &Grant) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let message = access::revoked(site, reader);
        outbox::enqueue(ctx, &format!("access-revoked:{}", grant.id), &message).await?;
    }
    Ok(())
}

/// A person of the staff ended it on the member's behalf.
pub(crate) async fn revoked_by_staff(
    ctx: &mut Ctx,
    site: &Site,
    grant: &Grant,
    by: &AccountId,
    reason: &Paragraph,
) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let message = access::revoked_by_staff(site, reader);
        outbox::enqueue(ctx, &format!("access-revoked:{}", grant.id), &message).await?;
    }
    end(ctx, grant, EndedBy::Administrator).await?;
    let event = event(by, Action::GrantRevokedByStaff, grant).with("account", grant.account.as_str());
    Ok(log::record(ctx, &event.with("reason", reason.as_str())).await?)
}

/// The vendor deleted the app, or an administrator revoked it for good, and with it what the member allowed.
pub(crate) async fn app_ended(ctx: &mut Ctx, site: &Site, grant: &Grant, by: EndedBy) -> Result<()> {
    if let Some(account) = accounts::find(ctx, &grant.account).await?
        && let Some(reader) = account.reader()
    {
        let (event, message) = match by {
            EndedBy::Administrator => ("app-revoked", access::app_revoked(site, reader)),
            _ => ("app-deleted", access::app_deleted(site, reader)),
        };
        outbox::enqueue(ctx, &format!("{event}:{}", grant.id), &message).await?;
    }
    end(ctx, grant, by).await?;
    Ok(write_down(ctx, grant, by).await?)
}

/// The time that the member allowed is over. The member got a mail before.
pub(crate) async fn expired(ctx: &mut Ctx, grant: &Grant) -> store::Result<()> {
    end(ctx, grant, EndedBy::Time).await?;
    write_down(ctx, grant, EndedBy::Time).await
}

/// The payer no longer has the member, and all that they allowed as that member has ended. Each account gets one mail, no matter
/// how many apps it is about.
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
        end(ctx, grant, EndedBy::Payer).await?;
        write_down(ctx, grant, EndedBy::Payer).await?;
    }
    Ok(())
}

/// The account may no longer act for the patient. The mail about that says that the access has ended, too.
pub(crate) async fn representation_ended(ctx: &mut Ctx, grant: &Grant) -> store::Result<()> {
    end(ctx, grant, EndedBy::Representation).await?;
    write_down(ctx, grant, EndedBy::Representation).await
}

async fn write_down(ctx: &mut Ctx, grant: &Grant, by: EndedBy) -> store::Result<()> {
    let event = Event::new(Actor::System, Action::GrantEnded, "grant", grant.id.as_str());
    let event = event.within(&grant.partition).with("client", grant.client.as_str()).with("by", by.as_str());
    log::record(ctx, &event).await
}

/// The member chose another end.
pub(crate) async fn lengthened(ctx: &mut Ctx, site: &Site, before: &Grant, after: &Grant) -> Result<()> {
    outbox::withdraw(ctx, &reminders::ending_event(before)).await?;
    if let Some(account) = accounts::find(ctx, &after.account).await?
        && let Some(reader) = account.reader()
    {
        let event = format!("access-length:{}:{}", after.id, ctx.now.as_millisecond());
        outbox::enqueue(ctx, &event, &access::length_changed(site, reader)).await?;
    }
    app_notices::changed(ctx, after).await?;
    let event = event(&after.account, Action::GrantLengthened, after).changed("days", before.days, after.days);
    Ok(log::record(ctx, &event).await?)
}

fn event(account: &AccountId, action: Action, grant: &Grant) -> Event {
    Event::new(Actor::Account(account.clone()), action, "grant", grant.id.as_str())
        .within(&grant.partition)
        .with("client", grant.client.as_str())
}
