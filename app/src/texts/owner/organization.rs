//! The Organization Profile.

use model::texts;

texts! {
    CORRECT = "Correct the registration";
    REGISTRATION_INFO = "View Org Registration Info";
    ATTESTATION_INFO = "View Org Attestation Info";
    /// After the name. What is in brackets is for screen readers alone.
    EDIT = "Edit[ the registration]";
    /// Of an approved organization. The brackets hold our support team's address.
    FIXED = "To change the reviewed details of an approved organization, write to [email address].";

    TIN = "TIN";
    OWNER = "Owner";
    STATUS = "Registration Status";
    TEAM = "Team";
}
