//! The people with a role: who they are, and giving and taking roles with a reason, with mail to those concerned.

use audit::{action::Action, event::Actor};
use jiff::Timestamp;
use mail::{message::Message, messages::staff as letters, outbox, reader::Reader, site::Site};
use model::{account::Role, id::AccountId, text::Paragraph};
use store::{Ctx, FromRow, Query, Row, sql};

use crate::{
    accounts::{self, Account},
    error::{Error, Result},
    roles, second_factor,
};

/// A person with a role.
#[derive(Clone, Debug)]
pub struct Person {
    pub account: AccountId,
    pub name: String,
    pub healthcare_id: String,
    pub email: String,
    /// In the order of [`Role::ALL`].
    pub roles: Vec<Held>,
    /// Whether the account has a second factor. Without one it opens no page of the portal.
    pub has_factor: bool,
    pub signed_in_at: Option<Timestamp>,
}

/// A role that someone has.
#[derive(Clone, Debug)]
pub struct Held {
    pub role: Role,
    pub since: Timestamp,
    /// The name of the person who gave it; `None` if the command line did, or the account no longer exists.
    pub by: Option<String>,
    pub reason: Option<String>,
}

/// Everyone with a role, by name.
pub async fn list(ctx: &mut Ctx) -> Result<Vec<Person>> {
    people(ctx, sql(SELECT)).await
}

/// One of them; [`Error::NoSuchAccount`] if the account has no role.
pub async fn get(ctx: &mut Ctx, account: &AccountId) -> Result<Person> {
    let mut query = sql(SELECT);
    query.push(" WHERE a.id = ").push_bind(account);
    people(ctx, query).await?.into_iter().next().ok_or(Error::NoSuchAccount)
}

/// How many browsers the account is signed in with now.
pub async fn open_sessions(ctx: &mut Ctx, account: &AccountId) -> Result<i64> {
    let query =
        sql("SELECT COUNT(*) FROM session WHERE account_id = $1 AND $2 < expires_at").bind(account).bind(ctx.now);
    let (sessions,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(sessions)
}

/// Gives a role, and writes to the person and to the administrators. Does nothing if the account has the role.
/// [`Error::NoSuchAccount`] if its address is not confirmed.
pub async fn give(
    ctx: &mut Ctx,
    site: &Site,
    actor: &Actor,
    account: &AccountId,
    role: Role,
    reason: &Paragraph,
) -> Result<()> {
    if !roles::add(ctx, actor, account, role, Some(reason.as_str())).await? {
        return Ok(());
    }
    let has_factor = second_factor::is_enrolled(ctx, account).await?;
    let to_person = |reader: Reader<'_>| letters::role_given(site, reader, role, reason.as_str(), has_factor);
    let to_others = |reader: Reader<'_>, who: &Account, by: Option<&str>| {
        letters::others_role_given(site, reader, &facts(who, role, by), reason.as_str())
    };
    tell(ctx, actor, account, to_person, to_others).await?;
    roles::record(ctx, actor, Action::AccountRoleGranted, account, role, Some(reason.as_str())).await
}

/// Takes a role away, and with it the account's sessions. Writes to the person and to the administrators. Does nothing if the
/// account does not have the role. [`Error::LastAdministrator`] if no one else could give it back. Returns the roles that
/// are left.
pub async fn take(
    ctx: &mut Ctx,
    site: &Site,
    actor: &Actor,
    account: &AccountId,
    role: Role,
    reason: &Paragraph,
) -> Result<Vec<Role>> {
    let taken = roles::remove(ctx, account, role).await?;
    let left: Vec<Role> = roles::of(ctx, account).await?.into_iter().collect();
    if !taken {
        return Ok(left);
    }
    if left.is_empty() {
        sql("DELETE FROM staff_desk WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    }
    let to_person = |reader: Reader<'_>| letters::role_taken(site, reader, role, reason.as_str());
    let to_others = |reader: Reader<'_>, who: &Account, by: Option<&str>| {
        letters::others_role_taken(site, reader, &facts(who, role, by), reason.as_str())
    };
    tell(ctx, actor, account, to_person, to_others).await?;
    roles::record(ctx, actor, Action::AccountRoleRevoked, account, role, Some(reason.as_str())).await?;
    Ok(left)
}

fn facts<'a>(who: &'a Account, role: Role, by: Option<&'a str>) -> letters::Change<'a> {
    letters::Change { name: who.name.as_str(), healthcare_id: who.healthcare_id.as_str(), role, by }
}

/// Writes to the person, and to every administrator but the person and the one who acted.
async fn tell(
    ctx: &mut Ctx,
    actor: &Actor,
    account: &AccountId,
    to_person: impl FnOnce(Reader<'_>) -> Message,
    to_others: impl Fn(Reader<'_>, &Account, Option<&str>) -> Message,
) -> Result<()> {
    let event = ctx.random_id();
    let person = accounts::get(ctx, account).await?;
    if let Some(reader) = person.reader() {
        outbox::enqueue(ctx, &format!("role:{event}:{account}"), &to_person(reader)).await?;
    }
    let by = match actor {
        Actor::Account(by) => Some(accounts::get(ctx, by).await?),
        _ => None,
    };
    for administrator in administrators(ctx).await? {
        let acted = by.as_ref().is_some_and(|by| by.id == administrator.id);
        if acted || administrator.id == person.id {
            continue;
        }
        if let Some(reader) = administrator.reader() {
            let message = to_others(reader, &person, by.as_ref().map(|by| by.name.as_str()));
            outbox::enqueue(ctx, &format!("role:{event}:{}", administrator.id), &message).await?;
        }
    }
    Ok(())
}

async fn administrators(ctx: &mut Ctx) -> Result<Vec<Account>> {
    let mut found = Vec::new();
    for (account, role) in roles::list(ctx).await? {
        if role == Role::Administrator {
            found.extend(accounts::find(ctx, &account).await?);
        }
    }
    Ok(found)
}

const SELECT: &str = "SELECT a.id, a.name, a.healthcare_id, a.email, a.signed_in_at,
    EXISTS (SELECT 1 FROM totp t WHERE t.account_id = a.id) OR EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id),
    r.role, r.granted_at, g.name, r.reason
    FROM account_role r JOIN account a ON a.id = r.account_id LEFT JOIN account g ON g.id = r.granted_by";

async fn people(ctx: &mut Ctx, mut query: Query) -> Result<Vec<Person>> {
    query.push(" ORDER BY LOWER(a.name), a.id");
    let mut people: Vec<Person> = Vec::new();
    for one in query.fetch_list::<Person>(&mut ctx.tx).await? {
        match people.last_mut().filter(|last| last.account == one.account) {
            Some(last) => last.roles.extend(one.roles),
            None => people.push(one),
        }
    }
    for person in &mut people {
        person.roles.sort_by_key(|held| held.role);
    }
    Ok(people)
}

impl FromRow for Person {
    /// With the one role of this row.
    fn from_row(row: &Row) -> store::Result<Self> {
        let held = Held { role: row.word(6)?, since: row.get(7)?, by: row.get(8)?, reason: row.get(9)? };
        Ok(Self {
            account: row.get(0)?,
            name: row.get(1)?,
            healthcare_id: row.get(2)?,
            email: row.get(3)?,
            signed_in_at: row.get(4)?,
            has_factor: row.get(5)?,
            roles: vec![held],
        })
    }
}
