//! Whether anything was saved: SQLite counts the commits of others than the connection that asks.

use store::{Ctx, sql};

use crate::oauth::site::Site;

/// One connection that only watches.
pub struct Watch(Ctx);

impl Watch {
    pub async fn over(site: &Site) -> Self {
        Self(site.state.services.store.read().await.unwrap())
    }

    /// Changes with every commit, whatever it saved.
    pub async fn state(&mut self) -> i64 {
        let (version,): (i64,) = sql("PRAGMA data_version").fetch_one(&mut self.0.tx).await.unwrap();
        version
    }
}
