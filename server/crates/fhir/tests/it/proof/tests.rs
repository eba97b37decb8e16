//! The walks, on both databases.

use store::testing::{TestStore, postgres, shared_data, sqlite};

use super::{
    ask::{Ask, Thoroughness},
    data::{published, synthetic},
    demand,
    findings::Findings,
    oracle::Oracle,
    samples::Depth,
    subject::Subject,
    walk,
};
use crate::world::World;

const EVERYTHING: Thoroughness = Thoroughness { depth: Depth::All, every: 1 };
const PLAINLY: Thoroughness = Thoroughness { depth: Depth::Some, every: 1 };
/// The other database runs the same statements, so some of each kind are enough.
const A_THIRD: Thoroughness = Thoroughness { depth: Depth::All, every: 3 };

#[tokio::test]
async fn the_ca_program_finds_what_is_there() {
    synthesized(&sqlite().await, "oph-ca", EVERYTHING).await;
    synthesized(&postgres().await, "oph-ca", A_THIRD).await;
}

#[tokio::test]
async fn the_idaho_program_finds_what_is_there() {
    synthesized(&sqlite().await, "idaho", EVERYTHING).await;
    synthesized(&postgres().await, "idaho", A_THIRD).await;
}

/// Published data is not made so that each search finds something, so this test does not check that.
#[tokio::test]
async fn published_examples_are_found_too() {
    let Some(shared) = shared_data() else { return };
    for (test, thoroughness) in [(sqlite().await, PLAINLY), (postgres().await, A_THIRD)] {
        for program in ["oph-ca", "idaho"] {
            let world = World::new(&test, program).await;
            let oracle = published::load(&world, &shared.join("data")).await;
            let findings = Findings::default();
            walk(&world, &oracle, &findings, thoroughness).await;
            findings.report(program);
        }
    }
}

async fn synthesized(test: &TestStore, program: &str, thoroughness: Thoroughness) {
    let world = World::new(test, program).await;
    let oracle = synthetic::load(&world).await;
    let findings = Findings::default();
    walk(&world, &oracle, &findings, thoroughness).await;
    findings.report(program);
    if thoroughness.every == 1 {
        findings.nearly_everything_found_something(program);
    }
}

async fn walk(world: &World<'_>, oracle: &Oracle, findings: &Findings, thoroughness: Thoroughness) {
    let subjects = Subject::all(world, oracle);
    for subject in &subjects {
        let ask = Ask { world, oracle, subject, findings, thoroughness };
        for demand in demand::of(world.program().id.as_str()).filter(|demand| subject.asks_for(world, demand.kind)) {
            walk::parameters::walk(&ask, demand).await;
            walk::combinations::walk(&ask, demand).await;
            walk::chains::walk(&ask, demand).await;
            walk::includes::walk(&ask, demand).await;
        }
        walk::kits::walk(&ask).await;
        walk::reads::walk(&ask).await;
    }
}
