//! `/admin/audit`

use model::texts;

texts! {
    TITLE = "Audit log";
    NO_ENTRIES = "No entries";
    NOTHING_MATCHES = "Nothing matches.";

    WHAT = "What";
    WHO = "Who";
    TO_WHAT = "To what";
    WHEN = "When";
    DETAILS = "Details";

    ACTION = "Action";
    ACTION_HINT = "Such as organization.approved, or organization. for all of them";
    SUBJECT_HINT = "Kind and ID, such as application:k3…";
    FILTER = "Filter";

    // Who acted, where it was not a person with an account.
    app(id) = "App {id}";
    OPERATOR = "Operator";
    SYSTEM = "System";
    UNKNOWN = "Unknown";
    /// The network address that it came from.
    from(address) = "from: {address}";
}
