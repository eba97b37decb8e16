//! To the owner of an organization. No sentence ends with its name, because many names end with a full stop.

use model::texts;

texts! {
    RECEIVED = "We received your organization's registration";
    received(organization) = "The registration of {organization} is complete and is waiting for review.";

    APPROVED = "Your organization was approved";
    approved(organization) = "The registration of {organization} was approved. You can now register applications.";
    REGISTER_APP = "Register an application";

    DENIED = "Your organization was not approved";
    denied(organization) = "The registration of {organization} was not approved.";
    SUBMIT_AGAIN = "You can correct the registration and submit it again.";

    CHANGE_RECEIVED = "We received the change to your organization";
    change_received(organization) =
        "Your change to {organization} is waiting for review. Until we approve it, the approved version stays in effect.";
    CHANGE_APPROVED = "The change to your organization was approved";
    change_approved(organization) = "Your change to {organization} was approved. It is in effect now.";
    CHANGE_DENIED = "The change to your organization was not approved";
    change_denied(organization) =
        "Your change to {organization} was not approved. The version that we approved before stays in effect.";
    SUBMIT_CHANGE_AGAIN = "You can correct the change and submit it again.";

    ASKED = "We need more information about your organization";
    asked(organization) = "Before we decide on the registration of {organization}, please answer this:";

    SUSPENDED = "Your organization was suspended";
    suspended(organization) = "{organization} was suspended. Its applications and their tokens have stopped working.";

    REACTIVATED = "Your organization is active again";
    reactivated(organization) = "{organization} is active again, and its applications work again.";

    REVOKED = "Your organization was revoked";
    revoked(organization) =
        "{organization} was revoked for good. Its applications and their tokens have stopped working, and the access that members gave \
         them has ended. We emailed the members.";

    LIST_SET = "Which of your applications may be used has changed";
    list_set(organization) =
        "An administrator chose which applications of {organization} may be used in a program. Tokens of the others do not work there \
         until they may be used again.";
    PROGRAM = "Program";
    KEPT_OUT = "May not be used now";
    ALL_USABLE = "None. All applications may be used.";
}
