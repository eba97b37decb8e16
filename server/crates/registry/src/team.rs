//! The people who act for an organization.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{
    id::{AccountId, OrganizationId},
    team::TeamRole,
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

impl Member {
    pub(crate) fn require_owner(&self) -> Result<()> {
        if self.role == TeamRole::Owner { Ok(()) } else { Err(Error::OwnersOnly) }
    }
}

/// The account's organization and its role there, if it has one.
pub async fn find(ctx: &mut Ctx, account: &AccountId) -> Result<Option<Member>> {
    let query = sql("SELECT account_id, organization_id, role FROM membership WHERE account_id = $1").bind(account);
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The organizations of these accounts, by account: their ids and names.
pub async fn organizations_of(
    ctx: &mut Ctx,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, (OrganizationId, String)>> {
    if accounts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query =
        sql("SELECT m.account_id, o.id, o.name FROM membership m JOIN organization o ON o.id = m.organization_id");
    for (place, account) in accounts.iter().enumerate() {
        query.push(if place == 0 { " WHERE m.account_id IN (" } else { ", " }).push_bind(account);
    }
    query.push(")");
    let rows: Vec<(AccountId, OrganizationId, String)> = query.fetch_all(&mut ctx.tx).await?;
    Ok(rows.into_iter().map(|(account, id, name)| (account, (id, name))).collect())
}

/// As [`find`]; [`Error::NotFound`] if the account does not belong to an organization.
pub async fn get(ctx: &mut Ctx, account: &AccountId) -> Result<Member> {
    find(ctx, account).await?.ok_or(Error::NotFound)
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
    let member = find(ctx, account).await?;
    let belongs = member.is_some_and(|member| member.organization == *organization);
    if belongs { Err(Error::OwnOrganization) } else { Ok(()) }
}

/// Adds an account to an organization; [`Error::AlreadyRegistered`] if it belongs to one.
pub async fn add(ctx: &mut Ctx, organization: &OrganizationId, account: &AccountId, role: TeamRole) -> Result<()> {
    sql("INSERT INTO membership (account_id, organization_id, role, joined_at) VALUES ($1, $2, $3, $4)")
        .bind(account)
        .bind(organization)
        .bind(role.as_str())
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await
        .map_err(|error| if error.is_unique("membership_pkey") { Error::AlreadyRegistered } else { error.into() })?;
    Ok(())
}

impl FromRow for Member {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { account: row.get(0)?, organization: row.get(1)?, role: row.word(2)? })
    }
}

impl FromRow for Colleague {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (account, name, email) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Self { account, name, email, role: row.word(3)?, joined_at: row.get(4)? })
    }
}
