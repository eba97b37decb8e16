//! `/admin/staff`: who has which role.

use model::{account::Role, sentences, texts};

texts! {
    TITLE = "Staff";
    ABOUT =
        "These people have a role in this portal. Administrators give and take roles. Every page asks for two-step sign-in, so a \
         person without it sets it up first.";
    COUNT_NOTE = "The last administrator cannot be removed.";

    // The list
    PERSON = "Person";
    ROLES = "Roles";
    PROGRAMS = "Programs";
    TWO_STEP = "Two-step sign-in";
    LAST_SIGN_IN = "Last sign-in";
    NEVER = "Never";
    ON = "On";
    NOT_SET_UP = "Not set up yet";
    ALL_PROGRAMS = "All programs";
    EVERY_PAYER = "every payer";
    of_program(program, payers) = "{program}: {payers}";

    // Giving a role
    GIVE = "Give a role";
    ABOUT_GIVING =
        "The person needs a Healthcare ID with a confirmed email address. They are signed out everywhere, and get an email with \
         your reason. The other administrators get one too.";
    GIVE_ROLE = "Give the role";

    // One person
    GIVEN = "Role and history";
    SINCE_BY = "Since [time], given by";
    SINCE_COMMAND_LINE = "Since [time], given at the command line.";
    HEALTHCARE_ID = "Healthcare ID";
    EMAIL = "Email";
    TAKE_AWAY = "Take away";
    /// For screen readers, after the button's words.
    the_role(role) = "the role {role}";
    DESK = "Programs of this desk";
    ABOUT_DESK =
        "Reviewers, support, and auditors see all programs, or only those that you choose here. What belongs to other programs is \
         not found by them. Administrators always see everything.";
    SAVE_DESK = "Save the programs";

    // Taking a role away
    take(role, name) = "Take the role {role} from {name}?";
    YOUR_OWN = "This is your own account. You will be signed out.";
    WHAT_STOPS = "What stops at once";
    ONE_SESSION = "1 open session ends.";
    sessions(count) = "{count} open sessions end.";
    NO_SESSIONS = "The person is not signed in at present.";
    ONE_CLAIM = "1 review that they are working on becomes free for others.";
    ONE_TICKET = "1 ticket that they are working on becomes free for others.";
    tickets(count) = "{count} tickets that they are working on become free for others.";
    claims(count) = "{count} reviews that they are working on become free for others.";
    LAST_ROLE = "This is their last role. After that they cannot open this portal.";
    LAST_ADMINISTRATOR = "This is the last administrator. Make another person an administrator first.";
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

sentences! {
    pub(crate) about_role(Role) {
        Administrator = "Everything, including the roles of others.";
        Reviewer = "Decides on organizations and applications.";
        Support = "Answers tickets, and looks up members' connected apps.";
        Auditor = "Reads everything, changes nothing.";
        Unknown = "A role that this version does not know. It permits nothing.";
    }
}
