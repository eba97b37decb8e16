//! The place of a check in a resource: a linked list on the stack that becomes text only if something is wrong.

use std::fmt;

#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// The resource's type.
    Root(&'a str),
    Member(&'a str),
    Index(usize),
}

#[derive(Clone, Copy)]
pub struct Path<'a> {
    before: Option<&'a Path<'a>>,
    step: Step<'a>,
}

impl<'a> Path<'a> {
    pub fn root(kind: &'a str) -> Self {
        Self { before: None, step: Step::Root(kind) }
    }

    pub fn member(&'a self, name: &'a str) -> Path<'a> {
        Path { before: Some(self), step: Step::Member(name) }
    }

    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path { before: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(before) = self.before {
            before.fmt(f)?;
        }
        match self.step {
            Step::Root(kind) => f.write_str(kind),
            Step::Member(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}
