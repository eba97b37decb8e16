//! To the address that keeps the digests of the audit log.

use model::texts;

texts! {
    digest(sequence) = "Audit log: digest of entry {sequence}";
    DIGEST_BODY =
        "The audit log is intact. Keep this message: its digest proves every entry up to this one. “flex check-audit --digest” compares it with the log.";
    BROKEN = "Audit log: not intact";
    BROKEN_BODY =
        "Entries of the audit log were changed or removed outside of FLEX. Keep a copy of the database and of every digest, and run “flex check-audit”.";
    ENTRIES_CHECKED = "Entries checked";
    DIGEST = "Digest";
    FIRST_PROBLEM = "First problem";
    OPEN_LOG = "Open the audit log";
}
