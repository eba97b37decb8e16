//! `/admin/members`: a member's connected apps, looked up by support.

use model::texts;

texts! {
    TITLE = "Members";
    HEADING = "Look up a member's connected apps";
    ABOUT =
        "Name one member or one account exactly. We do not list or search members, and show no health data. Every look-up is written \
         into the audit log with your name.";
    place(program, environment, payer) = "{program}, {environment}, {payer}";
    NO_PLACES = "Your desk has no payers. Ask an administrator.";
    LOOK_UP = "Look up";

    // The answer
    CONNECTED = "Connected apps";
    LASTS = "This look-up ends one hour after it began. Then look the member up again.";
    NONE_CONNECTED = "No connected apps";
    ABOUT_NONE = "No app has access to this member's data now.";
    ABOUT_NONE_OF_ACCOUNT = "This account has given no app access now.";
    PROGRAM = "Program";
    PAYER = "Payer";
    MEMBER = "Member";
    PATIENT_ID = "Patient ID";
    ACCOUNT = "Account";
    HEALTHCARE_ID = "Healthcare ID";
    EMAIL = "Email";
    LOOKED_UP = "Looked up";
    APP = "App";
    CAN_READ = "Can read";
    ALLOWED_BY = "Allowed by";
    AS_REPRESENTATIVE = "as a representative";
    SINCE = "Since";
    LAST_ACCESS = "Last access";
    NOT_YET = "Not yet";
    UNTIL = "Until";
    NO_OFFLINE = "Does not stay connected";
    NOT_NOW = "No access at present";
    END = "End access";
    /// For screen readers, after the words of the link.
    of_app(app) = "of {app}";
    AGAIN = "Look up another member";

    // Ending it
    end_of(app) = "End the access of {app}?";
    WHAT_STOPS = "What stops at once";
    STOPS_READING = "The app can no longer read this:";
    STOPS_TOKENS = "Its tokens stop working at the next call. The app gets a notice, if it gave a notice address.";
    KEEPS = "The app may keep what it has already read. The member can connect it again at any time.";
    MAILED = "We email the person who allowed it, in their language.";
}
