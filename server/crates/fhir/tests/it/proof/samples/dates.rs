//! Dates of every precision, with every prefix.

use serde_json::Value;

use super::{Depth, Sample, spread};

const PREFIXES: [&str; 10] = ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

pub fn samples(values: &[&Value], depth: Depth) -> Vec<Sample> {
    let bounds = values.iter().flat_map(|value| match value.as_str() {
        Some(text) => vec![text],
        None => ["start", "end"].iter().filter_map(|bound| value[*bound].as_str()).collect(),
    });
    let spread = spread(bounds);
    let mut samples = vec![Sample::miss("", "1066-10-14"), Sample::hit("", "gt1900"), Sample::hit("", "ne1066-10-14")];
    for text in &spread {
        let day = text.get(..10).unwrap_or(text);
        samples.push(Sample::hit("", format!("ge{day}")));
        samples.push(Sample::hit("", format!("le{day}")));
    }
    let Some(middle) = spread.get(spread.len() / 2) else { return samples };
    if depth != Depth::All {
        return samples;
    }
    let cuts = [4, 7, 10, middle.len()];
    let mut precisions: Vec<&str> = cuts.iter().filter_map(|cut| middle.get(..*cut)).collect();
    precisions.dedup();
    for prefix in PREFIXES {
        samples.extend(precisions.iter().map(|date| Sample::any("", format!("{prefix}{date}"))));
    }
    samples.extend(spread.iter().map(|text| Sample::any("", *text)));
    samples.push(Sample::any("", format!("{},{}", spread[0], middle)));
    let day = middle.get(..10).unwrap_or(middle);
    if day.len() == 10 {
        samples.push(Sample::any("", format!("gt{day}T00:00:00+00:00")));
        samples.push(Sample::any("", format!("lt{day}T23:59:59.999-07:00")));
    }
    samples
}
