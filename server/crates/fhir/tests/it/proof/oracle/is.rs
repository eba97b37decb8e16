//! The ways in which values of a parameter are compared.

/// How values of a parameter are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    Id,
    Updated,
    Text,
    /// `HumanName.family`
    Family,
    Name,
    Address,
    /// A plain code, of this system.
    Code(&'static str),
    Coding,
    Concept,
    Identifier,
    /// The types that the target may have.
    Reference(&'static [&'static str]),
    Date,
    Uri,
    Near,
}
