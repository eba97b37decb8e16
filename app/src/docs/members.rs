//! The members of the sandbox, as the code that generates them lists them.

use fhir::synthesize::sandbox::{SandboxMember, sandbox};
use leptos::prelude::*;
use model::partition::Environment;
use programs::{program::Program, surface::SurfaceKind};

use super::{Docs, body::Body, code, quick_start, try_it};
use crate::{
    components::{marked::linked, table::Table},
    texts::docs::start as text,
};

/// For programs of which we can generate members.
pub fn is_for(program: &Program) -> bool {
    program.serves(Environment::Sandbox) && !sandbox(program).is_empty()
}

pub fn body(docs: &Docs<'_>) -> Body {
    let members = sandbox(docs.program);
    let columns = vec![text::MEMBER, text::BORN, text::MEMBER_ID, text::THERE_FOR, text::RECORD];
    let rows: Vec<_> = members.iter().map(row).collect();
    let base = docs.base(SurfaceKind::Fhir, Environment::Sandbox);
    let examples: Vec<_> =
        members.iter().map(|member| code::titled(member.name.clone(), calls(member, &base))).collect();
    // Not every program has a client that anyone may use.
    let about = if quick_start::is_for(docs.program) {
        linked(text::TRY_CALLS, docs.chapter(try_it::SLUG))
    } else {
        linked(text::ABOUT_CALLS, docs.chapter("samples"))
    };
    Body::new()
        .show(view! { <p>{text::ABOUT_MEMBERS}</p> })
        .show(view! { <Table caption=text::MEMBERS columns rows /> })
        .section("calls", text::CALLS)
        .show(view! { <p>{about}</p> })
        .show(examples)
}

/// What there is to see of the member: a request a line.
fn calls(member: &SandboxMember, base: &str) -> String {
    let call = |kind: &str| format!("GET {base}/{kind}?patient={}", member.id);
    member.kinds().into_iter().map(call).collect::<Vec<_>>().join("\n")
}

fn row(member: &SandboxMember) -> Vec<AnyView> {
    let SandboxMember { id, name, birth_date, member_id, payer, purpose, .. } = member;
    vec![
        view! { {name.clone()}<br/><code>{*id}</code><br/><span class="usa-hint">{payer.clone()}</span> }.into_any(),
        view! { <span class="nowrap">{birth_date.to_string()}</span> }.into_any(),
        view! { <span class="nowrap"><code>{member_id.clone()}</code></span> }.into_any(),
        (*purpose).into_any(),
        view! { {claims(member)} {record(member).map(|record| view! { <span class="line">{record}</span> })} }
            .into_any(),
    ]
}

/// `Claims: 3 professional, …; 2 before 2016-01-01, never returned (CARIN Blue Button 1.1.0)`
fn claims(member: &SandboxMember) -> String {
    let kinds: Vec<_> = member.claims.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    if kinds.is_empty() {
        return text::NO_CLAIMS.to_owned();
    }
    let kinds = kinds.join(", ");
    match member.withheld {
        Some((since, old)) if 0 < old => text::claims_withheld(kinds, old, since, member.guide),
        _ => text::claims(kinds, member.guide),
    }
}

fn record(member: &SandboxMember) -> Option<String> {
    let parts = [
        (member.encounters, text::encounters(member.encounters)),
        (member.immunizations, text::immunizations(member.immunizations)),
    ];
    let known: Vec<_> = parts.into_iter().filter(|(count, _)| 0 < *count).map(|(_, text)| text).collect();
    (!known.is_empty()).then(|| known.join(", "))
}
