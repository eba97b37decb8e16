//! Parameters in combination: each with the next, several at once, and those that a kit combines.

use programs::definitions::ParameterKind;

use super::parameters::condition;
use crate::proof::{
    ask::Ask,
    demand::Demand,
    oracle::{Condition, Held},
    samples::{Depth, Expect, samples},
};

/// Each is combined with this many that follow it in the table.
const NEIGHBOURS: usize = 4;

pub async fn walk(ask: &Ask<'_>, demand: &Demand) {
    let program = ask.world.program();
    let resource = program.resource(demand.kind).expect("a demanded type is offered");
    let listed = resource.parameters.iter().filter(|parameter| parameter.kind != ParameterKind::Result);
    let names: Vec<&str> = listed.map(|parameter| parameter.code.as_str()).collect();
    let all: Vec<&Held> = ask.oracle.of(ask.patient(), demand.kind).collect();
    let Some(richest) = all.iter().max_by_key(|held| held.json.to_string().len()) else { return };
    // If one resource meets each condition, it meets them together.
    let own: Vec<Condition> = names.iter().filter_map(|name| met_by(ask, demand.kind, name, richest)).collect();
    for (index, first) in own.iter().enumerate() {
        for second in own[index + 1..].iter().take(NEIGHBOURS) {
            found(ask, demand.kind, &[first.clone(), second.clone()]).await;
        }
    }
    found(ask, demand.kind, &own.into_iter().take(20).collect::<Vec<_>>()).await;
    repeated(ask, demand.kind, &names).await;
}

async fn found(ask: &Ask<'_>, kind: &str, conditions: &[Condition]) {
    let found = ask.compare(kind, conditions, &[]).await;
    ask.findings.meant_to_find(0 < found);
    if found == 0 {
        ask.findings.fail(format!("the oracle's own {kind} does not meet {conditions:?}"));
    }
}

/// A condition that the resource meets.
pub fn met_by(ask: &Ask<'_>, kind: &str, name: &str, held: &Held) -> Option<Condition> {
    let (reached, row) = ask.oracle.reach(ask.patient(), vec![held], kind, name)?;
    let all = samples(ask.oracle, row, &reached, Depth::Some);
    let meant = all.into_iter().find(|sample| sample.expect == Expect::Something);
    meant.map(|sample| condition(name, &sample)).filter(|condition| ask.oracle.meets(ask.patient(), held, condition))
}

/// A repeated parameter means both.
async fn repeated(ask: &Ask<'_>, kind: &str, names: &[&str]) {
    for name in names {
        let starts = ask.oracle.of(ask.patient(), kind).collect();
        let Some((ends, row)) = ask.oracle.reach(ask.patient(), starts, kind, name) else { continue };
        let all = samples(ask.oracle, row, &ends, Depth::Some);
        let meant: Vec<_> = all.iter().filter(|sample| sample.expect == Expect::Something).collect();
        if let [first, .., last] = meant[..] {
            ask.compare(kind, &[condition(name, first), condition(name, last)], &[]).await;
        }
    }
}
