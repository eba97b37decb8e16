//! The passkeys of an account: their list, their names, and removing one.

pub mod enrol;
pub mod proof;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::Timestamp;
use mail::messages;
use model::{
    id::{AccountId, PasskeyId, SessionId},
    text::Name,
};
use store::{Ctx, FromRow, Row, sql};
use webauthn::options::Descriptor;

use super::{
    change::{self, Proof, tell},
    has_app,
};
use crate::{
    Identity,
    accounts::Account,
    error::{Error, Result},
    sessions::{self, Started},
};

/// The most that an account may have.
pub const MOST: usize = 10;

/// A passkey as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// The account's passkeys, the oldest first.
pub async fn list(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Passkey>> {
    let query = sql("SELECT id, name, created_at, last_used_at FROM passkey WHERE account_id = $1
         ORDER BY created_at, id");
    Ok(query.bind(account).fetch_all(&mut ctx.tx).await?)
}

/// One of the account's own. [`Error::NoSuchPasskey`]
pub async fn get(ctx: &mut Ctx, account: &AccountId, id: &PasskeyId) -> Result<Passkey> {
    let query = sql("SELECT id, name, created_at, last_used_at FROM passkey WHERE id = $1 AND account_id = $2");
    query.bind(id).bind(account).fetch_optional(&mut ctx.tx).await?.ok_or(Error::NoSuchPasskey)
}

/// Renames it. It opens as much as before, so no proof is needed. [`Error::NoSuchPasskey`]
pub async fn rename(ctx: &mut Ctx, account: &AccountId, id: &PasskeyId, name: &Name) -> Result<()> {
    let query = sql("UPDATE passkey SET name = $1 WHERE id = $2 AND account_id = $3");
    let renamed = query.bind(name.as_str()).bind(id).bind(account).execute(&mut ctx.tx).await?;
    if renamed == 0 {
        return Err(Error::NoSuchPasskey);
    }
    let actor = Actor::Account(account.clone());
    Ok(log::record(ctx, &Event::new(actor, Action::AccountPasskeyRenamed, "account", account.as_str())).await?)
}

/// Removes one, ends every other session, and renews the token of this one. With the last factor of the account, its recovery
/// codes are deleted too. [`Error::NoSuchPasskey`], and those of [`change::prove`].
pub async fn remove(
    identity: &Identity,
    account: &Account,
    session: &SessionId,
    id: &PasskeyId,
    proof: &Proof<'_>,
) -> Result<Removed> {
    get(&mut identity.store.read().await?, &account.id, id).await?;
    let mut ctx = change::prove(identity, account, proof).await?;
    let others = sql("SELECT id FROM passkey WHERE account_id = $1 AND id <> $2").bind(&account.id).bind(id);
    let others: Option<(PasskeyId,)> = others.fetch_optional(&mut ctx.tx).await?;
    let actor = Actor::Account(account.id.clone());
    let was_last = others.is_none() && !has_app(&mut ctx, &account.id).await?;
    if was_last {
        // Removed meanwhile in another browser.
        if !change::take_away(&mut ctx, &identity.site, account, actor).await? {
            return Err(Error::NoSuchPasskey);
        }
    } else {
        let query = sql("DELETE FROM passkey WHERE id = $1 AND account_id = $2").bind(id).bind(&account.id);
        if query.execute(&mut ctx.tx).await? == 0 {
            return Err(Error::NoSuchPasskey);
        }
        let letter = messages::second_factor::passkey_removed;
        tell(&mut ctx, &identity.site, account, actor, Action::AccountPasskeyRemoved, letter).await?;
    }
    let session = sessions::leave_alone(&mut ctx, &account.id, session).await?;
    ctx.commit().await?;
    Ok(Removed { session, was_last })
}

/// The outcome of removing a passkey.
#[derive(Debug)]
pub struct Removed {
    pub session: Started,
    /// The password alone is enough again.
    pub was_last: bool,
}

/// Deletes every passkey of the account, and what waits for one; returns how many there were.
pub(super) async fn delete_all(ctx: &mut Ctx, account: &AccountId) -> Result<u64> {
    sql("DELETE FROM passkey_enrolment WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    sql("DELETE FROM passkey_challenge WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    Ok(sql("DELETE FROM passkey WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?)
}

/// What we send to the browser about the existing passkeys.
async fn descriptors(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Descriptor>> {
    let query = sql("SELECT credential_id, transports FROM passkey WHERE account_id = $1 ORDER BY created_at, id");
    let rows: Vec<(String, String)> = query.bind(account).fetch_all(&mut ctx.tx).await?;
    let descriptor = |(id, transports): (String, String)| Descriptor {
        id,
        transports: transports.split_whitespace().map(str::to_owned).collect(),
    };
    Ok(rows.into_iter().map(descriptor).collect())
}

/// What authenticators call the account: random, as all our ids are.
fn user_handle(account: &AccountId) -> &[u8] {
    account.as_str().as_bytes()
}

impl FromRow for Passkey {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { id: row.get(0)?, name: row.get(1)?, created_at: row.get(2)?, last_used_at: row.get(3)? })
    }
}
