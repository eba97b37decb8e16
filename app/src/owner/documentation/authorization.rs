//! How an app proves who it is, and how it may protect itself further: the same for every program.

use leptos::prelude::*;
use model::jwk::SigningAlgorithm;
use oauth::{dpop, endpoint::Endpoint};
use programs::program::Program;

use crate::components::table::Table;

/// The addresses below the authorization server.
pub fn addresses() -> impl IntoView {
    let row = |path: &'static str, what: &'static str| vec![view! { <code>{path}</code> }.into_any(), what.into_any()];
    let rows = vec![
        row("/.well-known/openid-configuration", "Everything below as a document, for your client library"),
        row("/oauth/authorize", "Where the member's browser begins"),
        row(Endpoint::Token.path(), "Tokens for a code, a refresh token or your app's own credentials"),
        row(Endpoint::Introspection.path(), "Whether a token still works (confidential apps)"),
        row(Endpoint::Revocation.path(), "Give a token back"),
        row("/oauth/userinfo", "Who the member is, with the scope openid"),
        row("/oauth/jwks", "The public keys that sign our tokens"),
        row(Endpoint::PushedAuthorizationRequest.path(), "Push an authorization request in advance"),
    ];
    view! {
        <h3>"Addresses"</h3>
        <p>"Each follows the address of the authorization server."</p>
        <Table caption="Addresses of the authorization server" columns=vec!["Path", "What it is for"] rows />
    }
}

/// Ways of client authentication (RFC 6749 §2.3), and what is there beyond.
pub fn proofs(program: &Program) -> impl IntoView + use<> {
    let row = |method: &'static str, whose: &'static str, what: String| {
        vec![view! { <code>{method}</code> }.into_any(), whose.into_any(), what.into_any()]
    };
    let algorithms: Vec<_> = SigningAlgorithm::ALL.iter().map(|algorithm| algorithm.as_str()).collect();
    let signed = format!(
        "client_assertion_type and client_assertion: a JWT signed with {}, whose aud is the token endpoint, good for five \
         minutes at most, each jti once. Register the public keys on your application's page.",
        algorithms.join(", ")
    );
    let rows = vec![
        row(
            "client_secret_basic",
            "Confidential",
            "Authorization: Basic, from the client ID and the secret.".to_owned(),
        ),
        row("client_secret_post", "Confidential", "client_id and client_secret in the form.".to_owned()),
        row("private_key_jwt", "Confidential", signed),
        row("none", "Public", "client_id in the form, and the code_verifier of PKCE (S256).".to_owned()),
    ];
    let seconds = program.lifetimes.pushed_request.as_secs();
    view! {
        <h3>"Client authentication"</h3>
        <p>"Use one way at a time."</p>
        <Table caption="Ways of client authentication" columns=vec!["Method", "Client type", "What you send"] rows />
        <h3>"Pushed authorization requests"</h3>
        <p>
            "To keep a request out of the browser's address, post its parameters to "
            <code>{Endpoint::PushedAuthorizationRequest.path()}</code>
            {format!(", authenticated as at the token endpoint. The answer has a request_uri that is good once, for {seconds} \
                      seconds; send the browser to authorize with client_id and request_uri alone (RFC 9126).")}
        </p>
        <h3>"Tokens bound to a key of yours"</h3>
        <p>
            {format!("A DPoP proof (RFC 9449) with the token request binds the tokens to your key: whoever copies one cannot \
                      use it. Keys sign with {}. The token_type is then DPoP, and each call of the FHIR API needs a proof \
                      of its own.", dpop::ALGORITHMS.join(", "))}
        </p>
    }
}
