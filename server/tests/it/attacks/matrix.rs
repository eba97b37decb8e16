//! Every route × who may not use it: no token or session, the wrong scope or role, another program, another
//! environment, another member or vendor, a suspended app or organization. Every route belongs to one of the parts
//! below, or to the list of routes that are open to everyone; that list may only shrink.

use super::routes::routes;
use crate::oauth::site::Site;

mod fhir;
mod forms;
mod oauth;
mod pages;
mod quiet;
mod vendors;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    /// The bearer of a token with the scope; see `fhir.rs`.
    Scope,
    /// The bearer of a token with `openid`, an authenticated client, or a known app; see `oauth.rs`.
    App,
    /// Someone who is signed in; see `pages.rs`.
    Session,
    /// A form, each with its own rule; see `forms.rs`.
    Form,
    /// No one: the route always answers 404.
    Nothing,
    Anybody,
}

/// Routes that anyone may use, and why. This list may only shrink.
const OPEN: [(&str, &str); 47] = [
    ("/", "the landing page"),
    ("/status", "says what works, nothing of any member"),
    ("/docs", "public by law (42 CFR 422.119(d))"),
    ("/docs/{program}", "public by law"),
    ("/docs/{program}/changes.atom", "public by law; feed readers have no account"),
    ("/docs/{program}/quality.json", "how well a program worked, where its payer publishes it"),
    ("/docs/samples/{language}/{file}", "public by law; the quick start downloads it"),
    ("/docs/{program}/search", "public by law"),
    ("/docs/{program}/index.json", "what the search looks through"),
    ("/docs/{program}/try-it", "public by law; made-up data of the sandbox"),
    ("/docs/{program}/try-it/callback", "the redirect URI of the page's client, of the browser that began"),
    ("/docs/{program}/try-it/{kind}", "public by law; requests to the sandbox as a test member"),
    ("/docs/{program}/{chapter}", "public by law; launch URLs depend on the reader"),
    ("/owner/documentation", "leads to the public documentation"),
    ("/owner/documentation/{program}", "leads to the public documentation"),
    ("/terms", "is read before registering"),
    ("/terms/{version}", "what people agreed to; the text was public when they did"),
    ("/privacy", "is read before registering"),
    ("/accessibility", "may be read by anyone"),
    ("/what-is-healthcare-id", "is read before registering"),
    ("/signin", "signs in"),
    ("/signin/code", "completes a sign-in; needs the half-open session"),
    ("/signin/passkey", "completes a sign-in; needs the half-open session"),
    ("/signin/recovery-code", "completes a sign-in; needs the half-open session"),
    ("/signup", "registers"),
    ("/account/check-mail", "follows signing up, for everyone alike"),
    ("/account/verify", "needs the link of the mail"),
    ("/account/confirm-email", "needs the link of the mail"),
    ("/account/reset-password", "needs the link of the mail"),
    ("/account/forgot-id", "is for who cannot sign in"),
    ("/account/forgot-password", "is for who cannot sign in"),
    ("/member", "says what the portal is before sign-in; after it, shows the own apps"),
    ("/member/signin", "signs in"),
    ("/signin/payer/{program}/{environment}/{payer}/callback", "needs a state and the cookie of its browser"),
    ("/signin/payer/{program}/{environment}/{payer}/return", "needs a state and the cookie of its browser"),
    ("/signin/payer/ended", "says that a sign-in is over"),
    ("/signin/payer/{program}/{environment}/{payer}", "signs in"),
    ("/signin/payer/{program}/{environment}/{payer}/signed-out", "follows signing out"),
    ("/member/unknown", "says that the payer does not know someone"),
    ("/member/advice", "is read before choosing an app"),
    ("/livez", "for the balancer"),
    ("/readyz", "for the balancer"),
    ("/robots.txt", "for crawlers"),
    ("/favicon.svg", "a static file"),
    ("/logos/{digest}", "a logo, which members see before they know us"),
    ("/fhirpublic/oph/ca/metadata", "the public directory"),
    ("/pkg/…", "static files"),
];

fn guard(path: &str) -> Option<Guard> {
    let below = |start: &str| path.starts_with(start);
    let ends = |end: &str| path.ends_with(end);
    let page = app::routes::routes().iter().any(|route| route.path == path);
    Some(match path {
        _ if OPEN.iter().any(|(open, _)| *open == path) => Guard::Anybody,
        _ if below("/pkg/") => Guard::Anybody,
        "/api/{name}" => Guard::Form,
        // Not a page, but a file; see `portals/audit.rs`.
        "/admin/audit/export" => Guard::Session,
        _ if page || below("/owner/attachments/") || below("/admin/attachments/") => Guard::Session,
        // Discovery works before the caller is known, also for pages of other sites.
        _ if path.contains("/.well-known/") || ends("/metadata") || ends("/openapi.json") || ends("/oauth/jwks") => {
            Guard::Anybody
        }
        _ if below("/fhirpublic/") => Guard::Anybody,
        _ if below("/fhir/") && (ends("/R4") || ends("/{*rest}")) => Guard::Nothing,
        _ if below("/fhir/") => Guard::Scope,
        _ if below("/authz/") => Guard::App,
        _ => return None,
    })
}

#[tokio::test]
async fn every_route_has_its_guard() {
    let site = Site::new().await;
    let routes = routes(&site);
    let unguarded: Vec<_> =
        routes.iter().filter(|route| guard(&route.path).is_none()).map(|route| &route.path).collect();
    assert_eq!(unguarded, Vec::<&String>::new(), "say who may use them");
    let count = |wanted| routes.iter().filter(|route| guard(&route.path) == Some(wanted)).count();
    assert_eq!(count(Guard::Form), 1);
    assert!(fhir::interactions().len() * 3 <= count(Guard::Scope) && 18 <= count(Guard::App));
}

#[tokio::test]
async fn what_is_open_to_anybody_is_there_and_does_not_grow() {
    let site = Site::new().await;
    let routes = routes(&site);
    for (path, reason) in OPEN.iter().filter(|(path, _)| *path != "/pkg/…") {
        assert!(routes.iter().any(|route| route.path == *path), "{path} no longer exists: remove it from the list");
        assert!(!reason.is_empty());
    }
    assert!(OPEN.len() <= 47, "this list may only shrink");
}
