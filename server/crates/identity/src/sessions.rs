//! Sessions of browsers. A browser holds a token of 128 random bits, the size of an id of `tower-sessions`; its hash is kept
//! here. An anonymous session exists only to hold a refused form or an authorization under way.
//!
//! The token is renewed at each sign-in, so that a token planted in a browser before is worthless afterwards.
//! [`Session::id`] never leaves the server; it stays the same when an anonymous session becomes a signed-in one, so that
//! what was begun in that browser can go on. Between password and second factor the session stays anonymous; see
//! [`crate::half_open`].

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use model::id::{AccountId, SessionId};
use serde::{Deserialize, Serialize};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    error::{Error, Result},
    half_open, secret,
};

/// A session ends so long after it was last seen …
pub const IDLE_TTL: SignedDuration = SignedDuration::from_mins(30);
/// … and so long after it began, whatever happens.
pub const ABSOLUTE_TTL: SignedDuration = SignedDuration::from_hours(12);
/// Being seen is written down at most so often.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);
const MAX_USER_AGENT_LENGTH: usize = 200;

/// One browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    /// `None` while the session is anonymous.
    pub account: Option<AccountId>,
    pub created_at: Timestamp,
    /// When the password, and the second factor where there is one, was last given: `auth_time` of OpenID Connect.
    pub authenticated_at: Option<Timestamp>,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    /// What the browser called itself at sign-in, for the list of sessions.
    pub user_agent: Option<String>,
    /// Whether any page has something to say: most do not, and need not look.
    pub has_flash: bool,
}

impl Session {
    /// Whether [`touch`] would write.
    pub fn is_touch_due(&self, now: Timestamp) -> bool {
        self.last_seen_at + TOUCH_EVERY <= now
    }

    /// When the session ends unless it is seen again, after this request was seen.
    pub fn ends_at(&self, now: Timestamp) -> Timestamp {
        let longest = self.created_at + ABSOLUTE_TTL;
        if self.is_touch_due(now) { longest.min(now + IDLE_TTL) } else { self.expires_at }
    }
}

/// A session just begun or renewed: the token is for the cookie and is not kept.
#[derive(Clone, Debug)]
pub struct Started {
    pub id: SessionId,
    pub token: String,
}

const COLUMNS: &str = "id, account_id, created_at, authenticated_at, last_seen_at, expires_at, user_agent,
    EXISTS (SELECT 1 FROM session_flash WHERE session_id = session.id)";

