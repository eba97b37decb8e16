//! Adjudication: the amounts, reasons and statuses of a line and of a whole claim, and their sums. The editions of
//! CARIN Blue Button differ most in where each of these belongs.

use super::{
    claim::{Claim, Line, STATUS},
    cost::Decision,
    edition::Edition,
};
use crate::synthesize::{
    datatypes::{Coding, coding, concept, money},
    json::{Cents, Json, json},
};

const DISCRIMINATOR: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator";

/// One entry of an adjudication or a total.
pub struct Entry {
    category: Coding,
    amount: Option<Cents>,
    reason: Option<Coding>,
    value: Option<u32>,
}

impl Entry {
    fn of(category: Coding) -> Self {
        Self { category, amount: None, reason: None, value: None }
    }

    fn amount((category, amount): (Coding, Cents)) -> Self {
        Self { amount: Some(amount), ..Self::of(category) }
    }

    fn reason(category: (&'static str, &'static str), reason: Coding) -> Self {
        Self { reason: Some(reason), ..Self::of(coding(DISCRIMINATOR, category.0, category.1)) }
    }
}

impl Json for Entry {
    fn write(self, out: &mut String) {
        let Self { category, amount, reason, value } = self;
        json!({
            "category": (concept(category)), "reason": (reason.map(concept)), "amount": (amount.map(money)), "value": value
        })
        .write(out);
    }
}

/// Whether the profile is that of practices, which in 1.1.0 have no statuses for the whole claim.
fn of_practice(claim: &Claim) -> bool {
    matches!(claim.kind.code, "professional" | "oral" | "vision")
}

/// By line: the amounts, the reason for a denial and, as each profile requires, units and network. Empty if the claim
/// is adjudicated as a whole.
pub fn by_line(claim: &Claim, line: &Line) -> Vec<Entry> {
    if claim.is_a_whole() {
        return Vec::new();
    }
    let mut entries: Vec<Entry> = line.costs.amounts().into_iter().map(Entry::amount).collect();
    entries.extend(denial(claim));
    if of_practice(claim) {
        entries.push(match claim.edition {
            Edition::First => Entry::of(claim.network_status()),
            Edition::Second => Entry::reason(BENEFIT_PAYMENT, claim.network_status()),
        });
    }
    if claim.kind.code != "pharmacy" {
        let units = coding(DISCRIMINATOR, "allowedunits", "allowed units");
        entries.push(Entry { value: Some(line.quantity), ..Entry::of(units) });
    }
    entries
}

const BENEFIT_PAYMENT: (&str, &str) = ("benefitpaymentstatus", "Benefit Payment Status");

/// The whole claim: its amounts, if they are not given by line, and in 2.0.0 always its statuses.
pub fn whole(claim: &Claim) -> Vec<Entry> {
    let mut entries = Vec::new();
    if claim.is_a_whole() {
        entries.extend(claim.costs().amounts().into_iter().map(Entry::amount));
        entries.extend(denial(claim));
    }
    if claim.edition == Edition::Second {
        let status = claim.network_status();
        entries.push(Entry::reason(("billingnetworkstatus", "Billing Network Status"), status));
        if of_practice(claim) {
            entries.push(Entry::reason(("renderingnetworkstatus", "Rendering Network Status"), status));
        }
        if matches!(claim.kind.code, "institutional" | "pharmacy" | "oral") {
            entries.push(Entry::reason(BENEFIT_PAYMENT, status));
        }
    }
    entries
}

/// Why the payer does not pay, or not everything.
fn denial(claim: &Claim) -> Option<Entry> {
    const ADJUSTMENT: &str = "https://x12.org/codes/claim-adjustment-reason-codes";
    const REJECT: &str = "http://terminology.hl7.org/CodeSystem/NCPDPRejectCode";
    let pharmacy = claim.kind.code == "pharmacy";
    let reason = match (claim.terms.decision, pharmacy) {
        (Decision::Paid, _) => return None,
        (Decision::PartiallyPaid, true) => coding(REJECT, "76", "Plan Limitations Exceeded"),
        (Decision::Denied, true) => coding(REJECT, "70", "Product/Service Not Covered - Plan/Benefit Exclusion"),
        (Decision::PartiallyPaid, false) => coding(ADJUSTMENT, "119", "Benefit maximum reached"),
        (Decision::Denied, false) => coding(ADJUSTMENT, "96", "Non-covered charge(s)"),
    };
    let category = match (claim.edition, pharmacy) {
        (Edition::First, _) => ("denialreason", "Denial Reason"),
        (Edition::Second, true) => ("rejectreason", "Reject Reason"),
        (Edition::Second, false) => ("adjustmentreason", "Adjustment Reason"),
    };
    Some(Entry::reason(category, reason))
}

/// The sums; in 1.1.0, institutions and pharmacies also give the network here.
pub fn total(claim: &Claim) -> Vec<Entry> {
    let costs = claim.costs();
    let mut entries: Vec<Entry> = costs.amounts().into_iter().map(Entry::amount).collect();
    if claim.edition == Edition::First && !of_practice(claim) {
        entries.push(Entry::amount((claim.network_status(), Cents(costs.benefit))));
    }
    entries
}

/// Whether the payer paid.
pub fn payment(decision: Decision) -> Coding {
    match decision {
        Decision::Paid => coding(STATUS, "paid", "Paid"),
        Decision::PartiallyPaid => coding(STATUS, "partiallypaid", "Partially Paid"),
        Decision::Denied => coding(STATUS, "denied", "Denied"),
    }
}
