//! Codes and identifiers, with and without their systems.

use serde_json::Value;

use super::{Depth, Sample, spread};
use crate::proof::oracle::{escaped, is::Is, token::codes};

pub fn samples(is: Is, values: &[&Value], depth: Depth) -> Vec<Sample> {
    let all = values.iter().flat_map(|value| codes(value, is));
    let spread = spread(all.map(|(system, code)| (code, system.unwrap_or_default().to_owned())));
    let full = |(code, system): &(String, String)| format!("{}|{}", escaped(system), escaped(code));
    let mut samples: Vec<Sample> = spread.iter().map(|(code, _)| Sample::hit("", escaped(code))).collect();
    samples.extend(spread.iter().filter(|(_, system)| !system.is_empty()).map(|pair| Sample::hit("", full(pair))));
    samples.push(Sample::miss("", "zzyzx"));
    let Some((code, system)) = spread.get(spread.len() / 2) else { return samples };
    if depth != Depth::All {
        return samples;
    }
    let first = escaped(&spread[0].0);
    samples.extend([
        Sample::hit("", format!("|{}", escaped(code))),
        Sample::hit("", escaped(&code.to_uppercase())),
        Sample::hit("", format!("{},zzyzx,{first}", escaped(code))),
        Sample::any("", format!("http://other.example|{}", escaped(code))),
        Sample::any(":not", escaped(code)),
        Sample::any(":not", format!("{first},{}", escaped(code))),
        Sample::hit(":not", "zzyzx"),
        Sample::any("", "http://other.example|"),
    ]);
    if !system.is_empty() {
        samples.push(Sample::hit("", format!("{}|", escaped(system))));
        samples.push(Sample::any(":not", full(&(code.clone(), system.clone()))));
    }
    samples
}
