//! `flex security`: prints how often attacks were seen, hour by hour, for an operator's alerts.

use jiff::SignedDuration;
use store::Store;

use crate::{Failure, output::say, settings::Settings, state};

/// Prints one line per hour and kind: when, what, how often.
pub async fn run(hours: u32, settings: Settings) -> Result<(), Failure> {
    let store = Store::new(state::connect(&settings).await?);
    let since = store.now() - SignedDuration::from_hours(hours.into());
    for (hour, action, seen) in audit::security::counts(&mut store.read().await?, since).await? {
        say!("{}  {action:<40}  {seen}", hour.strftime("%Y-%m-%dT%H:%M:%SZ"));
    }
    store.db.close().await;
    Ok(())
}
