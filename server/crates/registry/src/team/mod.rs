//! The people who act for an organization. An account may belong to several, and acts for one of them at a time; what a
//! form names (an app, an organization) decides before that.

pub mod change;
pub mod invitations;

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{
    id::{AccountId, ApplicationId, OrganizationId},
    organization::OrganizationStatus,
    team::{Act, TeamRole},
};
use store::{Ctx, FromRow, Row, sql};

use crate::error::{Error, Result};

/// An account in the name of its organization: what the services of the App Owner portal ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub account: AccountId,
    pub organization: OrganizationId,
    pub role: TeamRole,
}

/// A member of the team, as the others see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub role: TeamRole,
    pub joined_at: Timestamp,
}

/// An account may belong to so many organizations: enough for an agency, and not for filling the reviewers' queue.
pub const MOST_ORGANIZATIONS: usize = 20;

impl Member {
    /// [`Error::OwnersOnly`] if the role may not do it.
    pub fn require(&self, act: Act) -> Result<()> {
        if self.role.may(act) { Ok(()) } else { Err(Error::OwnersOnly) }
    }
}

const SELECT: &str = "SELECT account_id, organization_id, role FROM membership";

/// Every organization that the account belongs to. It acts for the first.
pub async fn all(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Member>> {
    let mut query = sql(SELECT);
    query.push(" WHERE account_id = ").push_bind(account).push(" ORDER BY chosen DESC, organization_id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// The organization that the account acts for and its role there, if it has one.
pub async fn find(ctx: &mut Ctx, account: &AccountId) -> Result<Option<Member>> {
    let mut query = sql(SELECT);
    query.push(" WHERE account_id = ").push_bind(account).push(" ORDER BY chosen DESC, organization_id LIMIT 1");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The organizations of these accounts, by account: their ids and names.
pub async fn organizations_of(
    ctx: &mut Ctx,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, Vec<(OrganizationId, String)>>> {
    if accounts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query =
        sql("SELECT m.account_id, o.id, o.name FROM membership m JOIN organization o ON o.id = m.organization_id");
    for (place, account) in accounts.iter().enumerate() {
        query.push(if place == 0 { " WHERE m.account_id IN (" } else { ", " }).push_bind(account);
    }
    query.push(") ORDER BY o.name, o.id");
    let rows: Vec<(AccountId, OrganizationId, String)> = query.fetch_all(&mut ctx.tx).await?;
    let mut organizations: BTreeMap<AccountId, Vec<(OrganizationId, String)>> = BTreeMap::new();
    for (account, id, name) in rows {
        organizations.entry(account).or_default().push((id, name));
    }
    Ok(organizations)
}

/// As [`find`]; [`Error::NotFound`] if the account does not belong to an organization.
pub async fn get(ctx: &mut Ctx, account: &AccountId) -> Result<Member> {
    find(ctx, account).await?.ok_or(Error::NotFound)
}

/// The account's role in this organization, if it belongs to it.
pub async fn of(ctx: &mut Ctx, account: &AccountId, organization: &OrganizationId) -> Result<Option<Member>> {
    let mut query = sql(SELECT);
    query.push(" WHERE account_id = ").push_bind(account).push(" AND organization_id = ").push_bind(organization);
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The account's role in the organization of this app, if it belongs to it.
pub async fn of_app(ctx: &mut Ctx, account: &AccountId, app: &ApplicationId) -> Result<Option<Member>> {
    let mut query = sql(SELECT);
    query.push(" WHERE account_id = ").push_bind(account);
    query.push(" AND organization_id = (SELECT organization_id FROM application WHERE id = ").push_bind(app).push(")");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// Whether the account belongs to the organization.
pub async fn belongs(ctx: &mut Ctx, account: &AccountId, organization: &OrganizationId) -> Result<bool> {
    Ok(of(ctx, account, organization).await?.is_some())
}

/// An organization of an account, as a list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    pub organization: OrganizationId,
    pub name: String,
    pub status: OrganizationStatus,
    pub role: TeamRole,
}

/// The organizations of the account. It acts for the first.
pub async fn organizations(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Belonging>> {
    let query =
        sql("SELECT o.id, o.name, o.status, m.role FROM membership m JOIN organization o ON o.id = m.organization_id
         WHERE m.account_id = $1 ORDER BY m.chosen DESC, m.organization_id");
    Ok(query.bind(account).fetch_list(&mut ctx.tx).await?)
}

/// From now on the account acts for this organization; [`Error::NotFound`] if it does not belong to it.
pub async fn choose(ctx: &mut Ctx, account: &AccountId, organization: &OrganizationId) -> Result<()> {
    let query = sql("UPDATE membership SET chosen =
         (SELECT COALESCE(MAX(other.chosen), 0) + 1 FROM membership other WHERE other.account_id = $1)
         WHERE account_id = $1 AND organization_id = $2");
    let chosen = query.bind(account).bind(organization).execute(&mut ctx.tx).await?;
    if chosen == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// The members of the team, in the order in which they joined.
pub async fn list(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Colleague>> {
    let query = sql("SELECT m.account_id, a.name, a.email, m.role, m.joined_at
         FROM membership m JOIN account a ON a.id = m.account_id
         WHERE m.organization_id = $1 ORDER BY m.joined_at, m.account_id")
    .bind(organization);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// [`Error::OwnOrganization`] if the reviewer belongs to the organization, because they may not decide on it.
pub(crate) async fn require_outsider(ctx: &mut Ctx, account: &AccountId, organization: &OrganizationId) -> Result<()> {
    if belongs(ctx, account, organization).await? { Err(Error::OwnOrganization) } else { Ok(()) }
}

/// Adds an account to an organization, for which it acts from now on; [`Error::AlreadyOnTeam`] if it belongs to it.
pub async fn add(ctx: &mut Ctx, organization: &OrganizationId, account: &AccountId, role: TeamRole) -> Result<()> {
    let others = all(ctx, account).await?;
    if MOST_ORGANIZATIONS <= others.len() {
        return Err(Error::TooMany);
    }
    sql("INSERT INTO membership (account_id, organization_id, role, joined_at, chosen) VALUES ($1, $2, $3, $4,
         (SELECT COALESCE(MAX(other.chosen), 0) + 1 FROM membership other WHERE other.account_id = $1))")
    .bind(account)
    .bind(organization)
    .bind(role.as_str())
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
    .map_err(|error| if error.is_unique("membership_pkey") { Error::AlreadyOnTeam } else { error.into() })?;
    Ok(())
}

impl FromRow for Member {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { account: row.get(0)?, organization: row.get(1)?, role: row.word(2)? })
    }
}

impl FromRow for Belonging {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { organization: row.get(0)?, name: row.get(1)?, status: row.word(2)?, role: row.word(3)? })
    }
}

impl FromRow for Colleague {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (account, name, email) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Self { account, name, email, role: row.word(3)?, joined_at: row.get(4)? })
    }
}
