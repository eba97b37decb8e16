//! The Organization Profile.

use model::texts;

texts! {
    CORRECT = "Correct the registration";
    REGISTRATION_INFO = "View Org Registration Info";
    ATTESTATION_INFO = "View Org Attestation Info";
    /// After the name. What is in brackets is for screen readers alone.
    EDIT = "Edit[ the registration]";
    /// Of an approved organization.
    REVIEWED = "We review each change. Until we approve it, the approved details stay in effect.";

    CHANGE_PENDING = "Your change is under review";
    ABOUT_CHANGE_PENDING = "Until we approve it, the approved details stay in effect.";
    CHANGE_ASKED = "We have a question about your change";
    ABOUT_CHANGE_ASKED =
        "Read the question in the history, then correct your change. The approved details stay in effect.";
    CHANGE_DENIED = "Your change was not approved";
    ABOUT_CHANGE_DENIED = "The history has the reason. The approved details stay in effect.";
    CORRECT_CHANGE = "Correct the change";

    TIN = "TIN";
    OWNER = "Owner";
    STATUS = "Registration Status";
    TEAM = "Team";
}
