//! The figures of the last minutes, because anyone may ask, and each answer reads the counters of half a year.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::SignedDuration;
use model::partition::ProgramId;
use programs::program::Program;
use store::Store;

use super::{Quality, measure};
use crate::failure::Failure;

/// How long figures are kept; browsers keep them as long.
pub const KEPT: SignedDuration = SignedDuration::from_mins(5);

/// Cheap to clone; all clones share what they know.
#[derive(Clone, Default)]
pub struct Cache(Arc<Mutex<HashMap<ProgramId, Arc<Quality>>>>);

impl Cache {
    /// The figures of the program, at most [`KEPT`] old.
    pub async fn get(&self, store: &Store, program: &Program) -> Result<Arc<Quality>, Failure> {
        let now = store.now();
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&program.id).cloned();
        // A clock that was set back makes none of them newer.
        let is_fresh = |known: &Arc<Quality>| known.as_of <= now && now < known.as_of + KEPT;
        if let Some(known) = known.filter(is_fresh) {
            return Ok(known);
        }
        let measured = Arc::new(measure(&mut store.read().await?, program).await?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(program.id.clone(), measured.clone());
        Ok(measured)
    }
}
