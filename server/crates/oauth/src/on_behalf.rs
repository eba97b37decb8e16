//! What staff do for members: look up which apps are connected, and end one of them. A look-up names one member or one account
//! exactly, is written into the audit log, and lasts an hour for the person who made it.

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::{SignedDuration, Timestamp};
use mail::site::Site;
use model::{
    id::{AccountId, GrantId, PatientId, PayerId},
    partition::{Partition, ProgramId},
    text::Paragraph,
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::{
    grants::{
        EndedBy, end,
        member::{AFTER_CONNECTION, Connection, Error, select_connections},
    },
    notices,
};

/// How long a look-up lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(1);

/// Whose connected apps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Everything that anyone allowed about this member.
    Patient(PatientId),
    /// Everything that this account allowed.
    Account(AccountId),
}

/// A member of a payer whom a person of the staff looks up.
#[derive(Clone, Debug)]
pub struct LookUp {
    pub id: String,
    pub partition: Partition,
    pub payer: PayerId,
    pub subject: Subject,
    pub created_at: Timestamp,
}

/// A connected app, and who allowed it.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub connection: Connection,
    /// The name of the account's holder.
    pub by: Option<String>,
}

/// Begins a look-up, and records it.
pub async fn begin(
    ctx: &mut Ctx,
    by: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    subject: &Subject,
) -> store::Result<String> {
    let id = ctx.random_id();
    let (patient, account) = match subject {
        Subject::Patient(patient) => (Some(patient.as_str().to_owned()), None),
        Subject::Account(account) => (None, Some(account.as_str().to_owned())),
    };
    sql("INSERT INTO member_look_up (id, by_account, program, environment, payer, patient_id, account_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(&id)
    .bind(by)
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(payer)
    .bind(patient)
    .bind(account)
    .bind(ctx.now)
    .bind(ctx.now + LASTS)
    .execute(&mut ctx.tx)
    .await?;
    let (kind, named) = subject.audited();
    let event = Event::new(Actor::Account(by.clone()), Action::MemberLookedUp, kind, named).within(partition);
    log::record(ctx, &event.with("payer", payer.as_str())).await?;
    Ok(id)
}

impl Subject {
    /// The kind and id that the audit log names.
    fn audited(&self) -> (&'static str, &str) {
        match self {
            Self::Patient(patient) => ("patient", patient.as_str()),
            Self::Account(account) => ("account", account.as_str()),
        }
    }
}

/// The person's own look-up; [`Error::NotFound`] if it is another's, or has expired.
pub async fn get(ctx: &mut Ctx, by: &AccountId, id: &str) -> Result<LookUp, Error> {
    let query = sql("SELECT id, program, environment, payer, patient_id, account_id, created_at FROM member_look_up
         WHERE id = $1 AND by_account = $2 AND $3 < expires_at");
    query.bind(id).bind(by).bind(ctx.now).fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// A part of the apps that have access now, the newest first.
pub async fn connected(ctx: &mut Ctx, of: &LookUp, part: Part) -> store::Result<Vec<Allowed>> {
    let mut query = select_connections(", c.name", " LEFT JOIN account c ON c.id = g.account_id");
    push_live(&mut query, of, ctx.now);
    query.push(" ORDER BY COALESCE(g.changed_at, g.created_at) DESC, g.id").push_part(part);
    query.fetch_list(&mut ctx.tx).await
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, of: &LookUp) -> store::Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM access_grant g");
    push_live(&mut query, of, ctx.now);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// One of them; [`Error::NotFound`] if the app has no access now, or if it is not about the subject of the look-up.
pub async fn find(ctx: &mut Ctx, of: &LookUp, grant: &GrantId) -> Result<Allowed, Error> {
    let mut query = select_connections(", c.name", " LEFT JOIN account c ON c.id = g.account_id");
    push_live(&mut query, of, ctx.now);
    query.push(" AND g.id = ").push_bind(grant);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

fn push_live(query: &mut Query, of: &LookUp, now: Timestamp) {
    query.push(" WHERE g.program = ").push_bind(&of.partition.program);
    query.push(" AND g.environment = ").push_bind(of.partition.environment);
    query.push(" AND g.payer_id = ").push_bind(&of.payer);
    match &of.subject {
        Subject::Patient(patient) => query.push(" AND g.patient_id = ").push_bind(patient),
        Subject::Account(account) => query.push(" AND g.account_id = ").push_bind(account),
    };
    query.push(" AND g.ended_at IS NULL AND g.expires_at > ").push_bind(now);
}

/// Ends an app's access on the member's behalf, and with it every token at its next use. Writes to the member and to the app, and
/// records who did it and why.
pub async fn revoke(
    ctx: &mut Ctx,
    site: &Site,
    by: &AccountId,
    of: &LookUp,
    grant: &GrantId,
    reason: &Paragraph,
) -> Result<Connection, Error> {
    let connection = find(ctx, of, grant).await?.connection;
    if !end(ctx, &connection.grant.id, EndedBy::Administrator).await? {
        // The member, or another person of the staff, was faster.
        return Err(Error::NotFound);
    }
    notices::revoked_by_staff(ctx, site, &connection.grant, by, reason).await?;
    Ok(connection)
}

/// Deletes look-ups that have expired; returns how many.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    let query = sql("DELETE FROM member_look_up WHERE id IN \
         (SELECT id FROM member_look_up WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)");
    query.bind(ctx.now).execute(&mut ctx.tx).await
}

impl FromRow for LookUp {
    fn from_row(row: &Row) -> store::Result<Self> {
        let program: ProgramId = row.get(1)?;
        let (patient, account): (Option<PatientId>, Option<AccountId>) = (row.get(4)?, row.get(5)?);
        let subject = match patient {
            Some(patient) => Subject::Patient(patient),
            None => Subject::Account(account.unwrap_or_else(|| AccountId::new(""))),
        };
        Ok(Self {
            id: row.get(0)?,
            partition: Partition { program, environment: row.get(2)? },
            payer: row.get(3)?,
            subject,
            created_at: row.get(6)?,
        })
    }
}

impl FromRow for Allowed {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { connection: Connection::from_row(row)?, by: row.get(AFTER_CONNECTION)? })
    }
}
