//! Synthetic data, and corner cases as well.

use fhir::synthesize::{Input, Payer, region::Region, resources};

use super::corners;
use crate::{proof::oracle::Oracle, world::World};

pub async fn load(world: &World<'_>) -> Oracle {
    let made = resources(input(world)).expect("a sound input").map(|made| made.json);
    let path = if world.program().id.as_str() == "idaho" { "idaho" } else { "oph/ca" };
    let own = format!("http://127.0.0.1:3000/fhirpublic/{path}/R4");
    let corners = corners::resources(&own).into_iter().map(|resource| resource.to_string());
    let (oracle, refused) = super::load(world, made.chain(corners).collect()).await;
    assert!(refused.is_empty(), "{refused:#?}");
    oracle
}

fn input(world: &World<'_>) -> Input {
    let program = world.program();
    let payers = program.payers.iter();
    Input {
        seed: 7,
        members: 2,
        providers: 12,
        region: Region::find(&program.region).expect("the program's region is known"),
        payers: payers.map(|payer| Payer { id: payer.id.to_string(), name: payer.name.clone() }).collect(),
        types: program.resources.iter().map(|resource| resource.kind.clone()).collect(),
        printed: true,
    }
}
