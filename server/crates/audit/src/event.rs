//! An event of the audit log.

use model::{
    id::{AccountId, ClientId},
    partition::Partition,
};
use serde_json::{Map, Value, json};

use crate::action::Action;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Account(AccountId),
    /// An app, by itself.
    Client(ClientId),
    /// A person at the command line of the server.
    Operator,
    /// A rule of ours: automatic approval, a deadline.
    System,
}

impl Actor {
    /// Whether the server acted, to see whether a sandbox works.
    pub(crate) fn is_probe(&self) -> bool {
        match self {
            Self::Account(id) => id.is_probe(),
            Self::Client(id) => id.is_probe(),
            Self::Operator | Self::System => false,
        }
    }

    /// The words of the columns.
    pub(crate) fn columns(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Account(id) => ("account", Some(id.as_str())),
            Self::Client(id) => ("client", Some(id.as_str())),
            Self::Operator => ("operator", None),
            Self::System => ("system", None),
        }
    }

    pub(crate) fn from_columns(kind: &str, id: Option<String>) -> Option<Self> {
        match (kind, id) {
            ("account", Some(id)) => Some(Self::Account(AccountId::new(id))),
            ("client", Some(id)) => Some(Self::Client(ClientId::new(id))),
            ("operator", None) => Some(Self::Operator),
            ("system", None) => Some(Self::System),
            _ => None,
        }
    }
}

/// One thing that happened: `Event::new(Actor::Account(reviewer), Action::OrganizationApproved, "organization", id.as_str())`.
#[derive(Clone, Debug)]
pub struct Event {
    pub actor: Actor,
    pub action: Action,
    /// To what kind of thing, and to which.
    pub subject_kind: &'static str,
    pub subject_id: String,
    pub partition: Option<Partition>,
    pub detail: Map<String, Value>,
}

impl Event {
    pub fn new(actor: Actor, action: Action, subject_kind: &'static str, subject_id: &str) -> Self {
        let subject_id = subject_id.to_owned();
        Self { actor, action, subject_kind, subject_id, partition: None, detail: Map::new() }
    }

    /// Where it concerns one program and environment.
    #[must_use]
    pub fn within(mut self, partition: &Partition) -> Self {
        self.partition = Some(partition.clone());
        self
    }

    /// What else is worth knowing. No health data, no secret: the log is read by many and kept for ever.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(key.to_owned(), value.into());
        self
    }

    /// A value that changed: before and after. See [`with`](Self::with) for what must not be in it.
    #[must_use]
    pub fn changed(self, key: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        self.with(key, json!({ "before": before.into(), "after": after.into() }))
    }
}
