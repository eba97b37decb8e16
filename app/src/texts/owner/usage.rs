//! How apps use the endpoints.

use model::texts;

texts! {
    TITLE = "Usage in the last 30 days";
    PER_DAY = "Requests per day";
    BY_ENDPOINT = "Requests by endpoint";
    ERRORS_BY_STATUS = "Errors by status code";
    REQUESTS = "Requests";
    ERRORS = "Errors";
    DAY = "Day";
    ENDPOINT = "Endpoint";
    STATUS = "Status code";
    /// On the overview.
    calls(count) = "{count} requests in the last 7 days.";
    NOTHING = "No requests yet.";
    NO_MEMBERS = "No members are connected.";
    ONE_MEMBER = "1 member is connected.";
    members(count) = "{count} members are connected.";

    // Beside a secret or key
    LAST_USED = "Last used:";
    NEVER_USED = "Not used yet.";
}
