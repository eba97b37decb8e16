//! Registrations that are not sent yet, many for each account. Each has an id and a version. What is saved names the version
//! that its page showed, so that two tabs never overwrite each other unknowingly.

use jiff::{SignedDuration, Timestamp};
use model::{
    id::{AccountId, DraftId, OrganizationId},
    words,
};
use store::{Ctx, FromRow, Row, sql};

use crate::error::{Error, Result};

words! {
    /// Which registration.
    Kind {
        Organization = "organization",
        Application = "application",
        ..Unknown
    }
}

/// An account may have so many.
pub const MOST: i64 = 30;
/// Bytes of one.
pub const LARGEST: usize = 64 * 1024;
/// One that was not saved for so long is deleted.
pub const TTL: SignedDuration = SignedDuration::from_hours(180 * 24);
/// The same in days, for people.
pub const DAYS: i64 = 180;

/// What was typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    /// For which organization; `None`: for one that is not registered yet.
    pub organization: Option<OrganizationId>,
    pub kind: Kind,
    /// What it is called in lists; may be empty.
    pub name: String,
    /// JSON.
    pub content: String,
    pub version: i64,
    pub saved_at: Timestamp,
}

/// What an id leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Draft(Box<Draft>),
    /// It was sent or deleted, or never saved.
    Nothing,
    /// Another account's.
    NotTheirs,
}

/// What is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    pub id: &'a DraftId,
    /// That the page showed; 0 for one that was never saved.
    pub version: i64,
    pub organization: Option<&'a OrganizationId>,
    pub kind: Kind,
    pub name: &'a str,
    pub content: &'a str,
}

const SELECT: &str =
    "SELECT id, organization_id, kind, name, content, version, saved_at, account_id FROM registration_draft";

/// The account's draft of this id.
pub async fn find(ctx: &mut Ctx, account: &AccountId, id: &DraftId) -> Result<Found> {
    let mut query = sql(SELECT);
    query.push(" WHERE id = ").push_bind(id);
    let found: Option<Owned> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(match found {
        None => Found::Nothing,
        Some(found) if found.by == *account => Found::Draft(Box::new(found.draft)),
        Some(_) => Found::NotTheirs,
    })
}

/// The account's drafts for the organization, and those of organizations that are not registered yet; the last saved first.
pub async fn list(ctx: &mut Ctx, account: &AccountId, organization: Option<&OrganizationId>) -> Result<Vec<Draft>> {
    let mut query = sql(SELECT);
    query.push(" WHERE account_id = ").push_bind(account).push(" AND (organization_id IS NULL");
    if let Some(organization) = organization {
        query.push(" OR organization_id = ").push_bind(organization);
    }
    query.push(") ORDER BY saved_at DESC, id");
    let drafts: Vec<Owned> = query.fetch_list(&mut ctx.tx).await?;
    Ok(drafts.into_iter().map(|owned| owned.draft).collect())
}

/// The draft of this kind and organization that was saved last.
pub async fn newest(
    ctx: &mut Ctx,
    account: &AccountId,
    kind: Kind,
    organization: Option<&OrganizationId>,
) -> Result<Option<Draft>> {
    let drafts = list(ctx, account, organization).await?;
    Ok(drafts.into_iter().find(|draft| draft.kind == kind && draft.organization.as_ref() == organization))
}

/// Saves and returns the new version. The same content again changes nothing, so that a form that is sent twice is saved once.
/// [`Error::Stale`] if another version is stored, [`Error::NotFound`] if it was sent or deleted or is another account's,
/// [`Error::TooMany`] for one draft more than an account may have.
pub async fn save(ctx: &mut Ctx, account: &AccountId, typed: Typed<'_>) -> Result<i64> {
    let saved =
        if typed.version == 0 { insert(ctx, account, typed).await? } else { update(ctx, account, typed).await? };
    if let Some(version) = saved {
        return Ok(version);
    }
    match find(ctx, account, typed.id).await? {
        Found::Draft(draft) if draft.content == typed.content && draft.kind == typed.kind => Ok(draft.version),
        Found::Draft(_) => Err(Error::Stale),
        Found::Nothing if typed.version == 0 => Err(Error::TooMany),
        Found::Nothing | Found::NotTheirs => Err(Error::NotFound),
    }
}

