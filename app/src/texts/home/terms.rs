//! `/terms`

use model::texts;

texts! {
    TITLE = "Terms and Conditions";
    /// For search engines.
    ABOUT = "The terms and conditions for developers who connect apps through FLEX.";
    INTRO =
        "These terms apply to everyone who uses FHIR Layer EXchange: app owners, members, and the staff who support them.";

    ACCOUNT = "Your Healthcare ID";
    ABOUT_ACCOUNT =
        "Give true information, keep your password to yourself, and tell support when you think that someone else used your \
         account.";

    OWNERS = "App owners";
    TRUTHFULLY =
        "Register your organization truthfully and keep the registration current. When you change something that we reviewed, we \
         review it again.";
    SEPARATELY = "Register each app, and each platform of an app, separately.";
    ONLY_NEEDED =
        "Ask members only for the data that your app needs. Before they are asked, tell them what you need it for, how long you \
         keep it, and whom you pass it to.";
    PRIVACY_POLICY = "Publish a privacy policy that a member can find and understand, and keep to it.";
    SECRETS =
        "Keep client secrets confidential. Register an app that cannot keep one as a public client, which uses PKCE.";
    REVOKED = "When a member revokes access, stop using the access you were given.";

    MEMBERS = "Members";
    ABOUT_MEMBERS =
        "You decide which app receives your data. Once an app has received data, the app's own privacy policy applies to that \
         copy, and HIPAA may not protect it. You can revoke an app's access at any time in the member portal. That ends future \
         access, but not what the app already holds.";

    SUSPENSION = "Suspension";
    ABOUT_SUSPENSION =
        "We suspend access when it would put the security of members' data at risk, under objective, verifiable criteria that we \
         apply to every app alike. We tell the app owner why, and the app owner may appeal.";

    SYNTHETIC = "Synthetic data";
    ABOUT_SYNTHETIC =
        "The sandbox holds synthetic data. It describes no real person and must not be used for care or payment.";

    // What people agreed to
    version(number) = "Terms and conditions, version {number}";
    /// The brackets hold a day.
    SINCE = "First agreed to on [day].";
}

/// A part of the terms: paragraphs, or the points of a list.
pub struct Part {
    pub heading: &'static str,
    pub lines: &'static [&'static str],
}

/// In the order of the page.
pub const PARTS: [Part; 5] = [
    Part { heading: ACCOUNT, lines: &[ABOUT_ACCOUNT] },
    Part { heading: OWNERS, lines: &[TRUTHFULLY, SEPARATELY, ONLY_NEEDED, PRIVACY_POLICY, SECRETS, REVOKED] },
    Part { heading: MEMBERS, lines: &[ABOUT_MEMBERS] },
    Part { heading: SUSPENSION, lines: &[ABOUT_SUSPENSION] },
    Part { heading: SYNTHETIC, lines: &[ABOUT_SYNTHETIC] },
];
