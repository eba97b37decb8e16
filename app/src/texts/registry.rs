//! Organizations, applications, and reviews in words, in English as for vendors and administrators.

use model::{
    application::{AccessType, Approval, ClientKind, Liveness, Standing, Stopped},
    attestation::Practice,
    decision::{Criterion, Outcome},
    history::Action,
    organization::OrganizationStatus,
    partition::Environment,
    team::TeamRole,
};

use crate::components::alert::Tone;

/// A value that another version of this program wrote and this one does not know.
const UNKNOWN: (Tone, &str) = (Tone::Warning, "Unknown");

pub fn organization_status(status: OrganizationStatus) -> (Tone, &'static str) {
    match status {
        OrganizationStatus::PendingReview => (Tone::Info, "Pending review"),
        OrganizationStatus::InformationAsked => (Tone::Warning, "Information requested"),
        OrganizationStatus::Approved => (Tone::Success, "Approved"),
        OrganizationStatus::Denied => (Tone::Error, "Denied"),
        OrganizationStatus::Suspended => (Tone::Error, "Suspended"),
        OrganizationStatus::Unknown => UNKNOWN,
    }
}

/// One word for the whole app.
pub fn application_status(app: Liveness) -> (Tone, &'static str) {
    match (app.standing, app.approval) {
        (Standing::Deleted, _) => (Tone::Warning, "Deleted"),
        (Standing::Deactivated, _) if app.blocked => (Tone::Error, "Blocked and deactivated"),
        (Standing::Active, _) if app.blocked => (Tone::Error, "Blocked"),
        (Standing::Deactivated, _) => (Tone::Warning, "Deactivated"),
        (Standing::Active, _) if app.organization == OrganizationStatus::Unknown => UNKNOWN,
        (Standing::Active, _) if !app.organization.is_approved() => (Tone::Error, "Organization suspended"),
        (Standing::Active, Approval::NotNeeded | Approval::Approved) => (Tone::Success, "Active"),
        (Standing::Active, Approval::PendingReview) => (Tone::Info, "Under review"),
        (Standing::Active, Approval::InformationAsked) => (Tone::Warning, "Information requested"),
        (Standing::Active, Approval::Denied) => (Tone::Error, "Denied"),
        (Standing::Unknown, _) | (_, Approval::Unknown) => UNKNOWN,
    }
}

/// What the vendor itself has switched, whatever an administrator did.
pub fn vendors_switch(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "On",
        Standing::Deactivated => "Off",
        Standing::Deleted => "Deleted",
        Standing::Unknown => UNKNOWN.1,
    }
}

/// What one kind of access is at the moment: `Active`, or why not.
pub fn access_status(access: Result<(), Stopped>) -> (Tone, &'static str) {
    match access {
        Ok(()) => (Tone::Success, "Active"),
        Err(Stopped::NotRegistered) => (Tone::Info, "Not requested"),
        Err(Stopped::PendingReview) => (Tone::Info, "Under review"),
        Err(Stopped::Denied) => (Tone::Error, "Denied"),
        Err(Stopped::Deactivated) => (Tone::Warning, "Deactivated"),
        Err(Stopped::Blocked) => (Tone::Error, "Blocked"),
        Err(Stopped::Organization) => (Tone::Error, "Organization suspended"),
        Err(Stopped::Deleted) => (Tone::Warning, "Deleted"),
        Err(Stopped::UnknownState) => UNKNOWN,
    }
}

pub fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Sandbox => "Sandbox",
        Environment::Production => "Production",
    }
}

pub fn access(access: AccessType) -> &'static str {
    match access {
        AccessType::Public => "Public",
        AccessType::Patient => "Patient",
        AccessType::Both => "Public and Patient",
        AccessType::Unknown => UNKNOWN.1,
    }
}

pub fn client_kind(kind: ClientKind) -> &'static str {
    match kind {
        ClientKind::Confidential => "Confidential client",
        ClientKind::Public => "Public client",
        ClientKind::Unknown => UNKNOWN.1,
    }
}

/// A practice in a word or two.
pub fn practice(practice: Practice) -> &'static str {
    match practice {
        Practice::Collection => "Collection",
        Practice::Consent => "Consent",
        Practice::Disclosure => "Disclosure",
        Practice::MemberAccess => "Member access",
        Practice::Safeguards => "Safeguards",
        Practice::Retention => "Retention and deletion",
    }
}

pub fn yes_no(answer: bool) -> &'static str {
    if answer { "Yes" } else { "No" }
}

/// What happened, as a history lists it.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Registered => "Registered",
        Action::Edited => "Edited",
        Action::Resubmitted => "Submitted again",
        Action::Commented => "Comment",
        Action::Approved => "Approved",
        Action::Denied => "Denied",
        Action::InformationAsked => "Information requested",
        Action::Withdrawn => "Withdrawn",
        Action::Blocked => "Blocked",
        Action::Unblocked => "Unblocked",
        Action::Deactivated => "Deactivated",
        Action::Reactivated => "Reactivated",
        Action::Deleted => "Deleted",
        Action::SecretGenerated => "New secret generated",
        Action::SecretEnded => "Secret ended",
        Action::KeysSet => "Public keys registered",
        Action::KeysRemoved => "Public keys removed",
        Action::ErrorPageSet => "Errors shown on a page before returning to the app",
        Action::ErrorPageRemoved => "Errors returned to the app at once",
        Action::Unknown => UNKNOWN.1,
    }
}

pub fn outcome(outcome: Outcome) -> (Tone, &'static str) {
    match outcome {
        Outcome::Approved => (Tone::Success, "Approved"),
        Outcome::Denied => (Tone::Error, "Denied"),
        Outcome::InformationAsked => (Tone::Warning, "Information requested"),
        Outcome::Withdrawn => (Tone::Info, "Withdrawn"),
        Outcome::Unknown => UNKNOWN,
    }
}

/// A criterion as reviewers choose it.
pub fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::IdentityNotVerified => "Identity not verified",
        Criterion::OfficersSanctioned => "Officers convicted or sanctioned",
        Criterion::PrivacyPolicy => "Privacy policy missing or contradicting",
        Criterion::UntrueAttestation => "Untrue attestation",
        Criterion::SecurityRisk => "Risk to the security of health information",
        Criterion::Misleading => "Name or description misleads",
        Criterion::Incomplete => "Incomplete or contradictory",
        Criterion::Duplicate => "Registered already",
        Criterion::Unknown => UNKNOWN.1,
    }
}

pub fn team_role(role: TeamRole) -> &'static str {
    match role {
        TeamRole::Owner => "Owner",
        TeamRole::Developer => "Developer",
        TeamRole::Unknown => UNKNOWN.1,
    }
}
