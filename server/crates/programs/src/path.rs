//! Where in a resource the values of a search parameter are: the part of FHIRPath that search parameters use.
//!
//! `name.given as string`: from the resource, field by field, arrays flattened, each value found being of that type. Branches
//! are joined by `|`. `extension('url')` keeps the extensions of that URL. Choices name the typed field: `onsetDateTime`.

use std::{fmt, str::FromStr};

/// One way from the resource to values of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Never empty. Each step is taken from every value that the one before it found.
    pub steps: Vec<Step>,
    pub datatype: Datatype,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The field of this name; each element if it is an array; nothing if it is absent.
    Field(String),
    /// The elements of `extension` with this URL.
    Extension(String),
}

/// Declares the FHIR types of values.
macro_rules! datatypes {
    ($($(#[$doc:meta])* $name:ident = $text:literal)*) => {
        /// The FHIR type of the values that a branch finds: it decides how to read them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Datatype { $($(#[$doc])* $name,)* }

        impl Datatype {
            /// As FHIR spells it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            fn of(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

datatypes! {
    Id = "id"
    String = "string"
    Code = "code"
    Boolean = "boolean"
    Canonical = "canonical"
    Date = "date"
    DateTime = "dateTime"
    Instant = "instant"
    Period = "Period"
    Coding = "Coding"
    CodeableConcept = "CodeableConcept"
    Identifier = "Identifier"
    Reference = "Reference"
    /// A string parameter matches any of its parts: text, family, given, prefix, suffix.
    HumanName = "HumanName"
    /// A string parameter matches any of its parts: text, line, city, district, state, postalCode, country.
    Address = "Address"
    /// `Location.position`: latitude, longitude.
    Position = "Location.position"
}

/// Why an expression is none of ours.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    #[error("`{0}` does not end in ` as` and a type")]
    NoType(String),
    #[error("`{0}` is not a type that search reads")]
    UnknownType(String),
    #[error("`{0}` is neither a field nor `extension('url')`")]
    NoStep(String),
}

/// Reads a union of branches: `name as string | alias as string`.
pub fn parse(text: &str) -> Result<Vec<Branch>, PathError> {
    text.split(" | ").map(str::parse).collect()
}

impl FromStr for Branch {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let (path, datatype) = text.rsplit_once(" as ").ok_or_else(|| PathError::NoType(text.to_owned()))?;
        let datatype = Datatype::of(datatype).ok_or_else(|| PathError::UnknownType(datatype.to_owned()))?;
        Ok(Self { steps: steps(path)?, datatype })
    }
}

/// Splits at dots, but not at those inside an extension's URL.
fn steps(mut path: &str) -> Result<Vec<Step>, PathError> {
    let mut steps = Vec::new();
    loop {
        let (step, rest) = first_step(path)?;
        steps.push(step);
        match rest.strip_prefix('.') {
            Some(rest) => path = rest,
            None if rest.is_empty() => return Ok(steps),
            None => return Err(PathError::NoStep(path.to_owned())),
        }
    }
}

fn first_step(path: &str) -> Result<(Step, &str), PathError> {
    let wrong = || PathError::NoStep(path.to_owned());
    if let Some(quoted) = path.strip_prefix("extension('") {
        let (url, rest) = quoted.split_once("')").ok_or_else(wrong)?;
        return Ok((Step::Extension(url.to_owned()), rest));
    }
    let end = path.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(path.len());
    let (field, rest) = path.split_at(end);
    if field.is_empty() { Err(wrong()) } else { Ok((Step::Field(field.to_owned()), rest)) }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => f.write_str(name),
            Self::Extension(url) => write!(f, "extension('{url}')"),
        }
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if 0 < index {
                f.write_str(".")?;
            }
            write!(f, "{step}")?;
        }
        write!(f, " as {}", self.datatype.as_str())
    }
}
