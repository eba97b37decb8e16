//! Ids, times of loading, canonicals and places.

use serde_json::Value;

use super::{Sample, spread};
use crate::proof::oracle::{
    Held,
    near::{distance, place},
};

pub fn ids(ends: &[&Held]) -> Vec<Sample> {
    let spread = spread(ends.iter().map(|held| held.id.as_str()));
    let mut samples: Vec<Sample> = spread.iter().map(|id| Sample::hit("", *id)).collect();
    samples.push(Sample::miss("", "nothing-has-this-id"));
    samples.extend(
        spread.first().map(|id| Sample::hit("", format!("nothing-has-this-id,{id},{}", spread[spread.len() - 1]))),
    );
    samples
}

/// Every prefix, around each time at which something was loaded.
pub fn moments(ends: &[&Held]) -> Vec<Sample> {
    let mut samples =
        vec![Sample::hit("", "gt2019"), Sample::hit("", "ge2019-01-01T00:00:00+00:00"), Sample::miss("", "lt2019")];
    for (turn, updated) in spread(ends.iter().map(|held| held.updated)).into_iter().enumerate() {
        let at = jiff::Timestamp::from_millisecond(updated).expect("a time").to_string();
        samples.extend(["", "ge", "le"].iter().map(|prefix| Sample::hit("", format!("{prefix}{at}"))));
        if turn != 0 {
            continue;
        }
        samples.extend(["", "ge", "le"].iter().map(|prefix| Sample::hit("", format!("{prefix}{}", &at[..10]))));
        let rest = ["gt", "lt", "ne", "sa", "eb"].into_iter();
        samples.extend(rest.map(|prefix| Sample::any("", format!("{prefix}{}", at.replace('Z', "+00:00")))));
    }
    samples
}

pub fn uris(values: &[&Value]) -> Vec<Sample> {
    let mut samples = vec![Sample::miss("", "http://nothing.example/has/this")];
    for uri in spread(values.iter().filter_map(|value| value.as_str())) {
        let plain = uri.split_once('|').map_or(uri, |(plain, _)| plain);
        let parent = plain.rsplit_once('/').map_or(plain, |(parent, _)| parent);
        samples.extend([
            Sample::hit("", uri.replace('|', r"\|")),
            Sample::hit("", plain),
            Sample::hit(":below", plain),
            Sample::hit(":below", parent),
            Sample::miss("", parent),
            Sample::miss(":below", &plain[..plain.len() - 1]),
        ]);
    }
    samples
}

/// Circles around each place that pass between the others.
pub fn places(values: &[&Value]) -> Vec<Sample> {
    let places: Vec<(f64, f64)> = values.iter().filter_map(|value| place(value)).collect();
    let mut samples = Vec::new();
    for centre in spread(0..places.len()).into_iter().map(|index| places[index]) {
        let mut distances: Vec<f64> = places.iter().map(|place| distance(*place, centre)).collect();
        distances.sort_by(f64::total_cmp);
        let gap = |at: usize| distances.get(at).zip(distances.get(at + 1)).filter(|(near, far)| *far - *near > 0.01);
        for (near, far) in (0..distances.len()).step_by(distances.len().div_ceil(3)).filter_map(gap) {
            let (latitude, longitude) = centre;
            let radius = f64::midpoint(*near, *far);
            samples.push(Sample::hit("", format!("{latitude}|{longitude}|{radius}|km")));
            samples.push(Sample::hit("", format!("{latitude}|{longitude}|{}|mi", radius / 1.609_344)));
        }
    }
    samples.extend([Sample::miss("", "-89.5|179.5|1|km"), Sample::any("", "34.05|-118.25")]);
    samples
}
