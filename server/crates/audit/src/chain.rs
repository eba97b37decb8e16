//! The seal of a row: a hash that depends on every row before it.

use store::digest::sha256_hex;

use crate::entry::Stored;

/// SHA-256, in hexadecimal, over the hash of the row before (empty for the first) and every column of this one. Each
/// field is preceded by its length, so that no two rows can be written alike.
pub(crate) fn hash(previous: &str, row: &Stored) -> String {
    let mut fields = Vec::with_capacity(512);
    let mut add = |field: Option<&str>| match field {
        None => fields.extend_from_slice(&u64::MAX.to_be_bytes()),
        Some(text) => {
            fields.extend_from_slice(&(text.len() as u64).to_be_bytes());
            fields.extend_from_slice(text.as_bytes());
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
    sha256_hex(&fields)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    /// Computed by Python's `hashlib` from what the comment above says: logs that exist must stay provable.
    #[test]
    fn a_row_has_the_hash_that_it_always_had() {
        let row = Stored {
            sequence: 7,
            id: "id-7".to_owned(),
            at: Timestamp::from_millisecond(1_767_225_600_123).unwrap(),
            actor_kind: "account".to_owned(),
            actor_id: None,
            action: "account.signed_in".to_owned(),
            subject_kind: "account".to_owned(),
            subject_id: "ä".to_owned(),
            program: Some("oph-ca".to_owned()),
            environment: Some(String::new()),
            detail: "{}".to_owned(),
            hash: "of no account".to_owned(),
        };
        assert_eq!(hash("", &row), "bad98230363dd27db206c0e7e6d24d4af2d1f9b7f61651ae14575d0251d13c0c");
        assert_eq!(hash("abc", &row), "56d62fb73450b02df0271f85ef804a3d121289dc3a599db31a6142887534a77b");
    }
}
