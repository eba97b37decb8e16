//! Whose data an app may read. One account may be several people, in several programs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fhir::members;
use model::{id::PatientId, partition::Partition};
use oauth::grants::member::Connection;
use store::Ctx;

use crate::{components::summary::Fact, failure::Failure, locale::Locale, texts::consent::WHOSE_DATA};

/// The names of the people that connections are about.
pub struct Names(HashMap<(Partition, PatientId), String>);

impl Names {
    /// One statement for each program and environment, however many people there are.
    pub async fn of(ctx: &mut Ctx, connections: &[Connection]) -> Result<Self, Failure> {
        let mut people: BTreeMap<Partition, BTreeSet<PatientId>> = BTreeMap::new();
        for (partition, patient) in connections.iter().filter_map(key) {
            people.entry(partition).or_default().insert(patient);
        }
        let mut names = HashMap::new();
        for (partition, patients) in people {
            let patients: Vec<PatientId> = patients.into_iter().collect();
            let found = members::names(ctx, &partition, &patients).await?;
            names.extend(found.into_iter().map(|(patient, name)| ((partition.clone(), patient), name)));
        }
        Ok(Self(names))
    }

    /// The person's name. `None` if the access is not about a person's record, or if the record no longer exists.
    pub fn find(&self, connection: &Connection) -> Option<&str> {
        self.0.get(&key(connection)?).map(String::as_str)
    }

    /// Whether there is more than one person to tell apart.
    pub fn are_several(&self) -> bool {
        1 < self.0.len()
    }

    pub fn fact(&self, connection: &Connection, locale: Locale) -> Option<Fact> {
        let name = self.find(connection)?.to_owned();
        Some(Fact::new(WHOSE_DATA.of(locale), name))
    }
}

fn key(connection: &Connection) -> Option<(Partition, PatientId)> {
    Some((connection.grant.partition.clone(), connection.grant.patient.clone()?))
}
