//! The page of one app, the form that edits it, and its launch URLs.

use model::texts;

texts! {
    // The pages of one app
    TABS = "Pages of this application";
    OVERVIEW = "Overview";
    ADDRESSES = "Addresses";
    REGISTRATION = "Registration";
    ACTIVITY = "Activity";
    tab_of(app, tab) = "{app}: {tab}";
    /// For screen readers, after a number on a tab: "2 need you".
    NEED_YOU = "need you";

    // What the vendor should know first
    NOTHING_TO_DO = "Nothing needs you at the moment.";
    SECRETS_END = "A secret ends soon";
    /// The brackets hold a time.
    SECRET_ENDS = "It works until [time]. Bring the new secret to your servers before that.";
    SEE_CREDENTIALS = "See the credentials";
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
        "Answer it below, or edit the application to send the change again. Members see the approved version.";
    CHANGE_DENIED = "We did not approve your change";
    ABOUT_CHANGE_DENIED =
        "Members see the approved version. Edit the application to correct the change or to take it back.";
    SEE_CHANGE = "See what would change";

    // Its status
    STANDING = "Status";
    USAGE = "Usage";
    SEE_USAGE = "See requests and errors";
    SEE_ACTIVITY = "See the whole history, or write to us";
    PUBLIC_ACCESS = "Public access";
    PATIENT_ACCESS = "Patient access";

    // Its registration
    REGISTERED_AS = "App Registration Info";
    THE_CHANGE = "What would change";
    ABOUT_PROMOTE =
        "We copy these values to a new registration for production. You can change them before you send it. The sandbox \
         application stays as it is.";

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

    // Addresses
    YOURS = "Your addresses";
    REDIRECT_URL = "Redirect URL";
    OURS_LATER = "We show our addresses here after we approve your organization.";
    /// Ours. The brackets are the link.
    START_HERE =
        "Start with the recommended base. Its discovery document names every other address, and [the documentation] says how to \
         use them.";
    RECOMMENDED = "Recommended base";
    DISCOVERY_SMART = "Discovery (SMART)";
    DISCOVERY_OPENID = "Discovery (OpenID Connect)";
    AUTHORIZE = "Authorization endpoint";
    TOKEN = "Token endpoint";
    OTHER_BASES = "Other bases with the same answers";
    LAUNCH_URLS = "Launch URLs of the payers";
    /// The brackets are links.
    PKCE_REQUIRED = "Public clients must use PKCE. See [how to authorize] and [the scopes].";
    PKCE_RECOMMENDED = "We recommend PKCE. See [how to authorize] and [the scopes].";
}
