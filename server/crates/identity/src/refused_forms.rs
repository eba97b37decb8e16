//! Forms that were refused, until their page shows them again: what was typed, and why it will not do. Never a password.
//!
//! Each is found by a handle that stands in its page's address, in the same session, on the same page, under the same form:
//! so a reload finds it, another tab, another app or another form does not. There is little room, and least for sessions of
//! no account, which anyone can begin.

use jiff::SignedDuration;
use model::id::SessionId;
use store::{Ctx, Part, sql};

use crate::error::Result;

/// As long as someone may look at a page before they reload it.
const TTL: SignedDuration = SignedDuration::from_hours(1);
/// Of one session, the newest.
const FORMS_OF_A_SESSION: i64 = 20;
const FORMS_OF_AN_ANONYMOUS_SESSION: i64 = 5;
/// Of all anonymous sessions together, the newest: 8 MiB with what each may hold.
const ANONYMOUS_FORMS: i64 = 1000;
/// Removed at a time at most: more than one is too many only where several came at once.
const EVICTED: i64 = 100;

/// The bytes that a form may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Account,
    Anonymous,
}

impl Room {
    pub const fn bytes(self) -> usize {
        match self {
            Self::Account => 64 * 1024,
            Self::Anonymous => 8 * 1024,
        }
    }

    const fn forms(self) -> i64 {
        match self {
            Self::Account => FORMS_OF_A_SESSION,
            Self::Anonymous => FORMS_OF_AN_ANONYMOUS_SESSION,
        }
    }
}

/// Where a refused form is shown again.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub session: &'a SessionId,
    pub form: &'a str,
    /// The page's address.
    pub page: &'a str,
}

/// Keeps the JSON and tells its handle. The caller sees to it that it is no longer than the room.
pub async fn keep(ctx: &mut Ctx, place: Place<'_>, room: Room, json: &str) -> Result<String> {
    debug_assert!(json.len() <= room.bytes());
    make_room(ctx, place.session, room).await?;
    let handle = ctx.random_id();
    sql("INSERT INTO refused_form (handle, session_id, form, page, content, anonymous, kept_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(handle.as_str())
    .bind(place.session)
    .bind(place.form)
    .bind(place.page)
    .bind(json)
    .bind(room == Room::Anonymous)
    .bind(ctx.now)
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    Ok(handle)
}

/// The JSON, as often as the page is loaded.
pub async fn find(ctx: &mut Ctx, place: Place<'_>, handle: &str) -> Result<Option<String>> {
    let found: Option<(String,)> = sql("SELECT content FROM refused_form
         WHERE handle = $1 AND session_id = $2 AND form = $3 AND page = $4 AND $5 < expires_at")
    .bind(handle)
    .bind(place.session)
    .bind(place.form)
    .bind(place.page)
    .bind(ctx.now)
    .fetch_optional(&mut ctx.tx)
    .await?;
    Ok(found.map(|(json,)| json))
}

/// Once the form was accepted, or refused again.
pub async fn forget(ctx: &mut Ctx, session: &SessionId, handle: &str) -> Result<()> {
    let query = sql("DELETE FROM refused_form WHERE handle = $1 AND session_id = $2").bind(handle).bind(session);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

/// Removes the oldest, so that one more may come; an anonymous session that held nothing else ends with its form.
async fn make_room(ctx: &mut Ctx, session: &SessionId, room: Room) -> Result<()> {
    let mut query =
        sql("DELETE FROM refused_form WHERE handle IN (SELECT handle FROM refused_form WHERE session_id = ");
    query.push_bind(session).push(" ORDER BY kept_at DESC, handle");
    query.push_part(Part { from: room.forms() - 1, rows: EVICTED }).push(")");
    query.execute(&mut ctx.tx).await?;
    if room == Room::Account {
        return Ok(());
    }
    let mut query = sql("DELETE FROM refused_form WHERE handle IN
        (SELECT handle FROM refused_form WHERE anonymous = ");
    query.push_bind(true).push(" ORDER BY kept_at DESC, handle");
    query.push_part(Part { from: ANONYMOUS_FORMS - 1, rows: EVICTED }).push(") RETURNING session_id");
    let evicted: Vec<(SessionId,)> = query.fetch_all(&mut ctx.tx).await?;
    for (owner,) in evicted.iter().filter(|(owner,)| owner != session) {
        end_empty(ctx, owner).await?;
    }
    Ok(())
}

/// Ends an anonymous session in which nothing is under way.
async fn end_empty(ctx: &mut Ctx, session: &SessionId) -> Result<()> {
    sql("DELETE FROM session WHERE id = $1 AND account_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM refused_form WHERE session_id = $1)
         AND NOT EXISTS (SELECT 1 FROM session_flash WHERE session_id = $1)
         AND NOT EXISTS (SELECT 1 FROM half_open_session WHERE session_id = $1)")
    .bind(session)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}
