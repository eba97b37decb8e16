//! The clinical part of a visit: an Encounter, a Condition when it is first found, and the provenance of both.

use super::{
    claim::Claim,
    condition, encounter,
    person::Member,
    provenance,
    visit::{Kind, Visit},
};
use crate::synthesize::{Resource, datatypes::Coding, world::World};

/// What a member's record contains so far: the diagnoses, each with its Condition's id.
#[derive(Default)]
pub struct Record(Vec<(&'static str, String)>);

impl Record {
    /// The Condition of the diagnosis, and whether it is new.
    fn condition(&mut self, member: &Member, code: &'static str) -> (String, bool) {
        if let Some((_, id)) = self.0.iter().find(|(known, _)| *known == code) {
            return (id.clone(), false);
        }
        let id = format!("condition-{}-{}", member.id, self.0.len() + 1);
        self.0.push((code, id.clone()));
        (id, true)
    }
}

/// The profiles of US Core 3.1.1, by the last word of their names.
macro_rules! profile {
    ($name:literal) => {
        &[concat!("http://hl7.org/fhir/us/core/StructureDefinition/us-core-", $name)]
    };
}
pub(super) use profile;

/// The clinical resources of a visit. A prescription has none: its author saw the member on another occasion.
pub fn of(world: &World, member: &Member, visit: &Visit, claim: &Claim, record: &mut Record) -> Vec<Resource> {
    let (Kind::Inpatient | Kind::Outpatient | Kind::Professional, Some(finding)) = (visit.kind, claim.findings.first())
    else {
        return Vec::new();
    };
    let practitioner = world.practitioner(claim.practitioner);
    let (id, new) = record.condition(member, finding.diagnosis.0);
    let meeting = encounter::Encounter {
        id: format!("encounter-{}-{}", member.id, visit.number),
        member,
        claim,
        setting: setting(visit.kind, claim),
        practitioner: &practitioner,
        condition: &id,
        reason: finding.diagnosis,
    };
    let mut targets = vec![(format!("Encounter/{}", meeting.id), claim.end)];
    let mut made = vec![encounter::resource(&meeting)];
    if new {
        targets.push((format!("Condition/{id}"), claim.start));
        made.push(condition::resource(&id, member, &meeting));
    }
    let id = format!("provenance-{}-{}", member.id, visit.number);
    made.extend(provenance::of_visit(world, &id, &meeting, targets));
    made
}

fn setting(kind: Kind, claim: &Claim) -> Coding {
    const CLASS: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    let (code, display) = match kind {
        Kind::Inpatient => ("IMP", "inpatient encounter"),
        _ if claim.lines.iter().any(|line| line.place.code == "23") => ("EMER", "emergency"),
        _ => ("AMB", "ambulatory"),
    };
    Coding { system: CLASS, code, display: Some(display) }
}
