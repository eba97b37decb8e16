//! `flex check-config`, and the administrators' page of the configuration: sets up what `flex serve` sets up, until the first
//! request, and changes nothing. Whatever stops one stops the other.

use std::{future::Future, io::ErrorKind, net::TcpListener, path::Path, pin::Pin, sync::Arc};

use app::diagnosis::{Diagnosed, Diagnosis};
use fhir::engine::Engine;
use jiff::Timestamp;
use mail::mailer::Mailer;
use oauth::keys::Keys;
use store::{Db, Store, sql};

use crate::{Failure, output, payers, private, settings::Settings, state};

/// Prints what the settings and the program files amount to. Connects to nothing if `offline`.
pub async fn run(settings: &Settings, offline: bool) -> Result<(), Failure> {
    check(settings, offline, &mut |line| output::line(format_args!("{line}"))).await
}

/// The same for the page, of a server that runs.
pub struct Running {
    settings: Settings,
    started_at: Timestamp,
}

impl Running {
    pub fn new(settings: &Settings, started_at: Timestamp) -> Self {
        Self { settings: settings.clone(), started_at }
    }
}

impl Diagnosis for Running {
    fn run(&self) -> Pin<Box<dyn Future<Output = Diagnosed> + Send + '_>> {
        Box::pin(async {
            let mut lines = Vec::new();
            let checked = check(&self.settings, false, &mut |line| lines.extend(line.lines().map(str::to_owned))).await;
            Diagnosed {
                lines,
                problem: checked.err().map(|failure| failure.to_string()),
                version: env!("CARGO_PKG_VERSION"),
                process: std::process::id(),
                started_at: self.started_at,
                file: self.settings.file.as_ref().map(|file| file.display().to_string()),
            }
        })
    }
}

/// Takes a line, or several.
type Say<'a> = &'a mut (dyn FnMut(String) + Send);

/// Passes the same lines to `say`, whose text contains no secret.
async fn check(settings: &Settings, offline: bool, say: Say<'_>) -> Result<(), Failure> {
    let mut programs = state::programs(settings)?;
    let known = payers::known(settings, &mut programs)?;
    say(format!("listen      {}\npublic_url  {}", settings.listen, settings.public_url));
    for surface in programs.surfaces(&settings.public_url) {
        say(format!("{:<11} {:?} {}", surface.program, surface.kind, surface.base()));
    }
    for provider in &known.providers {
        let (home, issuer) = (&provider.home, provider.issuer.as_str());
        say(format!("{:<11} {} signs in at {issuer}", home.partition, home.payer));
        let redirect_uri = ::payers::redirect_uri(&settings.public_url, home);
        say(format!("{:<11} {} redirect_uri {redirect_uri}", home.partition, home.payer));
    }
    for hook in &known.code_hooks {
        let channels: Vec<&str> = hook.channels.iter().map(|channel| channel.as_str()).collect();
        let (home, channels) = (&hook.home, channels.join(" and "));
        say(format!("{:<11} {} sends codes by {channels} from {}", home.partition, home.payer, hook.url));
    }
    for missing in payers::missing(&programs) {
        say(format!("warning     {missing}"));
    }
    payers::services(settings, known)?;
    check_mail(settings)?;
    check_places(settings, say)?;
    check_listen(settings, say)?;
    if offline {
        say("database    not checked: --offline".to_owned());
    } else {
        check_database(settings, Arc::new(programs), say).await?;
    }
    say("all is well".to_owned());
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

fn check_places(settings: &Settings, say: Say<'_>) -> Result<(), Failure> {
    if settings.data.exists() && !settings.data.is_dir() {
        return Err(Failure::Folder(settings.data.clone(), ErrorKind::NotADirectory.into()));
    }
    let nearest = settings.data.ancestors().map(|folder| if folder == Path::new("") { Path::new(".") } else { folder });
    if let Some(nearest) = nearest.into_iter().find(|folder| folder.exists()) {
        let writable = rustix::fs::access(nearest, rustix::fs::Access::WRITE_OK);
        writable.map_err(|error| Failure::Folder(settings.data.clone(), error.into()))?;
    }
    for open in private::check(settings)? {
        say(format!("open        to others; the start will restrict {open}"));
    }
    Ok(())
}

/// The server that this one replaces may still use the address. Another process that uses it stops the start.
fn check_listen(settings: &Settings, say: Say<'_>) -> Result<(), Failure> {
    match TcpListener::bind(settings.listen) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            say(format!("listen      {} is in use; is a server running already?", settings.listen));
            Ok(())
        }
        Err(error) => Err(Failure::Listen(settings.listen, error)),
    }
}

async fn check_database(settings: &Settings, programs: Arc<programs::Programs>, say: Say<'_>) -> Result<(), Failure> {
    let shown = settings.shown_database_url();
    let failed = |error| Failure::Connect(shown.clone(), error);
    let Some(db) = Db::connect_existing(&state::options(settings)).await.map_err(failed)? else {
        say(format!("database    {shown} will be created at the start"));
        return Ok(());
    };
    let store = Store::new(db);
    let schema = store.db.schema().await.map_err(failed)?;
    match (schema.missing.len(), schema.newer.len()) {
        (0, 0) => say(format!("database    {shown} is up to date")),
        (0, newer) => say(format!("database    {shown} is newer by {newer} migrations, with which this program works")),
        (missing, _) => say(format!("database    {shown} needs {missing} migrations, which the start applies")),
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
