//! Hashes passwords with argon2id, a few at a time, on threads that give way to those that serve requests. So a flood of
//! sign-ins slows down only sign-ins. Strangers have a queue of their own; people who have signed in before go first.

use std::{sync::Arc, thread};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use model::password::Password;
use tokio::sync::{Semaphore, oneshot};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_IN_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many may wait for each that is being hashed: a second or two of waiting.
const QUEUE: usize = 32;
const SALT_LENGTH: usize = 16;
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Hashes and compares. Cheap to clone; all clones share the same places.
#[derive(Clone)]
pub struct Hasher {
    /// Those that are being hashed.
    places: Arc<Semaphore>,
    /// Strangers that are being hashed or are next: people who go first wait for these at most.
    strangers: Arc<Semaphore>,
    /// Strangers that are being hashed or wait.
    queue: Arc<Semaphore>,
    /// The same for those who go first.
    ahead: Arc<Semaphore>,
    goes_ahead: bool,
}

impl Hasher {
    /// `parallel`: how many passwords are hashed at once, each with a thread and 19 MiB of its own; at least one.
    pub fn new(parallel: usize) -> Self {
        let parallel = parallel.max(1);
        let [places, strangers] = [parallel, parallel].map(|permits| Arc::new(Semaphore::new(permits)));
        let [queue, ahead] = [QUEUE, QUEUE].map(|waiting| Arc::new(Semaphore::new(parallel * waiting)));
        Self { places, strangers, queue, ahead, goes_ahead: false }
    }

    /// For people who have proved before who they are: they wait in a queue of their own, ahead of all strangers.
    #[must_use]
    pub fn ahead(&self) -> Self {
        Self { goes_ahead: true, ..self.clone() }
    }

    /// The PHC string to keep. [`Error::Busy`] if too many already wait.
    pub async fn hash(&self, password: &Password, salt: [u8; SALT_LENGTH]) -> Result<String> {
        let password = Zeroizing::new(password.expose().to_owned());
        self.run(move || hash(&password, &salt)).await?
    }

    /// Whether what was typed is the password. Takes equally long if the account does not exist, and is then always false.
    pub async fn verify(&self, typed: &str, hash: Option<String>) -> Result<bool> {
        let typed = Zeroizing::new(Password::normalize(typed));
        self.run(move || match hash {
            Some(hash) => verify(&typed, &hash),
            None => self::hash(&typed, &[0; SALT_LENGTH]).map(|_| false),
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        store::assert_nothing_lent();
        let queue = if self.goes_ahead { &self.ahead } else { &self.queue };
        let queued = queue.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let stranger = match self.goes_ahead {
            true => None,
            false => Some(self.strangers.clone().acquire_owned().await.map_err(|_| Error::Busy)?),
        };
        let place = self.places.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        let (done, result) = oneshot::channel();
        // Starting a thread costs a thousandth of the hash, and a separate thread can have a lower priority than all others.
        let thread = thread::Builder::new().name("hasher".to_owned()).spawn(move || {
            // Released when the work is done, even if the caller has gone away meanwhile.
            let _held = (queued, stranger, place);
            give_way();
            let _ = done.send(work());
        });
        thread.map_err(|error| Error::Hash(error.to_string()))?;
        result.await.map_err(|_| Error::Hash("the thread ended before its work".to_owned()))
    }
}

/// On a busy machine this thread gets about a tenth of the time of any other. On systems other than Linux this would lower
/// the priority of the whole process.
#[cfg(target_os = "linux")]
fn give_way() {
    use rustix::process::{getpriority_process, setpriority_process};
    // If it fails, sign-ins are as quick as everything else.
    let _ = getpriority_process(None).and_then(|own| setpriority_process(None, own.max(NICE)));
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_IN_KIB, PASSES, LANES, None).map_err(|error| Error::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let hash: PasswordHash =
        argon2()?.hash_password_with_salt(password.as_bytes(), salt).map_err(|error| Error::Hash(error.to_string()))?;
    Ok(hash.to_string())
}

fn verify(typed: &str, hash: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| Error::Hash(error.to_string()))?;
    match argon2()?.verify_password(typed.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(Error::Hash(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;

    #[tokio::test]
    async fn a_flood_is_refused_beyond_what_can_wait() {
        let hasher = Hasher::new(1);
        let results = join_all((0..QUEUE + 8).map(|_| hasher.verify("a flood", None))).await;
        assert_eq!(results.iter().filter(|result| matches!(result, Ok(false))).count(), QUEUE);
        assert_eq!(results.iter().filter(|result| matches!(result, Err(Error::Busy))).count(), 8);
        assert!(hasher.verify("afterwards", None).await.is_ok());
    }

    #[tokio::test]
    async fn whoever_was_here_before_goes_first_and_is_never_too_many_for_strangers_sake() {
        let hasher = Hasher::new(1);
        let ended = std::sync::Mutex::new(Vec::new());
        let hash = async |hasher: Hasher, who: &'static str| {
            hasher.verify("a flood", None).await.unwrap();
            ended.lock().unwrap().push(who);
        };
        let flood = join_all((0..QUEUE).map(|_| hash(hasher.clone(), "stranger")));
        futures::future::join(flood, hash(hasher.ahead(), "owner")).await;
        let ended = ended.into_inner().unwrap();
        assert!(ended.iter().position(|who| *who == "owner").unwrap() <= 1, "{ended:?}");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn hashing_gives_way_and_what_comes_after_does_not() {
        let priority = || rustix::process::getpriority_process(None).unwrap();
        let own = priority();
        assert_eq!(Hasher::new(1).run(priority).await.unwrap(), NICE.max(own));
        assert_eq!(tokio::task::spawn_blocking(priority).await.unwrap(), own);
    }

    #[tokio::test]
    async fn a_hash_says_how_it_was_made_and_fits_one_password() {
        let hasher = Hasher::new(1);
        let hash = hasher.hash(&"correct horse battery".parse().unwrap(), [7; SALT_LENGTH]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify("correct horse battery", Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify("correct horse Battery", Some(hash)).await.unwrap());
    }
}
