//! Who needs to register, and where the authorization server answers.

use leptos::prelude::*;
use oauth::endpoint::Endpoint;
use programs::surface::SurfaceKind;

use super::{Docs, body::Body, code};
use crate::{
    components::{
        marked::linked,
        summary::{Fact, Summary},
        table::Table,
    },
    texts::docs::authorization as text,
};

pub fn body(docs: &Docs<'_>) -> Body {
    let intro = docs.section("authorization").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let lifetimes = &docs.program.lifetimes;
    let facts = vec![
        Fact::new(text::CODE_LIFETIME, text::seconds(lifetimes.authorization_code.as_secs())),
        Fact::new(text::ACCESS_LIFETIME, text::seconds(lifetimes.access_token.as_secs())),
        Fact::new(text::GRANT_LIFETIME, text::days(lifetimes.grant_days)),
    ];
    Body::new()
        .show(view! { <p>{linked(text::REGISTER, docs.chapter("sandbox"))}</p> })
        .paragraphs(intro)
        .section("addresses", text::ADDRESSES)
        .show(view! { <p>{text::ABOUT_ADDRESSES}</p> })
        .show(code::block(docs.base(SurfaceKind::Authz, docs.first_environment())))
        .show(addresses())
        .section("lifetimes", text::LIFETIMES)
        .show(view! { <Summary facts /> })
}

/// The addresses below the authorization server.
fn addresses() -> impl IntoView {
    let row = |path: &'static str, what: &'static str| vec![code::word(path), what.into_any()];
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
    view! { <Table caption=text::ADDRESSES_OF_SERVER columns=vec![text::PATH, text::PURPOSE] rows /> }
}
