//! How an app authenticates, and how it can protect itself further. This is the same for every program.

use leptos::prelude::*;
use model::jwk::SigningAlgorithm;
use oauth::{dpop, endpoint::Endpoint};
use programs::program::Program;

use crate::{
    components::{marked::marked, table::Table},
    texts::owner::documentation as text,
};

/// The addresses below the authorization server.
pub fn addresses() -> impl IntoView {
    let row = |path: &'static str, what: &'static str| vec![view! { <code>{path}</code> }.into_any(), what.into_any()];
    let rows = vec![
        row("/.well-known/openid-configuration", text::CONFIGURATION),
        row("/oauth/authorize", text::AUTHORIZE),
        row(Endpoint::Token.path(), text::TOKEN),
        row(Endpoint::Introspection.path(), text::INTROSPECTION),
        row(Endpoint::Revocation.path(), text::REVOCATION),
        row("/oauth/userinfo", text::USERINFO),
        row("/oauth/jwks", text::JWKS),
        row(Endpoint::PushedAuthorizationRequest.path(), text::PUSH),
    ];
    view! {
        <h3>{text::ADDRESSES}</h3>
        <p>{text::ABOUT_ADDRESSES}</p>
        <Table caption=text::ADDRESSES_OF_SERVER columns=vec![text::PATH, text::PURPOSE] rows />
    }
}

/// The methods of client authentication (RFC 6749 §2.3), and what an app can do beyond them.
pub fn proofs(program: &Program) -> impl IntoView + use<> {
    let row = |method: &'static str, whose: &'static str, what: String| {
        vec![view! { <code>{method}</code> }.into_any(), whose.into_any(), what.into_any()]
    };
    let algorithms: Vec<_> = SigningAlgorithm::ALL.iter().map(|algorithm| algorithm.as_str()).collect();
    let signed = text::signed_assertion(algorithms.join(", "));
    let rows = vec![
        row("client_secret_basic", text::CONFIDENTIAL, text::SECRET_BASIC.to_owned()),
        row("client_secret_post", text::CONFIDENTIAL, text::SECRET_POST.to_owned()),
        row("private_key_jwt", text::CONFIDENTIAL, signed),
        row("none", text::PUBLIC, text::NO_SECRET.to_owned()),
    ];
    let columns = vec![text::METHOD, text::CLIENT_TYPE, text::WHAT_YOU_SEND];
    let pushed = text::pushed(Endpoint::PushedAuthorizationRequest.path(), program.lifetimes.pushed_request.as_secs());
    view! {
        <h3>{text::CLIENT_AUTHENTICATION}</h3>
        <p>{text::ABOUT_AUTHENTICATION}</p>
        <Table caption=text::AUTHENTICATION_METHODS columns rows />
        <h3>{text::PUSHED}</h3>
        <p>{coded(&pushed)}</p>
        <h3>{text::BOUND}</h3>
        <p>{text::bound(dpop::ALGORITHMS.join(", "))}</p>
    }
}

/// The parts in brackets are code.
pub fn coded(sentence: &str) -> Vec<AnyView> {
    marked(sentence, |_, text| view! { <code>{text}</code> }.into_any())
}
