//! What the log holds.

use jiff::Timestamp;
use model::{
    id::AuditId,
    partition::{Partition, ProgramId},
};
use serde_json::{Map, Value};
use store::{FromRow, Result, Row};

use crate::event::Actor;

/// One row as readers see it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place: 1, 2, 3 … without a gap.
    pub sequence: i64,
    pub id: AuditId,
    pub at: Timestamp,
    /// Nothing where another version wrote a kind of actor that this one does not know.
    pub actor: Option<Actor>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    /// Nothing also where the environment is one that this version does not know.
    pub partition: Option<Partition>,
    pub detail: Map<String, Value>,
    pub hash: String,
}

/// One row as it is stored: what the hash is made from.
pub(crate) struct Stored {
    pub sequence: i64,
    pub id: String,
    pub at: Timestamp,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub program: Option<String>,
    pub environment: Option<String>,
    pub detail: String,
    pub hash: String,
}

pub(crate) const COLUMNS: &str =
    "sequence, id, at, actor_kind, actor_id, action, subject_kind, subject_id, program, environment, detail, hash";

impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            sequence: row.get(0)?,
            id: row.get(1)?,
            at: row.get(2)?,
            actor_kind: row.get(3)?,
            actor_id: row.get(4)?,
            action: row.get(5)?,
            subject_kind: row.get(6)?,
            subject_id: row.get(7)?,
            program: row.get(8)?,
            environment: row.get(9)?,
            detail: row.get(10)?,
            hash: row.get(11)?,
        })
    }
}

impl FromRow for Entry {
    fn from_row(row: &Row) -> Result<Self> {
        Stored::from_row(row).map(Self::from)
    }
}

/// The log is kept for longer than any version of this program: what of a row this one cannot read is left out and said in the
/// process's log, so that the rows around it can be seen.
impl From<Stored> for Entry {
    fn from(stored: Stored) -> Self {
        let sequence = stored.sequence;
        let unread = |column| tracing::warn!(sequence, column, "the audit log holds what this version does not know");
        let actor = Actor::from_columns(&stored.actor_kind, stored.actor_id);
        if actor.is_none() {
            unread("actor_kind");
        }
        let partition = stored.program.as_deref().zip(stored.environment.as_deref());
        let known = partition.and_then(|(program, environment)| Some((program, environment.parse().ok()?)));
        if partition.is_some() && known.is_none() {
            unread("environment");
        }
        let detail = serde_json::from_str(&stored.detail).unwrap_or_else(|_| {
            unread("detail");
            Map::new()
        });
        Self {
            sequence,
            id: AuditId::new(stored.id),
            at: stored.at,
            actor,
            action: stored.action,
            subject_kind: stored.subject_kind,
            subject_id: stored.subject_id,
            partition: known.map(|(program, environment)| Partition::new(&ProgramId::new(program), environment)),
            detail,
            hash: stored.hash,
        }
    }
}
