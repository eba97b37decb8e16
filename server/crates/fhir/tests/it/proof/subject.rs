//! The callers: the public, and members with every scope.

use fhir::authority::Authority;
use programs::resource::Access;

use super::{
    data::corners,
    oracle::{Oracle, Owner},
};
use crate::world::World;

pub struct Subject {
    pub authority: Authority,
    pub patient: Option<String>,
}

/// How many members search; more would only repeat the result.
const MEMBERS: usize = 1;

impl Subject {
    /// The public, the member with the most data, and the member of the corner cases.
    pub fn all(world: &World<'_>, oracle: &Oracle) -> Vec<Self> {
        let mut subjects = vec![Self { authority: world.public(), patient: None }];
        let patients = oracle.held.iter().filter(|held| held.kind == "Patient");
        let mut patients: Vec<(usize, &str)> = patients
            .map(|patient| {
                let owner = Owner::Member(patient.id.clone());
                (oracle.held.iter().filter(|held| held.owner == owner).count(), patient.id.as_str())
            })
            .collect();
        patients.sort_by(|a, b| b.cmp(a));
        let scopes: Vec<&str> = world.program().scopes.iter().map(|scope| scope.name.as_str()).collect();
        let is_asked = |(index, (_, id)): &(usize, (usize, &str))| *index < MEMBERS || *id == corners::MEMBER;
        subjects.extend(
            patients
                .into_iter()
                .enumerate()
                .filter(is_asked)
                .map(|(_, (_, id))| Self { authority: world.granted(Some(id), &scopes), patient: Some(id.to_owned()) }),
        );
        subjects
    }

    pub fn patient(&self) -> Option<&str> {
        self.patient.as_deref()
    }

    /// Members search their own data, the public searches the directory.
    pub fn asks_for(&self, world: &World<'_>, kind: &str) -> bool {
        let access = world.program().resource(kind).map(|resource| resource.access);
        access == Some(if self.patient.is_some() { Access::Member } else { Access::Directory })
    }
}
