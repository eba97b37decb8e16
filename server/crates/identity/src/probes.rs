//! The account as which the server signs in to a sandbox, to see whether that works: a new one for each probe, with a Healthcare ID
//! and a password that no one else learns. It has no mailbox, and it is removed afterwards.

use model::{
    account::PersonName,
    id::{AccountId, PROBE},
    password::Password,
};
use store::{Ctx, sql};
use zeroize::Zeroizing;

use crate::{Identity, error::Result, payer_accounts::NO_ADDRESS};

/// Who can sign in until the account is removed.
pub struct Member {
    pub account: AccountId,
    pub healthcare_id: String,
    pub password: Zeroizing<String>,
    hash: String,
}

/// A member who is not saved yet: the hash takes its time, during which no transaction may be open.
pub async fn prepare(identity: &Identity) -> Result<Member> {
    let ctx = identity.store.read().await?;
    let (id, password, salt) = (ctx.random_id(), Zeroizing::new(ctx.random_secret()), ctx.random_bytes());
    drop(ctx);
    let typed: Password = password.parse()?;
    let hash = identity.hasher.ahead().hash(&typed, salt).await?;
    let healthcare_id = format!("{PROBE}{id}");
    Ok(Member { account: AccountId::new(healthcare_id.as_str()), healthcare_id, password, hash })
}

/// Saves the member. No address finds the account, and no mail goes to it.
pub async fn arrive(ctx: &mut Ctx, member: &Member) -> Result<()> {
    sql("INSERT INTO account (id, healthcare_id, name, email, email_folded, email_verified_at, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $6)")
    .bind(&member.account)
    .bind(&member.healthcare_id)
    .bind(PersonName::unknown().as_str())
    .bind(NO_ADDRESS)
    .bind(format!("probe:{}", member.account))
    .bind(ctx.now)
    .bind(&member.hash)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// Removes the account with its sessions and links. What it allowed apps has to be removed before.
pub async fn leave(ctx: &mut Ctx, account: &AccountId) -> store::Result<()> {
    if !account.is_probe() {
        return Ok(());
    }
    for statement in ["DELETE FROM member_link WHERE account_id = $1", "DELETE FROM account WHERE id = $1"] {
        sql(statement).bind(account).execute(&mut ctx.tx).await?;
    }
    Ok(())
}
