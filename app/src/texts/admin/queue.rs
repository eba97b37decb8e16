//! `/admin/queues`

use model::texts;

texts! {
    // The queues
    ALL = "All";
    ORGANIZATIONS = "Organizations";
    APPLICATIONS = "Applications";
    CHANGES = "Changes";
    APPEALS = "Appeals";
    tab(name, count) = "{name} ({count})";

    // What a queue is narrowed to.
    SHOW = "Show";
    ALL_OPEN = "All open";
    UNCLAIMED = "Unclaimed";
    CLAIMED_BY_ME = "Claimed by me";
    OVERDUE = "Overdue";
    ANY = "Any";
    PROGRAM = "Program";
    ACCESS = "Access";
    READS_MEMBERS = "Member data";
    AGE = "Waiting";
    OVER_ONE_DAY = "Over 1 day";
    OVER_THREE_DAYS = "Over 3 days";
    OVER_A_WEEK = "Over 7 days";
    ORDER = "Sort by";
    BY_DUE = "Due first";
    BY_NEWEST = "Newest first";
    BY_NAME = "Name";
    FILTER = "Filter";
    CLEAR = "Clear the filters";
    /// The name of these links for screen readers.
    WHICH = "Queues";

    NOTHING_WAITS = "Nothing is waiting here";
    NOTHING_MATCHES = "No open review matches.";

    OPEN_REVIEWS = "Open reviews";
    REGISTRATION = "Registration";
    KIND = "Kind";
    application(environment) = "Application, {environment}";
    CHANGE = "Change of what is approved";
    APPEAL = "Appeal";
    /// Where two people have to approve, and one has.
    SECOND_APPROVAL = "Needs a second approval";
}
