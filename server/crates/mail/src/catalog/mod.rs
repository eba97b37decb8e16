//! Every letter that we send: on which event, to whom, and what its subject names. The preview page lists them from here, and
//! tests render each of them in both languages. A message function that is missing here fails a test.

mod sample;

pub use sample::{ID, Sample, TOKEN};

use crate::{message::Message, site::Site, texts::catalog as text};

/// Who reads a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The holder of a Healthcare ID, about the account itself.
    Holder,
    Member,
    /// An address that may belong to anyone.
    Mailbox,
    /// Each owner of the organization.
    Owners,
    /// The person who opened the ticket, while they are on the team; afterwards the owners.
    Asker,
    /// The person on the team whom it concerns.
    Colleague,
    /// Each reviewer and administrator whose desk reaches it, and who does not belong to the organization.
    Reviewers,
    /// Each person of support, and each administrator, whose desk reaches it, and who does not belong to the organization.
    Support,
    /// Each reviewer, person of support and administrator, about what they work on.
    Staff,
    /// The person of the staff whom it concerns.
    Person,
    /// Each administrator but the person and the one who acted.
    Administrators,
    /// The support address of a program.
    Desk,
    /// The address of the settings that keeps the digests of the audit log.
    Keeper,
}

impl Audience {
    pub fn name(self) -> &'static str {
        text::audience(self)
    }

    /// Whether it is an account, whose language the letter has. Letters to other addresses are in English, unless we know better.
    pub fn is_account(self) -> bool {
        !matches!(self, Self::Desk | Self::Keeper)
    }
}

/// What the subject names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    App,
    Organization,
    Ticket,
    Program,
    Role,
    Person,
    /// How many things, and the first of them.
    Counts,
    /// The number of an entry of the audit log.
    Entry,
    Log,
    /// The reader's own account.
    Account,
    /// Nothing: that someone is a member, or uses an app, can be health data.
    Private,
}

impl About {
    pub fn name(self) -> &'static str {
        text::about(self)
    }
}

macro_rules! catalog {
    ($($kind:ident = $key:literal, $audience:ident, $about:ident;)+) => {
        /// A letter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($kind,)+
        }

        impl Kind {
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// In addresses.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => $key,)+
                }
            }

            pub fn audience(self) -> Audience {
                match self {
                    $(Self::$kind => Audience::$audience,)+
                }
            }

            pub fn about(self) -> About {
                match self {
                    $(Self::$kind => About::$about,)+
                }
            }
        }
    };
}

