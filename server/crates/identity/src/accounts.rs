//! Accounts: finding them, and changes for which a sign-in is enough.

use std::collections::BTreeMap;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::Timestamp;
use mail::reader::Reader;
use model::{
    account::{HealthcareId, PersonName},
    email::Email,
    id::AccountId,
    locale::Locale,
    password::Password,
    phone::Phone,
    stored::Stored,
};
use serde::{Deserialize, Serialize};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::{
    Identity,
    error::{Error, Result},
    payer_accounts::NO_ADDRESS,
    second_factor::change,
    sessions,
};

/// A Healthcare ID and its holder. The password's hash never leaves this crate.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub healthcare_id: HealthcareId,
    pub name: PersonName,
    pub email: Email,
    /// No one can sign in before the address is confirmed.
    pub email_verified_at: Option<Timestamp>,
    /// Asked for once, by the App Owner portal.
    pub contact_number: Option<Phone>,
    pub created_at: Timestamp,
    /// The language of mail to the holder.
    pub language: Locale,
    /// Since when we know that the owner of the mailbox chose the password. Until then the account may belong to a stranger
    /// who signed up with someone else's address.
    pub holder_proved_at: Option<Timestamp>,
}

/// What a person enters to create an account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub name: PersonName,
    pub email: Email,
    pub healthcare_id: HealthcareId,
    pub password: Password,
}

impl Account {
    /// Where mail reaches the holder; `None` if a payer's provider did not name a confirmed address.
    pub fn mailbox(&self) -> Option<&Email> {
        Some(&self.email).filter(|email| email.as_str() != NO_ADDRESS)
    }

    /// The recipient of mail; `None` as for [`Self::mailbox`].
    pub fn reader(&self) -> Option<Reader<'_>> {
        Some(Reader { to: self.mailbox()?, name: &self.name, locale: self.language })
    }
}

impl NewAccount {
    pub(crate) fn check_password(&self) -> Result<()> {
        check_password(&self.password, &self.healthcare_id, &self.email, &self.name)
    }
}

/// Refuses a password that anyone who knows its owner would try.
pub(crate) fn check_password(password: &Password, id: &HealthcareId, email: &Email, name: &PersonName) -> Result<()> {
    let local_part = email.as_str().split('@').next().unwrap_or_default();
    let known: Vec<&str> = [id.as_str(), local_part].into_iter().chain(name.as_str().split_whitespace()).collect();
    Ok(password.check_against(&known)?)
}

/// Words of a name to look for; the others are not.
const MOST_WORDS: usize = 8;

const SELECT: &str = "SELECT id, healthcare_id, name, email, email_verified_at, contact_number, created_at, language,
    holder_proved_at FROM account WHERE ";

fn select(condition: &str) -> Query {
    let mut query = sql(SELECT);
    query.push(condition);
    query
}

pub async fn find(ctx: &mut Ctx, id: &AccountId) -> Result<Option<Account>> {
    Ok(select("id = $1").bind(id).fetch_optional(&mut ctx.tx).await?)
}

/// [`Error::NoSuchAccount`] if it does not exist.
pub async fn get(ctx: &mut Ctx, id: &AccountId) -> Result<Account> {
    find(ctx, id).await?.ok_or(Error::NoSuchAccount)
}

