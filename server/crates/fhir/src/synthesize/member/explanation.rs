//! ExplanationOfBenefit: a claim, written.

use super::{
    claim::{Carer, Claim, Finding, Info, InfoValue, Line, Operation, STATUS},
    cost::Decision,
};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, coding, concept, link, meta, money, period},
    json::{At, Cents, Json, json},
};

const DISCRIMINATOR: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator";
const ICD10: &str = "http://hl7.org/fhir/sid/icd-10-cm";

/// The claim's ExplanationOfBenefit.
pub fn resource(claim: &Claim) -> Resource {
    let Claim { id, number, system, profile, kind, start, end, .. } = claim;
    let identifier_type =
        coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType", "uc", "Unique Claim ID");
    let focal = link("Coverage", &claim.coverage);
    let payee = coding("http://terminology.hl7.org/CodeSystem/payeetype", "provider", "Provider");
    Resource::new(
        "ExplanationOfBenefit",
        json!({
            "resourceType": "ExplanationOfBenefit", "id": id, "meta": (meta(claim.decided, profile)),
            "identifier": [{ "type": { "coding": [identifier_type] }, "system": system, "value": number }],
            "status": "active", "type": (concept(*kind)), "subType": (claim.sub_kind.map(concept)), "use": "claim",
            "patient": (link("Patient", &claim.patient)), "billablePeriod": (period(*start, Some(*end))),
            "created": (At(claim.decided, "08:00:00")), "insurer": (&claim.payer), "provider": (&claim.provider),
            "related": [(claim.replaces.as_ref().map(|earlier| related(system, earlier)))],
            "payee": { "type": (concept(payee)), "party": (&claim.provider) }, "outcome": "complete",
            "careTeam": (numbered(&claim.team, carer)), "supportingInfo": (numbered(&claim.info, info)),
            "diagnosis": (numbered(&claim.findings, finding)), "procedure": (numbered(&claim.operations, operation)),
            "insurance": [{ "focal": true, "coverage": focal }],
            "item": (numbered(&claim.lines, |sequence, each| line(claim, sequence, each))),
            "adjudication": (if claim.as_a_whole { whole(claim) } else { Vec::new() }), "total": (total(claim)),
            "payment": {
                "type": (concept(payment(claim.decision))), "date": (claim.decided), "amount": (money(Cents(claim.costs().benefit)))
            },
            "processNote": (note(claim))
        }),
    )
}

/// Sequence numbers count from 1.
fn numbered<'a, T, J: Json>(all: &'a [T], write: impl Fn(u32, &'a T) -> J) -> Vec<J> {
    (1..).zip(all).map(|(sequence, each)| write(sequence, each)).collect()
}

fn related<'a>(system: &'a str, earlier: &'a str) -> impl Json + 'a {
    let prior = coding("http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "prior", "Prior Claim");
    json!({ "relationship": (concept(prior)), "reference": { "system": system, "value": earlier } })
}

fn carer(sequence: u32, carer: &Carer) -> impl Json + '_ {
    let Carer { who, role, specialty } = carer;
    json!({ "sequence": sequence, "provider": who, "role": (concept(*role)), "qualification": (specialty.map(concept)) })
}

fn info(sequence: u32, info: &Info) -> impl Json + '_ {
    let (mut code, mut day, mut days, mut quantity, mut text, mut about) = (None, None, None, None, None, None);
    match &info.value {
        InfoValue::Code(coding) => code = Some(concept(*coding)),
        InfoValue::Day(date) => day = Some(*date),
        InfoValue::Days(start, end) => days = Some(period(*start, Some(*end))),
        InfoValue::Quantity(value, unit) => quantity = Some(measured(*value, *unit)),
        InfoValue::Text(words) => text = Some(words),
        InfoValue::About(reference) => about = Some(reference),
    }
    json!({
        "sequence": sequence, "category": (concept(info.category)), "code": code, "timingDate": day, "timingPeriod": days,
        "valueString": text, "valueQuantity": quantity, "valueReference": about
    })
}

fn measured(value: u32, unit: Option<&'static str>) -> impl Json {
    let system = unit.map(|_| "http://unitsofmeasure.org");
    json!({ "value": value, "unit": unit, "system": system, "code": unit })
}

fn finding(sequence: u32, finding: &Finding) -> impl Json + '_ {
    let Finding { diagnosis, role, on_admission } = finding;
    json!({
        "sequence": sequence, "diagnosisCodeableConcept": (concept(coding(ICD10, diagnosis.0, diagnosis.1))),
        "type": [(concept(*role))], "onAdmission": (on_admission.map(concept))
    })
}

