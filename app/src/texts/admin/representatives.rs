//! `/admin/programs/{program}/{environment}/representatives`

use identity::representatives::State;
use model::{
    representative::{Ending, Evidence},
    sentences, texts,
};

texts! {
    TITLE = "Representatives";
    of(program, environment) = "Representatives: {program}, {environment}";
    ABOUT =
        "These people may act for a member: they choose the member when an app asks for health data. An administrator adds them with \
         evidence and an end. A payer's own sign-in may name them, too.";
    ADD = "Add a representative";
    NO_ONE = "No one acts for a member";
    ABOUT_NO_ONE = "People whom you add appear here.";
    PROVIDERS_ONLY =
        "Every payer of this program has a sign-in of its own. Only that sign-in says who may act for its members.";

    // Names of facts and columns
    REPRESENTATIVE = "Representative";
    MEMBER = "Member";
    PAYER = "Payer";
    SAYS_WHO = "Who says so";
    FROM = "From";
    UNTIL = "Until";
    STATUS = "Status";
    HEALTHCARE_ID = "Healthcare ID";
    EMAIL = "Email";
    BORN = "Date of birth";
    MEMBER_ID = "Member ID";
    NOTE = "Note";
    ADDED_BY = "Added by";
    ENDED_BY = "Ended by";
    REASON = "Reason";
    NO_END = "As long as the payer's sign-in says so";
    SIGNS_IN_AT_PAYER = "Signs in at the payer";
    NOT_IN_DATA = "No longer in the payer's data";

    // Adding one
    ABOUT_ADDING =
        "Name the person by their Healthcare ID and the member by the details on the member card. You see both before anything changes.";
    CONTINUE = "Continue";
    CHECK = "Check before you confirm";
    ABOUT_CHECK =
        "Nothing has changed yet. If both are the right people, confirm. We then email the representative and, except in the sandbox, the \
         member.";
    CONFIRM = "Confirm";

    // Ending one
    END = "End";
    END_TITLE = "End this now";
    END_EFFECT =
        "This takes effect at once. The access that this person gave to apps for the member ends, and we email the \
         same people as before.";
    FEED_ONLY =
        "The payer's own sign-in says this. It ends at the first sign-in at which the payer no longer says it.";
}

sentences! {
    /// The choices of the form.
    pub(crate) evidence(Evidence) {
        CourtOrder = "Court order";
        PowerOfAttorney = "Power of attorney";
        ParentOfMinor = "Parent of a minor";
        Executor = "Executor";
        Other = "Other evidence";
        Unknown = "Unknown";
    }
}

sentences! {
    pub(crate) state(State) {
        Proposed = "Not confirmed";
        Later = "Not started";
        InForce = "In force";
        Ended = "Ended";
    }
}

sentences! {
    pub(crate) ending(Ending) {
        Administrator = "An administrator";
        Feed = "The payer's sign-in";
        Time = "The last day is over";
        MemberLeft = "The payer no longer has the member";
        Unknown = "Unknown";
    }
}
