//! The members of the sandbox, as the code that generates them lists them.

use fhir::synthesize::sandbox::{SandboxMember, sandbox};
use leptos::prelude::*;
use model::partition::Environment;
use programs::{program::Program, surface::SurfaceKind};

use super::{Docs, body::Body, code};
use crate::{
    components::{marked::linked, table::Table},
    texts::{docs::start as text, registry::NONE},
};

const COLUMNS: [&str; 6] =
    [text::MEMBER, text::BORN, text::MEMBER_ID, text::THERE_FOR, text::CLAIMS, text::CLINICAL_RECORD];

/// For programs of which we can generate members.
pub fn is_for(program: &Program) -> bool {
    program.serves(Environment::Sandbox) && !sandbox(program).is_empty()
}

pub fn body(docs: &Docs<'_>) -> Body {
    let members = sandbox(docs.program);
    // Not every program offers clinical records. Their column is the last, so a table without it needs no other change.
    let has_records = members.iter().any(|member| record(member).is_some());
    let columns = COLUMNS[..COLUMNS.len() - usize::from(!has_records)].to_vec();
    let rows: Vec<_> = members.iter().map(row).collect();
    let base = docs.base(SurfaceKind::Fhir, Environment::Sandbox);
    let examples: Vec<_> =
        members.iter().map(|member| code::titled(member.name.clone(), calls(member, &base))).collect();
    Body::new()
        .show(view! { <p>{text::ABOUT_MEMBERS}</p> })
        .show(view! { <Table caption=text::MEMBERS columns rows /> })
        .section("calls", text::CALLS)
        .show(view! { <p>{linked(text::ABOUT_CALLS, docs.chapter("quick-start"))}</p> })
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
        claims(member).into_any(),
        record(member).unwrap_or_else(|| NONE.to_owned()).into_any(),
    ]
}

/// `8: 3 professional, …; 2 before 2016-01-01, never returned (CARIN Blue Button 1.1.0)`
fn claims(member: &SandboxMember) -> String {
    let count: usize = member.claims.iter().map(|(_, count)| count).sum();
    if count == 0 {
        return NONE.to_owned();
    }
    let kinds: Vec<_> = member.claims.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let kinds = kinds.join(", ");
    match member.withheld {
        Some((since, old)) if 0 < old => text::claims_withheld(count, kinds, old, since, member.guide),
        _ => text::claims(count, kinds, member.guide),
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
