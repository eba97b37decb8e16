//! The page of one app, the form that edits it, and its launch URLs.

use model::texts;

texts! {
    // What the vendor should know first
    BLOCKED =
        "An administrator has blocked this application. The reason is in its history. While it is blocked, you cannot edit it, \
         delete it, or register it again.";
    PENDING = "The patient access portion of your application is under review. We will answer within 5 business days.";
    UNKNOWN = "We cannot show the review status of your application at the moment. Contact our support team.";

    // The change of an approved app
    CHANGE_PENDING = "Your change is under review";
    ABOUT_CHANGE_PENDING = "Until we approve it, members see the approved version. We will answer within 5 business days.";
    CHANGE_ASKED = "The reviewer has a question about your change";
    ABOUT_CHANGE_ASKED =
        "Read it in the history, then edit the application to send the change again. Members see the approved version.";
    CHANGE_DENIED = "We did not approve your change";
    ABOUT_CHANGE_DENIED =
        "The criterion and the comment are in the history. Members see the approved version. Edit the application to correct the \
         change or to take it back.";

    // Its status
    PUBLIC_ACCESS = "Public access";
    PATIENT_ACCESS = "Patient access";
    REGISTRATION_INFO = "View App Registration Info";

    // Credentials
    CREDENTIALS = "Credentials";
    SECRETS = "Secrets";
    /// A secret. The brackets hold a time.
    CREATED = "Created [time]";
    CREATED_UNTIL = "Created [time], works until [time]";
    NO_SECRET = "A public client has no secret and no keys. It uses PKCE instead.";

    // Buttons
    PROMOTE = "Promote to production";
    DEACTIVATE = "Deactivate";
    REACTIVATE = "Reactivate";

    // Edit
    edit(name) = "Edit {name}";
    FIXED = "You cannot change the environment or the client type. To use another one, register the app again.";
    REVIEWED =
        "This application is approved, so we review your changes. Until we approve them, members see the approved version. To \
         take a change back, enter the approved values again.";

    // Launch URLs
    LAUNCH = "Launch URLs and authorization";
    LAUNCH_URLS = "Launch URLs of the payers";
    PAYER = "Payer";
    LAUNCH_URL = "Launch URL";
    /// The brackets are links.
    PKCE_REQUIRED = "Public clients must use PKCE. See [how to authorize] and [the scopes].";
    PKCE_RECOMMENDED = "We recommend PKCE. See [how to authorize] and [the scopes].";
}
