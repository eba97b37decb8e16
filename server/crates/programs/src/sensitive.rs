//! Categories of health data that a program protects specially, such as treatment for substance use (42 CFR part 2).

use serde::Deserialize;

use crate::{program::Program, text::Text};

/// The most categories: each is a bit of `fhir_resource.sensitive`.
pub const MOST: usize = 62;

/// A category. The payer's data marks resources that belong to it with a security label (`meta.security`). Members see
/// a box of its own for it, which is not selected, and apps read nothing of it unless the member selects it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sensitive {
    /// `substance-use`
    pub id: String,
    /// Short, for the checkbox.
    pub title: Text,
    /// One or two sentences beneath it: what it is, and why it is protected.
    pub description: Text,
    /// The labels, as `system|code`: `http://terminology.hl7.org/CodeSystem/v3-ActCode|ETH`.
    pub codes: Vec<String>,
}

impl Program {
    /// The bits of all categories, in the order of the file.
    pub fn sensitive_bits(&self) -> impl Iterator<Item = (i64, &Sensitive)> {
        self.sensitive.iter().enumerate().map(|(place, category)| (1 << place, category))
    }

    /// The bits of the categories of which an app may see nothing: all but those that the member allowed, by their ids.
    pub fn withheld<'a>(&self, allowed: impl IntoIterator<Item = &'a str>) -> i64 {
        let allowed: Vec<&str> = allowed.into_iter().collect();
        let withheld = self.sensitive_bits().filter(|(_, category)| !allowed.contains(&category.id.as_str()));
        withheld.fold(0, |bits, (bit, _)| bits | bit)
    }
}
