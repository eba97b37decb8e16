//! Details that few payers give: the components of the first line, a procedure, and a diagnosis where none is required.

use super::{
    claim::{Claim, Operation, Part, findings},
    drug::{INGREDIENTS, package},
};
use crate::synthesize::{
    datatypes::{Coding, coding},
    specialty::Diagnosis,
};

static ON_MEDICATION: [Diagnosis; 1] = [Diagnosis("Z79.899", "Other long term (current) drug therapy")];
const INJECTION: (&str, &str) =
    ("3E0234Z", "Introduction of Serum, Toxoid and Vaccine into Muscle, Percutaneous Approach");
const EXTRACTION: (&str, &str) = ("0CDWXZ0", "Extraction of Upper Tooth, Single, External Approach");

/// Adds all these details.
pub fn complete(claim: &mut Claim) {
    if claim.findings.is_empty() {
        claim.findings = findings(&ON_MEDICATION, 0, 1);
    }
    if claim.operations.is_empty() {
        let done = if claim.kind.code == "oral" { EXTRACTION } else { INJECTION };
        claim.operations.push(Operation { code: procedure(done), role: principal(), day: claim.start });
    }
    let modifier = claim.edition.modifier("KX");
    let part = part(claim);
    if let Some(line) = claim.lines.first_mut() {
        line.modifier = line.modifier.or(Some(modifier)).filter(|_| claim.kind.code != "pharmacy");
        if line.parts.is_empty() {
            line.parts.push(part);
        }
        for part in &mut line.parts {
            part.of = part.of.or(Some(part.code));
        }
    }
}

/// An ICD-10-PCS code.
pub fn procedure((code, name): (&'static str, &'static str)) -> Coding {
    coding("http://www.cms.gov/Medicare/Coding/ICD10", code, name)
}

/// The role of the only procedure.
pub fn principal() -> Coding {
    coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimProcedureType", "principal", "Principal")
}

/// A supply and what it contains.
fn part(claim: &Claim) -> Part {
    let (code, of) = match claim.kind.code {
        "pharmacy" => {
            let [drug, other] = INGREDIENTS;
            return Part {
                code: package(drug),
                quantity: drug.quantity,
                unit: Some(drug.unit),
                of: Some(package(other)),
            };
        }
        "oral" => ("D0220", "D0230"),
        "vision" => ("V2103", "V2744"),
        "institutional" => ("A4649", "A4550"),
        _ => ("A4550", "A6402"),
    };
    Part { code: claim.edition.procedure(code), quantity: 1, unit: None, of: Some(claim.edition.procedure(of)) }
}
