//! About the roles of staff. Staff read English.

use model::{account::Role, sentences, texts};

texts! {
    ROLE_GIVEN = "You have a new role";
    role_given(role) = "You now have the role {role} in the Administrative & Support Portal. Sign in again to use it.";
    SET_UP_FIRST =
        "The portal asks for two-step sign-in. Your account does not have it yet, so you will set it up when you first open the portal.";
    ROLE_TAKEN = "A role of yours has ended";
    role_taken(role) =
        "You no longer have the role {role} in the Administrative & Support Portal. We signed you out everywhere.";

    OTHERS_ROLE_GIVEN = "Someone has a new role";
    OTHERS_ROLE_GIVEN_BODY = "A person received a role in the Administrative & Support Portal.";
    OTHERS_ROLE_TAKEN = "Someone no longer has a role";
    OTHERS_ROLE_TAKEN_BODY = "A person lost a role in the Administrative & Support Portal.";
    NOT_EXPECTED = "If you did not expect this, look at the staff page and ask the other administrators.";

    PERSON = "Person";
    ROLE = "Role";
    BY = "By";
    COMMAND_LINE = "The command line of the server";
    OPEN_PORTAL = "Open the portal";
    SEE_STAFF = "See the staff page";
    person(name, healthcare_id) = "{name} ({healthcare_id})";
}

sentences! {
    pub(crate) role(Role) {
        Administrator = "Administrator";
        Reviewer = "Reviewer";
        Support = "Support";
        Auditor = "Auditor";
        Unknown = "Unknown";
    }
}
