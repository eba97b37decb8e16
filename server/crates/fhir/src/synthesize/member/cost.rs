//! What a service costs, and who pays how much of it.

use std::ops::AddAssign;

use crate::synthesize::{
    datatypes::{Coding, coding},
    json::Cents,
    random::Random,
};

const GENERAL: &str = "http://terminology.hl7.org/CodeSystem/adjudication";
const CARIN: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication";

/// The payer's decision about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Paid,
    PartiallyPaid,
    Denied,
}

/// `submitted = discount + noncovered + benefit + deductible + copay + coinsurance`, to the cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    pub submitted: i64,
    /// The reduction under the contract with the provider.
    pub discount: i64,
    pub noncovered: i64,
    /// What the payer pays.
    pub benefit: i64,
    pub deductible: i64,
    pub copay: i64,
    pub coinsurance: i64,
}

impl Costs {
    /// Splits up the amount charged, in dollars.
    pub fn draw(dollars: u32, decision: Decision, random: &mut Random) -> Self {
        let submitted = i64::from(dollars) * i64::from(random.between(85, 125));
        if decision == Decision::Denied {
            return Self { submitted, noncovered: submitted, ..Self::default() };
        }
        let noncovered = if decision == Decision::PartiallyPaid { submitted / 5 } else { 0 };
        let allowed = (submitted - noncovered) * i64::from(random.between(48, 82)) / 100;
        let deductible = if random.percent(20) { allowed * 30 / 100 } else { 0 };
        let copay = if random.percent(60) { 2_000.min(allowed - deductible) } else { 0 };
        let coinsurance = (allowed - deductible - copay) * i64::from(random.below(3)) / 10;
        let benefit = allowed - deductible - copay - coinsurance;
        let discount = submitted - noncovered - allowed;
        Self { submitted, discount, noncovered, benefit, deductible, copay, coinsurance }
    }

    /// The amount that the payer considers.
    pub fn eligible(&self) -> i64 {
        self.benefit + self.liability()
    }

    /// What the member owes.
    pub fn liability(&self) -> i64 {
        self.deductible + self.copay + self.coinsurance
    }

    /// The amounts by their category.
    pub fn amounts(&self) -> [(Coding, Cents); 10] {
        [
            (coding(GENERAL, "submitted", "Submitted Amount"), Cents(self.submitted)),
            (coding(GENERAL, "eligible", "Eligible Amount"), Cents(self.eligible())),
            (coding(CARIN, "discount", "Discount"), Cents(self.discount)),
            (coding(CARIN, "noncovered", "Noncovered"), Cents(self.noncovered)),
            (coding(GENERAL, "deductible", "Deductible"), Cents(self.deductible)),
            (coding(GENERAL, "copay", "CoPay"), Cents(self.copay)),
            (coding(CARIN, "coinsurance", "Co-insurance"), Cents(self.coinsurance)),
            (coding(GENERAL, "benefit", "Benefit Amount"), Cents(self.benefit)),
            (coding(CARIN, "memberliability", "Member liability"), Cents(self.liability())),
            (coding(CARIN, "paidtoprovider", "Paid to provider"), Cents(self.benefit)),
        ]
    }
}

impl AddAssign for Costs {
    fn add_assign(&mut self, other: Self) {
        self.submitted += other.submitted;
        self.discount += other.discount;
        self.noncovered += other.noncovered;
        self.benefit += other.benefit;
        self.deductible += other.deductible;
        self.copay += other.copay;
        self.coinsurance += other.coinsurance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cent_is_paid_by_someone() {
        let random = &mut Random::of(1, "costs", 0);
        for dollars in [1, 18, 145, 48_000] {
            for decision in [Decision::Paid, Decision::PartiallyPaid, Decision::Denied] {
                let costs = Costs::draw(dollars, decision, random);
                assert_eq!(
                    costs.submitted,
                    costs.discount + costs.noncovered + costs.benefit + costs.liability(),
                    "{costs:?}"
                );
                assert!(costs.amounts().iter().all(|(_, amount)| Cents(0) <= *amount), "{costs:?}");
            }
        }
    }
}
