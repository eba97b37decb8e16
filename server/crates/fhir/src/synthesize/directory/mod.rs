//! The provider directory (Da Vinci PDEX Plan-Net 1.0.0).

mod affiliation;
pub mod area;
pub mod endpoint;
pub mod extension;
mod insurance_plan;
pub mod location;
pub mod network;
pub mod organization;
pub mod payer;
pub mod practitioner;
pub mod role;
pub mod service;

use std::{iter::once, sync::Arc};

use super::{Resource, example, world::World};

/// The whole directory; nothing if the world has no practitioners.
pub fn resources(world: World) -> impl Iterator<Item = Resource> + Send {
    let (organizations, providers) =
        if world.input.providers == 0 { (0, 0) } else { (world.organizations, world.input.providers) };
    let world = Arc::new(world);
    let (payers, staff) = (world.clone(), world.clone());
    let fixed = once(world.clone()).filter(move |_| 0 < providers).flat_map(|world| {
        let printed = if world.input.printed { example::directory() } else { Vec::new() };
        area::resources(world.input.region).into_iter().chain(printed).collect::<Vec<_>>()
    });
    let payers = (0..payers.input.payers.len())
        .filter(move |_| 0 < providers)
        .flat_map(move |number| payer_resources(&payers, number));
    let organizations = (0..organizations).flat_map(move |number| organization_resources(&world, number));
    let practitioners = (0..providers).flat_map(move |number| practitioner_resources(&staff, number));
    fixed.chain(payers).chain(organizations).chain(practitioners)
}

fn payer_resources(world: &World, number: usize) -> Vec<Resource> {
    let payer = &world.input.payers[number];
    let mut made = vec![payer::organization(world, payer), endpoint::of_payer(payer)];
    made.extend(network::of(world, payer));
    made.extend(insurance_plan::of(world, payer));
    made
}

fn organization_resources(world: &World, number: u32) -> Vec<Resource> {
    let organization = world.organization(number);
    let mut made = vec![organization::resource(world, &organization)];
    made.extend(endpoint::of_organization(&organization));
    made.extend((0..world.locations(number)).map(|place| location::resource(world, &organization, place)));
    made.extend(service::of(world, &organization));
    made.extend(affiliation::of(world, &organization));
    made
}

fn practitioner_resources(world: &World, number: u32) -> Vec<Resource> {
    let practitioner = world.practitioner(number);
    let mut made = vec![practitioner::resource(world, &practitioner)];
    made.extend(role::of(world, &practitioner));
    made
}