catalog! {
    VerifyEmail = "verify-email", Holder, Account;
    KnownEmail = "known-email", Holder, Account;
    ForgotId = "forgot-id", Holder, Account;
    ResetPassword = "reset-password", Holder, Account;
    PasswordChanged = "password-changed", Holder, Account;
    ConfirmNewEmail = "confirm-new-email", Holder, Account;
    EmailChanged = "email-changed", Holder, Account;
    AuthenticatorIsFirst = "second-factor-on", Holder, Account;
    PasskeyIsFirst = "first-passkey", Holder, Account;
    PasskeyAdded = "passkey-added", Holder, Account;
    PasskeyRemoved = "passkey-removed", Holder, Account;
    AuthenticatorAdded = "authenticator-added", Holder, Account;
    AuthenticatorRemoved = "authenticator-removed", Holder, Account;
    AuthenticatorChanged = "authenticator-changed", Holder, Account;
    SecondFactorOff = "second-factor-off", Holder, Account;
    NewRecoveryCodes = "new-recovery-codes", Holder, Account;
    RecoveryCodeUsed = "recovery-code-used", Holder, Account;
    WrongCodes = "wrong-codes", Holder, Account;
    AccessGranted = "access-granted", Member, Private;
    AccessChanged = "access-changed", Member, Private;
    AccessLengthChanged = "access-length-changed", Member, Private;
    StillConnected = "still-connected", Member, Private;
    AccessEndsSoon = "access-ends-soon", Member, Private;
    AccessRevoked = "access-revoked", Member, Private;
    AccessRevokedByStaff = "access-revoked-by-staff", Member, Private;
    AccessEndedWithApp = "access-ended-with-app", Member, Private;
    AccessEndedByRevoking = "access-ended-by-revoking", Member, Private;
    MemberLeft = "member-left", Member, Private;
    LinkedElsewhere = "linked-elsewhere", Member, Private;
    MemberCode = "member-code", Mailbox, Private;
    MayAct = "may-act", Member, Private;
    ActsForYou = "acts-for-you", Member, Private;
    MayNoLongerAct = "may-no-longer-act", Member, Private;
    NoLongerActsForYou = "no-longer-acts-for-you", Member, Private;
    OrganizationReceived = "organization-received", Owners, Organization;
    OrganizationApproved = "organization-approved", Owners, Organization;
    OrganizationDenied = "organization-denied", Owners, Organization;
    OrganizationAsked = "organization-asked", Owners, Organization;
    OrganizationChangeReceived = "organization-change-received", Owners, Organization;
    OrganizationChangeApproved = "organization-change-approved", Owners, Organization;
    OrganizationChangeDenied = "organization-change-denied", Owners, Organization;
    OrganizationSuspended = "organization-suspended", Owners, Organization;
    OrganizationReactivated = "organization-reactivated", Owners, Organization;
    OrganizationRevoked = "organization-revoked", Owners, Organization;
    ListSet = "organization-list", Owners, Organization;
    ApplicationRegistered = "application-registered", Owners, App;
    ApplicationReceived = "application-received", Owners, App;
    ApplicationReceivedInPart = "application-received-in-part", Owners, App;
    ApplicationApproved = "application-approved", Owners, App;
    ApplicationDenied = "application-denied", Owners, App;
    ApplicationAsked = "application-asked", Owners, App;
    ApplicationChangeReceived = "application-change-received", Owners, App;
    ApplicationChangeApproved = "application-change-approved", Owners, App;
    ApplicationChangeDenied = "application-change-denied", Owners, App;
    ApplicationSuspended = "application-suspended", Owners, App;
    ApplicationReactivated = "application-reactivated", Owners, App;
    ApplicationRevoked = "application-revoked", Owners, App;
    SecretGenerated = "secret-generated", Owners, App;
    SecretEnds = "secret-ends", Owners, App;
    KeysRegistered = "keys-registered", Owners, App;
    KeysRemoved = "keys-removed", Owners, App;
    NoticeAddressSet = "notice-address-set", Owners, App;
    NoticeAddressRemoved = "notice-address-removed", Owners, App;
    Commented = "commented", Owners, App;
    AppealReceived = "appeal-received", Owners, App;
    AppealAccepted = "appeal-accepted", Owners, App;
    AppealRefused = "appeal-refused", Owners, App;
    TicketOpened = "ticket-opened", Asker, Ticket;
    TicketAnswered = "ticket-answered", Asker, Ticket;
    TicketClosed = "ticket-closed", Asker, Ticket;
    Invited = "team-invited", Mailbox, Organization;
    Joined = "team-joined", Owners, Organization;
    Removed = "team-removed", Colleague, Organization;
    Left = "team-left", Owners, Organization;
    TeamRoleChanged = "team-role-changed", Colleague, Organization;
    OwnerNamed = "team-owner-named", Owners, Organization;
    ProgramChanged = "program-changed", Owners, Program;
    OutageBegun = "outage-begun", Owners, Program;
    OutageEnded = "outage-ended", Owners, Program;
    OutageCorrected = "outage-corrected", Owners, Program;
    OrganizationArrived = "organization-arrived", Reviewers, Organization;
    ApplicationArrived = "application-arrived", Reviewers, App;
    ChangeArrived = "change-arrived", Reviewers, App;
    AnswerArrived = "answer-arrived", Reviewers, App;
    AppealArrived = "appeal-arrived", Reviewers, App;
    CommentArrived = "comment-arrived", Reviewers, App;
    TicketArrived = "ticket-arrived", Support, Ticket;
    ReplyArrived = "reply-arrived", Support, Ticket;
    AppReported = "app-reported", Desk, App;
    WeeklyDigest = "weekly-digest", Staff, Counts;
    RoleGiven = "role-given", Person, Role;
    RoleTaken = "role-taken", Person, Role;
    OthersRoleGiven = "others-role-given", Administrators, Person;
    OthersRoleTaken = "others-role-taken", Administrators, Person;
    DeskChanged = "desk-changed", Person, Program;
    AuditDigest = "audit-digest", Keeper, Entry;
    AuditBroken = "audit-broken", Keeper, Log;
}

impl Kind {
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// What happened.
    pub fn event(self) -> &'static str {
        text::event(self)
    }

    /// The letter as it would be sent, with these values.
    pub fn sample(self, site: &Site, sample: &Sample) -> Message {
        sample.letter(self, site)
    }
}

/// Events without a letter, and why.
pub const SILENT: [(&str, &str); 8] = [
    (text::BULLETIN, text::BULLETIN_WHY),
    (text::OWN_SWITCH, text::OWN_SWITCH_WHY),
    (text::OWN_WITHDRAWAL, text::OWN_WITHDRAWAL_WHY),
    (text::OWN_CLOSING, text::OWN_CLOSING_WHY),
    (text::CLAIM, text::CLAIM_WHY),
    (text::LOAD, text::LOAD_WHY),
    (text::INVITATION_WITHDRAWN, text::INVITATION_WITHDRAWN_WHY),
    (text::LOOK_UP, text::LOOK_UP_WHY),
];
