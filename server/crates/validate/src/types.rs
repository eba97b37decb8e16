//! R4's types as the checks use them: members by name, each with its element and type.

use std::{collections::HashMap, sync::Arc};

use crate::{primitive::Primitive, terminology::Expansion};

/// The index of a type in [`Types`].
pub type TypeId = usize;

/// Every type, and every element that has a type of its own (`Coverage.class`).
#[derive(Default)]
pub struct Types {
    pub all: Vec<Type>,
    pub names: HashMap<String, TypeId>,
}

impl Types {
    pub fn find(&self, name: &str) -> Option<&Type> {
        self.names.get(name).map(|id| &self.all[*id])
    }

    /// A type that resources can have; not `DomainResource`.
    pub fn resource(&self, name: &str) -> Option<&Type> {
        self.find(name).filter(|found| found.is_resource && !matches!(name, "Resource" | "DomainResource"))
    }
}

pub struct Type {
    pub name: String,
    pub is_resource: bool,
    pub elements: Vec<Element>,
    /// By the name in JSON; for `value[x]`, one for each of its types.
    pub members: HashMap<String, Member>,
}

/// A name that an object of a type may have.
#[derive(Clone)]
pub struct Member {
    /// The index of its element in the type's elements.
    pub element: usize,
    pub kind: Kind,
}

/// The type of a member's value.
#[derive(Clone)]
pub enum Kind {
    Primitive(Primitive),
    Complex(TypeId),
    /// A Reference to one of these types, or to any.
    Reference(Option<Arc<[String]>>),
    /// A resource within a resource.
    Resource,
}

#[derive(Clone)]
pub struct Element {
    /// As FHIR writes it: `value[x]`.
    pub name: String,
    pub is_required: bool,
    pub is_list: bool,
    /// Inherited, but not allowed.
    pub is_forbidden: bool,
    pub binding: Option<Binding>,
}

impl Element {
    pub fn is_choice(&self) -> bool {
        self.name.ends_with("[x]")
    }
}

/// The codes that an element must have.
#[derive(Clone)]
pub struct Binding {
    pub url: String,
    pub codes: Arc<Expansion>,
}
