//! Who may act for a member, and why.

use crate::form::{Code, field::Field};

words! {
    /// Who says that an account may act for a member.
    Source {
        /// The payer's own provider, at each sign-in.
        Feed = "feed",
        Administrator = "administrator",
        ..Unknown
    }
}

words! {
    /// What an administrator has seen.
    Evidence {
        CourtOrder = "court-order",
        PowerOfAttorney = "power-of-attorney",
        ParentOfMinor = "parent-of-minor",
        Executor = "executor",
        Other = "other",
        ..Unknown
    }
}

impl Field for Evidence {
    fn read(typed: &str) -> Result<Self, Code> {
        if typed.is_empty() { Err(Code::Required) } else { typed.parse() }
    }
}

words! {
    /// Why someone may no longer act for a member.
    Ending {
        Administrator = "administrator",
        /// The payer's provider no longer says so.
        Feed = "feed",
        Time = "time",
        /// The payer no longer has the member.
        MemberLeft = "member-left",
        ..Unknown
    }
}
