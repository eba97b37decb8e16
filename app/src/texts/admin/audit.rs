//! `/admin/audit`

use model::{sentences, texts};

pub mod action;

texts! {
    TITLE = "Audit log";
    NO_ENTRIES = "No entries";
    NOTHING_MATCHES = "Nothing matches. Try other days, or fewer filters.";

    WHAT = "What happened";
    WHEN = "When";
    DETAILS = "Details";

    // The filters
    FILTER = "Filter";
    CLEAR = "Clear the filters";
    WHO = "Who";
    WHO_HINT = "A name, a Healthcare ID, an email address, a client ID, “operator”, or “system”";
    KIND = "Kind";
    EVERY_KIND = "Everything";
    all_of(kind) = "All of: {kind}";
    FROM_DAY = "From";
    TO_DAY = "To";
    TO_WHAT = "About";
    SUBJECT_HINT = "Kind and ID, such as application:k3…";
    SEVERAL = "Several people have this name. Choose one:";
    NO_SUCH_ACTOR = "We do not know this person or app, so the filter matches nothing.";

    // Who acted, where it was not a person with an account.
    app(name, organization) = "{name} of {organization}";
    OPERATOR = "An operator at the command line";
    SYSTEM = "FLEX";
    UNKNOWN = "Someone of whom only another version of FLEX knows";
    /// A value that an older entry does not have.
    NOT_RECORDED = "(not recorded)";
    /// The value of a setting that was not set.
    NOTHING = "nothing";
    /// Instead of a sentence, where another version wrote the entry.
    unknown_action(action) = "[who] did “{action}” to [what].";

    /// The network address that it came from.
    FROM = "From address";
    changed(before, after) = "{before} → {after}";
    PROGRAM = "Program";
    all_about(kind) = "All entries about this {kind}";
    ALL_BY = "All entries by the same actor";
    /// A thing without a page: its kind and the beginning of its ID.
    thing(kind, id) = "{kind} {id}…";

    // The export
    EXPORT = "Export";
    EXPORT_ABOUT = "All entries that the filters show, on every page. The log notes who exported what.";
    CSV = "Download as CSV";
    NDJSON = "Download as NDJSON";

    // The last check
    CHECK = "Is the log complete?";
    NEVER_CHECKED = "The log was not checked yet. The server checks it once a day.";
    INTACT = "Intact";
    BROKEN = "Not intact";
    RESULT = "Last check";
    CHECKED_BY = "Checked by";
    CHECKED = "What was checked";
    checked_all(rows) = "All {rows} entries";
    checked_new(rows, after) = "{rows} new entries, after entry {after}";
    HEAD = "Digest of the newest entry";
    HEAD_ABOUT = "Keep a copy outside of FLEX. “flex check-audit --digest” compares it with the log.";
    by_worker(process) = "The daily check, process {process}";
    by_command(process) = "“flex check-audit”, process {process}";
    by_unknown(process) = "Process {process}";
    faults(count, first) = "Problems: {count}. The first: {first}";
    BROKEN_ADVICE = "Entries were changed or removed outside of FLEX. Keep a copy of the database and of every digest, and run “flex check-audit”.";

    // What a check can find; the command prints the same.
    fault_changed(sequence) = "Entry {sequence} is not as it was written.";
    fault_missing(from, to) = "Entries {from} to {to} are missing.";
    fault_cut_off(from, to) = "The end of the log is missing: entries {from} to {to}.";
    fault_added(from) = "From entry {from} on, there are entries that the log does not count.";
    fault_head(sequence) = "The digest of the log is not that of its newest entry, {sequence}.";
    fault_rewritten(sequence) = "Entry {sequence} does not have the digest that was kept: the log was rewritten.";
}

/// The groups of the filter, by the first word of their actions.
#[derive(Clone, Copy)]
pub enum Group {
    Account,
    Application,
    Audit,
    Bulletin,
    Criterion,
    Grant,
    Mail,
    Member,
    Organization,
    Outage,
    Representative,
    Review,
    Security,
    SigningKey,
    Other,
}

impl Group {
    pub fn of(kind: &str) -> Self {
        match kind {
            "account" => Self::Account,
            "application" => Self::Application,
            "audit" => Self::Audit,
            "bulletin" => Self::Bulletin,
            "criterion" => Self::Criterion,
            "grant" => Self::Grant,
            "mail" => Self::Mail,
            "member" => Self::Member,
            "organization" => Self::Organization,
            "outage" => Self::Outage,
            "representative" => Self::Representative,
            "review" => Self::Review,
            "security" => Self::Security,
            "signing_key" => Self::SigningKey,
            _ => Self::Other,
        }
    }
}

sentences! {
    pub(crate) group(Group) {
        Account = "Accounts";
        Application = "Applications";
        Audit = "The audit log";
        Bulletin = "Bulletins";
        Criterion = "Criteria for denials";
        Grant = "Access that members gave";
        Mail = "Mail";
        Member = "Members";
        Organization = "Organizations";
        Outage = "Outages";
        Representative = "Representatives";
        Review = "Reviews";
        Security = "Security";
        SigningKey = "Signing keys";
        Other = "Other";
    }
}
