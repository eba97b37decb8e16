//! Accounts of people who sign in at a payer's identity provider: identified by issuer and subject, never by email address.
//! Such an account has no password, cannot be found by a login, and gets no reset link. It counts for its payer alone.

use model::{
    account::PersonName,
    email::Email,
    id::{AccountId, PayerId},
    partition::{Environment, Partition, ProgramId},
};
use store::{Ctx, sql};

use crate::error::Result;

/// Where an account signs in: the only payer, program and environment that it counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub partition: Partition,
    pub payer: PayerId,
}

/// The person whom a provider vouches for (OpenID Connect Core §2: `iss` and `sub` together).
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub home: &'a Home,
    pub issuer: &'a str,
    pub subject: &'a str,
}

/// An argon2id hash that no password has. Comparing with it takes as long as with any other.
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// RFC 2606 §2: a domain where no mail can arrive. We never write to it; see [`crate::accounts::Account::mailbox`].
pub(crate) const NO_ADDRESS: &str = "unknown@payer.invalid";

/// Where the account signs in; `None` for a Healthcare ID.
pub async fn home(ctx: &mut Ctx, account: &AccountId) -> Result<Option<Home>> {
    let query = sql("SELECT program, environment, payer FROM payer_identity WHERE account_id = $1").bind(account);
    let found: Option<(ProgramId, Environment, PayerId)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(program, environment, payer)| Home { partition: Partition { program, environment }, payer }))
}

/// The account of this subject, created at the first sign-in. Name and email address become what the provider says now.
pub async fn find_or_create(
    ctx: &mut Ctx,
    subject: Subject<'_>,
    name: &PersonName,
    email: Option<&Email>,
) -> Result<AccountId> {
    let email = email.map_or(NO_ADDRESS, Email::as_str);
    let account = match find(ctx, subject).await? {
        Some(account) => account,
        None => create(ctx, subject, name, email).await?,
    };
    sql("UPDATE account SET name = $1, email = $2 WHERE id = $3 AND (name <> $1 OR email <> $2)")
        .bind(name.as_str())
        .bind(email)
        .bind(&account)
        .execute(&mut ctx.tx)
        .await?;
    Ok(account)
}

/// The account of this subject, if they signed in before.
pub async fn find(ctx: &mut Ctx, subject: Subject<'_>) -> Result<Option<AccountId>> {
    let Subject { home, issuer, subject } = subject;
    let found: Option<(AccountId,)> = sql("SELECT account_id FROM payer_identity
         WHERE program = $1 AND environment = $2 AND payer = $3 AND issuer = $4 AND subject = $5")
    .bind(&home.partition.program)
    .bind(home.partition.environment)
    .bind(&home.payer)
    .bind(issuer)
    .bind(subject)
    .fetch_optional(&mut ctx.tx)
    .await?;
    Ok(found.map(|(account,)| account))
}

async fn create(ctx: &mut Ctx, subject: Subject<'_>, name: &PersonName, email: &str) -> Result<AccountId> {
    let account = insert(ctx, "payer", name, email).await?;
    let Subject { home, issuer, subject: sub } = subject;
    let inserted =
        sql("INSERT INTO payer_identity (program, environment, payer, issuer, subject, account_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (program, environment, payer, issuer, subject) DO NOTHING")
        .bind(&home.partition.program)
        .bind(home.partition.environment)
        .bind(&home.payer)
        .bind(issuer)
        .bind(sub)
        .bind(&account)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    if inserted == 1 {
        return Ok(account);
    }
    // The same person signed in twice at once, and the other request was faster.
    sql("DELETE FROM account WHERE id = $1").bind(&account).execute(&mut ctx.tx).await?;
    Ok(find(ctx, subject).await?.ok_or(store::Error::Missing)?)
}

/// A row that no login finds: `email_folded` has no `@`, and the Healthcare ID is random.
pub(crate) async fn insert(ctx: &mut Ctx, kind: &str, name: &PersonName, email: &str) -> Result<AccountId> {
    let id = AccountId::new(ctx.random_id());
    sql("INSERT INTO account (id, healthcare_id, name, email, email_folded, email_verified_at, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $6)")
    .bind(&id)
    .bind(format!("{kind}-{}", ctx.random_id()))
    .bind(name.as_str())
    .bind(email)
    .bind(format!("{kind}:{id}"))
    .bind(ctx.now)
    .bind(NO_PASSWORD)
    .execute(&mut ctx.tx)
    .await?;
    Ok(id)
}
