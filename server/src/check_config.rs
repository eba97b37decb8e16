//! `flex check-config`: sets up what `flex serve` sets up, until the first request, and changes nothing. Whatever stops
//! one stops the other.

use std::{io::ErrorKind, net::TcpListener, path::Path, sync::Arc};

use fhir::engine::Engine;
use mail::mailer::Mailer;
use oauth::keys::Keys;
use store::{Db, Store, sql};

use crate::{Failure, output::say, payers, private, settings::Settings, state};

/// Prints what the settings and the program files amount to. Connects to nothing if `offline`.
pub async fn run(settings: &Settings, offline: bool) -> Result<(), Failure> {
    let mut programs = state::programs(settings)?;
    let known = payers::known(settings, &mut programs)?;
    say!("listen      {}\npublic_url  {}", settings.listen, settings.public_url);
    for surface in programs.surfaces(&settings.public_url) {
        say!("{:<11} {:?} {}", surface.program, surface.kind, surface.base());
    }
    for provider in &known.providers {
        let (home, issuer) = (&provider.home, provider.issuer.as_str());
        say!("{:<11} {} signs in at {issuer}", home.partition, home.payer);
        let redirect_uri = ::payers::redirect_uri(&settings.public_url, home);
        say!("{:<11} {} redirect_uri {redirect_uri}", home.partition, home.payer);
    }
    for hook in &known.code_hooks {
        let channels: Vec<&str> = hook.channels.iter().map(|channel| channel.as_str()).collect();
        let (home, channels) = (&hook.home, channels.join(" and "));
        say!("{:<11} {} sends codes by {channels} from {}", home.partition, home.payer, hook.url);
    }
    for missing in payers::missing(&programs) {
        say!("warning     {missing}");
    }
    payers::services(settings, known)?;
    check_mail(settings)?;
    check_places(settings)?;
    check_listen(settings)?;
    if offline {
        say!("database    not checked: --offline");
    } else {
        check_database(settings, Arc::new(programs)).await?;
    }
    say!("all is well");
    Ok(())
}

/// Without its folder, which the start creates: only the sender can be wrong.
fn check_mail(settings: &Settings) -> Result<(), Failure> {
    let from = &settings.mail.from;
    match &settings.mail.smtp {
        Some(url) => Mailer::smtp(from, url)?,
        None => Mailer::folder(from, Path::new("."))?,
    };
    Ok(())
}

fn check_places(settings: &Settings) -> Result<(), Failure> {
    if settings.data.exists() && !settings.data.is_dir() {
        return Err(Failure::Folder(settings.data.clone(), ErrorKind::NotADirectory.into()));
    }
    let nearest = settings.data.ancestors().map(|folder| if folder == Path::new("") { Path::new(".") } else { folder });
    if let Some(nearest) = nearest.into_iter().find(|folder| folder.exists()) {
        let writable = rustix::fs::access(nearest, rustix::fs::Access::WRITE_OK);
        writable.map_err(|error| Failure::Folder(settings.data.clone(), error.into()))?;
    }
    for open in private::check(settings)? {
        say!("open        to others; the start will restrict {open}");
    }
    Ok(())
}

/// The server that this one replaces may still use the address. Another process that uses it stops the start.
fn check_listen(settings: &Settings) -> Result<(), Failure> {
    match TcpListener::bind(settings.listen) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            say!("listen      {} is in use; is a server running already?", settings.listen);
            Ok(())
        }
        Err(error) => Err(Failure::Listen(settings.listen, error)),
    }
}

async fn check_database(settings: &Settings, programs: Arc<programs::Programs>) -> Result<(), Failure> {
    let shown = settings.shown_database_url();
    let failed = |error| Failure::Connect(shown.clone(), error);
    let Some(db) = Db::connect_existing(&state::options(settings)).await.map_err(failed)? else {
        say!("database    {shown} will be created at the start");
        return Ok(());
    };
    let store = Store::new(db);
    let schema = store.db.schema().await.map_err(failed)?;
    match (schema.missing.len(), schema.newer.len()) {
        (0, 0) => say!("database    {shown} is up to date"),
        (0, newer) => say!("database    {shown} is newer by {newer} migrations, with which this program works"),
        (missing, _) => say!("database    {shown} needs {missing} migrations, which the start applies"),
    }
    if schema.missing.is_empty() {
        check_contents(settings, &store, programs).await?;
    }
    store.db.close().await;
    Ok(())
}

/// Reads what a start reads, with the tables that it knows.
async fn check_contents(settings: &Settings, store: &Store, programs: Arc<programs::Programs>) -> Result<(), Failure> {
    if let Some(key) = state::existing_sealing_key(settings, store).await? {
        Keys::check(&mut store.read().await?, key).await?;
    }
    Engine::new(store.clone(), programs).await?;
    // Rolled back: this only checks whether the database can be written to.
    let mut ctx = store.write().await?;
    sql("UPDATE readiness SET tried_at = tried_at").execute(&mut ctx.tx).await?;
    Ok(())
}
