//! Resources to search, loaded into both a partition and the oracle.

pub mod corners;
pub mod published;
pub mod synthetic;

use std::collections::BTreeSet;

use jiff::ToSpan;
use serde_json::Value;

use super::oracle::Oracle;
use crate::world::{BASE, World};

/// Loads in this many portions, a day apart, so that their `_lastUpdated` differs.
const PORTIONS: usize = 3;

/// Loads them; refused ones are not in the oracle. Also returns the lines of the refused ones.
async fn load(world: &World<'_>, texts: Vec<String>) -> (Oracle, Vec<String>) {
    let mut held = Vec::new();
    let mut refused = Vec::new();
    for portion in texts.chunks(texts.len().div_ceil(PORTIONS).max(1)) {
        world.test.clock.advance(24.hours());
        let updated = now(world);
        let (_, rejects) = world.load_texts(portion.to_vec()).await;
        let lines: BTreeSet<u64> = rejects.iter().map(|reject| reject.origin.line).collect();
        refused.extend(rejects.into_iter().map(|reject| reject.reason));
        for (text, line) in portion.iter().zip(1..) {
            let json: Value = serde_json::from_str(text).expect("a resource is JSON");
            let is_offered = world.program().resource(json["resourceType"].as_str().expect("a type")).is_some();
            if is_offered && !lines.contains(&line) {
                held.push((json, updated));
            }
        }
    }
    world.test.clock.advance(24.hours());
    (Oracle::new(BASE, now(world), held), refused)
}

fn now(world: &World<'_>) -> i64 {
    world.test.store.now().as_millisecond()
}