/// The session of this token, unless it has ended. Reads only; see [`touch`].
pub async fn load(ctx: &mut Ctx, token: &str) -> Result<Option<Session>> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM session WHERE token_hash = ").push_bind(secret::hash(token));
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// Writes down that the session was seen, at most once a minute.
pub async fn touch(ctx: &mut Ctx, id: &SessionId) -> Result<()> {
    sql("UPDATE session SET last_seen_at = $1, expires_at = CASE WHEN $2 < ends_at THEN $2 ELSE ends_at END
         WHERE id = $3 AND last_seen_at <= $4 AND $1 < expires_at")
    .bind(ctx.now)
    .bind(ctx.now + IDLE_TTL)
    .bind(id)
    .bind(ctx.now - TOUCH_EVERY)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// A session in which no one is signed in.
pub async fn start_anonymous(ctx: &mut Ctx) -> Result<Started> {
    insert(ctx, None, None).await
}

/// Makes the session the account's, with a new token. An anonymous session, or one of the same account, goes on; one of
/// another account ends, and so does all it held. Checks no password: see [`crate::sign_in`].
pub async fn sign_in(
    ctx: &mut Ctx,
    session: Option<&SessionId>,
    account: &AccountId,
    user_agent: Option<&str>,
) -> Result<Started> {
    if let Some(session) = session {
        if let Some(renewed) = renew(ctx, session, account, user_agent).await? {
            return Ok(renewed);
        }
        sign_out(ctx, session).await?;
    }
    insert(ctx, Some(account), user_agent).await
}

/// Signs the browser out, with a new token: an anonymous session continues, one of an account ends with all that it held.
pub(crate) async fn start_over(ctx: &mut Ctx, session: Option<&SessionId>) -> Result<Started> {
    if let Some(session) = session {
        let token = fresh_token(ctx);
        let renewed = sql("UPDATE session SET token_hash = $1, last_seen_at = $2, expires_at = $3, ends_at = $4
             WHERE id = $5 AND account_id IS NULL AND $2 < expires_at")
        .bind(secret::hash(&token))
        .bind(ctx.now)
        .bind(ctx.now + IDLE_TTL)
        .bind(ctx.now + ABSOLUTE_TTL)
        .bind(session)
        .execute(&mut ctx.tx)
        .await?;
        if renewed == 1 {
            return Ok(Started { id: session.clone(), token });
        }
        sign_out(ctx, session).await?;
    }
    start_anonymous(ctx).await
}

/// Ends the account's other sessions and gives this one a new token. Since when it is signed in stays as it was.
/// [`Error::SignInExpired`] where it has just ended itself.
pub(crate) async fn leave_alone(ctx: &mut Ctx, account: &AccountId, session: &SessionId) -> Result<Started> {
    sign_out_everywhere(ctx, account, Some(session)).await?;
    let token = fresh_token(ctx);
    let renewed = sql("UPDATE session SET token_hash = $1 WHERE id = $2 AND account_id = $3 AND $4 < expires_at")
        .bind(secret::hash(&token))
        .bind(session)
        .bind(account)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    if renewed == 1 { Ok(Started { id: session.clone(), token }) } else { Err(Error::SignInExpired) }
}

/// Records when the holder signed in, if another party signed them in: `auth_time` of a payer's provider.
pub async fn set_authenticated(ctx: &mut Ctx, id: &SessionId, at: Timestamp) -> Result<()> {
    sql("UPDATE session SET authenticated_at = $1 WHERE id = $2").bind(at).bind(id).execute(&mut ctx.tx).await?;
    Ok(())
}

async fn renew(
    ctx: &mut Ctx,
    session: &SessionId,
    account: &AccountId,
    user_agent: Option<&str>,
) -> Result<Option<Started>> {
    let token = fresh_token(ctx);
    let renewed: Option<(SessionId,)> =
        sql("UPDATE session SET token_hash = $1, account_id = $2, created_at = $3, authenticated_at = $3,
             last_seen_at = $3, expires_at = $4, ends_at = $5, user_agent = $6
         WHERE id = $7 AND (account_id IS NULL OR account_id = $2) AND $3 < expires_at
         RETURNING id")
        .bind(secret::hash(&token))
        .bind(account)
        .bind(ctx.now)
        .bind(ctx.now + IDLE_TTL)
        .bind(ctx.now + ABSOLUTE_TTL)
        .bind(shorten(user_agent))
        .bind(session)
        .fetch_optional(&mut ctx.tx)
        .await?;
    Ok(renewed.map(|(id,)| Started { id, token }))
}

/// 22 characters of base64url.
fn fresh_token(ctx: &Ctx) -> String {
    URL_SAFE_NO_PAD.encode(ctx.random_bytes::<16>())
}

async fn insert(ctx: &mut Ctx, account: Option<&AccountId>, user_agent: Option<&str>) -> Result<Started> {
    let (id, token) = (SessionId::new(ctx.random_id()), fresh_token(ctx));
    sql("INSERT INTO session (id, token_hash, account_id, created_at, authenticated_at, last_seen_at, expires_at, ends_at, user_agent)
         VALUES ($1, $2, $3, $4, $5, $4, $6, $7, $8)")
    .bind(&id)
    .bind(secret::hash(&token))
    .bind(account)
    .bind(ctx.now)
    .bind(account.map(|_| ctx.now))
    .bind(ctx.now + IDLE_TTL)
    .bind(ctx.now + ABSOLUTE_TTL)
    .bind(shorten(user_agent))
    .execute(&mut ctx.tx)
    .await?;
    Ok(Started { id, token })
}

fn shorten(user_agent: Option<&str>) -> Option<String> {
    let visible = |text: &str| text.chars().filter(|c| !c.is_control()).take(MAX_USER_AGENT_LENGTH).collect();
    user_agent.map(visible)
}

/// Ends the session and all it held.
pub async fn sign_out(ctx: &mut Ctx, id: &SessionId) -> Result<()> {
    let query = sql("DELETE FROM session WHERE id = $1 RETURNING account_id").bind(id);
    let ended: Option<(Option<AccountId>,)> = query.fetch_optional(&mut ctx.tx).await?;
    match ended.and_then(|(account,)| account) {
        Some(account) => signed_out(ctx, &account, "this").await,
        None => Ok(()),
    }
}

/// Ends one session of the account's own list; `false` where it is none of theirs.
pub async fn sign_out_other(ctx: &mut Ctx, account: &AccountId, id: &SessionId) -> Result<bool> {
    let query = sql("DELETE FROM session WHERE id = $1 AND account_id = $2").bind(id).bind(account);
    let ended = 0 < query.execute(&mut ctx.tx).await?;
    if ended {
        signed_out(ctx, account, "another").await?;
    }
    Ok(ended)
}

/// Ends every session of the account but its holder's own.
pub async fn sign_out_others(ctx: &mut Ctx, account: &AccountId, own: Option<&SessionId>) -> Result<()> {
    sign_out_everywhere(ctx, account, own).await?;
    signed_out(ctx, account, "all others").await
}

/// Each belongs to a sign-in, which has its row too, so there are not too many.
async fn signed_out(ctx: &mut Ctx, account: &AccountId, sessions: &str) -> Result<()> {
    let actor = Actor::Account(account.clone());
    let event = Event::new(actor, Action::SecuritySignedOut, "account", account.as_str()).with("session", sessions);
    Ok(log::record(ctx, &event).await?)
}

/// Ends every session of the account but the one it is asked from, and every sign-in that waits for its second factor.
pub async fn sign_out_everywhere(ctx: &mut Ctx, account: &AccountId, except: Option<&SessionId>) -> Result<()> {
    // These first: one that is being completed is a session by the time we have waited for it.
    half_open::end_all(ctx, account).await?;
    let mut query = sql("DELETE FROM session WHERE account_id = ");
    query.push_bind(account);
    if let Some(except) = except {
        query.push(" AND id <> ").push_bind(except);
    }
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

/// The account's sessions that have not ended, the latest seen first.
pub async fn list(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Session>> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM session WHERE account_id = ").push_bind(account);
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at ORDER BY last_seen_at DESC, id");
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

impl FromRow for Session {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            account: row.get(1)?,
            created_at: row.get(2)?,
            authenticated_at: row.get(3)?,
            last_seen_at: row.get(4)?,
            expires_at: row.get(5)?,
            user_agent: row.get(6)?,
            has_flash: row.get(7)?,
        })
    }
}
