//! What a page has to say once, after a redirect: a masked secret that was just made.

use jiff::SignedDuration;
use model::id::SessionId;
use store::{Ctx, Store, sql};

use crate::{
    error::{Error, Result},
    sessions::Session,
};

/// More than any of our secrets takes.
pub const MAX_LENGTH: usize = 4 * 1024;
/// Pages of one session that may have something to say at a time.
const MAX_PAGES: i64 = 20;
/// The redirect follows at once; who comes later makes a new secret.
pub const TTL: SignedDuration = SignedDuration::from_mins(5);

/// Keeps the JSON for the page; what it had to say before is replaced.
pub async fn put(ctx: &mut Ctx, session: &SessionId, page: &str, json: &str) -> Result<()> {
    if MAX_LENGTH < json.len() {
        return Err(Error::FlashTooLarge);
    }
    let (pages,): (i64,) = sql("SELECT COUNT(*) FROM session_flash WHERE session_id = $1 AND page <> $2")
        .bind(session)
        .bind(page)
        .fetch_one(&mut ctx.tx)
        .await?;
    if MAX_PAGES <= pages {
        sql("DELETE FROM session_flash WHERE session_id = $1").bind(session).execute(&mut ctx.tx).await?;
    }
    sql("INSERT INTO session_flash (session_id, page, content, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (session_id, page) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at")
    .bind(session)
    .bind(page)
    .bind(json)
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// What the page has to say, this once. Writes only where there is something.
pub async fn take(store: &Store, session: &Session, page: &str) -> Result<Option<String>> {
    if !session.has_flash {
        return Ok(None);
    }
    let mut ctx = store.write().await?;
    let taken: Option<(String,)> = sql("DELETE FROM session_flash WHERE session_id = $1 AND page = $2
         RETURNING CASE WHEN expires_at <= $3 THEN '' ELSE content END")
    .bind(&session.id)
    .bind(page)
    .bind(ctx.now)
    .fetch_optional(&mut ctx.tx)
    .await?;
    ctx.commit().await?;
    Ok(taken.map(|(content,)| content).filter(|content| !content.is_empty()))
}
