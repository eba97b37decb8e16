//! The dashboard, and the list of the organization's apps.

use model::{organization::OrganizationStatus, sentences, texts};

texts! {
    DASHBOARD = "Dashboard";

    // Without an organization
    ORGANIZATION_FIRST = "Register your organization first";
    ABOUT_ORGANIZATION =
        "This is a one-time process. Our security and compliance team will review your organization registration within 5 \
         business days and approve or deny your ability to register applications. We will email you the decision.";
    REGISTER_ORGANIZATION = "Register your organization";
    CONTINUE_REGISTRATION = "Continue the registration";
    /// The brackets are the link.
    READ_DOCUMENTATION = "In the meantime, you can read the [documentation].";

    // Without an app
    FIRST = "Register your first application";
    ABOUT_FIRST =
        "Your organization is approved. Start in the sandbox, which answers with synthetic data immediately. When your tests are \
         done, register for production.";
    NONE_YET = "No applications yet";
    ABOUT_NONE =
        "Register an app for the sandbox or for production. Each platform and each environment needs its own registration.";

    show_all(count) = "Show all {count} applications";

    // Columns
    APP_NAME = "App Name";
    STATUS = "Status";
    ACCESS = "Access";
}

sentences! {
    /// Above what an organization that cannot register apps is waiting for.
    pub(crate) waiting(OrganizationStatus) {
        PendingReview = "Your organization is under review";
        InformationAsked = "The reviewer needs more information";
        Approved = "Your organization is approved";
        Denied = "We did not approve your organization";
        Suspended = "Your organization is suspended";
        Revoked = "Your organization is revoked";
        Unknown = "You cannot use your organization at the moment";
    }
}

sentences! {
    /// After the organization's name and a colon.
    pub(crate) about_waiting(OrganizationStatus) {
        PendingReview =
            "Our security and compliance team will answer within 5 business days, and we will email you. You can register \
             applications after we approve your organization.";
        InformationAsked = "Read the question in the history, then correct the registration and submit it again.";
        Approved = "You can register applications now.";
        Denied =
            "The reviewer's criterion and comment are in the history. You can correct the registration and submit it again.";
        Suspended = "Its applications and their tokens have stopped working. The reason is in the history.";
        Revoked =
            "Its applications and their tokens have stopped working for good, and the access that members gave them has ended. The \
             reason is in the history.";
        Unknown = "We cannot show the status of its registration. Contact our support team.";
    }
}
