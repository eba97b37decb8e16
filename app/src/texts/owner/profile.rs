//! The vendor's own profile. Its input: [`crate::owner::profile`].

use model::texts;

texts! {
    TITLE = "Profile";
    WHY = "We ask for this once, so that our reviewers can reach you about your registrations.";
    PROCEED = "Proceed";
    HEALTHCARE_ID = "Healthcare ID";
    MANAGE = "Manage your Healthcare ID";
    CONTACT_NUMBER = "Contact number";
}
