//! What the log holds.

use jiff::Timestamp;
use model::{
    id::AuditId,
    partition::{Environment, Partition, ProgramId},
};
use serde_json::{Map, Value};
use store::{Error, FromRow, Result, Row};

use crate::event::Actor;

/// One row as readers see it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place: 1, 2, 3 … without a gap.
    pub sequence: i64,
    pub id: AuditId,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
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
        Stored::from_row(row)?.try_into()
    }
}

impl TryFrom<Stored> for Entry {
    type Error = Error;

    fn try_from(stored: Stored) -> Result<Self> {
        let corrupt = |column, reason: &str| Error::Corrupt {
            table: "audit",
            column,
            id: stored.sequence.to_string(),
            reason: reason.to_owned(),
        };
        let actor = Actor::from_columns(&stored.actor_kind, stored.actor_id.clone())
            .ok_or_else(|| corrupt("actor_kind", "no such actor"))?;
        let partition = match (&stored.program, &stored.environment) {
            (None, None) => None,
            (Some(program), Some(environment)) => {
                let environment: Environment =
                    environment.parse().map_err(|_| corrupt("environment", "neither `sandbox` nor `production`"))?;
                Some(Partition::new(&ProgramId::new(program.as_str()), environment))
            }
            _ => return Err(corrupt("environment", "a program without an environment, or the reverse")),
        };
        let detail = serde_json::from_str(&stored.detail).map_err(|error| corrupt("detail", &error.to_string()))?;
        Ok(Self {
            sequence: stored.sequence,
            id: AuditId::new(stored.id),
            at: stored.at,
            actor,
            action: stored.action,
            subject_kind: stored.subject_kind,
            subject_id: stored.subject_id,
            partition,
            detail,
            hash: stored.hash,
        })
    }
}
