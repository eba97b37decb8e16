//! Texts, whole and in part.

use serde_json::Value;

use super::{Depth, Sample, spread};
use crate::proof::oracle::{escaped, is::Is, string::texts};

pub fn samples(is: Is, values: &[&Value], depth: Depth) -> Vec<Sample> {
    let all = values.iter().flat_map(|value| texts(value, is)).filter(|text| !text.trim().is_empty());
    let spread = spread(all);
    let mut samples: Vec<Sample> = spread.iter().map(|text| Sample::hit("", escaped(text))).collect();
    samples.push(Sample::miss("", "zzyzx"));
    let Some(middle) = spread.get(spread.len() / 2) else { return samples };
    samples.push(Sample::hit("", escaped(&beginning(middle).to_uppercase())));
    if depth != Depth::All {
        return samples;
    }
    let within: String = middle.chars().skip(1).take(4).collect();
    samples.extend([
        Sample::hit("", format!("{},zzyzx", escaped(spread[0]))),
        Sample::hit(":exact", escaped(middle)),
        Sample::any(":exact", escaped(&middle.to_uppercase())),
        Sample::miss(":exact", format!("{}?", escaped(middle))),
        Sample::miss(":contains", "zzyzx"),
        Sample::any("", "%"),
        Sample::any(":contains", "_"),
    ]);
    samples.push(Sample::hit("", escaped(&middle.replace(['\'', '’'], "`").replace('-', "\u{2011}"))));
    samples.push(Sample::hit("", middle.chars().filter(|character| character.is_alphanumeric()).collect::<String>()));
    if matches!(is, Is::Family | Is::Name) {
        let word = middle.rsplit([' ', '-', '\'', '’']).next().unwrap_or(middle);
        samples.push(Sample::any("", escaped(word)));
    }
    let names = values
        .iter()
        .filter(|_| is == Is::Name)
        .filter_map(|name| Some((name["family"].as_str()?, name["given"][0].as_str()?)));
    for (family, given) in super::spread(names) {
        samples.push(Sample::hit("", escaped(&format!("{family}, {given}"))));
        samples.push(Sample::hit("", escaped(&format!("{given} {}", family.to_uppercase()))));
    }
    if within.chars().any(char::is_alphanumeric) {
        samples.push(Sample::hit(":contains", escaped(within.trim())));
    }
    if is == Is::Address {
        let word = middle.split(' ').next_back().unwrap_or(middle);
        samples.push(Sample::any("", escaped(word)));
    }
    samples
}

fn beginning(text: &str) -> String {
    text.chars().take(3).collect()
}
