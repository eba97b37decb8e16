//! What pharmacies dispense.

use crate::synthesize::datatypes::{Coding, coding};

/// A package (NDC) with its usual supply and price.
pub struct Drug {
    pub ndc: &'static str,
    pub name: &'static str,
    pub brand: bool,
    pub days: u32,
    pub quantity: u32,
    /// The unit of the quantity: tablets, or millilitres.
    pub unit: &'static str,
    pub dollars: u32,
}

const fn drug(
    ndc: &'static str,
    name: &'static str,
    days: u32,
    quantity: u32,
    unit: &'static str,
    dollars: u32,
) -> Drug {
    Drug { ndc, name, brand: false, days, quantity, unit, dollars }
}

pub static DRUGS: &[Drug] = &[
    drug("00093-1048-01", "metformin hydrochloride 500 MG Oral Tablet", 90, 180, "{tbl}", 24),
    drug("68180-0514-01", "lisinopril 10 MG Oral Tablet", 90, 90, "{tbl}", 18),
    drug("60505-2579-09", "atorvastatin 20 MG Oral Tablet", 90, 90, "{tbl}", 32),
    drug("00378-1803-10", "levothyroxine sodium 50 MCG Oral Tablet", 90, 90, "{tbl}", 27),
    drug("00093-3109-05", "amoxicillin 500 MG Oral Capsule", 10, 30, "{capsule}", 14),
    drug("62175-0118-37", "omeprazole 20 MG Delayed Release Oral Capsule", 30, 30, "{capsule}", 21),
    drug("16714-0612-02", "sertraline 50 MG Oral Tablet", 30, 30, "{tbl}", 19),
    Drug {
        ndc: "59310-0579-22",
        name: "albuterol 90 MCG/ACTUAT Metered Dose Inhaler",
        brand: true,
        days: 25,
        quantity: 1,
        unit: "{inhaler}",
        dollars: 74,
    },
];

/// Two ingredients that a pharmacist mixes.
pub static INGREDIENTS: [&Drug; 2] = [&DRUGS[5], &DRUGS[4]];

/// The drug's package (NDC).
pub fn package(drug: &Drug) -> Coding {
    coding("http://hl7.org/fhir/sid/ndc", drug.ndc, drug.name)
}
