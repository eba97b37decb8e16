//! `flex admin`: creates administrators here, because the first one cannot be created in the portal.

mod password;

use audit::event::Actor;
use identity::{
    accounts::{self, NewAccount},
    error::Error,
    roles,
};
use model::{
    account::{HealthcareId, Role},
    email::Email,
    id::AccountId,
};

use crate::{
    Failure,
    cli::Admin,
    output::{say, tell},
    settings::Settings,
    state::AppState,
};

pub async fn run(command: Admin, settings: Settings) -> Result<(), Failure> {
    let state = AppState::open(settings).await?;
    match command {
        Admin::Create { id, email, existing: true, .. } => {
            promote(&state, &parse("--id", &id)?, &parse("--email", &email)?).await
        }
        Admin::Create { id, email, name, .. } => create(&state, &id, &email, &name.unwrap_or_default()).await,
        Admin::Reset { id } => reset(&state, &parse("--id", &id)?).await,
    }
}

/// Creates an account that is confirmed without mail. Never uses an existing account: an ID belongs to the person who
/// signed up first, so an ID in use does not say whose account it is.
async fn create(state: &AppState, id: &str, email: &str, name: &str) -> Result<(), Failure> {
    let identity = &state.services.identity;
    let (healthcare_id, email): (HealthcareId, Email) = (parse("--id", id)?, parse("--email", email)?);
    let name = parse("--name", name)?;
    let mut ctx = identity.store.read().await?;
    // Checked before we ask for the password; the constraints decide all the same.
    if accounts::find_by_login(&mut ctx, healthcare_id.as_str()).await?.is_some() {
        return Err(id_taken(&healthcare_id));
    }
    if accounts::find_verified(&mut ctx, &email).await?.is_some() {
        return Err(email_taken(&email));
    }
    drop(ctx);
    let password = parse("the password", &password::read()?)?;
    let new = NewAccount { name, email: email.clone(), healthcare_id: healthcare_id.clone(), password };
    let account = accounts::create_verified(identity, &new).await.map_err(|error| match error {
        Error::HealthcareIdTaken => id_taken(&healthcare_id),
        Error::EmailTaken => email_taken(&email),
        error => error.into(),
    })?;
    grant(state, &account).await?;
    say!("{healthcare_id} is an administrator.");
    Ok(())
}

/// Gives the role to an existing account, which keeps its password.
async fn promote(state: &AppState, id: &HealthcareId, email: &Email) -> Result<(), Failure> {
    let found = accounts::find_confirmed(&mut state.services.store.read().await?, id, email).await?;
    let account = found.ok_or_else(|| {
        Failure::Usage(format!(
            "no account has both the Healthcare ID {id} and the confirmed email address {email}. Nothing was changed. Ask \
             its holder for both as their account page shows them; to create a new account, omit `--existing`"
        ))
    })?;
    grant(state, &account.id).await?;
    say!("{id} ({}, {}) is an administrator.", account.name, account.email);
    Ok(())
}

async fn grant(state: &AppState, account: &AccountId) -> Result<(), Failure> {
    let mut ctx = state.services.store.write().await?;
    roles::grant(&mut ctx, &Actor::Operator, account, Role::Administrator).await?;
    Ok(ctx.commit().await?)
}

async fn reset(state: &AppState, id: &HealthcareId) -> Result<(), Failure> {
    let identity = &state.services.identity;
    let found = accounts::find_by_login(&mut identity.store.read().await?, id.as_str()).await?;
    let account = found.ok_or_else(|| Failure::Usage(format!("no account has the Healthcare ID {id}")))?;
    // The operator sees whose account it is before they type a password.
    tell(format_args!("{id} is {} <{}>.", account.name, account.email));
    let password = parse("the password", &password::read()?)?;
    let removed = accounts::reset(identity, &account.id, &password).await?;
    say!("{id} has a new password. All its sessions have ended.");
    if removed {
        say!("Its two-step sign-in is off and has to be set up again.");
    }
    Ok(())
}

fn id_taken(id: &HealthcareId) -> Failure {
    Failure::Usage(format!(
        "the Healthcare ID {id} belongs to an existing account, perhaps a stranger's. Nothing was changed. Choose \
         another `--id`; or, if you know the account's holder, add `--existing` and give its confirmed email address"
    ))
}

fn email_taken(email: &Email) -> Failure {
    Failure::Usage(format!(
        "another account has the email address {email}. Nothing was changed. To make that account an administrator, add \
         `--existing` and give its Healthcare ID"
    ))
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(what: &str, text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error| Failure::Usage(format!("{what}: {error}")))
}
