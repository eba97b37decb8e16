//! What administrators announce: drafts that they preview, then banners above the portals' pages and lines on the bulletin board.

use audit::{
    action::Action,
    event::{Actor, Event},
};
use jiff::Timestamp;
use model::{
    bulletin::{Audience, Kind, Place},
    id::AccountId,
    partition::ProgramId,
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::error::{Error, Result};

/// What it says, to whom, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// `None`: about all programs.
    pub program: Option<ProgramId>,
    pub audiences: Vec<Audience>,
    pub kind: Kind,
    pub place: Place,
    pub title: String,
    pub text: String,
    /// Empty where no one reads it in Spanish.
    pub title_es: String,
    pub text_es: String,
    pub starts_at: Timestamp,
    /// `None`: until an administrator ends it.
    pub ends_at: Option<Timestamp>,
}

/// A bulletin, or the draft of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulletin {
    pub id: String,
    pub content: Content,
    /// Counts the changes, so that two administrators do not overwrite each other.
    pub version: i64,
    /// `None` while it is a draft.
    pub posted_at: Option<Timestamp>,
    pub written_by_name: Option<String>,
}

/// Where a bulletin is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Scheduled,
    Showing,
    Ended,
}

impl Bulletin {
    pub fn state(&self, now: Timestamp) -> State {
        match self.posted_at {
            _ if self.content.ends_at.is_some_and(|end| end <= now) => State::Ended,
            None => State::Draft,
            Some(_) if now < self.content.starts_at => State::Scheduled,
            Some(_) => State::Showing,
        }
    }
}

/// Bulletins that are shown at a time; the newest hide others.
pub const MOST: i64 = 20;

const SELECT: &str =
    "SELECT b.id, b.program, b.audiences, b.kind, b.place, b.title, b.text, b.title_es, b.text_es, b.starts_at,
    b.ends_at, b.version, b.posted_at, a.name FROM bulletin b LEFT JOIN account a ON a.id = b.written_by";

/// Keeps a draft, which no one but our staff sees; returns its id.
pub async fn draft(ctx: &mut Ctx, by: &AccountId, content: &Content) -> Result<String> {
    let id = ctx.random_id();
    let query =
        sql("INSERT INTO bulletin (id, version, written_by, written_at, program, audiences, kind, place, title, text,
             title_es, text_es, starts_at, ends_at)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    bind(query.bind(&id).bind(by).bind(ctx.now), content).execute(&mut ctx.tx).await?;
    Ok(id)
}

