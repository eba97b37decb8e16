//! Members as the portals know them: whom a tester may sign in as, and whom an account is linked to.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use model::{
    email::Email,
    id::{PatientId, PayerId},
    partition::Partition,
};
use serde_json::Value;
use store::{Ctx, FromRow, Query, Row, Scoped, digest::sha256, sql};

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
    /// What to call the member where the whole name says too much. Empty without a name.
    pub first_name: String,
    pub birth_date: Option<Date>,
    /// A code of FHIR's `administrative-gender`.
    pub gender: Option<String>,
    /// The number on the member's card.
    pub member_id: Option<String>,
    /// The member's insurer: the id of the Patient's managing Organization.
    pub payer: Option<PayerId>,
    /// The email address that the payer has for the member.
    pub email: Option<Email>,
    /// The phone number that the payer has, as the data gives it.
    pub phone: Option<String>,
    /// Where the payer sends letters: FHIR's `Address`, as the data gives it.
    pub address: Option<Value>,
    /// How many claims the program may show.
    pub claims: i64,
}

/// The partition's members in the order in which they were loaded, at most `limit`. It reads each Patient, so use it
/// only for the published members of a sandbox.
pub async fn list(ctx: &mut Scoped, limit: u32) -> Result<Vec<Member>> {
    let mut query = select(&ctx.partition);
    query.push(" ORDER BY r.key").push_limit(i64::from(limit));
    let found: Vec<Loaded> = query.fetch_all(&mut ctx.tx).await?;
    let now = ctx.now;
    Ok(found.into_iter().map(|loaded| loaded.member(now)).collect())
}

/// The member with this Patient id; `None` if the partition has no such Patient.
pub async fn find(ctx: &mut Scoped, patient: &PatientId) -> Result<Option<Member>> {
    let partition = ctx.partition.clone();
    find_in(ctx, &partition, patient).await
}

/// The same in any partition, for callers that know members of several.
pub async fn find_in(ctx: &mut Ctx, partition: &Partition, patient: &PatientId) -> Result<Option<Member>> {
    let mut query = select(partition);
    query.push(" AND r.id = ").push_bind(patient);
    let found: Option<Loaded> = query.fetch_optional(&mut ctx.tx).await?;
    let now = ctx.now;
    Ok(found.map(|loaded| loaded.member(now)))
}

