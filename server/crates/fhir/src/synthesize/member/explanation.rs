//! ExplanationOfBenefit: a claim as a FHIR resource.

use super::{
    adjudication::{by_line, payment, total, whole},
    claim::{Carer, Claim, Finding, Info, InfoValue, Line, Operation, Part},
    cost::Decision,
};
use crate::synthesize::{
    Resource,
    datatypes::{coding, concept, link, meta, money, period},
    json::{At, Cents, Json, json},
};

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
            "addItem": [(claim.terms.in_full.then(|| claim.lines.first().map(added)).flatten())],
            "adjudication": (whole(claim)), "total": (total(claim)),
            "payment": {
                "type": (concept(payment(claim.terms.decision))), "date": (claim.decided), "amount": (money(Cents(claim.costs().benefit)))
            },
            "processNote": (note(claim)), "benefitBalance": [(claim.terms.in_full.then(|| balance(claim)))]
        }),
    )
}

/// Sequence numbers start at 1.
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
    let (mut flag, mut reason) = (None, None);
    match &info.value {
        InfoValue::Code(coding) => code = Some(concept(*coding)),
        InfoValue::Day(date) => day = Some(*date),
        InfoValue::Days(start, end) => days = Some(period(*start, Some(*end))),
        InfoValue::Quantity(value, unit) => quantity = Some(measured(*value, *unit)),
        InfoValue::Text(words) => text = Some(words),
        InfoValue::Flag(value) => flag = Some(*value),
        InfoValue::Reason(coding) => reason = Some(*coding),
        InfoValue::About(reference) => about = Some(reference),
    }
    json!({
        "sequence": sequence, "category": (concept(info.category)), "code": code, "timingDate": day, "timingPeriod": days,
        "valueBoolean": flag, "valueString": text, "valueQuantity": quantity, "valueReference": about, "reason": reason
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
    let noted = claim.terms.decision != Decision::Paid;
    json!({
        "sequence": sequence, "informationSequence": (line.information.as_slice()), "revenue": (line.revenue.map(concept)),
        "productOrService": (concept(line.code)), "modifier": [(line.modifier.map(concept))], "servicedDate": (line.day),
        "locationCodeableConcept": (concept(line.place)), "quantity": (measured(line.quantity, line.unit)),
        "bodySite": (line.site.map(concept)), "noteNumber": [(noted.then_some(1))], "adjudication": (by_line(claim, line)),
        "detail": (numbered(&line.parts, part))
    })
}

fn part(sequence: u32, part: &Part) -> impl Json + '_ {
    json!({
        "sequence": sequence, "productOrService": (concept(part.code)), "quantity": (measured(part.quantity, part.unit)),
        "subDetail": [(part.of.map(|code| json!({ "sequence": 1, "productOrService": (concept(code)) })))]
    })
}

/// How the payer split a line before its decision.
fn added(line: &Line) -> impl Json + use<> {
    let (whole, part) = (line.code, line.parts.first().map_or(line.code, |part| part.code));
    let of = line.parts.first().and_then(|part| part.of).unwrap_or(part);
    json!({
        "itemSequence": [1], "productOrService": (concept(whole)),
        "detail": [{ "productOrService": (concept(part)), "subDetail": [{ "productOrService": (concept(of)) }] }]
    })
}

/// The remainder of the year's deductible.
fn balance(claim: &Claim) -> impl Json + use<> {
    const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/ex-benefitcategory";
    let category = match claim.kind.code {
        "oral" => coding(CATEGORY, "35", "Dental Care"),
        "vision" => coding(CATEGORY, "F6", "Vision Coverage"),
        _ => coding(CATEGORY, "1", "Medical Care"),
    };
    let term = coding("http://terminology.hl7.org/CodeSystem/benefit-term", "annual", "Annual");
    let deductible = coding("http://terminology.hl7.org/CodeSystem/benefit-type", "deductible", "Deductible");
    // A year's deductible is at least the amount that this claim used.
    let (allowed, used) = (claim.costs().deductible.max(150_000), claim.costs().deductible);
    json!({
        "category": (concept(category)), "term": (concept(term)),
        "financial": [{
            "type": (concept(deductible)), "allowedMoney": (money(Cents(allowed))), "usedMoney": (money(Cents(used)))
        }]
    })
}

fn note(claim: &Claim) -> Vec<impl Json + use<>> {
    let text = match claim.terms.decision {
        Decision::Paid => return Vec::new(),
        Decision::PartiallyPaid => "The plan covers a part of this service. You may appeal within 180 days.",
        Decision::Denied => "The plan does not cover this service. You may appeal within 180 days.",
    };
    vec![json!({ "number": 1, "type": "display", "text": text })]
}
