//! The members of every sandbox, for the documentation. The code that makes them also describes them, so the
//! description is always right.

use std::collections::BTreeMap;

use jiff::civil::Date;
use programs::program::Program;

use super::{Input, example, member::visit::Kind, world::World};

/// What a developer needs to know about a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxMember {
    /// The Patient's id.
    pub id: &'static str,
    pub name: String,
    pub birth_date: Date,
    /// The number on the card.
    pub member_id: String,
    pub payer: String,
    /// The case that the member is an example of.
    pub purpose: &'static str,
    /// The version of CARIN Blue Button that the claims follow.
    pub guide: &'static str,
    /// How many claims of each kind, in the order of the kinds.
    pub claims: Vec<(&'static str, usize)>,
    /// If the program has a cut-off: the day, and how many of the claims ended before it.
    pub withheld: Option<(Date, usize)>,
    /// Visits with a clinical record.
    pub encounters: usize,
    pub immunizations: usize,
}

impl SandboxMember {
    /// The types of which there is something to read; the coverage alone for someone without claims.
    pub fn kinds(&self) -> Vec<&'static str> {
        let claims: usize = self.claims.iter().map(|(_, count)| count).sum();
        let kinds = [
            ("ExplanationOfBenefit", claims),
            ("Encounter", self.encounters),
            ("Immunization", self.immunizations),
            ("Coverage", usize::from(claims == 0)),
        ];
        kinds.into_iter().filter(|(_, count)| 0 < *count).map(|(kind, _)| kind).collect()
    }
}

/// The members that are part of all data that is made for the program.
pub fn sandbox(program: &Program) -> Vec<SandboxMember> {
    let world = World::new(Input::of(program, 1, 1, 1));
    let claims = program.resource("ExplanationOfBenefit");
    let cut_off = claims.and_then(|claims| claims.cut_off.as_ref()).map(|cut_off| cut_off.since);
    example::planned().iter().map(|planned| known(&world, planned, cut_off)).collect()
}

fn known(world: &World, planned: &example::Planned, cut_off: Option<Date>) -> SandboxMember {
    let member = planned.member(world);
    let claims = planned.script.claims(planned.edition);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    claims.iter().for_each(|claim| *kinds.entry(claim.0).or_default() += 1);
    let met = |kind: &Kind| matches!(kind, Kind::Inpatient | Kind::Outpatient | Kind::Professional);
    let counted = |kind: &str, count: usize| if world.makes(kind) { count } else { 0 };
    SandboxMember {
        id: planned.id,
        name: format!("{} {}", planned.given, planned.family),
        birth_date: planned.born,
        member_id: member.member_id(),
        payer: member.payer.name.clone(),
        purpose: planned.purpose,
        guide: planned.edition.choose(["1.1.0", "2.0.0"]),
        withheld: cut_off.map(|since| (since, claims.iter().filter(|claim| claim.1 < since).count())),
        encounters: counted("Encounter", claims.iter().filter(|claim| met(&claim.0)).count()),
        immunizations: counted("Immunization", example::vaccinations(planned.id).len()),
        claims: kinds.into_iter().map(|(kind, count)| (kind.name(), count)).collect(),
    }
}
