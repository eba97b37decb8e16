//! The arguments of a statement.

use jiff::Timestamp;
use model::{
    channel::Channel,
    partition::{Environment, ProgramId},
};

/// A bound argument. A null keeps its type, because PostgreSQL requires it.
#[derive(Clone, Debug)]
pub enum Value {
    Bool(Option<bool>),
    Int(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Blob(Option<Vec<u8>>),
}

macro_rules! from {
    ($($type:ty => $kind:ident, $convert:expr;)*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                let convert: fn($type) -> _ = $convert;
                Self::$kind(Some(convert(value)))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                let convert: fn($type) -> _ = $convert;
                Self::$kind(value.map(convert))
            }
        }
    )*};
}

from! {
    bool => Bool, |value| value;
    i64 => Int, |value| value;
    i32 => Int, i64::from;
    u32 => Int, i64::from;
    f64 => Real, |value| value;
    String => Text, |value| value;
    &str => Text, str::to_owned;
    &String => Text, String::clone;
    Vec<u8> => Blob, |value| value;
    &[u8] => Blob, <[u8]>::to_vec;
    // Milliseconds since 1970, the unit of every `_at` column.
    Timestamp => Int, Timestamp::as_millisecond;
    Environment => Text, |value| value.as_str().to_owned();
    Channel => Text, |value| value.as_str().to_owned();
    &ProgramId => Text, |value| value.as_str().to_owned();
}

macro_rules! from_ids {
    ($($id:ident)*) => {$(
        from! { &model::id::$id => Text, |value| value.as_str().to_owned(); }
    )*};
}

from_ids! { AccountId SessionId PasskeyId OrganizationId ApplicationId ClientId SecretId ReviewId SubmissionId TicketId AttachmentId GrantId PayerId PatientId RepresentativeId DraftId InvitationId AuditId }
