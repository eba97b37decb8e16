//! `/admin`

use model::texts;

texts! {
    NOTHING_WAITS = "Nothing is waiting";
    ALL_DECIDED = "Every registration has been decided.";
    DUE_FIRST = "Due first";
    overdue(count) = "{count} overdue";
    mine(count) = "{count} claimed by me";
    ONE_UNDELIVERED = "We could not deliver 1 message in the last 7 days. [See undelivered mail]";
    undelivered(count) = "We could not deliver {count} messages in the last 7 days. [See undelivered mail]";
}
