//! `/admin/feeds`: what payers' data came, and how fresh it is.

use fhir::feeds::State;
use model::{sentences, texts};

texts! {
    TITLE = "Data feeds";
    ABOUT =
        "What was loaded into each program, and whether it is as fresh as the program promises. Limits in business days count the \
         program's support days. The sandbox has synthetic data, so it has no limits.";
    of(program, environment) = "{program}, {environment}";

    FRESHNESS = "Freshness";
    DATA = "Data";
    PROMISE = "Promised";
    LAST = "Last complete load";
    STATE = "State";
    FRESH = "Fresh";
    LATE = "Late";
    NO_LIMIT = "No limit here";
    NOT_LOADED = "Not loaded in the last 60 days";
    NOTHING_LOADED = "Nothing loaded yet";
    ABOUT_NOTHING = "The command flex load brings data.";
    due(time) = "Due by {time}";
    SINCE = "since [time]";

    LOADS = "Last loads";
    STARTED = "Started";
    SOURCE = "Source";
    ENDED = "Ended";
    LAST_WROTE = "Last wrote [time]";
    COUNTS = "Resources";
    count(kind, created, updated, unchanged, deleted) =
        "{kind}: {created} new, {updated} changed, {unchanged} unchanged, {deleted} deleted";
    skipped(kind, count) = "{kind}: {count} left out, because the program does not offer this type";
    REJECTS = "Rejects";
    DOWNLOAD = "Download rejects";
    /// For screen readers, after the words of the button.
    of_load(number) = "of load {number}";
    ABOUT_REJECTS =
        "The file has one line for each reject: file, line, element, and reason, for 90 days and at most 10,000 lines of a load. A reason \
         can repeat a value from the data, so only administrators download it, and the audit log notes who did.";

    // On the dashboard
    ONE_LATE = "1 data feed is late. [See the data feeds]";
    late(count) = "{count} data feeds are late. [See the data feeds]";

    PROVIDERS = "Sign-in at payers";
}

sentences! {
    pub(crate) state(State) {
        Running = "Running";
        Done = "Done";
        Failed = "Failed";
        Interrupted = "Interrupted";
        Unknown = "Unknown";
    }
}
