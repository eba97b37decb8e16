//! Includes and reverse includes: of one resource, of several, and of all, page by page.

use crate::proof::{
    ask::{Along, Ask},
    demand::Demand,
    oracle::Condition,
};

pub async fn walk(ask: &Ask<'_>, demand: &Demand) {
    let program = ask.world.program();
    let resource = program.resource(demand.kind).expect("a demanded type is offered");
    let mut includes: Vec<String> = resource.includes.iter().map(|include| include.text.clone()).collect();
    for text in demand.includes() {
        if resource.include(&text).is_none() {
            ask.findings.fail(format!("{} has no _include={text}", demand.kind));
        } else {
            includes.push(text);
        }
    }
    let mut reverse: Vec<String> = resource.rev_includes.iter().map(|include| include.text.clone()).collect();
    for text in demand.rev_includes(program.id.as_str()) {
        if resource.rev_include(&text).is_none() {
            ask.findings.fail(format!("{} has no _revinclude={text}", demand.kind));
        } else {
            reverse.push(text);
        }
    }
    for texts in [&mut includes, &mut reverse] {
        texts.sort();
        texts.dedup();
    }
    let few = few(ask, demand.kind);
    for conditions in [&[][..], &few] {
        for include in &includes {
            ask.compare(demand.kind, conditions, &[Along::Include(include)]).await;
        }
        for include in &reverse {
            ask.compare(demand.kind, conditions, &[Along::RevInclude(include)]).await;
        }
        let all = includes.iter().map(|text| Along::Include(text));
        let all: Vec<Along> = all.chain(reverse.iter().map(|text| Along::RevInclude(text))).collect();
        ask.compare(demand.kind, conditions, &all).await;
    }
}

/// The type's first and last resource.
fn few(ask: &Ask<'_>, kind: &str) -> Vec<Condition> {
    let ids: Vec<&str> = ask.oracle.of(ask.patient(), kind).map(|held| held.id.as_str()).collect();
    let ends = ids.first().into_iter().chain(ids.last()).copied().collect::<Vec<_>>().join(",");
    if ends.is_empty() { Vec::new() } else { vec![Condition::new("_id", ends)] }
}