/// What is the same for one person in every plan: the Patient's unique member identifier, else the number on the card, else
/// the Patient itself. A digest, because it is stored beside what apps read.
pub async fn person(ctx: &mut Ctx, partition: &Partition, patient: &PatientId) -> store::Result<String> {
    let body: Option<(String,)> =
        sql("SELECT r.body FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
             JOIN fhir_resource r ON r.kind = k.kind \
             WHERE p.program = $1 AND p.environment = $2 AND r.id = $3 AND 0 < r.version")
        .bind(&partition.program)
        .bind(partition.environment)
        .bind(patient)
        .fetch_optional(&mut ctx.tx)
        .await?;
    let value: Value = body.and_then(|(body,)| serde_json::from_str(&body).ok()).unwrap_or_default();
    let found = |code: &str| {
        let mut of_type = elements(&value, "identifier")
            .filter(|identifier| elements(&identifier["type"], "coding").any(|coding| coding["code"] == code));
        of_type.find_map(|identifier| {
            let system = identifier["system"].as_str().unwrap_or_default();
            Some(format!("{code} {system} {}", identifier["value"].as_str()?))
        })
    };
    let person = found("um").or_else(|| found("MB")).unwrap_or_else(|| format!("Patient {patient}"));
    Ok(sha256(&person))
}

/// The names of these of the partition's Patients, as they are written; those that it does not have are left out.
pub async fn names(
    ctx: &mut Ctx,
    partition: &Partition,
    patients: &[PatientId],
) -> store::Result<BTreeMap<PatientId, String>> {
    if patients.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut query =
        sql("SELECT r.id, r.body FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
         JOIN fhir_resource r ON r.kind = k.kind \
         WHERE p.program = $1 AND p.environment = $2 AND 0 < r.version AND NOT r.deleted")
        .bind(&partition.program)
        .bind(partition.environment);
    for (place, patient) in patients.iter().enumerate() {
        query.push(if place == 0 { " AND r.id IN (" } else { ", " }).push_bind(patient);
    }
    query.push(")");
    let found: Vec<(PatientId, String)> = query.fetch_all(&mut ctx.tx).await?;
    let name = |body: String| name(&serde_json::from_str(&body).unwrap_or_default());
    Ok(found.into_iter().map(|(patient, body)| (patient, name(body))).collect())
}

/// The partition's Patients with the number of their claims.
fn select(partition: &Partition) -> Query {
    sql("SELECT r.id, r.body, (SELECT COUNT(*) FROM fhir_resource e JOIN fhir_kind ek ON ek.kind = e.kind \
         WHERE e.compartment = r.key AND ek.type = 'ExplanationOfBenefit') \
         FROM fhir_partition p JOIN fhir_kind k ON k.part = p.part AND k.type = 'Patient' \
         JOIN fhir_resource r ON r.kind = k.kind \
         WHERE p.program = $1 AND p.environment = $2 AND 0 < r.version AND NOT r.deleted")
    .bind(&partition.program)
    .bind(partition.environment)
}

/// The result of a search for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Nobody,
    One(PatientId),
    /// A fault in the data: several Patients match.
    Several,
}

/// What the data says about a Patient whom a number used to find and no longer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The payer deleted the Patient.
    Gone,
    /// The Patient exists, with another number.
    OtherNumber,
    /// The Patient exists, with this number in other case, blanks or punctuation.
    SpelledOtherwise,
    /// Neither present nor deleted: this is not the data in which the Patient was found.
    NotLoaded,
}

/// What happened to the Patient, given a number under this system that no longer finds anyone.
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

/// The Patient of this payer who has exactly this identifier, both system and value. A Patient without an insurer
/// counts for every payer.
pub async fn find_by_identifier(ctx: &mut Scoped, payer: &PayerId, system: &str, value: &str) -> Result<Found> {
    let has = |identifier: &Value| identifier["system"] == system && identifier["value"] == value;
    let is_insured = |patient: &Value| insurer(patient).is_none_or(|own| own == *payer);
    let fits = |patient: &Value| is_insured(patient) && elements(patient, "identifier").any(has);
    find_one(ctx, [value, value], fits).await
}

/// The Patient of this payer whose card has this number, as people type numbers: for support, which has the card before it. A Patient
/// without an insurer counts for every payer.
pub async fn find_by_card_number(ctx: &mut Scoped, payer: &PayerId, member_id: &str) -> Result<Found> {
    let typed = typed_number(member_id);
    let fits = |patient: &Value| {
        insurer(patient).is_none_or(|own| own == *payer)
            && member_ids(patient).any(|known| typed_number(known) == typed)
    };
    find_one(ctx, [typed.as_str(), member_id.trim()], fits).await
}

/// The Patient of this payer whose card has this number and who was born on this day, as people type numbers. A Patient without
/// an insurer counts for every payer.
pub async fn find_by_number(ctx: &mut Scoped, payer: &PayerId, member_id: &str, birth_date: Date) -> Result<Found> {
    let typed = typed_number(member_id);
    let birth_date = birth_date.to_string();
    let fits = |patient: &Value| {
        insurer(patient).is_none_or(|own| own == *payer)
            && member_ids(patient).any(|known| typed_number(known) == typed)
            && patient["birthDate"].as_str() == Some(birth_date.as_str())
    };
    find_one(ctx, [typed.as_str(), member_id.trim()], fits).await
}

/// What a member typed from their card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Card {
    Fits(PatientId),
    /// Number and birth date match a member, but the family name differs from the one on record.
    OtherName,
    /// No one matches, or more than one does. A person who proves too little learns nothing.
    Nobody,
}

