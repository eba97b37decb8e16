//! The callers, and what they must not see.

use fhir::authority::Authority;

use super::{data::MEMBERS, random::Random, requests::Asked};
use crate::world::World;

pub struct Outsider {
    pub is_member: bool,
    pub authority: Authority,
    /// The marks that no answer may contain, except where the request did.
    pub foreign: Vec<&'static str>,
}

impl Outsider {
    /// A member with every scope or with some, or a caller without member data.
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

impl Asked {
    /// Whether it requests a further page.
    pub fn is_link(&self) -> bool {
        matches!(self, Self::Search { parameters, .. } if parameters.iter().any(|(name, _)| name == "_page"))
    }

    /// The same request with other texts.
    pub fn map(&self, text: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Search { kind, parameters, lenient } => {
                let parameters = parameters.iter().map(|(name, value)| (text(name), text(value))).collect();
                Self::Search { kind: kind.clone(), parameters, lenient: *lenient }
            }
            Self::Read { kind, id } => Self::Read { kind: kind.clone(), id: text(id) },
            Self::Vread { kind, id, version } => {
                Self::Vread { kind: kind.clone(), id: text(id), version: version.clone() }
            }
        }
    }
}
