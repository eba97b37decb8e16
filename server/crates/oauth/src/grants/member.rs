//! A member's own view of the grants: apps, not tokens. An app that was allowed twice is one app with access.

use jiff::{SignedDuration, Timestamp};
use mail::site::Site;
use model::{
    application::{Liveness, Stopped},
    id::{AccountId, GrantId, PatientId, PayerId},
    partition::Partition,
    scope::Scopes,
};
use programs::Programs;
use registry::clients;
use store::{Ctx, Row, sql};

use super::{AFTER, COLUMNS, Ended, EndedBy, Grant, end};
use crate::notices;

/// An app with access, or that had access.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Its id names the connection in addresses.
    pub newest: Grant,
    /// The app's other live grants for the same person's data, newest first.
    pub older: Vec<Grant>,
    pub app_name: String,
    pub organization_name: String,
    /// Everything that the app may read.
    pub scopes: Scopes,
    pub since: Timestamp,
    pub expires_at: Timestamp,
    /// When a token was last issued.
    pub last_used_at: Option<Timestamp>,
    /// Absent while it has access, and where the access ran out.
    pub ended: Option<Ended>,
    /// Why the app reads nothing at present, though the member's consent stands.
    pub stopped: Option<Stopped>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Unknown, another member's, or without access now.
    #[error("no such access")]
    NotFound,
    #[error("not one of the lengths that the program offers")]
    NotAChoice,
    #[error(transparent)]
    Identity(#[from] identity::error::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Apps with access now, the newest first.
pub async fn connected(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let now = ctx.now;
    let mut connections: Vec<Connection> = Vec::new();
    for next in of_account(ctx, account).await?.into_iter().filter(|next| next.newest.is_live(now)) {
        match connections.iter_mut().find(|connection| connection.is_about(&next.newest)) {
            Some(connection) => connection.add(next.newest),
            None => connections.push(next),
        }
    }
    Ok(connections)
}

/// Grants that were ended or ran out, each by itself, the newest first.
pub async fn past(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let now = ctx.now;
    Ok(of_account(ctx, account).await?.into_iter().filter(|past| !past.newest.is_live(now)).collect())
}

/// One connection by any of its grants, with or without access now.
pub async fn get(ctx: &mut Ctx, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let mut connections = connected(ctx, account).await?;
    connections.extend(past(ctx, account).await?);
    connections.into_iter().find(|connection| connection.has(grant)).ok_or(Error::NotFound)
}

/// Ends an app's access: all its live grants for the same person's data, and with them every token at its next use.
/// Writes it down and mails the member.
pub async fn revoke(ctx: &mut Ctx, site: &Site, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let connection = live(ctx, account, grant).await?;
    let mut ended = false;
    for grant in connection.grants() {
        ended |= end(ctx, &grant.id, EndedBy::Member).await?;
    }
    if !ended {
        // Somebody was faster, in another window.
        return Err(Error::NotFound);
    }
    notices::revoked(ctx, site, &connection.newest).await?;
    Ok(connection)
}

/// Ends what the account allowed as another member of this payer than it is now; `patient` is `None` where it is none
/// any more. How many grants that were.
pub async fn end_as_others(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: Option<&PatientId>,
) -> Result<usize, identity::error::Error> {
    let mut ended = Vec::new();
    for Connection { newest: grant, .. } in of_account(ctx, account).await? {
        let as_other = grant.patient.is_some() && grant.patient.as_ref() != patient;
        let here = grant.partition == *partition && grant.payer == *payer;
        if here && as_other && grant.is_live(ctx.now) && end(ctx, &grant.id, EndedBy::Payer).await? {
            ended.push(grant);
        }
    }
    notices::member_left(ctx, site, &ended).await?;
    Ok(ended.len())
}

/// Ends everything that was allowed as these members, by whomever: the payer has them no more. How many grants that were.
pub async fn end_as_gone(
    ctx: &mut Ctx,
    site: &Site,
    partition: &Partition,
    patients: &[PatientId],
) -> Result<usize, identity::error::Error> {
    let mut ended = Vec::new();
    for patient in patients {
        let mut select = sql("SELECT ");
        select.push(COLUMNS).push(
            " FROM access_grant g WHERE g.program = $1 AND g.environment = $2 AND g.patient_id = $3 \
             AND g.ended_at IS NULL ORDER BY g.id",
        );
        let select = select.bind(&partition.program).bind(partition.environment).bind(patient);
        let grants: Vec<Grant> = select.fetch_all(&mut ctx.tx).await?;
        for grant in grants {
            if grant.is_live(ctx.now) && end(ctx, &grant.id, EndedBy::Payer).await? {
                ended.push(grant);
            }
        }
    }
    notices::member_left(ctx, site, &ended).await?;
    Ok(ended.len())
}

/// Changes how long an app's access lasts, counted from now; `days` is one of the program's choices.
pub async fn change_length(
    ctx: &mut Ctx,
    programs: &Programs,
    account: &AccountId,
    grant: &GrantId,
    days: u16,
) -> Result<(), Error> {
    let connection = live(ctx, account, grant).await?;
    let program = programs.get(&connection.newest.partition.program).ok_or(Error::NotFound)?;
    if !program.lifetimes.grant_days_choices.contains(&days) {
        return Err(Error::NotAChoice);
    }
    let expires_at = ctx.now + SignedDuration::from_hours(24 * i64::from(days));
    for grant in connection.grants() {
        sql("UPDATE access_grant SET expires_at = $1 WHERE id = $2 AND ended_at IS NULL AND expires_at > $3")
            .bind(expires_at)
            .bind(&grant.id)
            .bind(ctx.now)
            .execute(&mut ctx.tx)
            .await?;
    }
    Ok(notices::lengthened(ctx, &connection.newest, days).await?)
}

async fn live(ctx: &mut Ctx, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    connected(ctx, account).await?.into_iter().find(|connection| connection.has(grant)).ok_or(Error::NotFound)
}

/// Every grant that this account gave, each by itself, the newest first.
async fn of_account(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(
        ", a.name, o.name, a.access, a.approval, a.standing, a.blocked_at, o.status FROM access_grant g JOIN application a ON a.id = g.application_id \
         JOIN organization o ON o.id = a.organization_id WHERE g.account_id = $1 ORDER BY g.created_at DESC, g.id",
    );
    select.bind(account).fetch_all(&mut ctx.tx).await
}

impl Connection {
    /// All its grants, newest first; each is a key of the access history.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    fn has(&self, grant: &GrantId) -> bool {
        self.grants().any(|known| known.id == *grant)
    }

    fn is_about(&self, grant: &Grant) -> bool {
        let own = &self.newest;
        own.partition == grant.partition && own.application == grant.application && own.patient == grant.patient
    }

    /// An older grant of the same app.
    fn add(&mut self, grant: Grant) {
        self.scopes = self.scopes.iter().chain(grant.scopes.iter()).cloned().collect();
        self.since = self.since.min(grant.created_at);
        self.expires_at = self.expires_at.max(grant.expires_at);
        self.last_used_at = self.last_used_at.max(grant.last_used_at);
        self.older.push(grant);
    }
}

/// Why an app may not use this grant now.
fn stopped(grant: &Grant, live: Liveness) -> Option<Stopped> {
    if grant.patient.is_some() { live.patient() } else { live.any() }.err()
}

impl store::FromRow for Connection {
    fn from_row(row: &Row) -> store::Result<Self> {
        let grant = Grant::from_row(row)?;
        Ok(Self {
            app_name: row.get(AFTER)?,
            organization_name: row.get(AFTER + 1)?,
            scopes: grant.scopes.clone(),
            since: grant.created_at,
            expires_at: grant.expires_at,
            last_used_at: grant.last_used_at,
            ended: grant.ended,
            stopped: stopped(&grant, clients::liveness(row, AFTER + 2)?),
            older: Vec::new(),
            newest: grant,
        })
    }
}
