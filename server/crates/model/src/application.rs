//! The states of an application, and what it may do in them.

use crate::{
    decision::{NotAllowed, Outcome},
    organization::OrganizationStatus,
    partition::Environment,
};

words! {
    /// What an app asks access to.
    AccessType {
        /// The provider directory.
        Public = "public",
        /// Members' own data, with their consent.
        Patient = "patient",
        Both = "both",
        ..Unknown
    }
}

impl AccessType {
    pub fn includes_public(self) -> bool {
        matches!(self, Self::Public | Self::Both)
    }

    pub fn includes_patient(self) -> bool {
        matches!(self, Self::Patient | Self::Both)
    }
}

words! {
    /// RFC 6749 §2.1.
    ClientKind {
        /// Keeps its secret on a server.
        Confidential = "confidential",
        /// Runs where its users could read a secret, so it gets none and must use PKCE.
        Public = "public",
        ..Unknown
    }
}

words! {
    /// Where the app runs; each platform needs its own registration.
    Platform {
        Web = "web",
        Ios = "ios",
        Android = "android",
        Windows = "windows",
        Macos = "macos",
        Linux = "linux",
        /// System to system, without users.
        Server = "server",
        Other = "other",
        ..Unknown
    }
}

words! {
    /// The status of the review of an app's patient access.
    Approval {
        /// Sandbox, or public access only: live without review.
        NotNeeded = "not_needed",
        PendingReview = "pending_review",
        InformationAsked = "information_asked",
        Approved = "approved",
        Denied = "denied",
        ..Unknown
    }
}

impl Approval {
    /// What a new registration starts with (product table: environment × access → approval).
    pub fn at_registration(environment: Environment, access: AccessType) -> Self {
        match environment {
            Environment::Production if access.includes_patient() => Self::PendingReview,
            _ => Self::NotNeeded,
        }
    }

    /// A reviewer's decision; only what is under review can be decided.
    pub fn decide(self, outcome: Outcome) -> Result<Self, NotAllowed> {
        match (self, outcome) {
            (Self::PendingReview, Outcome::Approved) => Ok(Self::Approved),
            (Self::PendingReview, Outcome::Denied) => Ok(Self::Denied),
            (Self::PendingReview, Outcome::InformationAsked) => Ok(Self::InformationAsked),
            _ => Err(NotAllowed),
        }
    }

    /// Whether patient access may be used.
    pub fn is_granted(self) -> bool {
        matches!(self, Self::NotNeeded | Self::Approved)
    }
}

words! {
    /// The vendor's own switch. An administrator's block is a separate fact, and neither changes the other.
    Standing {
        Active = "active",
        /// Switched off by its owner.
        Deactivated = "deactivated",
        /// Its owner no longer sees it; the row stays for the record.
        Deleted = "deleted",
        ..Unknown
    }
}

impl Standing {
    pub fn deactivate(self) -> Result<Self, NotAllowed> {
        if self == Self::Active { Ok(Self::Deactivated) } else { Err(NotAllowed) }
    }

    pub fn reactivate(self) -> Result<Self, NotAllowed> {
        if self == Self::Deactivated { Ok(Self::Active) } else { Err(NotAllowed) }
    }

    pub fn delete(self) -> Result<Self, NotAllowed> {
        if matches!(self, Self::Active | Self::Deactivated) { Ok(Self::Deleted) } else { Err(NotAllowed) }
    }
}

words! {
    /// How a list of an organization's apps is meant.
    ListKind {
        /// Only the listed apps may be used.
        Allow = "allow",
        /// All but the listed apps may be used.
        Deny = "deny",
        ..Unknown
    }
}

words! {
    /// Why an app may not work, or not with patient data.
    Stopped {
        /// It was not registered for this kind of access.
        NotRegistered = "not_registered",
        PendingReview = "pending_review",
        Denied = "denied",
        Deactivated = "deactivated",
        Blocked = "blocked",
        /// In this program, an administrator's list keeps it out.
        Unlisted = "unlisted",
        /// Its organization is not approved, or is no longer approved.
        Organization = "organization",
        Deleted = "deleted",
        /// A newer version has put it in a state that this one does not know.
        UnknownState = "unknown_state",
    }
}

/// Everything that decides what an app may do now. It is checked at every step: sign-in, consent, code, token, API call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Liveness {
    pub access: AccessType,
    pub approval: Approval,
    pub standing: Standing,
    /// By an administrator.
    pub blocked: bool,
    /// In the program at hand, an administrator's list of the organization's apps keeps it out. Known only where the app is used in
    /// one program.
    pub unlisted: bool,
    pub organization: OrganizationStatus,
}

impl Liveness {
    /// Whether an administrator has blocked the app or its organization, or may have done so in a way that only a newer version
    /// knows. Until that ends, nothing of it can be deleted, changed or registered again.
    pub fn is_blocked(self) -> bool {
        let unknown = self.standing == Standing::Unknown || self.organization == OrganizationStatus::Unknown;
        self.blocked
            || unknown
            || matches!(self.organization, OrganizationStatus::Suspended | OrganizationStatus::Revoked)
    }

    /// Whether it may work at all.
    pub fn any(self) -> Result<(), Stopped> {
        match self.standing {
            Standing::Deleted => Err(Stopped::Deleted),
            _ if self.blocked => Err(Stopped::Blocked),
            _ if self.unlisted => Err(Stopped::Unlisted),
            _ if self.organization == OrganizationStatus::Unknown => Err(Stopped::UnknownState),
            _ if !self.organization.is_approved() => Err(Stopped::Organization),
            Standing::Deactivated => Err(Stopped::Deactivated),
            Standing::Unknown => Err(Stopped::UnknownState),
            Standing::Active => Ok(()),
        }
    }

    /// Whether it may use `public/…` scopes.
    pub fn public(self) -> Result<(), Stopped> {
        self.any()?;
        if self.access.includes_public() { Ok(()) } else { Err(Stopped::NotRegistered) }
    }

    /// Whether it may use `patient/…` scopes.
    pub fn patient(self) -> Result<(), Stopped> {
        self.any()?;
        match self.approval {
            _ if !self.access.includes_patient() => Err(Stopped::NotRegistered),
            Approval::NotNeeded | Approval::Approved => Ok(()),
            Approval::PendingReview | Approval::InformationAsked => Err(Stopped::PendingReview),
            Approval::Denied => Err(Stopped::Denied),
            Approval::Unknown => Err(Stopped::UnknownState),
        }
    }
}
