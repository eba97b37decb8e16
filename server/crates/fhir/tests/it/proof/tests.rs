//! The walks, on both databases.

use store::testing::{TestStore, on_each_database, shared_data};

use super::{
    ask::Ask,
    data::{published, synthetic},
    demand,
    findings::Findings,
    subject::Subject,
    walk,
};
use crate::world::World;

#[tokio::test]
async fn the_ca_program_finds_what_is_there() {
    on_each_database(async |test| synthesized(test, "oph-ca").await).await;
}

#[tokio::test]
async fn the_idaho_program_finds_what_is_there() {
    on_each_database(async |test| synthesized(test, "idaho").await).await;
}

/// The published data is not made for each search to find something, so that is not asked of it.
#[tokio::test]
async fn published_examples_are_found_too() {
    let Some(shared) = shared_data() else { return };
    on_each_database(async |test| {
        for program in ["oph-ca", "idaho"] {
            let world = World::new(test, program).await;
            let oracle = published::load(&world, &shared.join("data")).await;
            let findings = Findings::default();
            walk(&world, &oracle, &findings).await;
            findings.report(program);
        }
    })
    .await;
}

async fn synthesized(test: &TestStore, program: &str) {
    let world = World::new(test, program).await;
    let oracle = synthetic::load(&world).await;
    let findings = Findings::default();
    walk(&world, &oracle, &findings).await;
    findings.report(program);
    findings.nearly_everything_found_something(program);
}

async fn walk(world: &World<'_>, oracle: &super::oracle::Oracle, findings: &Findings) {
    let subjects = Subject::all(world, oracle);
    for subject in &subjects {
        let ask = Ask { world, oracle, subject, findings };
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
