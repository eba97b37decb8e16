//! `/admin/queues/…`

use model::texts;

texts! {
    // What the queue is narrowed to.
    ALL_OPEN = "All open";
    UNCLAIMED = "Unclaimed";
    CLAIMED_BY_ME = "Claimed by me";
    OVERDUE = "Overdue";
    /// The name of these links for screen readers.
    WHICH = "Which reviews";

    NOTHING_WAITS = "Nothing is waiting here";
    NOTHING_MATCHES = "No open review matches.";
    FILTER_BY_NAME = "Filter this page by name";

    OPEN_REVIEWS = "Open reviews";
    REGISTRATION = "Registration";
    KIND = "Kind";
    application(environment) = "Application, {environment}";
}
