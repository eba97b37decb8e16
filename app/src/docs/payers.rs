//! Which payers and which environments a program has.

use leptos::prelude::*;
use programs::program::{EnvironmentInfo, Payer, Program};

use super::{
    Docs,
    body::{Body, row_name},
};
use crate::{
    components::{marked::linked, table::Table},
    texts::{docs::authorization as text, registry::environment},
};

/// For programs whose document has them, and for those with a choice.
pub fn has_payers(program: &Program) -> bool {
    1 < program.payers.len() || program.sections.iter().any(|section| section.id == "payers")
}

pub fn payers(docs: &Docs<'_>) -> Body {
    let intro = docs.section("payers").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let row = |payer: &Payer| vec![payer.name.clone().into_any()];
    let rows = docs.program.payers.iter().map(row).collect();
    Body::new()
        .paragraphs(intro)
        .show(view! { <Table caption=text::PAYER columns=vec![text::PAYER] rows /> })
        .show(view! { <p>{linked(text::LAUNCH_OF_PAYERS, docs.chapter("launch"))}</p> })
}

/// For programs whose URLs name the environment.
pub fn has_environment_ids(program: &Program) -> bool {
    program.environments.iter().any(|info| info.id.is_some())
}

pub fn environments(docs: &Docs<'_>) -> Body {
    let intro = docs.section("environments").map(|section| section.paragraphs.as_slice()).unwrap_or_default();
    let row = |info: &EnvironmentInfo| {
        let id = info.id.clone().unwrap_or_else(|| environment(info.environment).to_owned());
        vec![row_name(format!("environment-{}", info.environment.as_str()), id), info.description.clone().into_any()]
    };
    let rows = docs.program.environments.iter().map(row).collect();
    let columns = vec![text::ENVIRONMENT_ID, text::DESCRIPTION];
    Body::new().paragraphs(intro).show(view! { <Table caption=text::ENVIRONMENT_ID columns rows /> })
}
