//! Forms: one definition each ([`form!`](crate::form!)), and what can be wrong with what was typed.

pub mod check;
mod define;
pub mod field;
pub mod input;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::form::{field::Field, input::Input};

/// One field's error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The name of the form struct's field, which is also the name of the input.
    pub field: Cow<'static, str>,
    pub code: Code,
}

impl FieldError {
    pub fn new(field: impl Into<Cow<'static, str>>, code: Code) -> Self {
        Self { field: field.into(), code }
    }
}

words! {
    /// Why a value was refused.
    Code {
        Required = "required",
        TooShort = "too_short",
        TooLong = "too_long",
        /// A statement that is too short to say anything.
        TooVague = "too_vague",
        /// Not one of the values that the form offers.
        NotAChoice = "not_a_choice",
        /// The terms must be agreed to.
        MustAgree = "must_agree",
        /// Control characters, line breaks where one line is asked.
        ControlCharacter = "control_character",
        /// `<` or `>`: names are shown on the consent page and in mail.
        Markup = "markup",
        /// Bidirectional controls, zero-width and other invisible characters.
        HiddenCharacter = "hidden_character",
        /// A name without a letter or digit, or with stacked marks.
        NotAName = "not_a_name",
        /// Too much like the name of another organization's approved app.
        LookAlike = "look_alike",
        /// Contains, or looks like, the name of a program, a payer, the operator or the product.
        Reserved = "reserved",
        /// The name or redirect URI of an app that an administrator has blocked.
        Blocked = "blocked",
        /// The custom scheme of another organization's app.
        SchemeTaken = "scheme_taken",
        /// In production, a public client with public access alone could get no token at all.
        NothingToUse = "nothing_to_use",
        NotAnEmail = "not_an_email",
        /// Only digits are allowed in a phone number.
        DigitsOnly = "digits_only",
        /// Not the ten digits of a US number.
        NotAUsPhone = "not_a_us_phone",
        /// Not a country code and number, 7 to 15 digits, without a leading 0.
        NotAnInternationalPhone = "not_an_international_phone",
        /// Not `NN-NNNNNNN`.
        NotAnEin = "not_an_ein",
        /// Letters, digits, spaces, `-`, `.` and `/` only, with at least one digit.
        NotABusinessId = "not_a_business_id",
        NotACountry = "not_a_country",
        NotAState = "not_a_state",
        /// Not `NNNNN` or `NNNNN-NNNN`.
        NotAZipCode = "not_a_zip_code",
        NotAUrl = "not_a_url",
        NotHttps = "not_https",
        /// `name@` or `name:password@` in an address.
        UserInfo = "user_info",
        /// An address, `localhost` or a name without a dot where a public host name is asked.
        NotAPublicHost = "not_a_public_host",
        /// A relative reference, or a host without a scheme: `api.example.com&state=…` is not a URI.
        NotAbsolute = "not_absolute",
        /// `javascript:`, `data:`, `file:` and others that do not belong to an app.
        ForbiddenScheme = "forbidden_scheme",
        /// A custom scheme that is not a domain name in reverse order: `com.example.app`.
        NotReverseDomain = "not_reverse_domain",
        /// A custom scheme without `:/` or `://` after it.
        NoSlash = "no_slash",
        /// `http` is for this machine's own address, and for the sandbox.
        LoopbackInSandboxOnly = "loopback_in_sandbox_only",
        Fragment = "fragment",
        Wildcard = "wildcard",
        /// A space, backslash, quote or a character outside ASCII that a URI must encode.
        UriCharacter = "uri_character",
        /// `/./` or `/../`, plain or encoded: browsers rewrite them, so the match would not be exact.
        DotSegment = "dot_segment",
        /// Capital letters or a default port: browsers rewrite them, so the match would not be exact.
        NotNormal = "not_normal",
        /// `code`, `state`, `iss` or `error` in the query: the answer adds its own.
        ReservedParameter = "reserved_parameter",
        /// Sandbox is for apps with patient access.
        SandboxNeedsPatient = "sandbox_needs_patient",
        /// Not a JSON Web Key Set: an object with a list of keys.
        NotAJwks = "not_a_jwks",
        /// A private or symmetric key where a public one is asked.
        PrivateKey = "private_key",
        /// RSA below 2048 bits.
        WeakKey = "weak_key",
        /// A key of another type or curve, or for another algorithm than RS256, RS384, ES256, ES384.
        NotASigningKey = "not_a_signing_key",
        /// A member of a key is missing or malformed.
        MalformedKey = "malformed_key",
        /// Several keys between which a signature cannot choose.
        KeyIdNeeded = "key_id_needed",
        /// The environment and the kind of client are fixed once an app is registered.
        Fixed = "fixed",

        // Of whole forms
        /// We no longer have what was typed.
        FormGone = "form_gone",
        /// The form was filled in from an older version than the one stored.
        Changed = "changed",
        /// The draft was saved in another tab since this page was opened.
        DraftChanged = "draft_changed",
        /// The address belongs to a member of the team.
        OnTeam = "on_team",
        /// The address is invited already.
        Invited = "invited",
        /// As many invitations wait as may, or a letter was sent too often.
        TooManyInvitations = "too_many_invitations",
        /// The account has as many drafts as it may have.
        TooManyDrafts = "too_many_drafts",
        /// The account belongs to as many organizations as it may.
        TooManyOrganizations = "too_many_organizations",
        /// The box was not checked that says: this invitation is for me, although it was sent to another address.
        OtherAddress = "other_address",
        /// The organization would lose its last owner.
        LastOwner = "last_owner",
        /// The account is an owner already.
        OwnerAlready = "owner_already",
        /// No account was found by what was typed.
        NotAnAccount = "not_an_account",
        TooManyAttempts = "too_many_attempts",

        // Files
        FileEmpty = "file_empty",
        FileTooLarge = "file_too_large",
        FileKind = "file_kind",
        TooManyFiles = "too_many_files",
        LogoTooLarge = "logo_too_large",
        LogoKind = "logo_kind",
        /// More pixels than we read.
        LogoPixels = "logo_pixels",
        LogoMoves = "logo_moves",
        LogoBroken = "logo_broken",
        /// The form names a logo that the organization never sent, or that we no longer keep.
        LogoGone = "logo_gone",

        // Decisions of reviewers, secrets
        TwoLiveSecrets = "two_live_secrets",
        CriterionNeeded = "criterion_needed",
        CommentNeeded = "comment_needed",
        ReasonNeeded = "reason_needed",
        ClaimedByOther = "claimed_by_other",
        OwnDecision = "own_decision",
        SecondPerson = "second_person",
        NameInUse = "name_in_use",
        UnderAppeal = "under_appeal",
        NotPermitted = "not_permitted",

        // Roles of staff
        LastAdministrator = "last_administrator",
        ProgramNeeded = "program_needed",

        // People, Healthcare IDs
        NameCharacters = "name_characters",
        EmailUnverified = "email_unverified",
        HealthcareIdLength = "healthcare_id_length",
        HealthcareIdCharacters = "healthcare_id_characters",
        HealthcareIdTaken = "healthcare_id_taken",
        PasswordTooShort = "password_too_short",
        PasswordTooLong = "password_too_long",
        PasswordCommon = "password_common",
        PasswordContainsName = "password_contains_name",
        PasswordWrong = "password_wrong",
        SignInFailed = "sign_in_failed",
        SignInExpired = "sign_in_expired",

        // Second factors
        CodeWrong = "code_wrong",
        RecoveryCodeWrong = "recovery_code_wrong",
        PasskeyWrong = "passkey_wrong",
        PasskeyCopied = "passkey_copied",
        PasskeyExpired = "passkey_expired",
        PasskeyTaken = "passkey_taken",
        TooManyPasskeys = "too_many_passkeys",
        NoPasskeysHere = "no_passkeys_here",
        EnrolmentExpired = "enrolment_expired",

        // Members, consent
        DateInvalid = "date_invalid",
        MemberNotFound = "member_not_found",
        /// The payer has no email address of the member, and sends codes only by email.
        MemberNoAddress = "member_no_address",
        /// The payer has neither an email address nor a phone number nor a postal address of the member.
        MemberNoWay = "member_no_way",
        MemberGone = "member_gone",
        MemberLetterWait = "member_letter_wait",
        MemberCodeNotSent = "member_code_not_sent",
        MemberCodeWrong = "member_code_wrong",
        MemberCodeEnded = "member_code_ended",
        LinkedToAnother = "linked_to_another",

        // Bulletins and outages
        MomentInvalid = "moment_invalid",
        EndBeforeStart = "end_before_start",
        InThePast = "in_the_past",
        InTheFuture = "in_the_future",
        SpanishMissing = "spanish_missing",

        // Who may act for a member
        NoSuchAccount = "no_such_account",
        NoSuchMember = "no_such_member",
        NoSuchPatient = "no_such_patient",
        NoSuchPerson = "no_such_person",
        OwnAccount = "own_account",
        OwnRecord = "own_record",
        ActsAlready = "acts_already",
        DayTooEarly = "day_too_early",
        DayTooLate = "day_too_late",
        ..Unknown
    }
}

