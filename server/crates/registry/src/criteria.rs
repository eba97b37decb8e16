//! The objective criteria by which reviewers deny (45 CFR 156.221(e), 42 CFR 422.119(e)). Administrators add them and retire them;
//! the words of one never change, because decisions show them for ever.

use audit::{
    action::Action,
    event::{Actor, Event},
};
use jiff::Timestamp;
use model::{
    id::AccountId,
    text::{Name, Statement},
};
use store::{Ctx, FromRow, Row, sql};

use crate::error::{Error, Result};

/// The criterion of a round that ends without the vendor's answer. It cannot be retired.
pub const INCOMPLETE: &str = "incomplete";
/// More would not help anyone to choose.
const MOST: usize = 40;

/// A criterion, as it was when it was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// In rows and in the audit log.
    pub code: String,
    /// As reviewers choose it.
    pub name: String,
    /// As the vendor reads it.
    pub sentence: String,
}

/// A criterion, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub criterion: Criterion,
    pub added_at: Timestamp,
    /// The name of who added it; `None` if it came with FLEX, or if the account no longer exists.
    pub added_by: Option<String>,
    /// Since when no one can deny by it.
    pub retired_at: Option<Timestamp>,
    /// How many reviews were denied by it.
    pub denials: i64,
}

/// Those that reviewers can choose, by name.
pub async fn in_use(ctx: &mut Ctx) -> Result<Vec<Criterion>> {
    let query = sql("SELECT code, name, sentence FROM criterion WHERE retired_at IS NULL ORDER BY LOWER(name), code");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// The criterion with this code, if reviewers can choose it.
pub async fn find(ctx: &mut Ctx, code: &str) -> Result<Option<Criterion>> {
    let query = sql("SELECT code, name, sentence FROM criterion WHERE code = $1 AND retired_at IS NULL");
    Ok(query.bind(code).fetch_optional(&mut ctx.tx).await?)
}

/// All of them, those in use first.
pub async fn list(ctx: &mut Ctx) -> Result<Vec<Listed>> {
    let query = sql("SELECT k.code, k.name, k.sentence, k.added_at, a.name, k.retired_at,
             (SELECT COUNT(*) FROM review r WHERE r.criterion = k.code AND r.outcome = 'denied')
         FROM criterion k LEFT JOIN account a ON a.id = k.added_by
         ORDER BY k.retired_at IS NOT NULL, LOWER(k.name), k.code");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// Adds one; [`Error::NameTaken`] if one in use has this name, [`Error::TooMany`] if there are as many as reviewers can
/// choose from.
pub async fn add(ctx: &mut Ctx, by: &AccountId, name: &Name, sentence: &Statement) -> Result<()> {
    let used = in_use(ctx).await?;
    if MOST <= used.len() {
        return Err(Error::TooMany);
    }
    require_free(&used, name.as_str())?;
    let code = ctx.random_id();
    sql("INSERT INTO criterion (code, name, sentence, added_at, added_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(&code)
        .bind(name.as_str())
        .bind(sentence.as_str())
        .bind(ctx.now)
        .bind(by)
        .execute(&mut ctx.tx)
        .await?;
    record(ctx, by, Action::CriterionAdded, &code, name.as_str()).await
}

/// No one can deny by it any more; [`Error::NotFound`] if it is not in use, or if rounds end by it.
pub async fn retire(ctx: &mut Ctx, by: &AccountId, code: &str) -> Result<()> {
    let criterion = find(ctx, code).await?.filter(|it| it.code != INCOMPLETE).ok_or(Error::NotFound)?;
    set_retired(ctx, code, true).await?;
    record(ctx, by, Action::CriterionRetired, code, &criterion.name).await
}

/// Reviewers can choose it once more; [`Error::NotFound`] if it is not retired, [`Error::NameTaken`] if another one has its name now.
pub async fn restore(ctx: &mut Ctx, by: &AccountId, code: &str) -> Result<()> {
    let query = sql("SELECT code, name, sentence FROM criterion WHERE code = $1 AND retired_at IS NOT NULL");
    let criterion: Criterion = query.bind(code).fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    require_free(&in_use(ctx).await?, &criterion.name)?;
    set_retired(ctx, code, false).await?;
    record(ctx, by, Action::CriterionRestored, code, &criterion.name).await
}

fn require_free(used: &[Criterion], name: &str) -> Result<()> {
    let taken = used.iter().any(|it| it.name.to_lowercase() == name.to_lowercase());
    if taken { Err(Error::NameTaken) } else { Ok(()) }
}

async fn set_retired(ctx: &mut Ctx, code: &str, retired: bool) -> Result<()> {
    let at = retired.then_some(ctx.now);
    let query = sql("UPDATE criterion SET retired_at = $1 WHERE code = $2 AND (retired_at IS NULL) = $3");
    let changed = query.bind(at).bind(code).bind(retired).execute(&mut ctx.tx).await?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

async fn record(ctx: &mut Ctx, by: &AccountId, action: Action, code: &str, name: &str) -> Result<()> {
    let event = Event::new(Actor::Account(by.clone()), action, "criterion", code).with("name", name);
    Ok(audit::log::record(ctx, &event).await.map(drop)?)
}

impl FromRow for Criterion {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { code: row.get(0)?, name: row.get(1)?, sentence: row.get(2)? })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row) -> store::Result<Self> {
        let criterion = Criterion::from_row(row)?;
        Ok(Self {
            criterion,
            added_at: row.get(3)?,
            added_by: row.get(4)?,
            retired_at: row.get(5)?,
            denials: row.get(6)?,
        })
    }
}
