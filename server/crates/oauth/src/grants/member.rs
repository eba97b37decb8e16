//! A member's own view of the grants: apps, not tokens.

use std::collections::BTreeSet;

use identity::members::{self, Basis};
use jiff::Timestamp;
use mail::site::Site;
use model::{
    application::{Liveness, Stopped},
    id::{AccountId, GrantId, PatientId, PayerId},
    logo::LogoDigest,
    partition::Partition,
    stored::Stored as _,
};
use programs::Programs;
use registry::clients;
use store::{Ctx, Query, Row, sql};

use super::{AFTER, COLUMNS, EndedBy, Grant, end, end_after, no_later};
use crate::notices;

/// An app with access, or that had access.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Its id names the connection in addresses and is the key of the access history.
    pub grant: Grant,
    pub app_name: String,
    pub app_logo: Option<LogoDigest>,
    pub organization_name: String,
    /// Where the vendor answers questions about the app.
    pub support_email: String,
    /// Why the app can read nothing at the moment, although the member's consent is valid.
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
    Ok(of_account(ctx, account).await?.into_iter().filter(|connection| connection.grant.is_live(now)).collect())
}

/// Access that was ended or expired, the newest first. Access that a later consent replaced continues in that one.
pub async fn past(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let now = ctx.now;
    let is_past = |Connection { grant, .. }: &Connection| {
        let superseded = grant.ended.is_some_and(|ended| ended.by == EndedBy::Superseded);
        !grant.is_live(now) && !superseded
    };
    Ok(of_account(ctx, account).await?.into_iter().filter(is_past).collect())
}

/// All of them, the newest first: for the access history, which goes on after the access ended.
pub async fn all(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    of_account(ctx, account).await
}

/// One connection, with or without access now.
pub async fn get(ctx: &mut Ctx, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let mut select = select(account);
    select.push(" AND g.id = ").push_bind(grant);
    select.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// Ends an app's access, and with it every token at its next use. Records that and mails the member.
pub async fn revoke(ctx: &mut Ctx, site: &Site, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let connection = live(ctx, account, grant).await?;
    if !end(ctx, &connection.grant.id, EndedBy::Member).await? {
        // Another window was faster.
        return Err(Error::NotFound);
    }
    notices::revoked(ctx, site, &connection.grant).await?;
    Ok(connection)
}

/// Ends what the account allowed about any other member of this payer than these: the member that it is now, and those for whom
/// it may act. Returns the number of grants.
pub async fn end_as_others(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    kept: &BTreeSet<PatientId>,
) -> Result<usize, identity::error::Error> {
    let mut ended = Vec::new();
    for Connection { grant, .. } in of_account(ctx, account).await? {
        let as_other = grant.patient.as_ref().is_some_and(|patient| !kept.contains(patient));
        let here = grant.partition == *partition && grant.payer == *payer;
        if here && as_other && grant.is_live(ctx.now) && end(ctx, &grant.id, EndedBy::Payer).await? {
            ended.push(grant);
        }
    }
    notices::member_left(ctx, site, &ended).await?;
    Ok(ended.len())
}

/// Ends everything that any account allowed as these members, because the payer no longer has them. Returns the number of grants.
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

/// Changes how long an app's access lasts, counted from now: a renewal, if that is longer. `days` is one of the program's
/// choices. Records that and mails the member.
pub async fn change_length(
    ctx: &mut Ctx,
    programs: &Programs,
    site: &Site,
    account: &AccountId,
    grant: &GrantId,
    days: u16,
) -> Result<(), Error> {
    let before = live(ctx, account, grant).await?.grant;
    let program = programs.get(&before.partition.program).ok_or(Error::NotFound)?;
    if !program.lifetimes.grant_days_choices.contains(&days) {
        return Err(Error::NotAChoice);
    }
    let expires_at = no_later(end_after(ctx.now, days), latest_end(ctx, &before).await?);
    let changed =
        sql("UPDATE access_grant SET expires_at = $1, days = $2, reminded_at = $4 WHERE id = $3 AND ended_at IS NULL \
             AND expires_at > $4")
        .bind(expires_at)
        .bind(i64::from(days))
        .bind(&before.id)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    if changed == 0 {
        // Another window ended it meanwhile.
        return Err(Error::NotFound);
    }
    Ok(notices::lengthened(ctx, site, &before, &Grant { expires_at, days: Some(days), ..before.clone() }).await?)
}

/// When the access ends at the latest, whatever the member chooses, because what lets the account act for the member ends then.
pub async fn latest_end(ctx: &mut Ctx, grant: &Grant) -> Result<Option<Timestamp>, identity::error::Error> {
    let Some(patient) = grant.patient.as_ref().filter(|_| grant.as_representative) else { return Ok(None) };
    let people = members::people(ctx, &grant.account, &grant.partition, &grant.payer).await?;
    Ok(people.basis(patient).and_then(Basis::until))
}

async fn live(ctx: &mut Ctx, account: &AccountId, grant: &GrantId) -> Result<Connection, Error> {
    let connection = get(ctx, account, grant).await?;
    if connection.grant.is_live(ctx.now) { Ok(connection) } else { Err(Error::NotFound) }
}

/// Every grant that this account gave, the newest first.
async fn of_account(ctx: &mut Ctx, account: &AccountId) -> store::Result<Vec<Connection>> {
    let mut select = select(account);
    select.push(" ORDER BY COALESCE(g.changed_at, g.created_at) DESC, g.id");
    select.fetch_list(&mut ctx.tx).await
}

fn select(account: &AccountId) -> Query {
    let mut select = select_connections("", "");
    select.push(" WHERE g.account_id = ").push_bind(account);
    select
}

/// A statement for [`Connection`]s, up to its `WHERE`, with more columns from [`AFTER_CONNECTION`] on, and more tables.
pub(crate) fn select_connections(columns: &str, tables: &str) -> Query {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(
        ", a.name, o.name, a.support_email, a.access, a.approval, a.standing, a.blocked_at, o.status, a.unlisted, a.logo",
    );
    select.push(columns).push(
        " FROM access_grant g JOIN application a ON a.id = g.application_id \
         JOIN organization o ON o.id = a.organization_id",
    );
    select.push(tables);
    select
}

/// The first column after those of a [`Connection`].
pub(crate) const AFTER_CONNECTION: usize = AFTER + 10;

/// Why an app may not use this grant now.
pub(crate) fn stopped(grant: &Grant, live: Liveness) -> Option<Stopped> {
    if grant.patient.is_some() { live.patient() } else { live.any() }.err()
}

impl store::FromRow for Connection {
    fn from_row(row: &Row) -> store::Result<Self> {
        let grant = Grant::from_row(row)?;
        let live = clients::liveness_in(row, AFTER + 3, AFTER + 8, &grant.partition.program)?;
        Ok(Self {
            stopped: stopped(&grant, live),
            grant,
            app_name: row.get(AFTER)?,
            app_logo: row.get::<Option<String>>(AFTER + 9)?.map(LogoDigest::stored),
            organization_name: row.get(AFTER + 1)?,
            support_email: row.get(AFTER + 2)?,
        })
    }
}
