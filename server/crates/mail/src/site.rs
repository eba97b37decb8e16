//! Where the links of our mail lead.

use std::sync::Arc;

/// This deployment as mail names it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Site {
    public_url: Arc<str>,
}

/// What we are called, in subjects and at the foot of every message.
pub const NAME: &str = "FHIR Layer EXchange";

impl Site {
    /// `public_url` is the configured origin, `https://flex.example.org`; never a request's `Host`.
    pub fn new(public_url: &str) -> Self {
        Self { public_url: public_url.trim_end_matches('/').into() }
    }

    /// The address of a page: `path` begins with `/` and is our own text.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The address of a page that takes a single-use token. Tokens are base64url, so they need no escaping.
    pub fn single_use(&self, path: &str, token: &str) -> String {
        format!("{}{path}?token={token}", self.public_url)
    }
}

/// Confirms an email address after sign-up: a page with one button, because opening a link must change nothing.
pub const VERIFY: &str = "/account/verify";
/// Confirms a changed email address, likewise.
pub const CONFIRM_EMAIL: &str = "/account/confirm-email";
/// Asks for a new password.
pub const RESET_PASSWORD: &str = "/account/reset-password";
/// For those who forgot their password or ID.
pub const FORGOT_PASSWORD: &str = "/account/forgot-password";
/// The holder's own account.
pub const ACCOUNT: &str = "/account";
/// What works now, for everyone.
pub const STATUS: &str = "/status";
pub const SIGN_IN: &str = "/signin";
/// How one signs in in two steps.
pub const SECOND_FACTOR: &str = "/account/second-factor";
/// The App Owner portal.
pub const OWNER: &str = "/owner";
/// What waits for the organization, and what it waits for.
pub const INBOX: &str = "/owner/inbox";
/// Begins the registration of an app.
pub const REGISTER_APP: &str = "/owner/applications/new";
/// The team of the organization that the reader acts for.
pub const TEAM: &str = "/owner/team";
/// Accepts an invitation to a team.
pub const INVITATION: &str = "/owner/invitation";
/// The Administrative & Support Portal.
pub const ADMIN: &str = "/admin";
/// Who has which role there.
pub const STAFF: &str = "/admin/staff";
/// The Member portal.
pub const MEMBER: &str = "/member";
/// What no longer has access.
pub const PAST_ACCESS: &str = "/member/past";
