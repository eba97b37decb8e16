//! Members as the portals know them: whom a tester may choose to be, and whom an account is linked to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::id::{PatientId, PayerId};
use serde_json::Value;
use store::{FromRow, Query, Row, Scoped, sql};

use crate::{
    error::Result,
    text::{fold, fold_code},
};

/// A person with a Patient resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub patient: PatientId,
    /// Given and family names, as they are written.
    pub name: String,
    pub birth_date: Option<Date>,
    /// A code of FHIR's `administrative-gender`.
    pub gender: Option<String>,
    /// The number on the member's card.
    pub member_id: Option<String>,
    /// Who insures the member: the id of the Patient's managing Organization.
    pub payer: Option<PayerId>,
    /// How many claims there are that may be shown.
    pub claims: i64,
}

/// The partition's members in the order in which they were loaded, at most `limit`. It reads each Patient, so it is for
/// the published members of a sandbox.
pub async fn list(ctx: &mut Scoped, limit: u32) -> Result<Vec<Member>> {
    let mut query = select(ctx);
    query.push(" ORDER BY r.key").push_limit(i64::from(limit));
    let found: Vec<Loaded> = query.fetch_all(&mut ctx.tx).await?;
    Ok(found.into_iter().map(Loaded::member).collect())
}

/// Of one Patient; `None` if there is no such Patient in the partition.
pub async fn find(ctx: &mut Scoped, patient: &PatientId) -> Result<Option<Member>> {
    let mut query = select(ctx);
    query.push(" AND r.id = ").push_bind(patient);
    let found: Option<Loaded> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(Loaded::member))
}

/// The partition's Patients with the number of their claims.
fn select(ctx: &Scoped) -> Query {
    sql("SELECT r.id, r.body, (SELECT COUNT(*) FROM fhir_resource e JOIN fhir_kind ek ON ek.kind = e.kind \
         WHERE e.compartment = r.key AND ek.type = 'ExplanationOfBenefit') \
         FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
         JOIN fhir_resource r ON r.kind = k.kind \
         WHERE p.program = $1 AND p.environment = $2 AND 0 < r.version AND NOT r.deleted")
    .bind(&ctx.partition.program)
    .bind(ctx.partition.environment)
}

/// The Patient of this payer who has this identifier, system and value to the letter. `None` if nobody or more than one
/// has it. A Patient that names nobody as its insurer counts for every payer.
pub async fn find_by_identifier(
    ctx: &mut Scoped,
    payer: &PayerId,
    system: &str,
    value: &str,
) -> Result<Option<PatientId>> {
    let has = |identifier: &Value| identifier["system"] == system && identifier["value"] == value;
    let is_insured = |patient: &Value| insurer(patient).is_none_or(|own| own == *payer);
    let fits = |patient: &Value| is_insured(patient) && elements(patient, "identifier").any(has);
    find_one(ctx, value, fits).await
}

/// The Patient whose card has this number, if the birth date and a family name are theirs, too, case and accents aside.
/// `None` if nobody or more than one fits: who proves too little learns nothing.
pub async fn find_by_member_id(
    ctx: &mut Scoped,
    member_id: &str,
    birth_date: Date,
    family: &str,
) -> Result<Option<PatientId>> {
    let (member_id, family) = (member_id.trim(), fold(family));
    let is_theirs = |name: &Value| name["family"].as_str().is_some_and(|known| fold(known) == family);
    let fits = |patient: &Value| {
        member_ids(patient).any(|known| known.eq_ignore_ascii_case(member_id))
            && patient["birthDate"].as_str() == Some(birth_date.to_string().as_str())
            && elements(patient, "name").any(is_theirs)
    };
    find_one(ctx, member_id, fits).await
}

/// The only Patient with an identifier of this value that fits.
async fn find_one(ctx: &mut Scoped, value: &str, fits: impl Fn(&Value) -> bool) -> Result<Option<PatientId>> {
    let partition = ctx.partition.clone();
    // More than a few with the same number are a fault of the data; none of them is then found.
    let found: Vec<(PatientId, String)> = sql(
        "SELECT DISTINCT r.id, r.body FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
         JOIN fhir_parameter n ON n.kind = k.kind AND n.code = 'identifier' \
         JOIN fhir_token t ON t.param = n.param AND t.code = $3 JOIN fhir_resource r ON r.key = t.key \
         WHERE p.program = $1 AND p.environment = $2 AND NOT r.deleted LIMIT 20",
    )
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(fold_code(value))
    .fetch_all(&mut ctx.tx)
    .await?;
    let fits = |body: &str| serde_json::from_str(body).is_ok_and(|patient| fits(&patient));
    let fitting: BTreeMap<_, _> = found.into_iter().filter(|(_, body)| fits(body)).collect();
    let mut patients = fitting.into_keys();
    Ok(patients.next().filter(|_| patients.next().is_none()))
}

/// A Patient as it is stored.
struct Loaded {
    patient: PatientId,
    body: String,
    claims: i64,
}

impl FromRow for Loaded {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { patient: row.get(0)?, body: row.get(1)?, claims: row.get(2)? })
    }
}

impl Loaded {
    /// What the stored text says; text that is not JSON was never stored.
    fn member(self) -> Member {
        let Self { patient, body, claims } = self;
        let value: Value = serde_json::from_str(&body).unwrap_or_default();
        Member {
            patient,
            name: name(&value),
            birth_date: value["birthDate"].as_str().and_then(|date| date.parse().ok()),
            gender: value["gender"].as_str().map(str::to_owned),
            member_id: member_ids(&value).next().map(str::to_owned),
            payer: insurer(&value),
            claims,
        }
    }
}

/// Who insures the person: the id of the managing Organization.
fn insurer(patient: &Value) -> Option<PayerId> {
    let reference = patient["managingOrganization"]["reference"].as_str();
    reference.and_then(|reference| reference.strip_prefix("Organization/")).map(PayerId::new)
}

/// The official name, or the first.
fn name(patient: &Value) -> String {
    let official = elements(patient, "name").find(|name| name["use"] == "official");
    let Some(name) = official.or_else(|| elements(patient, "name").next()) else { return String::new() };
    if let Some(text) = name["text"].as_str() {
        return text.to_owned();
    }
    let given = elements(name, "given").filter_map(Value::as_str);
    given.chain(name["family"].as_str()).collect::<Vec<_>>().join(" ")
}

/// The numbers of the type `MB`: a member's, on the card (CARIN Blue Button).
fn member_ids(patient: &Value) -> impl Iterator<Item = &str> {
    let is_member_id =
        |identifier: &&Value| elements(&identifier["type"], "coding").any(|coding| coding["code"] == "MB");
    elements(patient, "identifier").filter(is_member_id).filter_map(|identifier| identifier["value"].as_str())
}

fn elements<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}
