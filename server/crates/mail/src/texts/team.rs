//! About an organization's team, to vendors. No sentence ends with a name, because many names end with a full stop.

use model::{sentences, team::TeamRole, texts};

texts! {
    invited_subject(organization) = "You are invited to the team of {organization}";
    invited(by, organization, role) =
        "{by} invites you to the team of {organization} in our App Owner portal, {role}.";
    /// Where we no longer know who it was.
    COLLEAGUE = "A colleague";
    SEVEN_DAYS =
        "You can use the link once, within the next 7 days. You need a Healthcare ID, which you can create on the way.";
    SEE_INVITATION = "See the invitation";
    NOT_EXPECTED = "If you do not know this organization, you do not need to do anything.";

    joined_subject(organization) = "A new member is on the team of {organization}";
    joined(organization) = "Someone accepted your invitation to {organization} and is on the team now.";
    JOINED_WRONGLY = "If this is not the person you invited, remove them from the team.";
    NAME = "Name";
    EMAIL = "Email";
    INVITED_ADDRESS = "Invited address";
    ROLE = "Role";
    SEE_TEAM = "See the team";

    removed_subject(organization) = "You are no longer on the team of {organization}";
    removed(organization) = "An owner of {organization} removed you from the team. You can no longer see its apps.";
    REMOVED_WRONGLY = "If you think that this is a mistake, contact an owner of the organization.";

    left_subject(organization) = "A member left the team of {organization}";
    left(who, organization) = "{who} left the team of {organization} and can no longer see its apps.";

    role_subject(organization) = "Your role at {organization} changed";
    role_changed(organization, role) = "From now on you act for {organization} {role}.";

    owner_named_subject(organization) = "{organization} has a new owner";
    owner_named(owner, organization) =
        "An administrator made {owner} an owner of {organization} in our App Owner portal. This is the reason:";
    OWNER_NAMED_WRONGLY = "If you think that this is a mistake, contact our support team.";
}

sentences! {
    pub(crate) role(TeamRole) {
        Owner = "Owner";
        Developer = "Developer";
        Unknown = "Unknown";
    }
}

sentences! {
    pub(crate) as_role(TeamRole) {
        Owner = "as an owner";
        Developer = "as a developer";
        Unknown = "as a member of the team";
    }
}

sentences! {
    pub(crate) may(TeamRole) {
        Owner = "Owners register and run apps, edit the organization's registration, and manage the team.";
        Developer = "Developers register and run apps.";
        Unknown = "The team page says what you may do.";
    }
}
