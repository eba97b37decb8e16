//! Whether a page may stay in touch with the window that opened it (HTML, Cross-Origin-Opener-Policy).
//!
//! An app may open its member's sign-in in a window beside its own, and reads the answer there once the window has come back
//! to it. A page on that way that parted from its opener would part them for good. All other pages do part from it: no other
//! site needs a hold of their window.

use url::form_urlencoded;

/// The pages of an app's request.
const CONSENT: &str = "/consent";
/// The pages for people who have to sign in first, or to create an account.
const ACCOUNT: [&str; 9] = [
    "/signin",
    "/signup",
    "/account/check-mail",
    "/account/confirm-email",
    "/account/forgot-id",
    "/account/forgot-password",
    "/account/reset-password",
    "/account/verify",
    "/what-is-healthcare-id",
];

/// Whether the address is on the way through an app's request, or out of this site: to the app, or to a payer's provider.
pub fn may_stay(address: &str) -> bool {
    if !address.starts_with('/') || address.starts_with("//") {
        return true;
    }
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    if is_below(path, CONSENT) {
        return true;
    }
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, value)| name == "next" && !value.is_empty());
    ACCOUNT.iter().any(|start| is_below(path, start)) && next.is_none_or(|(_, next)| is_below(&next, CONSENT))
}

fn is_below(path: &str, start: &str) -> bool {
    path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_on_an_apps_way_stay_in_touch_with_it() {
        fn check(address: &str, expect: bool) {
            assert_eq!(may_stay(address), expect, "{address}");
        }
        check("/consent/k7", true);
        check("/consent/k7/payer?form=payer.x#errors", true);
        check("/signin?next=%2Fconsent%2Fk7", true);
        check("/signin/code?next=%2Fconsent%2Fk7%3Fa%3Db", true);
        check("/signin/payer/idaho/sandbox/one", true);
        check("/account/forgot-password", true);
        check("/what-is-healthcare-id?next=%2Fconsent%2Fk7", true);
        check("https://app.example/callback?code=1", true);
        check("com.example.app:/callback", true);
        check("//app.example", true);
        check("/signin?next=%2Fowner", false);
        check("/signup?next=/consentless", false);
        check("/what-is-healthcare-id?next=%2Fowner", false);
        check("/", false);
        check("/account", false);
        check("/account/second-factor", false);
        check("/owner/applications?next=/consent/k7", false);
        check("/admin", false);
        check("/member", false);
        check("/signing", false);
    }
}
