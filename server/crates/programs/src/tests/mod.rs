//! Tests of the crate, by what they hold the files to.

mod ca;
mod guides;
mod idaho;
mod lookups;
mod mistakes;
mod places;
mod printed;

use std::sync::Arc;

use model::partition::ProgramId;

use crate::{Programs, program::Program};

fn program(id: &str) -> Arc<Program> {
    Programs::embedded().unwrap().get(&ProgramId::new(id)).unwrap().clone()
}