/// The Patient whose card has this number, if the birth date and a family name match, too, as people type them; see
/// [`family_names`].
pub async fn find_by_member_id(ctx: &mut Scoped, member_id: &str, birth_date: Date, family: &str) -> Result<Card> {
    // Once as most data records it and once as it was typed, for numbers that contain blanks.
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

/// The number that the person meant: phones insert other hyphens, and people insert blanks.
fn typed_number(text: &str) -> String {
    let is_invisible =
        |char: char| char.is_whitespace() || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let meant = text.chars().filter(|char| !is_invisible(*char)).map(|char| match char {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        char => char,
    });
    meant.collect::<String>().to_lowercase()
}

/// The Patient with an identifier of one of these values that passes the check.
async fn find_one(ctx: &mut Scoped, values: [&str; 2], fits: impl Fn(&Value) -> bool) -> Result<Found> {
    let partition = ctx.partition.clone();
    // More than a few with the same number are a fault in the data; then none of them is found.
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
    /// The member that the stored text describes. Text that is not JSON was never stored.
    fn member(self, now: Timestamp) -> Member {
        let Self { patient, body, claims } = self;
        let value: Value = serde_json::from_str(&body).unwrap_or_default();
        Member {
            patient,
            name: name(&value),
            first_name: first_name(&value),
            birth_date: value["birthDate"].as_str().and_then(|date| date.parse().ok()),
            gender: value["gender"].as_str().map(str::to_owned),
            member_id: member_ids(&value).next().map(str::to_owned),
            payer: insurer(&value),
            email: reachable(&value, "telecom", now, email),
            phone: reachable(&value, "telecom", now, phone),
            address: reachable(&value, "address", now, address),
            claims,
        }
    }
}

/// The person's insurer: the id of the managing Organization.
fn insurer(patient: &Value) -> Option<PayerId> {
    let reference = patient["managingOrganization"]["reference"].as_str();
    reference.and_then(|reference| reference.strip_prefix("Organization/")).map(PayerId::new)
}

/// The first of these elements, by rank, that can be read and is valid today (R4, ContactPoint and Address).
fn reachable<T>(patient: &Value, name: &str, now: Timestamp, read: fn(&Value) -> Option<T>) -> Option<T> {
    let today = now.to_zoned(TimeZone::UTC).date().to_string();
    let mut current: Vec<_> = elements(patient, name).filter(|element| is_current(element, &today)).collect();
    current.sort_by_key(|element| element["rank"].as_u64().unwrap_or(u64::MAX));
    current.into_iter().find_map(read)
}

/// Not an old one, and within its period. The ends of a period are dates or partial dates and belong to it.
fn is_current(element: &Value, today: &str) -> bool {
    let day = |end: &str| element["period"][end].as_str().map(|text| text.get(..10).unwrap_or(text).to_owned());
    let begun = day("start").is_none_or(|start| start.as_str() <= today);
    let lasts = day("end").is_none_or(|end| today.get(..end.len()).unwrap_or(today) <= end.as_str());
    element["use"] != "old" && begun && lasts
}

fn email(contact: &Value) -> Option<Email> {
    let value = contact["value"].as_str().filter(|_| contact["system"] == "email")?;
    value.trim_start_matches("mailto:").parse().ok()
}

/// Only a number with the digits of a whole phone number: no one can call an extension alone.
fn phone(contact: &Value) -> Option<String> {
    let value = contact["value"].as_str().filter(|_| contact["system"] == "phone" || contact["system"] == "sms")?;
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (7 <= digits).then(|| value.to_owned())
}

/// An address that is complete enough for a letter.
fn address(address: &Value) -> Option<Value> {
    let has_text = |name: &str| address[name].as_str().is_some_and(|text| !text.trim().is_empty());
    let has_line = elements(address, "line").any(|line| line.as_str().is_some_and(|line| !line.trim().is_empty()));
    let is_whole = has_text("text") || (has_line && (has_text("city") || has_text("postalCode")));
    (address["type"] != "physical" && is_whole).then(|| address.clone())
}

/// The official name, or the first.
fn name(patient: &Value) -> String {
    let Some(name) = official_name(patient) else { return String::new() };
    if let Some(text) = name["text"].as_str() {
        return text.to_owned();
    }
    let given = elements(name, "given").filter_map(Value::as_str);
    given.chain(name["family"].as_str()).collect::<Vec<_>>().join(" ")
}

fn official_name(patient: &Value) -> Option<&Value> {
    let official = elements(patient, "name").find(|name| name["use"] == "official");
    official.or_else(|| elements(patient, "name").next())
}

/// The first given name; without one, the first word.
fn first_name(patient: &Value) -> String {
    let given = official_name(patient).and_then(|name| elements(name, "given").find_map(Value::as_str));
    let first = given.map(str::to_owned).unwrap_or_else(|| name(patient));
    first.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The identifiers of the type `MB`: the member's number on the card (CARIN Blue Button).
fn member_ids(patient: &Value) -> impl Iterator<Item = &str> {
    let is_member_id =
        |identifier: &&Value| elements(&identifier["type"], "coding").any(|coding| coding["code"] == "MB");
    elements(patient, "identifier").filter(is_member_id).filter_map(|identifier| identifier["value"].as_str())
}

fn elements<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-30T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_code_goes_to_what_counts_today_the_first_by_rank() {
        fn check(telecom: &Value, expect: Option<&str>) {
            let patient = json!({ "telecom": telecom });
            let found = reachable(&patient, "telecom", now(), phone);
            assert_eq!(found.as_deref(), expect, "{telecom}");
        }
        let phone = |value: &str, more: Value| {
            let mut contact = json!({ "system": "phone", "value": value });
            contact.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            contact
        };
        let period = |start: &str, end: &str| json!({ "period": { "start": start, "end": end } });
        let second = phone("208 555 0102", json!({ "rank": 2 }));
        check(&json!([second, phone("208 555 0101", json!({ "rank": 1 }))]), Some("208 555 0101"));
        check(&json!([phone("208 555 0101", json!({ "use": "old" })), second]), Some("208 555 0102"));
        for (start, end, expect) in [
            ("2020", "2026", true),
            ("2026-11-30", "2026-11", true),
            ("2020-01-01T00:00:00Z", "2026-11-30T00:00:00Z", true),
            ("2020", "2026-10", false),
            ("2020", "2026-11-29T23:59:59Z", false),
            ("2026-12", "2030", false),
            ("2027", "2030", false),
        ] {
            check(&json!([phone("208 555 0101", period(start, end))]), expect.then_some("208 555 0101"));
        }
        check(
            &json!([phone("ext. 12", json!({})), { "system": "sms", "value": "+12085550103" }]),
            Some("+12085550103"),
        );
        check(&json!([{ "system": "fax", "value": "208 555 0101" }, { "system": "phone" }]), None);
        check(&json!("208 555 0101"), None);
    }

    #[test]
    fn a_letter_goes_to_a_whole_postal_address() {
        fn check(address: Value, expect: bool) {
            let patient = json!({ "address": [&address] });
            let found = reachable(&patient, "address", now(), super::address);
            assert_eq!(found, expect.then_some(address));
        }
        check(json!({ "line": ["12 Linden Lane"], "city": "Boise" }), true);
        check(json!({ "type": "both", "line": ["12 Linden Lane"], "postalCode": "83702" }), true);
        check(json!({ "text": "12 Linden Lane, Boise ID 83702" }), true);
        check(json!({ "type": "physical", "line": ["12 Linden Lane"], "city": "Boise" }), false);
        check(json!({ "line": [" "], "city": "Boise" }), false);
        check(json!({ "line": ["12 Linden Lane"], "state": "ID" }), false);
        check(json!({ "use": "old", "text": "12 Linden Lane, Boise ID 83702" }), false);
        check(json!({ "city": "Boise", "state": "ID", "postalCode": "83702" }), false);
    }
}
