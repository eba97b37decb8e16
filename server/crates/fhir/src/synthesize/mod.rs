//! Synthetic data: a provider directory and members with claims, as realistic as a seed can make them.
//!
//! The same [`Input`] gives the same bytes, on any machine and at any time. Resources are made one after another, so a
//! million take as little memory as one. They conform to Plan-Net 1.0.0, CARIN Blue Button 1.1.0 and, for some members,
//! 2.0.0, and US Core 3.1.1. A small fixed part ([`example`]) answers the example requests that the programs print.

mod datatypes;
mod directory;
mod example;
mod facility;
mod history;
mod json;
mod member;
mod name;
mod npi;
mod place;
mod random;
pub mod region;
pub mod sandbox;
mod specialty;
#[cfg(test)]
mod tests;
mod world;

use programs::program::Program;

use self::{region::Region, world::World};

/// What to make.
#[derive(Clone, Debug)]
pub struct Input {
    pub seed: u64,
    /// How many members, besides the examples.
    pub members: u32,
    /// How many practitioners, besides the examples; there are about three times as many resources in the directory.
    pub providers: u32,
    /// The region where they live.
    pub region: &'static Region,
    /// The insurers of the members, which also publish the directory.
    pub payers: Vec<Payer>,
    /// The resource types to make: those that the program offers.
    pub types: Vec<String>,
    /// Whether to make the fixed resources that the example requests in some programs' documents ask for.
    pub printed: bool,
}

impl Input {
    /// The input for a program: its region, its payers and the types that it offers.
    pub fn of(program: &Program, members: u32, providers: u32, seed: u64) -> Self {
        let payers =
            program.payers.iter().map(|payer| Payer { id: payer.id.as_str().to_owned(), name: payer.name.clone() });
        let types = program.resources.iter().map(|resource| resource.kind.clone());
        let printed = program.sandbox.printed_resources;
        Self {
            seed,
            members,
            providers,
            region: Region::meant(&program.region),
            payers: payers.collect(),
            types: types.collect(),
            printed,
        }
    }
}

/// A payer; its Organization has its id.
#[derive(Clone, Debug)]
pub struct Payer {
    pub id: String,
    pub name: String,
}

/// A generated resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its FHIR type.
    pub kind: &'static str,
    /// Without line breaks, as NDJSON requires.
    pub json: String,
}

impl Resource {
    fn new(kind: &'static str, value: impl json::Json) -> Self {
        Self { kind, json: json::text(value) }
    }
}

/// Why nothing can be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("synthetic data needs at least one payer")]
    NoPayer,
    #[error("members need providers that their claims can name: ask for at least one")]
    NoProviders,
    #[error("at most {MOST} members and {MOST} providers are possible")]
    TooMany,
}

/// With more, the identifiers would run out.
const MOST: u32 = 40_000_000;

/// Earlier versions of some of the input's resources. Load them before [`resources`], into a store that contains
/// neither. Then some resources have a history, and references to a version (`…/_history/1`) can be resolved.
pub fn earlier_versions(input: &Input) -> Vec<Resource> {
    history::versions(input)
}

/// All resources of the input, targets of references first.
pub fn resources(input: Input) -> Result<impl Iterator<Item = Resource> + Send, Error> {
    if input.payers.is_empty() {
        return Err(Error::NoPayer);
    }
    if input.members > 0 && input.providers == 0 {
        return Err(Error::NoProviders);
    }
    if MOST < input.members.max(input.providers) {
        return Err(Error::TooMany);
    }
    let types = input.types.clone();
    let world = World::new(input);
    let members = world.clone();
    let resources = directory::resources(world).chain(member::resources(members));
    Ok(resources.filter(move |resource| types.iter().any(|kind| kind == resource.kind)))
}
