//! How an app authenticates, and how it can protect itself further. This is the same for every program.

use leptos::prelude::*;
use model::jwk::SigningAlgorithm;
use oauth::{dpop, endpoint::Endpoint};

use super::{Docs, body::Body, code};
use crate::{components::table::Table, texts::docs::authorization as text};

/// The methods of client authentication (RFC 6749 §2.3), and what an app can do beyond them.
pub fn body(docs: &Docs<'_>) -> Body {
    let row = |method: &'static str, whose: &'static str, what: String| {
        vec![code::word(method), whose.into_any(), what.into_any()]
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
    let seconds = docs.program.lifetimes.pushed_request.as_secs();
    let pushed = text::pushed(Endpoint::PushedAuthorizationRequest.path(), seconds);
    Body::new()
        .show(view! { <p>{text::ABOUT_AUTHENTICATION}</p> })
        .show(view! { <Table caption=text::AUTHENTICATION_METHODS columns rows /> })
        .section("pushed", text::PUSHED)
        .show(view! { <p>{code::words(&pushed)}</p> })
        .section("bound", text::BOUND)
        .show(view! { <p>{text::bound(dpop::ALGORITHMS.join(", "))}</p> })
}
