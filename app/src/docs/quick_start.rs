//! From nothing to the first member resource in a few minutes, with the program's published client.

use fhir::synthesize::sandbox::{SandboxMember, sandbox};
use leptos::prelude::*;
use model::partition::Environment;
use programs::{program::Program, surface::SurfaceKind, text::TryIt};

use super::{Docs, body::Body, code, samples::QUICK_START};
use crate::{
    components::marked::{linked, strong},
    texts::docs::quick_start as text,
};

/// Whether the program has a client that newcomers may use.
pub fn is_for(program: &Program) -> bool {
    program.sandbox.try_it.is_some()
}

/// The lines that set the variables of the samples: the addresses of the bases.
pub fn variables(docs: &Docs<'_>, environment: Environment) -> String {
    let bases = [
        ("FLEX_AUTHZ", docs.base(SurfaceKind::Authz, environment)),
        ("FLEX_FHIR", docs.base(SurfaceKind::Fhir, environment)),
        ("FLEX_PUBLIC", docs.public_base(environment)),
    ];
    let lines = bases.into_iter().filter(|(_, base)| !base.is_empty());
    lines.map(|(name, base)| format!("export {name}={base}")).collect::<Vec<_>>().join("\n")
}

/// A member with claims, whose payer lets testers sign in with a Healthcare ID.
fn member(program: &Program) -> Option<SandboxMember> {
    let is_open = |member: &SandboxMember| {
        let payer = program.payers.iter().find(|payer| payer.name == member.payer);
        payer.is_some_and(|payer| !payer.has_provider(Environment::Sandbox))
    };
    let members = sandbox(program);
    members.into_iter().find(|member| !member.claims.is_empty() && is_open(member))
}

pub fn body(docs: &Docs<'_>) -> Body {
    let program = docs.program;
    let (Some(try_it), Some(member)) = (&program.sandbox.try_it, member(program)) else { return Body::new() };
    let steps = steps(docs, try_it, &member);
    let intro = text::intro(steps.len());
    Body::new()
        .show(view! { <p class="usa-intro">{intro}</p> <p>{text::NEEDS}</p> })
        .section("steps", text::STEPS)
        .show(view! { <ol class="usa-list docs-steps" id="quick-start-steps">{steps}</ol> })
        .section("in-python", text::IN_PYTHON)
        .show(view! { <p>{text::ABOUT_PYTHON}</p> {code::block(command(docs, try_it, 1, "python3"))} })
        .section("what-happened", text::WHAT_HAPPENED)
        .show(view! { <p>{text::FLOW}</p> <p>{text::client(try_it.client_id.as_str())}</p> })
        .section("next", text::NEXT)
        .show(view! {
            <ul class="usa-list">
                <li>{linked(text::READ_SAMPLES, docs.chapter("samples"))}</li>
                <li>{linked(text::READ_ERRORS, docs.chapter("errors"))}</li>
                <li>{linked(text::REGISTER, docs.chapter("sandbox"))}</li>
            </ul>
        })
}

/// Gets the file and runs it with the program's addresses.
fn command(docs: &Docs<'_>, try_it: &TryIt, file: usize, interpreter: &str) -> String {
    let file = QUICK_START[file];
    let origin = docs.web.services.public_url.as_str().trim_end_matches('/');
    let (authz, fhir) =
        (docs.base(SurfaceKind::Authz, Environment::Sandbox), docs.base(SurfaceKind::Fhir, Environment::Sandbox));
    format!(
        "curl -sSO {origin}{}\nFLEX_AUTHZ={authz} FLEX_FHIR={fhir} CLIENT_ID={} {interpreter} {}",
        file.path(),
        try_it.client_id,
        file.name
    )
}

fn steps(docs: &Docs<'_>, try_it: &TryIt, member: &SandboxMember) -> Vec<AnyView> {
    let step = |view: AnyView| view! { <li>{view}</li> }.into_any();
    let sentence = |sentence: &str| step(strong(sentence).into_any());
    let payers = &docs.program.payers;
    let payer = (1 < payers.len()).then(|| sentence(&text::choose_payer(member.payer.as_str())));
    let expect = format!("{}, born {}", member.name, member.birth_date);
    let steps = [
        Some(step(linked(text::CREATE_ID, "/signup").into_any())),
        Some(sentence(text::CONFIRM)),
        Some(step(view! { {text::RUN} {code::block(command(docs, try_it, 0, "node"))} }.into_any())),
        Some(sentence(text::OPEN)),
        payer,
        Some(sentence(&text::choose_member(member.name.as_str()))),
        Some(sentence(text::ALLOW)),
        Some(step(view! { {text::SEE} {code::block(expect)} }.into_any())),
    ];
    steps.into_iter().flatten().collect()
}
