//! The App Owner portal. We speak to vendors in English.

use model::texts;

pub mod application;
pub mod applications;
pub mod credentials;
pub mod drafts;
pub mod keys;
pub mod new_application;
pub mod notices;
pub mod organization;
pub mod profile;
pub mod registration;
pub mod support;
pub mod switch;
pub mod tasks;
pub mod team;
pub mod usage;

texts! {
    APPLICATIONS = "Applications";
    BACK = "Back";
    CANCEL = "Cancel";
    CONTINUE = "Continue";
    DELETE = "Delete";
    EDIT = "Edit";
    EMAIL = "Email";
    ENVIRONMENT = "Environment";
    NAME = "Name";
    /// Closes a dialog.
    OK = "OK";
    ORGANIZATION_PROFILE = "Organization Profile";
    PROGRAMS = "Programs";
    REGISTERED = "Registered";
    SAVE = "Save";
    SUBMIT = "Submit";
    /// Under the box to agree to them. The brackets are the link.
    READ_TERMS = "Read the [terms and conditions] (opens in a new tab).";
}
