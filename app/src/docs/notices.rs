//! Notices to apps about the access that members gave them.

use ::oauth::app_notices::{FIRST_WAIT, LONGEST_WAIT, PATIENCE, event};
use leptos::prelude::*;
use model::partition::Partition;
use programs::surface::{Surface, SurfaceKind};

use super::{Docs, body::Body, code};
use crate::{components::table::Table, owner::launch, texts::docs::notices as text};

pub fn body(docs: &Docs<'_>) -> Body {
    let row = |name: &'static str, about: &'static str| vec![code::word(name), code::words(about).into_any()];
    let claims = vec![
        row("iss", text::ISS),
        row("jti", text::JTI),
        row("iat", text::IAT),
        row("aud", text::AUD),
        row("sub_id", text::SUB_ID),
        row("subject", text::SUBJECT),
    ];
    let events = vec![row(event::ENDED, text::ENDED), row(event::CHANGED, text::CHANGED), row(event::TEST, text::TEST)];
    let steps = [text::KEY, text::VERIFY, text::REPEATED, text::STORE];
    let steps = steps.map(|step| view! { <li>{code::words(step)}</li> }).collect_view();
    let retries = text::about_retries(FIRST_WAIT.as_secs(), LONGEST_WAIT.as_hours(), PATIENCE.as_hours() / 24);
    Body::new()
        .show(view! { <p>{text::INTRO}</p> })
        .section("register", text::REGISTER)
        .show(view! { <p>{code::words(text::ABOUT_REGISTER)}</p> })
        .section("receive", text::RECEIVE)
        .show(view! { <p>{code::words(text::ABOUT_RECEIVE)}</p> })
        .show(code::titled(text::EXAMPLE, example(docs)))
        .show(view! { <Table caption=text::CLAIMS columns=vec![text::CLAIM, text::MEANING] rows=claims /> })
        .section("events", text::EVENTS)
        .show(view! {
            <Table caption=text::EVENTS columns=vec![text::EVENT, text::MEANING] rows=events />
            <p>{text::FIRST_CONSENT}</p>
        })
        .section("check", text::CHECK)
        .show(view! { <ol class="usa-list">{steps}</ol> <p>{code::words(text::NOT_A_TOKEN)}</p> })
        .section("retries", text::RETRIES)
        .show(view! { <p>{code::words(&retries)}</p> <p>{code::words(text::ORDER)}</p> })
}

/// The claims as the server writes them.
fn example(docs: &Docs<'_>) -> String {
    let environment = docs.first_environment();
    let bases = launch::bases(docs.web, docs.program, SurfaceKind::Authz, environment);
    let issuer = bases.first().map(Surface::base).unwrap_or_default();
    let claims = event::example(&Partition::new(&docs.program.id, environment), issuer);
    serde_json::to_string_pretty(&claims).unwrap_or_default()
}
