//! Notices to apps: Security Event Tokens (RFC 8417) that tell an app that a member narrowed, lengthened or ended its access. They
//! are rows of the transaction that changes the access, and a worker pushes them (RFC 8935) to the address that the app
//! registered. A notice names the grant and the account, by the ids that the app's tokens have. It contains no health data.

pub mod delivery;
pub mod event;

use jiff::{SignedDuration, Timestamp};
use model::{
    https_url::HttpsUrl,
    id::{AccountId, ApplicationId, ClientId, GrantId},
    partition::Partition,
    words,
};
use registry::{applications, team::Member};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    app_notices::delivery::Failure,
    grants::{EndedBy, Grant},
};

words! {
    /// What a notice says.
    Kind {
        /// The access ended: no token works.
        Ended = "ended",
        /// The member changed what the app may read, or for how long.
        Changed = "changed",
        /// Nothing happened: the vendor tries the address.
        Test = "test",
        ..Unknown
    }
}

/// A notice on its way.
#[derive(Clone, Debug)]
pub struct Notice {
    /// `jti`.
    pub id: String,
    pub client: ClientId,
    pub partition: Partition,
    pub kind: Kind,
    /// Absent in a test.
    pub about: Option<About>,
    pub created_at: Timestamp,
    /// How often it was leased, this time included.
    pub attempts: i64,
    /// Where it goes. `None` if the vendor removed the address, or if today's rules refuse it.
    pub url: Option<HttpsUrl>,
}

/// What happened to a grant.
#[derive(Clone, Debug)]
pub struct About {
    pub grant: GrantId,
    pub account: AccountId,
    /// Who changed or ended it.
    pub by: EndedBy,
    /// What the app may do from now on.
    pub scope: String,
    pub expires_at: Timestamp,
}

/// Waiting after the first failure; it doubles with each.
pub const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(10);
pub const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// After this long without success we give up.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long one worker has a notice for itself: longer than a push takes.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// How long vendors can see what became of a notice.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
const PURGE_STEP: u32 = 1000;

/// The access ended. An app without an address gets no notice.
pub(crate) async fn ended(ctx: &mut Ctx, grant: &Grant, by: EndedBy) -> store::Result<()> {
    put(ctx, Kind::Ended, grant, by).await
}

/// The member changed the scopes or the end of the access to what `grant` says now.
pub(crate) async fn changed(ctx: &mut Ctx, grant: &Grant) -> store::Result<()> {
    put(ctx, Kind::Changed, grant, EndedBy::Member).await
}