/// Shows a draft to its readers, from its start on. [`Error::Stale`] if it was changed or posted meanwhile.
pub async fn post(ctx: &mut Ctx, by: &AccountId, id: &str, version: i64) -> Result<()> {
    let query = sql("UPDATE bulletin SET posted_at = $1, version = version + 1
        WHERE id = $2 AND version = $3 AND posted_at IS NULL AND (ends_at IS NULL OR $1 < ends_at)");
    if query.bind(ctx.now).bind(id).bind(version).execute(&mut ctx.tx).await? == 0 {
        get(ctx, id).await?;
        return Err(Error::Stale);
    }
    let posted = get(ctx, id).await?;
    record(ctx, event(by, Action::BulletinPosted, &posted)).await
}

/// Changes a draft, or what is shown. [`Error::Stale`] if it was changed meanwhile.
pub async fn edit(ctx: &mut Ctx, by: &AccountId, id: &str, version: i64, content: &Content) -> Result<()> {
    let before = get(ctx, id).await?;
    let query = sql(
        "UPDATE bulletin SET version = version + 1, program = $3, audiences = $4, kind = $5, place = $6, title = $7,
             text = $8, title_es = $9, text_es = $10, starts_at = $11, ends_at = $12
         WHERE id = $1 AND version = $2",
    );
    if bind(query.bind(id).bind(version), content).execute(&mut ctx.tx).await? == 0 {
        return Err(Error::Stale);
    }
    if before.posted_at.is_none() {
        return Ok(());
    }
    let (old, new) = (values(&before.content), values(content));
    let changed = old.into_iter().zip(new).filter(|((_, old), (_, new))| old != new);
    let event = changed
        .fold(event(by, Action::BulletinEdited, &before), |event, ((key, old), (_, new))| event.changed(key, old, new));
    record(ctx, event).await
}

/// Ends it now; a draft is deleted. [`Error::Stale`] if it is over, or was changed meanwhile.
pub async fn end(ctx: &mut Ctx, by: &AccountId, id: &str, version: i64) -> Result<()> {
    let before = get(ctx, id).await?;
    if before.posted_at.is_none() {
        let query = sql("DELETE FROM bulletin WHERE id = $1 AND version = $2 AND posted_at IS NULL");
        let deleted = query.bind(id).bind(version).execute(&mut ctx.tx).await?;
        return if deleted == 1 { Ok(()) } else { Err(Error::Stale) };
    }
    let query = sql("UPDATE bulletin SET ends_at = $1, version = version + 1
        WHERE id = $2 AND version = $3 AND (ends_at IS NULL OR $1 < ends_at)");
    if query.bind(ctx.now).bind(id).bind(version).execute(&mut ctx.tx).await? == 0 {
        return Err(Error::Stale);
    }
    record(ctx, event(by, Action::BulletinEnded, &before)).await
}

pub async fn get(ctx: &mut Ctx, id: &str) -> Result<Bulletin> {
    let mut query = sql(SELECT);
    query.push(" WHERE b.id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// What is shown now, the newest first.
pub async fn showing(ctx: &mut Ctx) -> store::Result<Vec<Bulletin>> {
    let now = ctx.now;
    let mut query = sql(SELECT);
    // As in the index.
    query.push(" WHERE b.posted_at IS NOT NULL AND COALESCE(b.ends_at, 9223372036854775807) > ").push_bind(now);
    query.push(" AND b.starts_at <= ").push_bind(now).push(" ORDER BY b.starts_at DESC, b.id").push_limit(MOST);
    query.fetch_list(&mut ctx.tx).await
}

/// A part of all of them, drafts too, the newest first.
pub async fn list(ctx: &mut Ctx, part: Part) -> Result<Vec<Bulletin>> {
    let mut query = sql(SELECT);
    query.push(" ORDER BY b.written_at DESC, b.id").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx) -> Result<usize> {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM bulletin").fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn bind(query: Query, content: &Content) -> Query {
    query
        .bind(content.program.as_ref().map(ProgramId::as_str))
        .bind(words(&content.audiences))
        .bind(content.kind.as_str())
        .bind(content.place.as_str())
        .bind(&content.title)
        .bind(&content.text)
        .bind(&content.title_es)
        .bind(&content.text_es)
        .bind(content.starts_at)
        .bind(content.ends_at)
}

fn words(audiences: &[Audience]) -> String {
    audiences.iter().map(|audience| audience.as_str()).collect::<Vec<_>>().join(" ")
}

/// What the log compares.
fn values(content: &Content) -> [(&'static str, String); 10] {
    let at = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    [
        ("program", content.program.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("audiences", words(&content.audiences)),
        ("kind", content.kind.to_string()),
        ("place", content.place.to_string()),
        ("title_in_english", content.title.clone()),
        ("text_in_english", content.text.clone()),
        ("title_in_spanish", content.title_es.clone()),
        ("text_in_spanish", content.text_es.clone()),
        ("starts", at(Some(content.starts_at))),
        ("ends", at(content.ends_at)),
    ]
}

fn event(by: &AccountId, action: Action, bulletin: &Bulletin) -> Event {
    let event = Event::new(Actor::Account(by.clone()), action, "bulletin", &bulletin.id);
    event.with("title", bulletin.content.title.as_str()).with("readers", words(&bulletin.content.audiences))
}

async fn record(ctx: &mut Ctx, event: Event) -> Result<()> {
    Ok(audit::log::record(ctx, &event).await?)
}

impl FromRow for Bulletin {
    fn from_row(row: &Row) -> store::Result<Self> {
        let audiences: String = row.get(2)?;
        let known = |word: &str| word.parse().unwrap_or(Audience::Unknown);
        Ok(Self {
            id: row.get(0)?,
            content: Content {
                program: row.get(1)?,
                audiences: audiences.split_whitespace().map(known).collect(),
                kind: row.word(3)?,
                place: row.word(4)?,
                title: row.get(5)?,
                text: row.get(6)?,
                title_es: row.get(7)?,
                text_es: row.get(8)?,
                starts_at: row.get(9)?,
                ends_at: row.get(10)?,
            },
            version: row.get(11)?,
            posted_at: row.get(12)?,
            written_by_name: row.get(13)?,
        })
    }
}
