//! `flex admin`: creates administrators here, because the first one cannot be created in the portal, and gives and takes
//! roles as the portal does.

mod password;

use app::admin::staff::take_role;
use audit::event::Actor;
use identity::{
    accounts::{self, Account, NewAccount},
    error::Error,
    roles, staff,
};
use model::{
    account::{HealthcareId, Role},
    email::Email,
    id::AccountId,
    text::Paragraph,
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
        Admin::List => list(&state).await,
        Admin::Give { id, email, role, reason } => {
            give(&state, &parse("--id", &id)?, &parse("--email", &email)?, role_of(&role)?, &reason_of(&reason)?).await
        }
        Admin::Take { id, role, reason } => {
            take(&state, &parse("--id", &id)?, role_of(&role)?, &reason_of(&reason)?).await
        }
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
    let account = confirmed(state, id, email, "; to create a new account, omit `--existing`").await?;
    grant(state, &account.id).await?;
    say!("{id} ({}, {}) is an administrator.", account.name, account.email);
    Ok(())
}

async fn grant(state: &AppState, account: &AccountId) -> Result<(), Failure> {
    let mut ctx = state.services.store.write().await?;
    roles::grant(&mut ctx, &Actor::Operator, account, Role::Administrator).await?;
    Ok(ctx.commit().await?)
}

/// The account with both, or what to do.
async fn confirmed(state: &AppState, id: &HealthcareId, email: &Email, more: &str) -> Result<Account, Failure> {
    let found = accounts::find_confirmed(&mut state.services.store.read().await?, id, email).await?;
    found.ok_or_else(|| {
        Failure::Usage(format!(
            "no account has both the Healthcare ID {id} and the confirmed email address {email}. Nothing was changed. Ask \
             its holder for both as their account page shows them{more}"
        ))
    })
}

/// Prints everyone with a role, a line for each.
async fn list(state: &AppState) -> Result<(), Failure> {
    let people = staff::list(&mut state.services.store.read().await?).await?;
    for person in people {
        let roles: Vec<&str> = person.roles.iter().map(|held| held.role.as_str()).collect();
        let factor = if person.has_factor { "" } else { "; two-step sign-in is not set up" };
        say!("{:<24} {} ({}, {}){factor}", person.healthcare_id, roles.join(" "), person.name, person.email);
    }
    Ok(())
}

async fn give(
    state: &AppState,
    id: &HealthcareId,
    email: &Email,
    role: Role,
    reason: &Paragraph,
) -> Result<(), Failure> {
    let account = confirmed(state, id, email, "").await?;
    let mut ctx = state.services.store.write().await?;
    staff::give(&mut ctx, &state.services.identity.site, &Actor::Operator, &account.id, role, reason).await?;
    ctx.commit().await?;
    say!("{id} ({}, {}) has the role {role}.", account.name, account.email);
    Ok(())
}

async fn take(state: &AppState, id: &HealthcareId, role: Role, reason: &Paragraph) -> Result<(), Failure> {
    let mut ctx = state.services.store.write().await?;
    let found = accounts::find_by_login(&mut ctx, id.as_str()).await?;
    let account = found.ok_or_else(|| Failure::Usage(format!("no account has the Healthcare ID {id}")))?;
    if !roles::of(&mut ctx, &account.id).await?.contains(&role) {
        return Err(Failure::Usage(format!("{id} does not have the role {role}. Nothing was changed")));
    }
    take_role(&mut ctx, &state.services.identity.site, &Actor::Operator, &account.id, role, reason).await?;
    ctx.commit().await?;
    say!("{id} ({}, {}) no longer has the role {role}.", account.name, account.email);
    Ok(())
}

fn role_of(text: &str) -> Result<Role, Failure> {
    text.parse().map_err(|_| Failure::Usage("--role: choose administrator, reviewer, support, or auditor".to_owned()))
}

fn reason_of(text: &str) -> Result<Paragraph, Failure> {
    Paragraph::parse(text).map_err(|_| Failure::Usage("--reason: say why, in at most 2000 characters".to_owned()))
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
