//! Turns to write, between processes that share a SQLite file. SQLite itself lets the process write that asks at the right
//! moment, so one that writes all the time, such as a load, keeps the others waiting for seconds. Here a process that wants to
//! write holds a lock beside the database until its turn comes, and a process that has just written waits behind that lock.

use std::{
    ffi::OsString,
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
    time::Duration,
};

use tokio::time::{sleep, timeout};

use crate::pool::PATIENCE;

/// How often one that waits looks.
const LOOK: Duration = Duration::from_millis(2);

/// The place where processes queue. Without one, as where the file system knows no locks, all works as SQLite alone does.
#[derive(Clone, Debug)]
pub(crate) struct Turn(Option<Arc<File>>);

impl Turn {
    /// Beside the database's file, which is there.
    pub(crate) fn beside(database: &Path) -> Self {
        let mut path = OsString::from(database);
        path.push("-turn");
        let file = database.is_file().then(|| File::options().create(true).append(true).open(path).ok());
        Self(file.flatten().map(Arc::new))
    }

    /// Waits for all that want to write since before, but not for ever: one of them may be stopped.
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
            // Only a lock that is not held fails to be given back.
            let _ = file.unlock();
        }
    }
}