impl std::error::Error for Code {}

/// A form's definition; see [`form!`](crate::form!).
pub trait Form: Serialize + Default {
    /// Its name in the address of its page, after a refusal.
    const NAME: &'static str;

    /// Its inputs, in the order in which the error summary lists them.
    fn inputs() -> Vec<Input>;
}

/// The errors of a form, collected while its fields are read.
#[derive(Debug, Default)]
pub struct Errors(Vec<FieldError>);

impl Errors {
    /// The value, or nothing and the field's error noted.
    pub fn take<T>(&mut self, field: impl Into<Cow<'static, str>>, result: Result<T, impl Into<Code>>) -> Option<T> {
        result.map_err(|error| self.add(field, error.into())).ok()
    }

    /// What was typed, read as a `T`, or nothing and the field's error noted.
    pub fn read<T: Field>(&mut self, field: impl Into<Cow<'static, str>>, typed: &str) -> Option<T> {
        self.take(field, T::read(typed))
    }

    /// The value, or nothing and the errors of its fields noted.
    pub fn take_all<T>(&mut self, result: Result<T, Vec<FieldError>>) -> Option<T> {
        result.map_err(|errors| self.0.extend(errors)).ok()
    }

    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, code: Code) {
        self.0.push(FieldError::new(field, code));
    }

    /// The value, where no field had an error.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<FieldError>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// For [`form!`](crate::form!), which has to name the type that a field was read as.
#[doc(hidden)]
pub fn read<T>(value: Option<T>) -> Option<T> {
    value
}
