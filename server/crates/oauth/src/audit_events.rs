//! The access history as part of the member's record (hl7.org/fhir/R4/auditevent.html): an AuditEvent for each app, kind of
//! data and hour. Programs that offer the type let the member's apps read them.

use jiff::{SignedDuration, Timestamp};
use model::{
    id::{ClientId, GrantId, PatientId},
    partition::Partition,
};
use programs::program::Program;
use serde_json::{Value, json};
use store::{Ctx, FromRow, Result, Row, digest::sha256_hex, sql};

/// The type, as a program file names it.
pub const KIND: &str = "AuditEvent";

/// We write about an hour this long after its end, so that every process has written what it counted.
const GRACE: SignedDuration = SignedDuration::from_mins(5);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// A digest of this length names an event.
const ID_LENGTH: usize = 40;

/// What an app read within an hour.
#[derive(Clone, Debug)]
pub struct Reading {
    grant: GrantId,
    client: ClientId,
    app: String,
    patient: PatientId,
    hour_at: i64,
    resource_type: String,
    reads: i64,
    first_at: Timestamp,
    last_at: Timestamp,
}

/// Some of the hours since this moment that are over and about which no event tells, or one that tells less.
pub async fn untold(ctx: &mut Ctx, partition: &Partition, since: Timestamp, most: i64) -> Result<Vec<Reading>> {
    // CROSS JOIN, so that SQLite begins with the hours, which are few, and not with every grant of the partition.
    let mut query = sql("SELECT a.grant_id, g.client_id, p.name, g.patient_id, a.hour_at, a.resource_type, a.reads, a.first_at, \
         a.last_at FROM access a CROSS JOIN access_grant g JOIN application p ON p.id = g.application_id \
         WHERE g.id = a.grant_id AND a.told_reads < a.reads AND a.hour_at >= $1 AND a.hour_at <= $2 AND g.program = $3 AND g.environment = $4 \
         AND g.patient_id IS NOT NULL ORDER BY a.hour_at, a.grant_id, a.resource_type")
    .bind(since)
    .bind(ctx.now - HOUR - GRACE)
    .bind(&partition.program)
    .bind(partition.environment);
    query.push_limit(most);
    query.fetch_all(&mut ctx.tx).await
}

/// Records that their events are saved.
pub async fn told(ctx: &mut Ctx, readings: &[Reading]) -> Result<()> {
    for reading in readings {
        sql("UPDATE access SET told_reads = $1 WHERE grant_id = $2 AND hour_at = $3 AND resource_type = $4")
            .bind(reading.reads)
            .bind(&reading.grant)
            .bind(reading.hour_at)
            .bind(&reading.resource_type)
            .execute(&mut ctx.tx)
            .await?;
    }
    Ok(())
}

impl Reading {
    /// The event. Its id depends on app, kind of data and hour alone, so that a later count of that hour replaces it.
    pub fn event(&self, program: &Program) -> Value {
        let Self { grant, hour_at, resource_type, .. } = self;
        let mut id = sha256_hex(format!("{grant}\n{hour_at}\n{resource_type}").as_bytes());
        id.truncate(ID_LENGTH);
        let coding = |system: &str, code: &str| json!({ "system": system, "code": code });
        let entity = |kind: Value, role: &str| json!({ "type": kind, "role": coding("http://terminology.hl7.org/CodeSystem/object-role", role) });
        let mut person = entity(coding("http://terminology.hl7.org/CodeSystem/audit-entity-type", "1"), "1");
        person["what"] = json!({ "reference": format!("Patient/{}", self.patient) });
        let mut data = entity(coding("http://hl7.org/fhir/resource-types", resource_type), "4");
        data["name"] = json!(resource_type);
        data["detail"] = json!([{ "type": "reads", "valueString": self.reads.to_string() }]);
        json!({
            "resourceType": KIND,
            "id": id,
            "type": coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest"),
            "action": "R",
            "period": { "start": self.first_at.to_string(), "end": self.last_at.to_string() },
            "recorded": self.last_at.to_string(),
            "outcome": "0",
            "agent": [{
                "who": { "identifier": { "value": self.client.as_str() }, "display": self.app },
                "name": self.app,
                "requestor": true,
            }],
            "source": { "observer": { "display": program.name } },
            "entity": [person, data],
        })
    }
}

impl FromRow for Reading {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            grant: row.get(0)?,
            client: row.get(1)?,
            app: row.get(2)?,
            patient: row.get(3)?,
            hour_at: row.get(4)?,
            resource_type: row.get(5)?,
            reads: row.get(6)?,
            first_at: row.get(7)?,
            last_at: row.get(8)?,
        })
    }
}
