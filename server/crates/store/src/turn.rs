//! A queue of writers between processes that share a SQLite file. SQLite itself gives the write lock to the first
//! process that asks at the right moment, so a process that writes all the time, such as a load, would keep the others
//! waiting for seconds. Therefore a process that wants to write holds a file lock next to the database until it may,
//! and a process that has just written must queue behind it.

use std::{
    ffi::OsString,
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::time::{sleep, timeout};

use crate::pool::PATIENCE;

/// How often a waiting process tries again.
const LOOK: Duration = Duration::from_millis(2);

/// The file on which processes queue. Without it, if the file system does not support locks, SQLite's own behavior
/// remains.
#[derive(Clone, Debug)]
pub(crate) struct Turn(Option<Arc<File>>);

impl Turn {
    /// Next to the database's file, if that exists.
    pub(crate) fn beside(database: &Path) -> Self {
        let mut path = OsString::from(database);
        path.push("-turn");
        let file = database.is_file().then(|| File::options().create(true).append(true).open(path).ok());
        Self(file.flatten().map(Arc::new))
    }

    /// Waits for all that queued before, but not forever: one of them may be stopped.
    pub(crate) async fn take(&self) -> Taken {
        let Some(file) = &self.0 else { return Taken(None) };
        let lock = async {
            loop {
                match file.try_lock() {
                    Ok(()) => return Taken(Some(file.clone())),
                    Err(TryLockError::WouldBlock) => sleep(LOOK).await,
                    Err(TryLockError::Error(_)) => return Taken(None),
                }
            }
        };
        timeout(PATIENCE, lock).await.unwrap_or(Taken(None))
    }
}

/// Others wait until it is dropped.
pub(crate) struct Taken(Option<Arc<File>>);

impl Drop for Taken {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            // Unlocking fails only if the lock is not held.
            let _ = file.unlock();
        }
    }
}
