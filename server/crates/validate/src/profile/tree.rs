//! A profile as the checks use it: its requirements beyond R4, as a tree of elements.

use serde_json::Value;

use crate::types::Binding;

/// A StructureDefinition that constrains a type.
pub struct Profile {
    pub url: String,
    pub version: String,
    /// The type that it constrains.
    pub kind: String,
    /// The number of the package that contains it.
    pub package: usize,
    pub root: Node,
}

/// An element, or a slice of one.
#[derive(Default)]
pub struct Node {
    /// As FHIR writes it: `value[x]`.
    pub name: String,
    /// The name of the slice; empty if it is not one.
    pub slice: String,
    /// The minimum, if it is more than R4's; otherwise 0.
    pub min: usize,
    /// The maximum, if it is less than R4's.
    pub max: Option<usize>,
    pub types: Vec<TypeUse>,
    pub fixed: Option<Value>,
    pub pattern: Option<Value>,
    pub binding: Option<Binding>,
    pub children: Vec<Node>,
    pub slicing: Option<Slicing>,
}

impl Node {
    /// Whether it requires nothing beyond R4.
    pub fn is_idle(&self) -> bool {
        self.min == 0
            && self.max.is_none()
            && self.types.is_empty()
            && self.fixed.is_none()
            && self.pattern.is_none()
            && self.binding.is_none()
            && self.children.is_empty()
            && self.slicing.is_none()
    }
}

/// A type that the profile allows, and the requirements for values of it.
pub struct TypeUse {
    pub code: String,
    /// Profiles of the value; it must be one of them.
    pub profiles: Vec<String>,
    /// The types that a reference may point at; `None` if they are not known.
    pub targets: Option<Vec<String>>,
}

pub struct Slicing {
    pub is_closed: bool,
    pub slices: Vec<Slice>,
}

pub struct Slice {
    pub node: Node,
    pub tests: Vec<Test>,
}

/// One discriminator in one slice (hl7.org/fhir/R4/profiling.html#discriminator).
pub struct Test {
    /// The path from the element's value to what is compared.
    pub path: Vec<String>,
    pub expects: Expects,
}

pub enum Expects {
    Fixed(Value),
    Pattern(Value),
    Binding(Binding),
    Types(Vec<String>),
    Exists,
    Absent,
    Profiles(Vec<String>),
    /// We cannot decide it here.
    Nothing,
}
