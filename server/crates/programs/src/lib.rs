//! Programs: published interoperability offerings, each described by one file, parsed once and checked whole.
//!
//! No code names a program. What a program offers is what its file says; what FHIR means by a parameter is in
//! [`definitions`]. Knows no HTTP and no database.

pub mod definitions;
pub mod error;
pub mod guides;
mod load;
pub mod own;
pub mod path;
pub mod program;
pub mod resource;
pub mod scope;
pub mod sensitive;
pub mod support;
pub mod surface;
#[cfg(test)]
mod tests;
pub mod text;

use std::{path::Path, sync::Arc};

use definitions::Definitions;
use error::ProgramErrors;
use jiff::tz::TimeZone;
use model::{
    id::PayerId,
    partition::{Environment, Partition, ProgramId},
};
use program::{Payer, Program};

/// What no program file mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchProvider {
    #[error("this program does not exist")]
    Program,
    #[error("the program does not have this payer")]
    Payer,
    #[error("according to the program file, the payer does not have an identity provider in this environment")]
    Environment,
}

/// Every program of the deployment, in the order of their ids, and the search parameters they are made of.
#[derive(Clone, Debug)]
pub struct Programs {
    programs: Vec<Arc<Program>>,
    definitions: Arc<Definitions>,
}

impl Programs {
    /// The programs compiled into the binary.
    pub fn embedded() -> Result<Self, ProgramErrors> {
        load::programs(&load::embedded())
    }

    /// The programs of the `*.toml` files in a folder instead; every mistake of every file in one error.
    pub fn from_folder(folder: &Path) -> Result<Self, ProgramErrors> {
        load::programs(&load::folder(folder)?)
    }

    pub fn get(&self, id: &ProgramId) -> Option<&Arc<Program>> {
        self.programs.iter().find(|program| program.id == *id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Program>> {
        self.programs.iter()
    }

    /// The time zone of all these programs, where they have one in common; else that of the support hours, which the operator's
    /// people keep.
    pub fn zone<'p>(&self, of: impl IntoIterator<Item = &'p ProgramId>) -> TimeZone {
        let mut found = of.into_iter().filter_map(|id| self.get(id));
        let first = found.next();
        match first.filter(|first| found.all(|program| program.time_zone == first.time_zone)) {
            Some(program) => program.zone(),
            None => self.programs.first().map_or(TimeZone::UTC, |program| program.support.hours.zone()),
        }
    }

    /// Takes note that the deployment knows the provider of this payer in this environment: from here on its members sign
    /// in there. To be called before the programs are shared.
    pub fn configure_provider(&mut self, partition: &Partition, payer: &PayerId) -> Result<(), NoSuchProvider> {
        let program = self.programs.iter_mut().find(|program| program.id == partition.program);
        let program = program.and_then(Arc::get_mut).ok_or(NoSuchProvider::Program)?;
        let payer = program.payers.iter_mut().find(|known| known.id == *payer).ok_or(NoSuchProvider::Payer)?;
        let provider = payer.identity_provider.as_mut();
        let provider = provider.filter(|provider| provider.environments.contains(&partition.environment));
        provider.ok_or(NoSuchProvider::Environment)?.configured.insert(partition.environment);
        Ok(())
    }

    /// Payers whose members cannot sign in, because the deployment does not know their provider.
    pub fn without_provider(&self) -> impl Iterator<Item = (Partition, &Payer)> {
        self.programs.iter().flat_map(|program| {
            let partition = Partition::new(&program.id, Environment::Production);
            let lacking = program.payers.iter().filter(|payer| payer.lacks_provider(Environment::Production));
            lacking.map(move |payer| (partition.clone(), payer))
        })
    }

    /// The partitions that some surface serves: every program in each of its environments.
    pub fn partitions(&self) -> Vec<Partition> {
        let of = |program: &Arc<Program>| {
            program.environments.iter().map(|info| Partition::new(&program.id, info.environment)).collect::<Vec<_>>()
        };
        self.programs.iter().flat_map(of).collect()
    }

    /// What FHIR means by each parameter of each type.
    pub fn definitions(&self) -> &Arc<Definitions> {
        &self.definitions
    }
}
