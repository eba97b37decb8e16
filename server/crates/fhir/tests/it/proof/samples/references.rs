//! References in each of their forms.

use serde_json::Value;

use super::{Depth, Sample, spread};
use crate::proof::oracle::reference::local;

pub fn samples(targets: &[&str], base: &str, values: &[&Value], depth: Depth) -> Vec<Sample> {
    let locals = values.iter().filter_map(|value| local(value)).filter(|(kind, _)| targets.contains(kind));
    let spread = spread(locals);
    let mut samples: Vec<Sample> = spread.iter().map(|(_, id)| Sample::hit("", *id)).collect();
    samples.extend(spread.iter().take(1).map(|(kind, id)| Sample::hit("", format!("{kind}/{id}"))));
    samples.push(Sample::miss("", "nothing-has-this-id"));
    let Some((kind, id)) = spread.get(spread.len() / 2) else { return samples };
    if depth != Depth::All {
        return samples;
    }
    let (_, first) = spread[0];
    samples.extend([
        Sample::hit("", format!("{kind}/{id}")),
        Sample::hit("", format!("{base}/{kind}/{id}")),
        Sample::hit("", format!("{kind}/{id}/_history/1")),
        Sample::hit("", format!("{id},nothing-has-this-id,{kind}/{first}")),
        Sample::miss("", format!("http://other.example/fhir/{kind}/{id}")),
        Sample::miss("", format!("{kind}/nothing-has-this-id")),
        Sample::miss("", format!("Device/{id}")),
    ]);
    samples.extend(targets.iter().map(|target| {
        let sample = Sample::any(&format!(":{target}"), *id);
        if target == kind { Sample { expect: super::Expect::Something, ..sample } } else { sample }
    }));
    let elsewhere = values.iter().filter_map(|value| value["reference"].as_str()).find(|text| text.contains("://"));
    samples.extend(elsewhere.map(|text| Sample::hit("", text)));
    samples
}
