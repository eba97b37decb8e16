//! The seal of a row: a hash that depends on every row before it.

use std::fmt::Write as _;

use aws_lc_rs::digest::{Context, SHA256};

use crate::entry::Stored;

/// SHA-256, in hexadecimal, over the hash of the row before (empty for the first) and every column of this one. Each
/// field is preceded by its length, so that no two rows can be written alike.
pub(crate) fn hash(previous: &str, row: &Stored) -> String {
    let mut digest = Context::new(&SHA256);
    let mut add = |field: Option<&str>| match field {
        None => digest.update(&u64::MAX.to_be_bytes()),
        Some(text) => {
            digest.update(&(text.len() as u64).to_be_bytes());
            digest.update(text.as_bytes());
        }
    };
    add(Some(previous));
    add(Some(&row.sequence.to_string()));
    add(Some(&row.id));
    add(Some(&row.at.as_millisecond().to_string()));
    add(Some(&row.actor_kind));
    add(row.actor_id.as_deref());
    add(Some(&row.action));
    add(Some(&row.subject_kind));
    add(Some(&row.subject_id));
    add(row.program.as_deref());
    add(row.environment.as_deref());
    add(Some(&row.detail));
    digest.finish().as_ref().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