/// The account that a Healthcare ID or an email address names. If several accounts have the address and none has confirmed
/// it yet, the newest. Never an account that signs in at a payer's provider.
pub async fn find_by_login(ctx: &mut Ctx, login: &str) -> Result<Option<Account>> {
    let login = login.trim();
    // A Healthcare ID contains no `@`, so a text cannot be both.
    let query = if login.contains('@') {
        let Ok(email) = login.parse::<Email>() else { return Ok(None) };
        select("email_folded = $1 ORDER BY email_verified_at IS NULL, created_at DESC, id LIMIT 1").bind(email.folded())
    } else {
        let Ok(id) = login.parse::<HealthcareId>() else { return Ok(None) };
        let condition =
            "healthcare_id = $1 AND NOT EXISTS (SELECT 1 FROM payer_identity p WHERE p.account_id = account.id)";
        select(condition).bind(id.as_str())
    };
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The account that has confirmed this address.
pub async fn find_verified(ctx: &mut Ctx, email: &Email) -> Result<Option<Account>> {
    let query = select("email_folded = $1 AND email_verified_at IS NOT NULL").bind(email.folded());
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The account that has both this Healthcare ID and this confirmed address. Never one that signs in at a payer's provider.
pub async fn find_confirmed(ctx: &mut Ctx, id: &HealthcareId, email: &Email) -> Result<Option<Account>> {
    let found = find_by_login(ctx, id.as_str()).await?;
    Ok(found.filter(|account| account.email_verified_at.is_some() && account.email.folded() == email.folded()))
}

/// One part of the people whom the text names: anyone whose Healthcare ID, email address or id it is, and, of vendors' teams and the
/// staff, those whose name has every word. By name. For administrators; members are found only by what is theirs alone.
pub async fn search(ctx: &mut Ctx, text: &str, part: Part) -> Result<Vec<Account>> {
    let mut query = select("");
    push_search(&mut query, text);
    query.push(" ORDER BY LOWER(name), id").push_part(part);
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

/// The names of these accounts, in one statement; those that no longer exist have none.
pub async fn names(ctx: &mut Ctx, ids: &[AccountId]) -> Result<BTreeMap<AccountId, String>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query = sql("SELECT id, name FROM account WHERE id IN (");
    for (place, id) in ids.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(id);
    }
    query.push(")");
    Ok(query.fetch_all(&mut ctx.tx).await?.into_iter().collect())
}

/// The first accounts of exactly this name, in any case.
pub async fn of_name(ctx: &mut Ctx, name: &str, most: i64) -> Result<Vec<Account>> {
    let mut query = select("LOWER(name) = ");
    query.push_bind(name.trim().to_lowercase()).push(" ORDER BY id").push_limit(most);
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

/// How many accounts match.
pub async fn count(ctx: &mut Ctx, text: &str) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM account WHERE ");
    push_search(&mut query, text);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn push_search(query: &mut Query, text: &str) {
    // PostgreSQL refuses text that contains a null character, and no stored text contains one.
    let text = text.trim().replace('\0', "").to_lowercase();
    // Each part goes by an index of its own; one condition with `OR` would read every account.
    query.push("id IN (SELECT id FROM account WHERE healthcare_id = ").push_bind(text.as_str());
    query.push(" UNION SELECT id FROM account WHERE email_folded = ").push_bind(text.as_str());
    query.push(" UNION SELECT id FROM account WHERE id = ").push_bind(text.as_str());
    for table in ["membership", "account_role"] {
        query.push(" UNION SELECT b.id FROM ").push(table).push(" m JOIN account b ON b.id = m.account_id WHERE 1 = 1");
        for word in text.split_whitespace().take(MOST_WORDS) {
            let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
            query.push(" AND (LOWER(b.name) LIKE ").push_bind(format!("%{escaped}%")).push(" ESCAPE '!'");
            query.push(" OR b.healthcare_id LIKE ").push_bind(format!("%{escaped}%")).push(" ESCAPE '!'");
            query.push(" OR b.email_folded LIKE ").push_bind(format!("%{escaped}%")).push(" ESCAPE '!')");
        }
    }
    query.push(")");
}

/// Creates an account whose address counts as confirmed: from the command line, for administrators and demonstrations.
pub async fn create_verified(identity: &Identity, new: &NewAccount) -> Result<AccountId> {
    new.check_password()?;
    let salt = identity.store.read().await?.random_bytes();
    let hash = identity.hasher.hash(&new.password, salt).await?;
    let mut ctx = identity.store.write().await?;
    let id = insert(&mut ctx, new, &hash, true).await?;
    log::record(&mut ctx, &Event::new(Actor::Operator, Action::AccountCreated, "account", id.as_str())).await?;
    ctx.commit().await?;
    Ok(id)
}

pub(crate) async fn insert(ctx: &mut Ctx, new: &NewAccount, hash: &str, verified: bool) -> Result<AccountId> {
    let id = AccountId::new(ctx.random_id());
    sql("INSERT INTO account (id, healthcare_id, name, email, email_folded, email_verified_at, password_hash, created_at,
             holder_proved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6)")
    .bind(&id)
    .bind(new.healthcare_id.as_str())
    .bind(new.name.as_str())
    .bind(new.email.as_str())
    .bind(new.email.folded())
    .bind(verified.then_some(ctx.now))
    .bind(hash)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
    .map_err(refused)?;
    Ok(id)
}

/// Constraints by name.
pub(crate) fn refused(error: store::Error) -> Error {
    if error.is_unique("account_healthcare_id_key") {
        Error::HealthcareIdTaken
    } else if error.is_unique("account_email_folded_key") {
        Error::EmailTaken
    } else {
        error.into()
    }
}

/// Locks the account until the end of the transaction. Sign-ins and changes of how its holder signs in happen one after the
/// other, so that no session starts with a password or factor that has just been replaced.
pub(crate) async fn hold(ctx: &mut Ctx, id: &AccountId) -> Result<()> {
    let query = sql("UPDATE account SET password_hash = password_hash WHERE id = $1").bind(id);
    found(query.execute(&mut ctx.tx).await?)
}

/// From the command line, for a person who has lost everything: sets a password, removes every second factor, and ends every
/// session. Returns whether the account had a second factor.
pub async fn reset(identity: &Identity, id: &AccountId, password: &Password) -> Result<bool> {
    let mut ctx = identity.store.read().await?;
    let account = get(&mut ctx, id).await?;
    check_password(password, &account.healthcare_id, &account.email, &account.name)?;
    let salt = ctx.random_bytes();
    drop(ctx);
    let hash = identity.hasher.hash(password, salt).await?;
    let mut ctx = identity.store.write().await?;
    store_password(&mut ctx, id, &hash).await?;
    sessions::sign_out_everywhere(&mut ctx, id, None).await?;
    log::record(&mut ctx, &Event::new(Actor::Operator, Action::AccountPasswordChanged, "account", id.as_str())).await?;
    let removed = change::take_away(&mut ctx, &identity.site, &account, Actor::Operator).await?;
    ctx.commit().await?;
    Ok(removed)
}

pub(crate) async fn store_password(ctx: &mut Ctx, id: &AccountId, hash: &str) -> Result<()> {
    let query = sql("UPDATE account SET password_hash = $1 WHERE id = $2").bind(hash).bind(id);
    found(query.execute(&mut ctx.tx).await?)
}

/// The hash to compare with.
pub(crate) async fn password_hash(ctx: &mut Ctx, id: &AccountId) -> Result<String> {
    let query = sql("SELECT password_hash FROM account WHERE id = $1").bind(id);
    let (hash,) = query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NoSuchAccount)?;
    Ok(hash)
}

/// Sets the language of mail to the one that the holder chose or used at sign-in. Writes only if it changed.
pub async fn set_language(ctx: &mut Ctx, id: &AccountId, language: Locale) -> Result<()> {
    let query = sql("UPDATE account SET language = $1 WHERE id = $2 AND language <> $1");
    query.bind(language.tag()).bind(id).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Notes that the owner of the mailbox chose the password.
pub(crate) async fn holder_proved(ctx: &mut Ctx, id: &AccountId) -> Result<()> {
    let query = sql("UPDATE account SET holder_proved_at = $1 WHERE id = $2 AND holder_proved_at IS NULL");
    query.bind(ctx.now).bind(id).execute(&mut ctx.tx).await?;
    Ok(())
}

pub async fn rename(ctx: &mut Ctx, id: &AccountId, name: &PersonName) -> Result<()> {
    let query = sql("UPDATE account SET name = $1 WHERE id = $2").bind(name.as_str()).bind(id);
    found(query.execute(&mut ctx.tx).await?)
}

/// The profile that the App Owner portal asks for once.
pub async fn set_contact_number(ctx: &mut Ctx, id: &AccountId, number: &Phone) -> Result<()> {
    let query = sql("UPDATE account SET contact_number = $1 WHERE id = $2").bind(number.as_str()).bind(id);
    found(query.execute(&mut ctx.tx).await?)
}

fn found(rows: u64) -> Result<()> {
    if rows == 0 { Err(Error::NoSuchAccount) } else { Ok(()) }
}

impl FromRow for Account {
    fn from_row(row: &Row) -> store::Result<Self> {
        // As it was typed and checked then: a newer rule must not keep anyone from signing in.
        let contact_number: Option<String> = row.get(5)?;
        Ok(Self {
            id: row.get(0)?,
            healthcare_id: HealthcareId::stored(row.get(1)?),
            name: PersonName::stored(row.get(2)?),
            email: Email::stored(row.get(3)?),
            email_verified_at: row.get(4)?,
            contact_number: contact_number.map(Phone::stored),
            created_at: row.get(6)?,
            language: Locale::find(&row.get::<String>(7)?).unwrap_or_default(),
            holder_proved_at: row.get(8)?,
        })
    }
}
