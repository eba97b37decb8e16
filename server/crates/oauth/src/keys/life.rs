//! A key's life: it is made and published ahead of time, then signs, then only verifies, and is finally retired and erased.

use std::time::Duration;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::{SignedDuration, Timestamp};
use store::Store;

use super::{
    Algorithm, Error, Keys, Unusable, context,
    pair::{self, Pair},
    table::{self, New},
};

/// How long others may keep the published keys.
pub const PUBLISHED_TTL: SignedDuration = SignedDuration::from_mins(5);

/// How often every process reads the table.
pub const REFRESH: Duration = Duration::from_secs(30);

/// The time from making a key until it signs. By then every process publishes it, and anyone who fetched the keys just before that
/// has fetched them again.
const LEAD: SignedDuration = SignedDuration::from_mins(10);

/// How far apart the clocks of two nodes may be. One may still sign with the old key when the other no longer does.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// How long keys live.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    /// We replace a key that has signed for this long.
    pub signs_for: SignedDuration,
    /// The longest that a token of any program lives.
    pub longest_token: SignedDuration,
}

impl Keys {
    /// One round of a worker: reads the table, retires keys that are no longer needed, and makes successors of old ones.
    pub async fn turn(&self, store: &Store, life: &Life) -> Result<(), Error> {
        let now = self.read(store).await?;
        let by = now - life.longest_token - SKEW;
        if self.set().is_succeeded(by) {
            retire(store, by).await?;
        }
        for algorithm in Algorithm::ALL {
            self.succeed(store, algorithm, now - life.signs_for, Actor::System).await?;
        }
        self.read(store).await?;
        Ok(())
    }

    /// Makes the next key of each algorithm, unless one already waits. Returns how many were made.
    pub async fn rotate(&self, store: &Store) -> Result<usize, Error> {
        let now = self.read(store).await?;
        let mut made = 0;
        for algorithm in Algorithm::ALL {
            made += usize::from(self.succeed(store, algorithm, now, Actor::Operator).await?);
        }
        self.read(store).await?;
        Ok(made)
    }

    async fn read(&self, store: &Store) -> Result<Timestamp, Error> {
        let mut ctx = store.read().await?;
        self.refresh(&mut ctx).await?;
        Ok(ctx.now)
    }

    pub(super) async fn make_first(&self, store: &Store, algorithm: Algorithm) -> Result<(), Error> {
        let new = self.new_key(algorithm, 1)?;
        let mut ctx = store.write().await?;
        let now = ctx.now;
        table::insert(&mut ctx, &new, now).await?;
        Ok(ctx.commit().await?)
    }

    /// Makes the next key if the newest began to sign by then. Returns whether this process made it.
    async fn succeed(&self, store: &Store, algorithm: Algorithm, by: Timestamp, actor: Actor) -> Result<bool, Error> {
        let Some(generation) =
            self.set().newest(algorithm).filter(|newest| newest.signs_at <= by).map(|newest| newest.generation)
        else {
            return Ok(false);
        };
        // Making an RSA key takes a while. It happens before the transaction, so that no one waits for it.
        let new = self.new_key(algorithm, generation + 1)?;
        let mut ctx = store.write().await?;
        let signs_at = ctx.now + LEAD;
        let made = table::insert(&mut ctx, &new, signs_at).await?;
        if made {
            let event = Event::new(actor, Action::SigningKeyRotated, "signing_key", &new.id);
            log::record(&mut ctx, &event.with("algorithm", algorithm.as_str())).await?;
        }
        ctx.commit().await?;
        Ok(made)
    }

    fn new_key(&self, algorithm: Algorithm, generation: i64) -> Result<New, Error> {
        let private = pair::generate(algorithm)?;
        let id = Pair::new(algorithm, &private)?.id;
        let private_key = self.sealing.seal(&context(&id, algorithm), &private).map_err(|_| Unusable)?;
        Ok(New { id, algorithm, generation, private_key })
    }
}

async fn retire(store: &Store, by: Timestamp) -> Result<(), Error> {
    let mut ctx = store.write().await?;
    for id in table::retire(&mut ctx, by).await? {
        log::record(&mut ctx, &Event::new(Actor::System, Action::SigningKeyRetired, "signing_key", &id)).await?;
    }
    Ok(ctx.commit().await?)
}
