//! Forward chains, one and two deep, and `_has`.

use super::parameters::parameter;
use crate::proof::{ask::Ask, demand::Demand, samples::Depth};

pub async fn walk(ask: &Ask<'_>, demand: &Demand) {
    let program = ask.world.program();
    let resource = program.resource(demand.kind).expect("a demanded type is offered");
    let mut names: Vec<String> = resource.chains.iter().map(|chain| chain.code.clone()).collect();
    names.extend(demand.chains());
    let listed: Vec<String> = names.clone();
    for name in &listed {
        match program.search(demand.kind, name) {
            None => ask.findings.fail(format!("{} has no chain {name}", demand.kind)),
            Some(_) => names.extend(deeper(ask, demand.kind, name)),
        }
    }
    names.sort();
    names.dedup();
    for name in names {
        let depth = if name.split('.').count() == 2 { Depth::Some } else { Depth::Least };
        parameter(ask, demand.kind, &name, depth).await;
    }
    reverse(ask, demand).await;
}

/// How a chain that ends in a reference can continue.
fn deeper(ask: &Ask<'_>, kind: &str, name: &str) -> Vec<String> {
    let program = ask.world.program();
    let Some(first) = name.split_once('.').map(|(first, _)| first) else { return Vec::new() };
    let Some(link) = program.resource(kind).and_then(|resource| resource.link(first)) else { return Vec::new() };
    let Some(target) = program.resource(&link.to) else { return Vec::new() };
    let all = target.parameters.iter().chain(&target.chains);
    let one_deep = all.filter(|parameter| parameter.search.links.len() == 1);
    one_deep.map(|parameter| format!("{first}.{}", parameter.code)).collect()
}

async fn reverse(ask: &Ask<'_>, demand: &Demand) {
    let program = ask.world.program();
    let resource = program.resource(demand.kind).expect("a demanded type is offered");
    let mut texts: Vec<String> = resource.reverse_chains.iter().map(|chain| chain.text.clone()).collect();
    for text in demand.reverse_chains(program.id.as_str()) {
        if resource.reverse_chain(&text).is_none() {
            ask.findings.fail(format!("{} has no _has:{text}", demand.kind));
        } else {
            texts.push(text);
        }
    }
    texts.sort();
    texts.dedup();
    for text in texts {
        parameter(ask, demand.kind, &format!("_has:{text}"), Depth::Some).await;
    }
}
