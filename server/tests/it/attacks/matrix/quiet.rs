//! Detects whether anything was saved: SQLite counts the commits of other connections.

use store::{Ctx, Db, Options, Store, sql, testing::apart};

use crate::oauth::site::Site;

/// A connection that only watches, beside the server's connections.
pub struct Watch(Ctx);

impl Watch {
    pub async fn over(site: &Site) -> Self {
        let options = Options { url: site.test.url(), connections: 1 };
        let store = Store::new(Db::connect(&options).await.unwrap());
        Self(apart(store.read()).await.unwrap())
    }

    /// Changes with every commit, whatever it saved.
    pub async fn state(&mut self) -> i64 {
        let (version,): (i64,) = sql("PRAGMA data_version").fetch_one(&mut self.0.tx).await.unwrap();
        version
    }
}
