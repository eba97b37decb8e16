//! `/admin/programs`

use model::{sentences, texts};
use programs::{
    program::{RefreshRotation, UnknownScopes},
    surface::SurfaceKind,
};

texts! {
    TITLE = "Programs & payers";
    ABOUT =
        "This deployment serves what its program files say. You can change these files with the deployment, but not on this page.";

    representatives(environment) = "Representatives of members, {environment}";
    ACCESS_TOKEN = "Access token";
    seconds(seconds) = "{seconds} seconds";
    CONSENT_LASTS = "Consent lasts";
    consent_days(days, choices) = "{days} days (members choose from {choices})";
    NEW_REFRESH_TOKENS = "New refresh tokens";
    TWO_PEOPLE = "Two people approve production apps that read members' data";
    WITHOUT_OFFLINE_ACCESS = "A refresh token without offline_access";
    SCOPES = "Scopes";
    UNKNOWN_SCOPES = "Unknown scopes";
    RESOURCES = "Resources";
    SUPPORT = "Support";
    TIME_ZONE = "Time zone";

    BASES = "Bases";
    BASE = "Base";
    KIND = "Kind";
    ENVIRONMENTS = "Environments";
    PAYERS = "Payers";
    PAYER = "Payer";

    PROVIDERS = "Payers' identity providers";
    PROVIDER_OF = "Identity provider of";
    ISSUER = "Issuer";
    LAST_SIGN_IN = "Last sign-in";
    HOOKS = "Payers' code hooks";
    CODES_FOR = "Codes for members of";
    CODES_BY = "By";
    HOOK = "Code hook";
    LAST_CODE = "Last code";
    STATE = "State";
    LAST_FAILURE = "Last failure";
    KEYS_READ = "Keys read";
    NOT_READ = "Not since the server started";
    SINCE = "since [time]";

    WORKS = "Works";
    FAILS = "Fails";
    NOT_USED = "Not used yet";
    NEVER = "Never";
}

sentences! {
    /// To which clients a refresh gives a new refresh token.
    pub(crate) rotation(RefreshRotation) {
        Never = "Never";
        Public = "For public clients";
        Always = "Always";
    }
}

sentences! {
    pub(crate) unknown_scopes(UnknownScopes) {
        Refuse = "Refused";
        Ignore = "Left out. The answer says what was granted.";
    }
}

sentences! {
    pub(crate) surface(SurfaceKind) {
        Authz = "Authorization server";
        Fhir = "FHIR";
        Public = "Public directory";
    }
}