fn operation(sequence: u32, operation: &Operation) -> impl Json + '_ {
    let Operation { code, role, day } = operation;
    json!({
        "sequence": sequence, "type": [(concept(*role))], "date": (At(*day, "16:00:00")), "procedureCodeableConcept": (concept(*code))
    })
}

fn line<'a>(claim: &'a Claim, sequence: u32, line: &'a Line) -> impl Json + 'a {
    let adjudication = if claim.as_a_whole { Vec::new() } else { by_line(claim, line) };
    let ingredients = numbered(
        &line.ingredients,
        |sequence, (package, amount, unit)| json!({ "sequence": sequence, "productOrService": (concept(*package)), "quantity": (measured(*amount, Some(unit))) }),
    );
    let noted = claim.decision == Decision::Denied;
    json!({
        "sequence": sequence, "revenue": (line.revenue.map(concept)), "productOrService": (concept(line.code)),
        "modifier": [(line.modifier.map(concept))], "servicedDate": (line.day), "locationCodeableConcept": (concept(line.place)),
        "quantity": (measured(line.quantity, line.unit)), "noteNumber": [(noted.then_some(1))], "adjudication": adjudication,
        "detail": ingredients
    })
}

/// One entry of an adjudication or a total.
struct Entry {
    category: Coding,
    amount: Option<Cents>,
    reason: Option<Coding>,
    value: Option<u32>,
}

impl Entry {
    fn amount((category, amount): (Coding, Cents)) -> Self {
        Self { category, amount: Some(amount), reason: None, value: None }
    }
}

impl Json for Entry {
    fn write(self, out: &mut String) {
        let Self { category, amount, reason, value } = self;
        json!({
            "category": (concept(category)), "reason": (reason.map(concept)), "amount": (amount.map(money)), "value": value
        }).write(out);
    }
}

/// Line by line: the amounts, why it was denied and, as each profile wants them, units and network.
fn by_line(claim: &Claim, line: &Line) -> Vec<Entry> {
    let mut entries: Vec<Entry> = line.costs.amounts().into_iter().map(Entry::amount).collect();
    entries.extend(denial(claim));
    if claim.kind.code == "professional" {
        entries.push(Entry { category: claim.network_status(), amount: None, reason: None, value: None });
    }
    if claim.kind.code != "pharmacy" {
        let units = coding(DISCRIMINATOR, "allowedunits", "allowed units");
        entries.push(Entry { category: units, amount: None, reason: None, value: Some(line.quantity) });
    }
    entries
}

/// The claim as a whole.
fn whole(claim: &Claim) -> Vec<Entry> {
    let mut entries: Vec<Entry> = claim.costs().amounts().into_iter().map(Entry::amount).collect();
    entries.extend(denial(claim));
    entries
}

fn denial(claim: &Claim) -> Option<Entry> {
    let reason = match claim.kind.code {
        "pharmacy" => coding(
            "http://terminology.hl7.org/CodeSystem/NCPDPRejectCode",
            "70",
            "Product/Service Not Covered - Plan/Benefit Exclusion",
        ),
        _ => coding("https://x12.org/codes/claim-adjustment-reason-codes", "96", "Non-covered charge(s)"),
    };
    let category = coding(DISCRIMINATOR, "denialreason", "Denial Reason");
    (claim.decision == Decision::Denied).then_some(Entry { category, amount: None, reason: Some(reason), value: None })
}

/// The sums; institutions and pharmacies also state the network here.
fn total(claim: &Claim) -> Vec<Entry> {
    let costs = claim.costs();
    let mut entries: Vec<Entry> = costs.amounts().into_iter().map(Entry::amount).collect();
    if matches!(claim.kind.code, "institutional" | "pharmacy") {
        entries.push(Entry::amount((claim.network_status(), Cents(costs.benefit))));
    }
    entries
}

fn payment(decision: Decision) -> Coding {
    match decision {
        Decision::Paid => coding(STATUS, "paid", "Paid"),
        Decision::PartiallyPaid => coding(STATUS, "partiallypaid", "Partially Paid"),
        Decision::Denied => coding(STATUS, "denied", "Denied"),
    }
}

fn note(claim: &Claim) -> Vec<impl Json + use<>> {
    let text = "The plan does not cover this service. You may appeal within 180 days.";
    (claim.decision == Decision::Denied)
        .then_some(json!({ "number": 1, "type": "display", "text": text }))
        .into_iter()
        .collect()
}
