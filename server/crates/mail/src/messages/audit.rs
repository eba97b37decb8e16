//! To the address that keeps the digests of the audit log, after each daily check.

use model::email::Email;

use crate::{letter::Letter, message::Message, site::Site, texts::audit as text};

/// The log is intact; this is the digest of its newest entry, with the entry's number.
pub fn digest(site: &Site, to: &Email, sequence: i64, digest: &str, checked: i64) -> Message {
    let checked = checked.to_string();
    Letter::new(text::digest(sequence))
        .paragraph(text::DIGEST_BODY)
        .facts(&[(text::DIGEST, digest), (text::ENTRIES_CHECKED, &checked)])
        .button(text::OPEN_LOG, site.page("/admin/audit"))
        .to(site, to)
}

/// The log is not intact: the first problem, in a sentence.
pub fn broken(site: &Site, to: &Email, digest: &str, problem: &str) -> Message {
    Letter::new(text::BROKEN)
        .paragraph(text::BROKEN_BODY)
        .facts(&[(text::FIRST_PROBLEM, problem), (text::DIGEST, digest)])
        .button(text::OPEN_LOG, site.page("/admin/audit"))
        .to(site, to)
}
