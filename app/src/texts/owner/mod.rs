//! The App Owner portal, in English as vendors are spoken to.

use model::texts;

pub mod new_application;
pub mod registration;

texts! {
    BACK = "Back";
    CANCEL = "Cancel";
    CONTINUE = "Continue";
    EDIT = "Edit";
    SUBMIT = "Submit";
    /// Under the box to agree to them. The brackets are the link.
    READ_TERMS = "Read the [terms and conditions] (opens in a new tab).";
}
