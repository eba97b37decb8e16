//! The states of an organization.

use crate::decision::{NotAllowed, Outcome};

words! {
    OrganizationStatus {
        PendingReview = "pending_review",
        /// The reviewer asked a question; the owner's answer sends it back to review.
        InformationAsked = "information_asked",
        Approved = "approved",
        Denied = "denied",
        /// Blocked by an administrator after approval; its apps do not work.
        Suspended = "suspended",
        /// Revoked by an administrator for good.
        Revoked = "revoked",
        ..Unknown
    }
}

impl OrganizationStatus {
    /// A reviewer's decision; only what is under review can be decided.
    pub fn decide(self, outcome: Outcome) -> Result<Self, NotAllowed> {
        match (self, outcome) {
            (Self::PendingReview, Outcome::Approved) => Ok(Self::Approved),
            (Self::PendingReview, Outcome::Denied) => Ok(Self::Denied),
            (Self::PendingReview, Outcome::InformationAsked) => Ok(Self::InformationAsked),
            _ => Err(NotAllowed),
        }
    }

    /// Whether its owner can send a registration: what was approved gets a change that waits, anything else goes to review.
    pub fn may_be_edited(self) -> bool {
        self.is_approved() || self.resubmit().is_ok()
    }

    /// The owner changed the registration. One that was asked about or denied goes back to review.
    pub fn resubmit(self) -> Result<Self, NotAllowed> {
        match self {
            Self::PendingReview | Self::InformationAsked | Self::Denied => Ok(Self::PendingReview),
            Self::Approved | Self::Suspended | Self::Revoked | Self::Unknown => Err(NotAllowed),
        }
    }

    pub fn block(self) -> Result<Self, NotAllowed> {
        if self == Self::Approved { Ok(Self::Suspended) } else { Err(NotAllowed) }
    }

    pub fn unblock(self) -> Result<Self, NotAllowed> {
        if self == Self::Suspended { Ok(Self::Approved) } else { Err(NotAllowed) }
    }

    /// Whether it has approved values. A change of them waits beside them.
    pub fn was_approved(self) -> bool {
        matches!(self, Self::Approved | Self::Suspended)
    }

    /// For good: nothing undoes it.
    pub fn revoke(self) -> Result<Self, NotAllowed> {
        if matches!(self, Self::Approved | Self::Suspended) { Ok(Self::Revoked) } else { Err(NotAllowed) }
    }

    /// Whether its members may register apps, and its apps may work.
    pub fn is_approved(self) -> bool {
        self == Self::Approved
    }
}
