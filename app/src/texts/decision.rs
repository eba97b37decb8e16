//! A decision as a document, for owners and staff.

use model::texts;

texts! {
    /// The brackets hold a time.
    PRINT = "Print the decision of [time]";
    title(name) = "Decision on {name}";
    HINT = "Print this page from your browser. It fits on Letter paper.";

    APPLICATION = "Application";
    ORGANIZATION = "Organization";
    PROGRAMS = "Programs";
    ENVIRONMENT = "Environment";
    KIND = "Kind";
    KIND_REGISTRATION = "Registration";
    KIND_CHANGE = "Change of what is approved";
    KIND_APPEAL = "Appeal";
    RECEIVED = "Received";
    NUMBER = "Number of the review";

    DECISION = "Decision";
    OUTCOME = "Outcome";
    OPEN = "Not decided yet";
    DUE = "Due";
    DECIDED_BY = "Decided by";
    DECIDED = "Decided";
    CRITERION = "Criterion";
    COMMENT = "Comment";

    DENIAL = "The decision that was appealed";
    APPEAL = "Appeal";
    APPEALED = "Appealed";
    WORDS = "What the vendor wrote";

    CHANGES = "What it changed";
    as_submitted(version) = "{version}, as it was submitted";
    NOT_KEPT = "We did not keep what was sent for this review: it was decided before we kept versions.";
    VENDOR = "The organization at the time of the decision";
    /// The brackets hold a time and an address.
    PRINTED = "As of [time], [address]";
}
