//! The security labels that mark sensitive data (`meta.security`, hl7.org/fhir/R4/security-labels.html), as bits of
//! `fhir_resource.sensitive`: one for each category of the program.

use std::collections::HashMap;

use programs::program::Program;
use serde_json::Value;

/// A program's labels.
pub struct Labels {
    /// Bits by `system|code`.
    bits: HashMap<String, i64>,
    categories: usize,
}

impl Labels {
    pub fn of(program: &Program) -> Self {
        let mut bits: HashMap<String, i64> = HashMap::new();
        for (bit, category) in program.sensitive_bits() {
            // A label may belong to several categories.
            category.codes.iter().for_each(|code| *bits.entry(code.clone()).or_default() |= bit);
        }
        Self { bits, categories: program.sensitive.len() }
    }

    /// How many categories there are.
    pub fn count(&self) -> usize {
        self.categories
    }

    /// The bits of a resource's own labels. A contained resource's labels count for its container.
    pub fn in_resource(&self, resource: &Value) -> i64 {
        if self.bits.is_empty() {
            return 0;
        }
        let contained = resource.get("contained").and_then(Value::as_array).into_iter().flatten();
        let labels = std::iter::once(resource)
            .chain(contained)
            .filter_map(|resource| resource.pointer("/meta/security").and_then(Value::as_array));
        labels.flatten().filter_map(|label| self.bits.get(&name(label)?)).fold(0, |bits, bit| bits | bit)
    }

    /// The same for a stored text.
    pub fn in_text(&self, body: &str) -> i64 {
        if self.bits.is_empty() {
            return 0;
        }
        serde_json::from_str(body).map_or(0, |resource| self.in_resource(&resource))
    }
}

/// `system|code`
fn name(label: &Value) -> Option<String> {
    let of = |key| label.get(key).and_then(Value::as_str);
    Some(format!("{}|{}", of("system").unwrap_or_default(), of("code")?))
}
