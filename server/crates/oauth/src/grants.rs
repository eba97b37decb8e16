//! What members allowed apps. Codes and tokens belong to a grant, and ending the grant ends them at once.

pub mod ending;
pub mod expiry;
pub mod extent;
pub mod member;
pub mod probe;
pub mod representation;

use std::{collections::BTreeSet, str::FromStr};

use identity::guests;
use jiff::{SignedDuration, Timestamp};
use model::{
    id::{AccountId, ApplicationId, ClientId, GrantId, PatientId, PayerId},
    partition::{Partition, ProgramId},
    scope::Scopes,
    word::Word,
};
use store::{Ctx, Query, Row, sql};

use crate::{
    column,
    error::{Code, OAuthError},
    reason::Reason,
    requests::{Member, Request},
};

/// What one app may do with one person's data. There is one live grant for each such pair (oauth.md D10).
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
    /// Absent if the app asked only for the directory.
    pub patient: Option<PatientId>,
    /// The account is not the patient, but may act for them.
    pub as_representative: bool,
    /// By the newest consent.
    pub scopes: Scopes,
    /// The ids of the sensitive categories that the member allowed, by the newest consent ([`programs::sensitive`]). They
    /// apply to every token of the grant.
    pub sensitive: BTreeSet<String>,
    /// Whether the app stays connected: its refresh tokens work.
    pub offline: bool,
    /// How long the member chose. Unknown for grants from before we stored this.
    pub days: Option<u16>,
    pub created_at: Timestamp,
    /// When a later consent replaced the earlier choice.
    pub changed_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    /// When a token was last issued. A token lives for minutes, so this is about when the app last read.
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
    /// The account is no longer a member of this payer, or is another member now.
    Payer,
    /// The account may no longer act for the patient.
    Representation,
    /// The vendor deleted the app.
    Vendor,
    /// The app gave back its last refresh token (RFC 7009).
    App,
    /// It had expired before the member allowed the app again.
    Time,
    /// From the time when there could be several live grants: another one replaced it and took over its tokens.
    Superseded,
    /// By something that only a newer version knows.
    Unknown,
}

impl EndedBy {
    const ALL: [Self; 8] = [
        Self::Member,
        Self::Administrator,
        Self::Payer,
        Self::Representation,
        Self::Vendor,
        Self::App,
        Self::Time,
        Self::Superseded,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Administrator => "administrator",
            Self::Payer => "payer",
            Self::Representation => "representation",
            Self::Vendor => "vendor",
            Self::App => "app",
            Self::Time => "time",
            Self::Superseded => "superseded",
            Self::Unknown => "unknown",
        }
    }
}

impl EndedBy {
    /// For the app.
    fn error(self) -> OAuthError {
        let (reason, sentence) = match self {
            Self::Member | Self::Administrator => (Reason::GrantRevoked, "the member ended the access"),
            Self::Payer => (Reason::MemberLeft, "the payer no longer has this member"),
            Self::Representation => {
                (Reason::GrantRevoked, "the person who allowed it may no longer act for the member")
            }
            Self::Vendor => (Reason::GrantRevoked, "the application was deleted"),
            Self::App => (Reason::TokenRevoked, "the application gave back its last refresh token"),
            Self::Time => (Reason::GrantExpired, "the time that the member allowed is over"),
            Self::Superseded => (Reason::GrantRevoked, "a later consent took its place"),
            Self::Unknown => (Reason::GrantRevoked, "the access was ended"),
        };
        Code::InvalidGrant.with(reason, sentence)
    }
}

impl FromStr for EndedBy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or_else(|| format!("`{text}` ends no grant"))
    }
}

impl Word for EndedBy {
    const UNKNOWN: Self = Self::Unknown;
}

impl Grant {
    /// Whether its tokens may work.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.check(now).is_ok()
    }

    /// The reason tells an app what to say to the member.
    pub(crate) fn check(&self, now: Timestamp) -> Result<(), OAuthError> {
        if let Some(ended) = self.ended {
            return Err(ended.by.error());
        }
        if self.expires_at <= now {
            return Err(EndedBy::Time.error());
        }
        Ok(())
    }

    /// What a token that was issued for these scopes still gives. If nothing: `grant_narrowed`.
    pub(crate) fn within(&self, own: &Scopes) -> Result<Scopes, OAuthError> {
        let scopes = own.within(&self.scopes);
        if scopes.is_empty() {
            return Err(Code::InvalidGrant.with(Reason::GrantNarrowed, "the member no longer allows any of this"));
        }
        Ok(scopes)
    }
}