async fn insert(ctx: &mut Ctx, account: &AccountId, typed: Typed<'_>) -> Result<Option<i64>> {
    let query = sql("INSERT INTO registration_draft
         (id, account_id, organization_id, kind, name, content, version, created_at, saved_at)
         SELECT $1, $2, $3, $4, $5, $6, 1, $7, $7
         WHERE (SELECT COUNT(*) FROM registration_draft WHERE account_id = $2) < $8
         ON CONFLICT (id) DO NOTHING");
    let query = query.bind(typed.id).bind(account).bind(typed.organization.map(OrganizationId::as_str));
    let query = query.bind(typed.kind.as_str()).bind(typed.name).bind(typed.content).bind(ctx.now).bind(MOST);
    Ok((query.execute(&mut ctx.tx).await? == 1).then_some(1))
}

async fn update(ctx: &mut Ctx, account: &AccountId, typed: Typed<'_>) -> Result<Option<i64>> {
    let query = sql("UPDATE registration_draft SET content = $1, name = $2, saved_at = $3, version = version + 1
         WHERE id = $4 AND account_id = $5 AND kind = $6 AND version = $7 AND content <> $1 RETURNING version");
    let query = query.bind(typed.content).bind(typed.name).bind(ctx.now).bind(typed.id).bind(account);
    let saved: Option<(i64,)> = query.bind(typed.kind.as_str()).bind(typed.version).fetch_optional(&mut ctx.tx).await?;
    Ok(saved.map(|(version,)| version))
}

/// Ends the draft, because it was sent. [`Error::Stale`] if another version is stored; [`Error::NotFound`] if it was sent or
/// deleted already, so that only one of two simultaneous submissions is registered.
pub async fn send(ctx: &mut Ctx, account: &AccountId, id: &DraftId, version: i64) -> Result<()> {
    let query = sql("DELETE FROM registration_draft WHERE id = $1 AND account_id = $2 AND version = $3");
    if query.bind(id).bind(account).bind(version).execute(&mut ctx.tx).await? == 1 {
        return Ok(());
    }
    match find(ctx, account, id).await? {
        Found::Draft(_) => Err(Error::Stale),
        Found::Nothing | Found::NotTheirs => Err(Error::NotFound),
    }
}

/// Deletes the draft, whatever its version; [`Error::NotFound`] if the account does not have it.
pub async fn delete(ctx: &mut Ctx, account: &AccountId, id: &DraftId) -> Result<()> {
    let query = sql("DELETE FROM registration_draft WHERE id = $1 AND account_id = $2").bind(id).bind(account);
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Deletes what the account typed for an organization that it no longer belongs to.
pub(crate) async fn delete_all(ctx: &mut Ctx, account: &AccountId, organization: &OrganizationId) -> Result<()> {
    let query = sql("DELETE FROM registration_draft WHERE account_id = $1 AND organization_id = $2");
    query.bind(account).bind(organization).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Deletes some of those that were not saved for a long time; returns how many.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    let query = sql("DELETE FROM registration_draft WHERE id IN
         (SELECT id FROM registration_draft WHERE saved_at <= $1 LIMIT 500)");
    query.bind(ctx.now - TTL).execute(&mut ctx.tx).await
}

/// A draft with whose it is.
struct Owned {
    draft: Draft,
    by: AccountId,
}

impl FromRow for Owned {
    fn from_row(row: &Row) -> store::Result<Self> {
        let draft = Draft {
            id: row.get(0)?,
            organization: row.get(1)?,
            kind: row.word(2)?,
            name: row.get(3)?,
            content: row.get(4)?,
            version: row.get(5)?,
            saved_at: row.get(6)?,
        };
        Ok(Self { draft, by: row.get(7)? })
    }
}
