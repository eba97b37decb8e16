//! The outcome of a claim, and how much its ExplanationOfBenefit details.

use super::cost::Decision;
use crate::synthesize::random::Random;

/// What the visit does not determine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub decision: Decision,
    pub in_network: bool,
    /// Institutional claims are adjudicated as a whole or line by line, never both.
    pub as_a_whole: bool,
    /// It replaces the previous claim.
    pub corrects: bool,
    /// It also gives details that few payers give: components of lines, additions by the payer, remaining benefits.
    pub in_full: bool,
}

/// Paid by line, in the network.
pub const PAID: Terms =
    Terms { decision: Decision::Paid, in_network: true, as_a_whole: false, corrects: false, in_full: false };

impl Terms {
    pub fn draw(number: u32, random: &mut Random) -> Self {
        let decision = match random.below(100) {
            0..8 => Decision::Denied,
            8..16 => Decision::PartiallyPaid,
            _ => Decision::Paid,
        };
        Self {
            decision,
            in_network: random.percent(88),
            as_a_whole: random.percent(40),
            corrects: 1 < number && random.percent(5),
            in_full: random.percent(4),
        }
    }

    pub const fn denied(self) -> Self {
        Self { decision: Decision::Denied, ..self }
    }

    pub const fn in_part(self) -> Self {
        Self { decision: Decision::PartiallyPaid, in_full: true, ..self }
    }

    pub const fn as_a_whole(self) -> Self {
        Self { as_a_whole: true, ..self }
    }

    pub const fn out_of_network(self) -> Self {
        Self { in_network: false, ..self }
    }

    pub const fn correcting(self) -> Self {
        Self { corrects: true, ..self }
    }
}
