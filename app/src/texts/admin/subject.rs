//! `/admin/organizations/{id}` and `/admin/applications/{id}`: all that is known of one. What is in brackets is data.

use model::texts;

texts! {
    // An organization
    TEAM = "Team";
    colleague(name, role, email) = "{name} ({role}), {email}";
    TERMS_AGREED = "Terms agreed to";
    APPLICATIONS = "Applications";

    // Its rounds of review
    REVIEWS = "Reviews";
    REVIEW_OF = "Review of [time]";
    DECIDED = "[outcome] by [name], [time]";
    OPEN = "Open, due [time]";

    // An app
    CLIENT_ID = "Client ID";
    SECRETS = "Secrets";
    CREATED = "Created [time]";
    CREATED_UNTIL = "Created [time], works until [time]";
    PUBLIC_KEYS = "Public keys";
    PUBLIC_ACCESS = "Public access";
    PATIENT_ACCESS = "Patient access";
    VENDORS_SWITCH = "The vendor's switch";
    BLOCKED = "Blocked by an administrator";
    SINCE = "Since [time]";

    // What becomes of errors in an app's authorization requests.
    ERRORS = "Errors in its requests";
    ON_PAGE = "Shown on a page first";
    ON_PAGE_WHILE_BLOCKED = "Shown on a page first, while the app is blocked";
    TO_APP = "Returned to the app at once";
    SHOW_ON_PAGE = "Show errors on a page first";
    RETURN_TO_APP = "Return errors to the app at once";
}