async fn put(ctx: &mut Ctx, kind: Kind, grant: &Grant, by: EndedBy) -> store::Result<()> {
    sql("INSERT INTO app_notice (id, application_id, client_id, program, environment, kind, grant_id, account_id, reason,
             scope, grant_expires_at, created_at, due_at, attempts)
         SELECT $1, a.application_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, 0
         FROM notice_address a WHERE a.application_id = $12")
    .bind(ctx.random_id())
    .bind(&grant.client)
    .bind(&grant.partition.program)
    .bind(grant.partition.environment)
    .bind(kind.as_str())
    .bind(&grant.id)
    .bind(&grant.account)
    .bind(by.as_str())
    .bind(grant.scopes.to_string())
    .bind(grant.expires_at)
    .bind(ctx.now)
    .bind(&grant.application)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// Queues a test notice to one of the member's apps. [`registry::error::Error::NotFound`] if the app has no address.
pub async fn test(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<(), registry::error::Error> {
    let app = applications::get(ctx, member, id).await?;
    let program = app.registration.programs.first().ok_or(registry::error::Error::NotFound)?;
    let queued = sql("INSERT INTO app_notice (id, application_id, client_id, program, environment, kind, created_at, due_at, attempts)
         SELECT $1, a.application_id, $2, $3, $4, $5, $6, $6, 0 FROM notice_address a WHERE a.application_id = $7")
    .bind(ctx.random_id())
    .bind(&app.client_id)
    .bind(program)
    .bind(app.registration.environment)
    .bind(Kind::Test.as_str())
    .bind(ctx.now)
    .bind(id)
    .execute(&mut ctx.tx)
    .await?;
    if queued == 1 { Ok(()) } else { Err(registry::error::Error::NotFound) }
}

/// Whether [`claim_due`] would find something. A read, so an idle worker takes no write lock.
pub async fn is_due(ctx: &mut Ctx) -> store::Result<bool> {
    let due: Option<(i64,)> = sql(
        "SELECT attempts FROM app_notice WHERE delivered_at IS NULL AND gave_up_at IS NULL AND due_at <= $1 LIMIT 1",
    )
    .bind(ctx.now)
    .fetch_optional(&mut ctx.tx)
    .await?;
    Ok(due.is_some())
}

/// Leases up to `limit` notices that are due, the longest waiting first; commit before pushing them.
pub async fn claim_due(ctx: &mut Ctx, limit: u32) -> store::Result<Vec<Notice>> {
    sql("UPDATE app_notice SET attempts = attempts + 1, due_at = $1
         WHERE delivered_at IS NULL AND gave_up_at IS NULL AND due_at <= $2
           AND id IN (SELECT id FROM app_notice WHERE delivered_at IS NULL AND gave_up_at IS NULL AND due_at <= $2
                      ORDER BY due_at, id LIMIT 0 + $3)
         RETURNING id, client_id, program, environment, kind, grant_id, account_id, reason, scope, grant_expires_at,
             created_at, attempts,
             (SELECT n.url FROM notice_address n WHERE n.application_id = app_notice.application_id)")
    .bind(ctx.now + LEASE)
    .bind(ctx.now)
    .bind(limit)
    .fetch_list(&mut ctx.tx)
    .await
}

/// The app took it.
pub async fn mark_delivered(ctx: &mut Ctx, notice: &Notice) -> store::Result<()> {
    sql("UPDATE app_notice SET delivered_at = $1, last_error = NULL WHERE id = $2 AND delivered_at IS NULL")
        .bind(ctx.now)
        .bind(&notice.id)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// The app did not take it: it is due again later, for a week.
pub async fn mark_failed(ctx: &mut Ctx, notice: &Notice, failure: Failure) -> store::Result<()> {
    let doublings = u32::try_from(notice.attempts.saturating_sub(1)).unwrap_or(0).min(20);
    let wait = (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT);
    let gave_up_at = (notice.created_at + PATIENCE <= ctx.now + wait).then_some(ctx.now);
    // Only while the lease is still ours.
    sql("UPDATE app_notice SET due_at = $1, last_error = $2, gave_up_at = $3
         WHERE id = $4 AND attempts = $5 AND delivered_at IS NULL AND gave_up_at IS NULL")
    .bind(ctx.now + wait)
    .bind(failure.to_string())
    .bind(gave_up_at)
    .bind(&notice.id)
    .bind(notice.attempts)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// What became of a notice: for the app's team.
#[derive(Clone, Debug)]
pub struct Sent {
    pub kind: Kind,
    pub created_at: Timestamp,
    pub attempts: i64,
    pub delivered_at: Option<Timestamp>,
    pub gave_up_at: Option<Timestamp>,
    pub last_error: Option<Failure>,
}

/// How many of an app's notices its team sees.
const SHOWN: i64 = 10;

/// The newest notices to an app, which the caller has found within its organization.
pub async fn newest(ctx: &mut Ctx, application: &ApplicationId) -> store::Result<Vec<Sent>> {
    let mut query = sql("SELECT kind, created_at, attempts, delivered_at, gave_up_at, last_error FROM app_notice
         WHERE application_id = $1 ORDER BY created_at DESC, id")
    .bind(application);
    query.push_limit(SHOWN);
    query.fetch_list(&mut ctx.tx).await
}

/// Deletes old notices, some at a time; returns how many.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    sql("DELETE FROM app_notice WHERE id IN (SELECT id FROM app_notice WHERE created_at <= $1 LIMIT 0 + $2)")
        .bind(ctx.now - KEPT)
        .bind(PURGE_STEP)
        .execute(&mut ctx.tx)
        .await
}

impl FromRow for Notice {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (grant, account): (Option<GrantId>, Option<AccountId>) = (row.get(5)?, row.get(6)?);
        let about = match grant.zip(account) {
            Some((grant, account)) => {
                Some(About { grant, account, by: row.word(7)?, scope: row.get(8)?, expires_at: row.get(9)? })
            }
            None => None,
        };
        Ok(Self {
            id: row.get(0)?,
            client: row.get(1)?,
            partition: Partition { program: row.get(2)?, environment: row.get(3)? },
            kind: row.word(4)?,
            about,
            created_at: row.get(10)?,
            attempts: row.get(11)?,
            url: row.get::<Option<String>>(12)?.and_then(|url| url.parse().ok()),
        })
    }
}

impl FromRow for Sent {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            kind: row.word(0)?,
            created_at: row.get(1)?,
            attempts: row.get(2)?,
            delivered_at: row.get(3)?,
            gave_up_at: row.get(4)?,
            last_error: row.get::<Option<String>>(5)?.map(|word| Failure::stored(&word)),
        })
    }
}
