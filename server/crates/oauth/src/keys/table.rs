//! The keys' rows.

use jiff::Timestamp;
use store::{Ctx, sql};

use super::Algorithm;

/// A key that is not retired.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) algorithm: String,
    pub(super) private_key: String,
    pub(super) generation: i64,
    pub(super) signs_at: Timestamp,
}

/// A new key, sealed.
pub(super) struct New {
    pub(super) id: String,
    pub(super) algorithm: Algorithm,
    pub(super) generation: i64,
    pub(super) private_key: String,
}

/// What we can show about a key. Nothing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// `kid`
    pub id: String,
    pub algorithm: String,
    /// Counted from 1 within the algorithm.
    pub generation: i64,
    pub created_at: Timestamp,
    pub signs_at: Timestamp,
    pub retired_at: Option<Timestamp>,
    pub state: State,
}

/// Where a key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Published, so that everyone knows it before it signs.
    Next,
    Signing,
    /// It no longer signs, but what it signed has not expired.
    Verifying,
    /// Its private key is erased.
    Retired,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Signing => "signing",
            Self::Verifying => "verifying",
            Self::Retired => "retired",
        }
    }
}

/// Those that are not retired, by algorithm, oldest first.
pub(super) async fn live(ctx: &mut Ctx) -> store::Result<Vec<Row>> {
    sql("SELECT id, algorithm, private_key, generation, signs_at FROM signing_key WHERE retired_at IS NULL \
         ORDER BY algorithm, generation")
    .fetch_all(&mut ctx.tx)
    .await
}

/// Whether there has ever been a key.
pub async fn exist(ctx: &mut Ctx) -> store::Result<bool> {
    Ok(sql("SELECT generation FROM signing_key LIMIT 1").fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

/// Every key that has ever existed, by algorithm, oldest first.
pub async fn list(ctx: &mut Ctx) -> store::Result<Vec<Listed>> {
    let mut listed: Vec<Listed> = sql("SELECT id, algorithm, generation, created_at, signs_at, retired_at \
                                       FROM signing_key ORDER BY algorithm, generation")
    .fetch_all(&mut ctx.tx)
    .await?;
    for place in 0..listed.len() {
        listed[place].state = state(&listed, place, ctx.now);
    }
    Ok(listed)
}

fn state(listed: &[Listed], place: usize, now: Timestamp) -> State {
    let key = &listed[place];
    let is_succeeded =
        listed[place + 1..].iter().any(|later| later.algorithm == key.algorithm && later.signs_at <= now);
    match key.retired_at {
        Some(_) => State::Retired,
        None if is_succeeded => State::Verifying,
        None if key.signs_at <= now => State::Signing,
        None => State::Next,
    }
}

/// Stores a new key, unless there is one of its algorithm and generation. Of several nodes, one makes it.
pub(super) async fn insert(ctx: &mut Ctx, new: &New, signs_at: Timestamp) -> store::Result<bool> {
    let made = sql("INSERT INTO signing_key (id, algorithm, generation, private_key, created_at, signs_at) \
                    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (algorithm, generation) DO NOTHING")
    .bind(&new.id)
    .bind(new.algorithm.as_str())
    .bind(new.generation)
    .bind(&new.private_key)
    .bind(ctx.now)
    .bind(signs_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(made == 1)
}

/// Retires the keys whose successors began to sign by then, and erases their private keys. Returns their ids.
pub(super) async fn retire(ctx: &mut Ctx, by: Timestamp) -> store::Result<Vec<String>> {
    let retired: Vec<(String,)> =
        sql("UPDATE signing_key SET retired_at = $1, private_key = '' WHERE retired_at IS NULL \
         AND EXISTS (SELECT 1 FROM signing_key later WHERE later.algorithm = signing_key.algorithm \
         AND later.generation > signing_key.generation AND later.signs_at <= $2) RETURNING id")
        .bind(ctx.now)
        .bind(by)
        .fetch_all(&mut ctx.tx)
        .await?;
    Ok(retired.into_iter().map(|(id,)| id).collect())
}

pub(super) fn corrupt(row: &Row, reason: String) -> store::Error {
    store::Error::Corrupt { table: "signing_key", column: "algorithm", id: row.id.clone(), reason }
}

impl store::FromRow for Row {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            algorithm: row.get(1)?,
            private_key: row.get(2)?,
            generation: row.get(3)?,
            signs_at: row.get(4)?,
        })
    }
}

impl store::FromRow for Listed {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            algorithm: row.get(1)?,
            generation: row.get(2)?,
            created_at: row.get(3)?,
            signs_at: row.get(4)?,
            retired_at: row.get(5)?,
            // Depends on the others; set once all are read.
            state: State::Next,
        })
    }
}
