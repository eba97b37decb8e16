//! A member's own view of the grants: apps, not tokens. An app that was allowed twice is one app with access.

use audit::event::{Actor, Event};
use jiff::{SignedDuration, Timestamp};
use model::{
    id::{AccountId, ApplicationId, ClientId, GrantId, PatientId, PayerId},
    partition::Partition,
    scope::Scopes,
};
use store::{Ctx, sql};

use super::{Ended, EndedBy, Grant, end, of_account};

/// An app with access, or that had access.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The newest of its grants: names the connection in addresses.
    pub id: GrantId,
    /// All of them, newest first; each is a key of the access history.
    pub grants: Vec<GrantId>,
    pub partition: Partition,
    pub application: ApplicationId,
    pub client: ClientId,
    pub payer: PayerId,
    pub patient: Option<PatientId>,
    /// Everything that the app may read.
    pub scopes: Scopes,
    pub since: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    /// Absent while it has access.
    pub ended: Option<Ended>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Unknown, another member's, or ended already.
    #[error("no such access")]
    NotFound,
    #[error("not one of the lengths that the program offers")]
    NotAChoice,
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Apps with access now, the newest first.
pub async fn connected(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let now = ctx.now;
    let mut connections: Vec<Connection> = Vec::new();
    for grant in of_account(ctx, account).await?.into_iter().filter(|grant| grant.is_live(now)) {
        match connections.iter_mut().find(|connection| connection.is_about(&grant)) {
            Some(connection) => connection.add(grant),
            None => connections.push(Connection::new(grant)),
        }
    }
    Ok(connections)
}

/// Grants that have ended or run out, each by itself, the newest first.
pub async fn past(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let now = ctx.now;
    let grants = of_account(ctx, account).await?;
    Ok(grants.into_iter().filter(|grant| !grant.is_live(now)).map(Connection::new).collect())
}

/// One connection by any of its grants, with or without access now.
pub async fn get(ctx: &mut Ctx, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let connected = connected(ctx, account).await?.into_iter().find(|connection| connection.grants.contains(grant));
    if let Some(connection) = connected {
        return Ok(connection);
    }
    past(ctx, account).await?.into_iter().find(|connection| connection.id == *grant).ok_or(Error::NotFound)
}

/// Ends an app's access: all its live grants for the same person's data, and with them every token, at the next call.
pub async fn revoke(ctx: &mut Ctx, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let connections = connected(ctx, account).await?;
    let connection = connections.into_iter().find(|connection| connection.grants.contains(grant));
    let connection = connection.ok_or(Error::NotFound)?;
    let mut ended = false;
    for grant in &connection.grants {
        ended |= end(ctx, grant, EndedBy::Member).await?;
    }
    if !ended {
        // Somebody was faster, in another window.
        return Err(Error::NotFound);
    }
    audit::log::record(ctx, &event(account, "grant.revoked", &connection)).await?;
    Ok(connection)
}

/// Changes how long an app's access lasts, counted from now; `days` is one of the program's choices.
pub async fn change_length(
    ctx: &mut Ctx,
    programs: &programs::Programs,
    account: &AccountId,
    grant: &GrantId,
    days: u16,
) -> Result<(), Error> {
    let connections = connected(ctx, account).await?;
    let connection = connections.into_iter().find(|connection| connection.grants.contains(grant));
    let connection = connection.ok_or(Error::NotFound)?;
    let program = programs.get(&connection.partition.program).ok_or(Error::NotFound)?;
    if !program.lifetimes.grant_days_choices.contains(&days) {
        return Err(Error::NotAChoice);
    }
    let expires_at = ctx.now + SignedDuration::from_hours(24 * i64::from(days));
    for grant in &connection.grants {
        sql("UPDATE access_grant SET expires_at = $1 WHERE id = $2 AND ended_at IS NULL AND expires_at > $3")
            .bind(expires_at)
            .bind(grant)
            .bind(ctx.now)
            .execute(&mut ctx.tx)
            .await?;
    }
    audit::log::record(ctx, &event(account, "grant.prolonged", &connection).with("days", days)).await?;
    Ok(())
}

fn event(account: &AccountId, action: &'static str, connection: &Connection) -> Event {
    Event::new(Actor::Account(account.clone()), action, "grant", connection.id.as_str())
        .within(&connection.partition)
        .with("client", connection.client.as_str())
}

impl Connection {
    fn new(grant: Grant) -> Self {
        Self {
            grants: vec![grant.id.clone()],
            id: grant.id,
            partition: grant.partition,
            application: grant.application,
            client: grant.client,
            payer: grant.payer,
            patient: grant.patient,
            scopes: grant.scopes,
            since: grant.created_at,
            expires_at: grant.expires_at,
            last_used_at: grant.last_used_at,
            ended: grant.ended,
        }
    }

    fn is_about(&self, grant: &Grant) -> bool {
        self.partition == grant.partition && self.application == grant.application && self.patient == grant.patient
    }

    /// An older grant of the same app.
    fn add(&mut self, grant: Grant) {
        self.scopes = self.scopes.iter().chain(grant.scopes.iter()).cloned().collect();
        self.since = self.since.min(grant.created_at);
        self.expires_at = self.expires_at.max(grant.expires_at);
        self.last_used_at = self.last_used_at.max(grant.last_used_at);
        self.grants.push(grant.id);
    }
}
