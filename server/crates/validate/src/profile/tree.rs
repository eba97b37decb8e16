//! A profile as the checks use it: what it asks for beyond R4, as a tree of elements.

use serde_json::Value;

use crate::types::Binding;

/// A StructureDefinition that constrains a type.
pub struct Profile {
    pub url: String,
    pub version: String,
    /// The type that it constrains.
    pub kind: String,
    /// Which of the packages it is from.
    pub package: usize,
    pub root: Node,
}

/// An element, or a slice of one.
#[derive(Default)]
pub struct Node {
    /// As FHIR writes it: `value[x]`.
    pub name: String,
    /// Of a slice.
    pub slice: String,
    /// More than R4 asks for; 0 if it is no more.
    pub min: usize,
    /// Less than R4 allows.
    pub max: Option<usize>,
    pub types: Vec<TypeUse>,
    pub fixed: Option<Value>,
    pub pattern: Option<Value>,
    pub binding: Option<Binding>,
    pub children: Vec<Node>,
    pub slicing: Option<Slicing>,
}

impl Node {
    /// Whether it asks for nothing that R4 does not.
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

/// A type that the profile leaves, and what it asks of values of it.
pub struct TypeUse {
    pub code: String,
    /// Profiles of the value; it must be one of them.
    pub profiles: Vec<String>,
    /// The types that a reference may point at; `None` where that cannot be told.
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

/// One discriminator, as it is in one slice (hl7.org/fhir/R4/profiling.html#discriminator).
pub struct Test {
    /// From the element's value to what is compared.
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
    /// It cannot be told here.
    Nothing,
}
