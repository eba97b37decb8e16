//! Who may do what in the Administrative & Support Portal. Roles are read again for every request. A change also ends the
//! account's sessions, so that no one gains a right without signing in again.

use std::collections::BTreeSet;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use model::{account::Role, id::AccountId};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    error::{Error, Result},
    sessions,
};

/// The roles of an account; none for most.
pub async fn of(ctx: &mut Ctx, account: &AccountId) -> Result<BTreeSet<Role>> {
    let query = sql("SELECT account_id, role FROM account_role WHERE account_id = $1").bind(account);
    Ok(query.fetch_all::<Held>(&mut ctx.tx).await?.into_iter().map(|Held(_, role)| role).collect())
}

/// Everyone who has a role, with the role.
pub async fn list(ctx: &mut Ctx) -> Result<Vec<(AccountId, Role)>> {
    let query = sql("SELECT account_id, role FROM account_role ORDER BY account_id, role");
    Ok(query.fetch_all::<Held>(&mut ctx.tx).await?.into_iter().map(|Held(account, role)| (account, role)).collect())
}

/// A role and the account that has it.
struct Held(AccountId, Role);

impl FromRow for Held {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self(row.get(0)?, row.word(1)?))
    }
}

/// Gives the role to an account whose holder can sign in; does nothing if it already has the role.
pub async fn grant(ctx: &mut Ctx, actor: &Actor, account: &AccountId, role: Role) -> Result<()> {
    if add(ctx, actor, account, role, None).await? {
        record(ctx, actor, Action::AccountRoleGranted, account, role, None).await?;
    }
    Ok(())
}

/// Takes the role away; does nothing if the account does not have it. [`Error::LastAdministrator`] if no one else could give
/// it back.
pub async fn revoke(ctx: &mut Ctx, actor: &Actor, account: &AccountId, role: Role) -> Result<()> {
    if remove(ctx, account, role).await? {
        record(ctx, actor, Action::AccountRoleRevoked, account, role, None).await?;
    }
    Ok(())
}

/// As [`grant`], without the line in the audit log. Whether it changed anything.
pub(crate) async fn add(
    ctx: &mut Ctx,
    actor: &Actor,
    account: &AccountId,
    role: Role,
    reason: Option<&str>,
) -> Result<bool> {
    let by = match actor {
        Actor::Account(by) => Some(by.to_string()),
        _ => None,
    };
    let granted = sql("INSERT INTO account_role (account_id, role, granted_at, granted_by, reason)
         SELECT id, $1, $2, $3, $4 FROM account WHERE id = $5 AND email_verified_at IS NOT NULL
         ON CONFLICT (account_id, role) DO NOTHING")
    .bind(role.as_str())
    .bind(ctx.now)
    .bind(by)
    .bind(reason.map(str::to_owned))
    .bind(account)
    .execute(&mut ctx.tx)
    .await?;
    if granted == 0 {
        return if of(ctx, account).await?.contains(&role) { Ok(false) } else { Err(Error::NoSuchAccount) };
    }
    sessions::sign_out_everywhere(ctx, account, None).await?;
    Ok(true)
}

/// As [`revoke`], without the line in the audit log. Whether it changed anything.
pub(crate) async fn remove(ctx: &mut Ctx, account: &AccountId, role: Role) -> Result<bool> {
    // Locks every row of the role until the end of the transaction: if two administrators take each other's role at once,
    // the second sees what the first did.
    sql("UPDATE account_role SET role = role WHERE role = $1").bind(role.as_str()).execute(&mut ctx.tx).await?;
    let revoked = sql("DELETE FROM account_role WHERE account_id = $1 AND role = $2
         AND ($2 <> 'administrator' OR EXISTS (SELECT 1 FROM account_role WHERE role = 'administrator' AND account_id <> $1))")
    .bind(account)
    .bind(role.as_str())
    .execute(&mut ctx.tx)
    .await?;
    if revoked == 0 {
        return if of(ctx, account).await?.contains(&role) { Err(Error::LastAdministrator) } else { Ok(false) };
    }
    sessions::sign_out_everywhere(ctx, account, None).await?;
    Ok(true)
}

/// The audit log's line. It comes last in the transaction, because it locks the log.
pub(crate) async fn record(
    ctx: &mut Ctx,
    actor: &Actor,
    action: Action,
    account: &AccountId,
    role: Role,
    reason: Option<&str>,
) -> Result<()> {
    let mut event = Event::new(actor.clone(), action, "account", account.as_str()).with("role", role.as_str());
    if let Some(reason) = reason {
        event = event.with("reason", reason);
    }
    Ok(log::record(ctx, &event).await?)
}
