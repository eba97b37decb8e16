//! Members as the portals know them: whom a tester may choose to be, and whom an account is linked to.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{
    email::Email,
    id::{PatientId, PayerId},
};
use serde_json::Value;
use store::{FromRow, Query, Row, Scoped, sql};

use crate::{
    error::Result,
    family_names::are_same,
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
    /// Where the payer writes to.
    pub email: Option<Email>,
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

/// Whom a search for one person finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Nobody,
    One(PatientId),
    /// A fault of the data: it cannot be told who is meant.
    Several,
}

/// What the data knows of a Patient who was found by a number before and is not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Deleted by the payer.
    Gone,
    /// There, with another number.
    OtherNumber,
    /// There, with this number but for case, blanks and punctuation.
    SpelledOtherwise,
    /// Neither there nor deleted: this is not the data that they were found in.
    NotLoaded,
}

/// How the Patient stands to a number under this system that finds nobody.
pub async fn standing(ctx: &mut Scoped, patient: &PatientId, system: &str, value: &str) -> Result<Standing> {
    let partition = ctx.partition.clone();
    let found: Option<(bool, String)> = sql(
        "SELECT r.deleted, r.body FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
         JOIN fhir_resource r ON r.kind = k.kind \
         WHERE p.program = $1 AND p.environment = $2 AND 0 < r.version AND r.id = $3",
    )
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(patient)
    .fetch_optional(&mut ctx.tx)
    .await?;
    let loosely = |text: &str| fold(text).chars().filter(|char| char.is_alphanumeric()).collect::<String>();
    let is_it = |identifier: &Value| {
        identifier["system"] == system && identifier["value"].as_str().is_some_and(|own| loosely(own) == loosely(value))
    };
    Ok(match found {
        None => Standing::NotLoaded,
        Some((true, _)) => Standing::Gone,
        Some((false, body)) => {
            let patient: Value = serde_json::from_str(&body).unwrap_or_default();
            let spelled = elements(&patient, "identifier").any(is_it);
            if spelled { Standing::SpelledOtherwise } else { Standing::OtherNumber }
        }
    })
}

/// The Patient of this payer who has this identifier, system and value to the letter. A Patient that names nobody as its
/// insurer counts for every payer.
pub async fn find_by_identifier(ctx: &mut Scoped, payer: &PayerId, system: &str, value: &str) -> Result<Found> {
    let has = |identifier: &Value| identifier["system"] == system && identifier["value"] == value;
    let is_insured = |patient: &Value| insurer(patient).is_none_or(|own| own == *payer);
    let fits = |patient: &Value| is_insured(patient) && elements(patient, "identifier").any(has);
    find_one(ctx, [value, value], fits).await
}

/// What a member typed from their card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Card {
    Fits(PatientId),
    /// Number and birth date are somebody's, the family name is not theirs as it is on record.
    OtherName,
    /// Nobody, or more than one: who proves too little learns nothing.
    Nobody,
}

/// The Patient whose card has this number, if the birth date and a family name are theirs, too, as people type them; see
/// [`family_names`].
pub async fn find_by_member_id(ctx: &mut Scoped, member_id: &str, birth_date: Date, family: &str) -> Result<Card> {
    // As it is on record in most data, and as it was typed, for numbers with blanks in them.
    let typed = typed_number(member_id);
    let codes = [typed.as_str(), member_id.trim()];
    let (member_id, birth_date) = (codes[0], birth_date.to_string());
    let is_theirs = |patient: &Value| {
        member_ids(patient).any(|known| typed_number(known) == member_id)
            && patient["birthDate"].as_str() == Some(birth_date.as_str())
    };
    let is_named = |patient: &Value| {
        elements(patient, "name").filter_map(|name| name["family"].as_str()).any(|known| are_same(known, family))
    };
    Ok(match find_one(ctx, codes, |patient| is_theirs(patient) && is_named(patient)).await? {
        Found::One(patient) => Card::Fits(patient),
        Found::Several => Card::Nobody,
        Found::Nobody => match find_one(ctx, codes, is_theirs).await? {
            Found::Nobody => Card::Nobody,
            Found::One(_) | Found::Several => Card::OtherName,
        },
    })
}

/// A number as it was meant: phones write other hyphens, and people blanks.
fn typed_number(text: &str) -> String {
    let is_invisible =
        |char: char| char.is_whitespace() || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let meant = text.chars().filter(|char| !is_invisible(*char)).map(|char| match char {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        char => char,
    });
    meant.collect::<String>().to_lowercase()
}

/// The Patient with an identifier of one of these values that fits.
async fn find_one(ctx: &mut Scoped, values: [&str; 2], fits: impl Fn(&Value) -> bool) -> Result<Found> {
    let partition = ctx.partition.clone();
    // More than a few with the same number are a fault of the data; none of them is then found.
    let found: Vec<(PatientId, String)> = sql(
        "SELECT DISTINCT r.id, r.body FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
         JOIN fhir_parameter n ON n.kind = k.kind AND n.code = 'identifier' \
         JOIN fhir_token t ON t.param = n.param AND t.code IN ($3, $4) JOIN fhir_resource r ON r.key = t.key \
         WHERE p.program = $1 AND p.environment = $2 AND NOT r.deleted LIMIT 20",
    )
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(fold_code(values[0]))
    .bind(fold_code(values[1]))
    .fetch_all(&mut ctx.tx)
    .await?;
    let fits = |body: &str| serde_json::from_str(body).is_ok_and(|patient| fits(&patient));
    let fitting: BTreeMap<_, _> = found.into_iter().filter(|(_, body)| fits(body)).collect();
    let mut patients = fitting.into_keys();
    Ok(match (patients.next(), patients.next()) {
        (None, _) => Found::Nobody,
        (Some(patient), None) => Found::One(patient),
        (Some(_), Some(_)) => Found::Several,
    })
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
            email: email(&value),
            claims,
        }
    }
}

/// Who insures the person: the id of the managing Organization.
fn insurer(patient: &Value) -> Option<PayerId> {
    let reference = patient["managingOrganization"]["reference"].as_str();
    reference.and_then(|reference| reference.strip_prefix("Organization/")).map(PayerId::new)
}

/// The first e-mail address by rank that is not an old one (R4, ContactPoint).
fn email(patient: &Value) -> Option<Email> {
    let is_current = |contact: &&Value| contact["system"] == "email" && contact["use"] != "old";
    let mut current: Vec<_> = elements(patient, "telecom").filter(is_current).collect();
    current.sort_by_key(|contact| contact["rank"].as_u64().unwrap_or(u64::MAX));
    let address = |contact: &Value| contact["value"].as_str()?.trim_start_matches("mailto:").parse().ok();
    current.into_iter().find_map(address)
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
