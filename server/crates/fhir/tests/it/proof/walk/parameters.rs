//! Every parameter by itself.

use programs::definitions::ParameterKind;

use crate::proof::{
    ask::Ask,
    demand::Demand,
    oracle::Condition,
    samples::{Depth, Expect, Sample, samples},
};

pub async fn walk(ask: &Ask<'_>, demand: &Demand) {
    let program = ask.world.program();
    let resource = program.resource(demand.kind).expect("a demanded type is offered");
    let listed = resource.parameters.iter().filter(|parameter| parameter.kind != ParameterKind::Result);
    let mut names: Vec<String> = listed.map(|parameter| parameter.code.clone()).collect();
    for name in demand.parameters(program.id.as_str()).expect("the type is demanded") {
        let Some(search) = program.search(demand.kind, name) else {
            ask.findings.fail(format!("{} has no parameter {name}", demand.kind));
            continue;
        };
        assert_ne!(search.definition.kind, ParameterKind::Result, "{name}");
        names.push(name.to_owned());
    }
    names.sort();
    names.dedup();
    ask.compare(demand.kind, &[], &[]).await;
    for name in names {
        parameter(ask, demand.kind, &name, ask.thoroughness.depth).await;
    }
}

/// Tries samples for a parameter or a chain.
pub async fn parameter(ask: &Ask<'_>, kind: &str, name: &str, depth: Depth) {
    let starts = ask.oracle.of(ask.patient(), kind).collect();
    let Some((ends, row)) = ask.oracle.reach(ask.patient(), starts, kind, name) else {
        return ask.findings.fail(format!("the oracle does not know {kind}.{name}: give it a row in its table"));
    };
    for sample in samples(ask.oracle, row, &ends, depth) {
        let found = ask.compare(kind, &[condition(name, &sample)], &[]).await;
        expect(ask, &format!("{kind}?{name}"), &sample, found);
    }
}

pub fn condition(name: &str, sample: &Sample) -> Condition {
    Condition::new(format!("{name}{}", sample.modifier), &sample.value)
}

pub fn expect(ask: &Ask<'_>, what: &str, sample: &Sample, found: usize) {
    match sample.expect {
        Expect::Something => {
            ask.findings.meant_to_find(0 < found);
            ask.findings.found(what, 0 < found);
        }
        Expect::Nothing if 0 < found => ask.findings.fail(format!("{what}={} finds {found}", sample.value)),
        Expect::Nothing | Expect::Whatever => {}
    }
}
