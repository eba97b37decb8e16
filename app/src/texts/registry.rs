//! Organizations, applications and reviews in words. We speak to vendors and administrators in English.

use model::{
    application::{AccessType, Approval, ClientKind, Liveness, Standing, Stopped},
    attestation::Practice,
    decision::Outcome,
    history::Action,
    organization::OrganizationStatus,
    partition::Environment,
    sentences,
    team::TeamRole,
    texts,
    tin::TinKind,
};

use crate::components::alert::Tone;

texts! {
    YES = "Yes";
    NO = "No";
    /// Where an optional answer was left empty.
    NONE = "None";

    // The status of an app as a whole
    ACTIVE = "Active";
    BLOCKED = "Blocked";
    BLOCKED_AND_DEACTIVATED = "Blocked and deactivated";
    DEACTIVATED = "Deactivated";
    DELETED = "Deleted";
    DENIED = "Denied";
    INFORMATION_REQUESTED = "Information requested";
    ORGANIZATION_SUSPENDED = "Organization suspended";
    UNDER_REVIEW = "Under review";
    /// What another version of this program wrote, and this one does not know.
    UNKNOWN = "Unknown";

    // What was registered, where the form asks in other words
    PLATFORM = "Platform";
    PLATFORM_ID = "ID on the platform";
    ORGANIZATIONS_POLICY = "The organization's privacy policy";
    ORGANIZATION_NAME = "Name of the company";
    TIN = "Federal Tax ID Number or Business Identifier";
    tin(number, kind) = "{number} ({kind})";
    MAILING_ADDRESS = "Mailing address";
    PHYSICAL_ADDRESS = "Physical address";
    EXPLANATION = "Explanation";

    // A change that waits
    CHANGED_FIELDS = "Changed fields";
    FIELD = "Field";
    APPROVED = "Approved";
    CHANGE = "Change";
    NOTHING_CHANGED = "No field differs.";
    BEFORE = "Before";
    AFTER = "After";

    // Versions
    VERSIONS = "Versions";
    VERSIONS_HINT = "Each time you send a registration, we keep it as you sent it.";
    version(number) = "Version {number}";
    version_of(name, number) = "{name}, version {number}";
    SUBMITTED = "Submitted";
    SUBMITTED_BY = "By";
    STATUS = "Status";
    /// Its values are in effect.
    IN_EFFECT = "In effect";
    /// Another version took its place before anyone decided on it.
    REPLACED = "Replaced";
    TERMS = "Terms";
    /// The brackets hold a link.
    agreed_to(number) = "Agreed to [version {number}]";
    TERMS_NOT_KEPT = "Agreed to. We did not keep the text of the terms at that time.";
    changed_since(number) = "What changed since version {number}";

    // Public keys
    UNUSABLE_KEYS = "These keys no longer meet our rules and do not work. Replace them.";
    /// The brackets hold a web address.
    READ_FROM = "Read from [address]";
    /// The brackets hold a time.
    REGISTERED = "Registered [time]";
    /// What a signature calls the key: the brackets hold its name. After a comma, as the next.
    KEY_ID = "kid [name]";
    /// The one algorithm of a key.
    algorithm_only(algorithm) = "{algorithm} only";

    HISTORY = "History";
}

sentences! {
    organization_words(OrganizationStatus) {
        PendingReview = "Pending review";
        InformationAsked = "Information requested";
        Approved = "Approved";
        Denied = "Denied";
        Suspended = "Suspended";
        Revoked = "Revoked";
        Unknown = "Unknown";
    }
}

pub fn organization_status(status: OrganizationStatus) -> (Tone, &'static str) {
    let tone = match status {
        OrganizationStatus::PendingReview => Tone::Info,
        OrganizationStatus::InformationAsked | OrganizationStatus::Unknown => Tone::Warning,
        OrganizationStatus::Approved => Tone::Success,
        OrganizationStatus::Denied | OrganizationStatus::Suspended | OrganizationStatus::Revoked => Tone::Error,
    };
    (tone, organization_words(status))
}

/// One word for the whole app.
pub fn application_status(app: Liveness) -> (Tone, &'static str) {
    match (app.standing, app.approval) {
        (Standing::Deleted, _) => (Tone::Warning, DELETED),
        (Standing::Deactivated, _) if app.blocked => (Tone::Error, BLOCKED_AND_DEACTIVATED),
        (Standing::Active, _) if app.blocked => (Tone::Error, BLOCKED),
        (Standing::Deactivated, _) => (Tone::Warning, DEACTIVATED),
        (Standing::Active, _) if app.organization == OrganizationStatus::Unknown => (Tone::Warning, UNKNOWN),
        (Standing::Active, _) if !app.organization.is_approved() => (Tone::Error, ORGANIZATION_SUSPENDED),
        (Standing::Active, Approval::NotNeeded | Approval::Approved) => (Tone::Success, ACTIVE),
        (Standing::Active, Approval::PendingReview) => (Tone::Info, UNDER_REVIEW),
        (Standing::Active, Approval::InformationAsked) => (Tone::Warning, INFORMATION_REQUESTED),
        (Standing::Active, Approval::Denied) => (Tone::Error, DENIED),
        (Standing::Unknown, _) | (_, Approval::Unknown) => (Tone::Warning, UNKNOWN),
    }
}