/// What a member chose.
pub(crate) struct Chosen {
    pub scopes: Scopes,
    pub sensitive: BTreeSet<String>,
    pub offline: bool,
    pub days: u16,
}

/// What a member allows, not stored yet.
pub(crate) fn new(ctx: &Ctx, request: &Request, member: Member, chosen: Chosen) -> Grant {
    Grant {
        id: GrantId::new(ctx.random_id()),
        partition: request.partition.clone(),
        application: request.application.clone(),
        client: request.client.clone(),
        account: member.signed_in.account,
        signed_in_at: member.signed_in.at,
        payer: member.payer,
        patient: member.patient,
        as_representative: !member.basis.is_own(),
        scopes: chosen.scopes,
        sensitive: chosen.sensitive,
        offline: chosen.offline,
        days: Some(chosen.days),
        created_at: ctx.now,
        changed_at: None,
        expires_at: match request.guest {
            Some(_) => ctx.now + guests::LASTS,
            None => no_later(end_after(ctx.now, chosen.days), member.basis.until()),
        },
        last_used_at: None,
        ended: None,
    }
}

/// The end of an access that lasts so many days.
pub(crate) fn end_after(now: Timestamp, days: u16) -> Timestamp {
    now + SignedDuration::from_hours(24 * i64::from(days))
}

/// No access lasts longer than what lets its account act for the member.
pub(crate) fn no_later(end: Timestamp, latest: Option<Timestamp>) -> Timestamp {
    latest.map_or(end, |latest| end.min(latest))
}

/// Stores what the member allowed, in place of what the same member allowed the same app before. The id stays the same then, so
/// that codes and tokens still belong to it.
pub(crate) async fn keep(ctx: &mut Ctx, grant: Grant) -> store::Result<Grant> {
    let patient = grant.patient.as_ref().map(|patient| patient.as_str().to_owned());
    // A grant that has expired stays in the history.
    sql("UPDATE access_grant SET ended_at = expires_at, ended_by = $1 WHERE application_id = $2 AND account_id = $3 \
         AND program = $4 AND environment = $5 AND payer_id = $6 AND COALESCE(patient_id, '') = $7 \
         AND ended_at IS NULL AND expires_at <= $8")
    .bind(EndedBy::Time.as_str())
    .bind(&grant.application)
    .bind(&grant.account)
    .bind(&grant.partition.program)
    .bind(grant.partition.environment)
    .bind(&grant.payer)
    .bind(patient.clone().unwrap_or_default())
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    let (id,): (GrantId,) = sql("INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, payer_id, \
         patient_id, scope, created_at, expires_at, offline, days, sensitive, as_representative) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (application_id, account_id, program, environment, payer_id, (COALESCE(patient_id, ''))) \
         WHERE ended_at IS NULL DO UPDATE SET scope = excluded.scope, expires_at = excluded.expires_at, \
         offline = excluded.offline, days = excluded.days, sensitive = excluded.sensitive, \
         as_representative = excluded.as_representative, \
         signed_in_at = excluded.signed_in_at, changed_at = excluded.created_at, reminded_at = excluded.created_at \
         RETURNING id")
    .bind(&grant.id)
    .bind(&grant.partition.program)
    .bind(grant.partition.environment)
    .bind(&grant.application)
    .bind(&grant.client)
    .bind(&grant.account)
    .bind(grant.signed_in_at)
    .bind(&grant.payer)
    .bind(patient)
    .bind(grant.scopes.to_string())
    .bind(grant.created_at)
    .bind(grant.expires_at)
    .bind(grant.offline)
    .bind(grant.days.map(i64::from))
    .bind(column::joined(&grant.sensitive))
    .bind(grant.as_representative)
    .fetch_one(&mut ctx.tx)
    .await?;
    if id == grant.id {
        return Ok(grant);
    }
    get(ctx, &id).await
}

