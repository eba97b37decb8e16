//! What members allowed apps. Codes and tokens hang from a grant; ending it ends them at once.

pub mod ending;
pub mod member;

use std::str::FromStr;

use jiff::Timestamp;
use model::{
    id::{AccountId, ApplicationId, ClientId, GrantId, PatientId, PayerId},
    partition::{Partition, ProgramId},
    scope::Scopes,
};
use store::{Ctx, Query, Row, sql};

use crate::{
    column,
    error::{Code, OAuthError},
    requests::{Member, Request},
};

/// One consent.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: GrantId,
    pub partition: Partition,
    pub application: ApplicationId,
    pub client: ClientId,
    pub account: AccountId,
    /// When the member had signed in: `auth_time`.
    pub signed_in_at: Timestamp,
    pub payer: PayerId,
    /// Absent where only the directory was asked for.
    pub patient: Option<PatientId>,
    pub scopes: Scopes,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// When a token was last issued; one lives for minutes, so this is about when the app last read.
    pub last_used_at: Option<Timestamp>,
    pub ended: Option<Ended>,
}

#[derive(Clone, Copy, Debug)]
pub struct Ended {
    pub at: Timestamp,
    pub by: EndedBy,
}

/// Who ended a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    Member,
    /// On the member's behalf.
    Administrator,
    /// The member is no member of theirs any more, or another.
    Payer,
    /// Whoever made the app deleted it.
    Vendor,
}

impl EndedBy {
    const ALL: [Self; 4] = [Self::Member, Self::Administrator, Self::Payer, Self::Vendor];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Administrator => "administrator",
            Self::Payer => "payer",
            Self::Vendor => "vendor",
        }
    }
}

impl EndedBy {
    /// For the app.
    fn reason(self) -> &'static str {
        match self {
            Self::Member | Self::Administrator => "grant_revoked: the member ended the access",
            Self::Payer => "member_left: the payer no longer has this member",
            Self::Vendor => "grant_revoked: the application was deleted",
        }
    }
}

impl FromStr for EndedBy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or_else(|| format!("`{text}` ends no grant"))
    }
}

impl Grant {
    /// Whether tokens may hang from it.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.check(now).is_ok()
    }

    /// The reason tells an app what to say to the member.
    pub(crate) fn check(&self, now: Timestamp) -> Result<(), OAuthError> {
        if let Some(ended) = self.ended {
            return Err(Code::InvalidGrant.because(ended.by.reason()));
        }
        if self.expires_at <= now {
            return Err(Code::InvalidGrant.because("grant_expired: the time that the member allowed is over"));
        }
        Ok(())
    }
}

/// What a member allows, not kept yet.
pub(crate) fn new(ctx: &Ctx, request: &Request, member: Member<'_>, scopes: Scopes, expires_at: Timestamp) -> Grant {
    Grant {
        id: GrantId::new(ctx.random_id()),
        partition: request.partition.clone(),
        application: request.application.clone(),
        client: request.client.clone(),
        account: member.signed_in.account.clone(),
        signed_in_at: member.signed_in.at,
        payer: member.payer,
        patient: member.patient,
        scopes,
        created_at: ctx.now,
        expires_at,
        last_used_at: None,
        ended: None,
    }
}

/// Keeps what the member allowed.
pub(crate) async fn keep(ctx: &mut Ctx, grant: &Grant) -> store::Result<()> {
    sql("INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, payer_id, \
         patient_id, scope, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(&grant.id)
    .bind(&grant.partition.program)
    .bind(grant.partition.environment)
    .bind(&grant.application)
    .bind(&grant.client)
    .bind(&grant.account)
    .bind(grant.signed_in_at)
    .bind(&grant.payer)
    .bind(grant.patient.as_ref().map(|patient| patient.as_str().to_owned()))
    .bind(grant.scopes.to_string())
    .bind(grant.created_at)
    .bind(grant.expires_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// A statement about what hangs from a grant of this partition: `SELECT` and a [`Grant`]'s columns, then `rest`, which
/// goes on with columns from [`AFTER`] on and ends where the value of its condition follows.
pub(crate) fn select(rest: &str, value: String, partition: &Partition) -> Query {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(rest).push_bind(value);
    select.push(" AND g.program = ").push_bind(&partition.program);
    select.push(" AND g.environment = ").push_bind(partition.environment);
    select
}

/// Notes that a token was issued.
pub(crate) async fn touch(ctx: &mut Ctx, id: &GrantId) -> store::Result<()> {
    sql("UPDATE access_grant SET last_used_at = $1 WHERE id = $2").bind(ctx.now).bind(id).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Ends one grant, once.
pub(crate) async fn end(ctx: &mut Ctx, id: &GrantId, by: EndedBy) -> store::Result<bool> {
    let ended = sql("UPDATE access_grant SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL")
        .bind(ctx.now)
        .bind(by.as_str())
        .bind(id)
        .execute(&mut ctx.tx)
        .await?;
    Ok(ended == 1)
}

/// Of `access_grant g`, as [`Grant`] reads them.
const COLUMNS: &str = "g.id, g.program, g.environment, g.application_id, g.client_id, g.account_id, g.signed_in_at, \
    g.payer_id, g.patient_id, g.scope, g.created_at, g.expires_at, g.last_used_at, g.ended_at, g.ended_by";

/// The first column behind [`COLUMNS`].
pub(crate) const AFTER: usize = 15;

impl store::FromRow for Grant {
    fn from_row(row: &Row) -> store::Result<Self> {
        let program: ProgramId = row.get(1)?;
        let ended_at: Option<Timestamp> = row.get(13)?;
        Ok(Self {
            id: row.get(0)?,
            partition: Partition { program, environment: row.get(2)? },
            application: row.get(3)?,
            client: row.get(4)?,
            account: row.get(5)?,
            signed_in_at: row.get(6)?,
            payer: row.get(7)?,
            patient: row.get(8)?,
            scopes: column::text(row, 9)?,
            created_at: row.get(10)?,
            expires_at: row.get(11)?,
            last_used_at: row.get(12)?,
            ended: ended_at.map(|at| Ok::<_, store::Error>(Ended { at, by: column::text(row, 14)? })).transpose()?,
        })
    }
}
