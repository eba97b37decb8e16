//! Who asks, and what they must not see.

use fhir::authority::Authority;

use super::{data::MEMBERS, random::Random};
use crate::world::World;

pub struct Outsider {
    pub is_member: bool,
    pub authority: Authority,
    /// The marks that no answer may have, but where the request had them.
    pub foreign: Vec<&'static str>,
}

impl Outsider {
    /// A member with every scope or with some, or somebody without member data.
    pub fn any(world: &World<'_>, random: &mut Random) -> Self {
        let scopes: Vec<&str> = world.program().scopes.iter().map(|scope| scope.name.as_str()).collect();
        let (own, authority) = match random.below(10) {
            0 => (None, world.public()),
            1 => (None, world.granted(None, &scopes)),
            2..4 => {
                let own = *random.of(&MEMBERS);
                let some: Vec<&str> = scopes.into_iter().filter(|_| random.percent(50)).collect();
                (Some(own), world.granted(Some(own), &some))
            }
            _ => {
                let own = *random.of(&MEMBERS);
                (Some(own), world.granted(Some(own), &scopes))
            }
        };
        Self {
            is_member: own.is_some(),
            authority,
            foreign: MEMBERS.into_iter().filter(|mark| Some(*mark) != own).collect(),
        }
    }
}