pub(crate) async fn get(ctx: &mut Ctx, id: &GrantId) -> store::Result<Grant> {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(" FROM access_grant g WHERE g.id = ").push_bind(id);
    select.fetch_one(&mut ctx.tx).await
}

/// The grants by which the app may do something for this account now, the newest first.
pub(crate) async fn live(ctx: &mut Ctx, request: &Request, account: &AccountId) -> store::Result<Vec<Grant>> {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(" FROM access_grant g WHERE g.account_id = ").push_bind(account);
    select.push(" AND g.application_id = ").push_bind(&request.application);
    select.push(" AND g.program = ").push_bind(&request.partition.program);
    select.push(" AND g.environment = ").push_bind(request.partition.environment);
    select.push(" AND g.ended_at IS NULL AND g.expires_at > ").push_bind(ctx.now);
    select.push(" ORDER BY COALESCE(g.changed_at, g.created_at) DESC, g.id");
    select.fetch_all(&mut ctx.tx).await
}

/// A statement about what belongs to a grant of this partition: `SELECT` and a [`Grant`]'s columns, then `rest`, which continues
/// with columns from [`AFTER`] on and ends just before the value of its condition.
pub(crate) fn select(rest: &str, value: String, partition: &Partition) -> Query {
    let mut select = sql("SELECT ");
    select.push(COLUMNS).push(rest).push_bind(value);
    select.push(" AND g.program = ").push_bind(&partition.program);
    select.push(" AND g.environment = ").push_bind(partition.environment);
    select
}

/// Records that a token was issued.
pub(crate) async fn touch(ctx: &mut Ctx, id: &GrantId) -> store::Result<()> {
    sql("UPDATE access_grant SET last_used_at = $1 WHERE id = $2").bind(ctx.now).bind(id).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Ends a grant whose app cannot continue: no refresh token works, and no code can become one.
pub(crate) async fn end_if_left(ctx: &mut Ctx, id: &GrantId) -> store::Result<Option<Grant>> {
    // Locks the row first: if the last two tokens are given back at once, the second must see what became of the first.
    let ended =
        sql("UPDATE access_grant SET ended_by = ended_by WHERE id = $1 AND ended_at IS NULL AND expires_at > $2");
    if ended.bind(id).bind(ctx.now).execute(&mut ctx.tx).await? == 0 {
        return Ok(None);
    }
    let ended =
        sql("UPDATE access_grant SET ended_at = $1, ended_by = $2 WHERE id = $3 AND ended_at IS NULL AND offline \
         AND NOT EXISTS (SELECT 1 FROM refresh_token r WHERE r.grant_id = access_grant.id AND r.revoked_at IS NULL) \
         AND NOT EXISTS (SELECT 1 FROM authorization_code c WHERE c.grant_id = access_grant.id \
             AND c.redeemed_at IS NULL AND c.expires_at > $1)");
    let ended = ended.bind(ctx.now).bind(EndedBy::App.as_str()).bind(id).execute(&mut ctx.tx).await?;
    if ended == 1 { Ok(Some(get(ctx, id).await?)) } else { Ok(None) }
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

/// The columns of `access_grant g`, as [`Grant`] reads them.
const COLUMNS: &str = "g.id, g.program, g.environment, g.application_id, g.client_id, g.account_id, g.signed_in_at, \
    g.payer_id, g.patient_id, g.scope, g.created_at, g.expires_at, g.last_used_at, g.ended_at, g.ended_by, g.changed_at, \
    g.offline, g.days, g.sensitive, g.as_representative";

/// The first column after [`COLUMNS`].
pub(crate) const AFTER: usize = 20;

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
            as_representative: row.get(19)?,
            scopes: column::scopes(row, 9)?,
            sensitive: column::words(row, 18)?,
            offline: row.get(16)?,
            // No one can have chosen more days than a `u16` holds.
            days: row.get::<Option<i64>>(17)?.and_then(|days| u16::try_from(days).ok()),
            changed_at: row.get(15)?,
            created_at: row.get(10)?,
            expires_at: row.get(11)?,
            last_used_at: row.get(12)?,
            ended: ended_at.map(|at| Ok::<_, store::Error>(Ended { at, by: row.word(14)? })).transpose()?,
        })
    }
}
