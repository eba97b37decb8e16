//! `flex keys`: shows which keys sign tokens, and makes new ones ahead of schedule. It prints no secret.

use jiff::Timestamp;
use oauth::keys::{self, Listed};
use store::Store;

use crate::{Failure, cli, output::say, settings::Settings, state};

pub async fn run(command: cli::Keys, settings: Settings) -> Result<(), Failure> {
    let store = Store::new(state::connect(&settings).await?);
    if let cli::Keys::Rotate = command {
        rotate(&store, &settings).await?;
    }
    let listed = keys::list(&mut store.read().await?).await?;
    say!("{:<43}  {:<9}  {:>10}  {:>4}  {:<9}  signs", "id", "algorithm", "generation", "days", "state");
    for key in &listed {
        say!("{}", line(key, store.now()));
    }
    store.db.close().await;
    Ok(())
}

async fn rotate(store: &Store, settings: &Settings) -> Result<(), Failure> {
    let keys = keys::Keys::load(store, state::sealing_key(settings, store).await?).await?;
    match keys.rotate(store).await? {
        0 => say!("The next keys exist already.\n"),
        made => say!("{made} keys were made. They are published now and will sign later.\n"),
    }
    Ok(())
}

fn line(key: &Listed, now: Timestamp) -> String {
    let days = now.duration_since(key.created_at).as_hours() / 24;
    let signs = key.signs_at.strftime("%Y-%m-%dT%H:%M:%SZ");
    let Listed { id, algorithm, generation, .. } = key;
    format!("{id:<43}  {algorithm:<9}  {generation:>10}  {days:>4}  {:<9}  {signs}", key.state.as_str())
}