sentences! {
    /// What the vendor itself has switched, whatever an administrator did.
    pub vendors_switch(Standing) {
        Active = "On";
        Deactivated = "Off";
        Deleted = "Deleted";
        Unknown = "Unknown";
    }
}

sentences! {
    stopped_words(Stopped) {
        NotRegistered = "Not requested";
        PendingReview = "Under review";
        Denied = "Denied";
        Deactivated = "Deactivated";
        Blocked = "Blocked";
        Unlisted = "Not on the administrators' list";
        Organization = "Organization suspended";
        Deleted = "Deleted";
        UnknownState = "Unknown";
    }
}

/// The status of one kind of access: `Active`, or why it is not.
pub fn access_status(access: Result<(), Stopped>) -> (Tone, &'static str) {
    let Err(stopped) = access else { return (Tone::Success, ACTIVE) };
    let tone = match stopped {
        Stopped::NotRegistered | Stopped::PendingReview => Tone::Info,
        Stopped::Denied | Stopped::Blocked | Stopped::Unlisted | Stopped::Organization => Tone::Error,
        Stopped::Deactivated | Stopped::Deleted | Stopped::UnknownState => Tone::Warning,
    };
    (tone, stopped_words(stopped))
}

sentences! {
    pub environment(Environment) {
        Sandbox = "Sandbox";
        Production = "Production";
    }
}

sentences! {
    pub access(AccessType) {
        Public = "Public";
        Patient = "Patient";
        Both = "Public and Patient";
        Unknown = "Unknown";
    }
}

sentences! {
    pub client_kind(ClientKind) {
        Confidential = "Confidential client";
        Public = "Public client";
        Unknown = "Unknown";
    }
}

sentences! {
    /// A practice in a word or two.
    pub practice(Practice) {
        Collection = "Collection";
        Consent = "Consent";
        Disclosure = "Disclosure";
        MemberAccess = "Member access";
        Safeguards = "Safeguards";
        Retention = "Retention and deletion";
    }
}

sentences! {
    /// After the number.
    pub(crate) tin_kind(TinKind) {
        Us = "US Number";
        International = "International Number";
        Unknown = "Unknown kind";
    }
}

pub fn yes_no(answer: bool) -> &'static str {
    if answer { YES } else { NO }
}

sentences! {
    /// What happened, as a history says it.
    pub action(Action) {
        Registered = "Registered";
        Edited = "Edited";
        Resubmitted = "Submitted again";
        Commented = "Comment";
        Approved = "Approved";
        Denied = "Denied";
        InformationAsked = "Information requested";
        Withdrawn = "Withdrawn";
        Blocked = "Blocked";
        Unblocked = "Unblocked";
        Revoked = "Revoked for good";
        ListSet = "List of usable apps changed";
        Deactivated = "Deactivated";
        Reactivated = "Reactivated";
        Deleted = "Deleted";
        SecretGenerated = "New secret generated";
        SecretEnded = "Secret ended";
        KeysSet = "Public keys registered";
        KeysRemoved = "Public keys removed";
        ErrorPageSet = "Errors shown on a page before returning to the app";
        ErrorPageRemoved = "Errors returned to the app at once";
        NoticeAddressSet = "Notice address registered";
        Answered = "Question answered";
        Appealed = "Appealed";
        AppealWithdrawn = "Appeal withdrawn";
        Acknowledged = "Read; needs no answer";
        Opened = "Ticket opened";
        Replied = "Replied";
        Closed = "Ticket closed";
        Reopened = "Ticket opened again";
        Rated = "Rated";
        NoticeAddressRemoved = "Notice address removed";
        Invited = "Invited to the team";
        InvitationSentAgain = "Invitation sent again";
        InvitationWithdrawn = "Invitation withdrawn";
        Joined = "Joined the team";
        Left = "Left the team";
        MemberRemoved = "Removed from the team";
        MadeOwner = "Made an owner";
        MadeDeveloper = "Made a developer";
        HandedOver = "Ownership handed over";
        OwnerNamed = "Owner named by an administrator";
        Unknown = "Unknown";
    }
}

sentences! {
    outcome_words(Outcome) {
        Approved = "Approved";
        Denied = "Denied";
        InformationAsked = "Information requested";
        Withdrawn = "Withdrawn";
        Unknown = "Unknown";
    }
}

pub fn outcome(outcome: Outcome) -> (Tone, &'static str) {
    let tone = match outcome {
        Outcome::Approved => Tone::Success,
        Outcome::Denied => Tone::Error,
        Outcome::InformationAsked | Outcome::Unknown => Tone::Warning,
        Outcome::Withdrawn => Tone::Info,
    };
    (tone, outcome_words(outcome))
}

sentences! {
    pub team_role(TeamRole) {
        Owner = "Owner";
        Developer = "Developer";
        Unknown = "Unknown";
    }
}
