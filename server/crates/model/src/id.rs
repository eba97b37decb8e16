//! Identifiers: one type for each kind of thing, so that none can be used for another.

/// Declares an identifier: opaque text, unique for its kind, never parsed for meaning.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is: from our own database, or from a request that a query will check.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A Healthcare ID account.
    AccountId
    /// A browser's session; names it here, does not reveal its token.
    SessionId
    /// A passkey of an account, as we call it; its authenticator has a name of its own.
    PasskeyId
    /// A vendor.
    OrganizationId
    /// An app as its vendor registered it.
    ApplicationId
    /// `client_id` of RFC 6749 §2.2.
    ClientId
    /// A registration that is not sent yet.
    DraftId
    /// An invitation to an organization's team.
    InvitationId
    /// A live or past client secret of an application; names it, does not reveal it.
    SecretId
    /// An administrator's decision, or a comment beside it.
    ReviewId
    /// A registration as it was sent.
    SubmissionId
    /// A vendor's request to support.
    TicketId
    /// A file that was sent with a message.
    AttachmentId
    /// What a member allowed one app.
    GrantId
    /// A payer within a program, as its program file names it.
    PayerId
    /// `Patient.id` within one partition.
    PatientId
    /// What lets an account act for a member.
    RepresentativeId
    /// One row of the audit log.
    AuditId
}

/// How the ids of the server's own probe begin. Ids that we draw have no hyphen, so no other account or app has such an id.
pub const PROBE: &str = "probe-";

impl AccountId {
    /// Whether this is the account as which the server signs in to a sandbox to see whether that works.
    pub fn is_probe(&self) -> bool {
        self.0.starts_with(PROBE)
    }
}

impl ClientId {
    /// Whether this is the app as which the server does so.
    pub fn is_probe(&self) -> bool {
        self.0.starts_with(PROBE)
    }
}
