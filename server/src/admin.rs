//! `flex admin`: administrators are made here, because the first cannot be made in the portal.

use std::io::BufRead;

use audit::event::Actor;
use identity::{
    accounts::{self, NewAccount},
    roles,
};
use model::account::Role;

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
        Admin::Create { id, email, name } => create(&state, &id, &email, &name).await,
        Admin::Reset { id } => reset(&state, &id).await,
    }
}

/// An existing account keeps its password and gets the role; a new one is confirmed without mail.
async fn create(state: &AppState, id: &str, email: &str, name: &str) -> Result<(), Failure> {
    let identity = &state.services.identity;
    let found = accounts::find_by_login(&mut identity.store.read().await?, id).await?;
    let account = match found {
        Some(account) => account.id,
        None => {
            let new = NewAccount {
                name: parse("--name", name)?,
                email: parse("--email", email)?,
                healthcare_id: parse("--id", id)?,
                password: parse("the password", &password()?)?,
            };
            accounts::create_verified(identity, &new).await?
        }
    };
    let mut ctx = state.services.store.write().await?;
    roles::grant(&mut ctx, &Actor::Operator, &account, Role::Administrator).await?;
    ctx.commit().await?;
    say!("{id} is an administrator.");
    Ok(())
}

async fn reset(state: &AppState, id: &str) -> Result<(), Failure> {
    let identity = &state.services.identity;
    let found = accounts::find_by_login(&mut identity.store.read().await?, id).await?;
    let account = found.ok_or_else(|| Failure::Usage(format!("nobody has the Healthcare ID {id}")))?;
    let removed = accounts::reset(identity, &account.id, &parse("the password", &password()?)?).await?;
    say!("{id} has a new password, and every session of it has ended.");
    if removed {
        say!("Its two-step sign-in is off: it has to be set up again.");
    }
    Ok(())
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(what: &str, text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error| Failure::Usage(format!("{what}: {error}")))
}

/// The first line of standard input: an argument would show in the process list.
fn password() -> Result<String, Failure> {
    tell(format_args!("Password (one line on standard input):"));
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Failure::Input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
