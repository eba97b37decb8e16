//! The kinds of provider organizations, with the codes that Plan-Net gives each.

use super::{
    datatypes::{Coding, coding},
    specialty::{GENERAL_DENTISTRY, GROUPS, IN_CLINICS, IN_HOSPITALS, NUCC, OPTOMETRY, PHARMACY, Specialty},
};

const ORGANIZATION_TYPE: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrgTypeCS";
const AFFILIATION: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrganizationAffiliationRoleCS";
const CATEGORY: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/HealthcareServiceCategoryCS";
const PLACE: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

pub const FACILITY: Coding = coding(ORGANIZATION_TYPE, "fac", "Facility");
pub const PROVIDER_GROUP: Coding = coding(ORGANIZATION_TYPE, "prvgrp", "Provider Group");
pub const PAYER: Coding = coding(ORGANIZATION_TYPE, "payer", "Payer");
pub const NETWORK: Coding = coding(ORGANIZATION_TYPE, "ntwk", "Network");
pub const MEDICAL_PROVIDER: Coding = coding(CATEGORY, "prov", "Medical Provider");
pub const MEMBER_OF: Coding = coding(AFFILIATION, "bt", "Member Of");
pub const HOSPITAL_UNIT: Coding = coding(PLACE, "HOSP", "Hospital");

/// The kind of a provider organization; its number decides.
#[derive(Clone, Copy, Debug)]
pub enum Facility {
    Hospital,
    Pharmacy,
    UrgentCare,
    Clinic,
    Group(&'static Specialty),
}

/// The specialties of groups repeat after this many organizations.
pub const CYCLE: u32 = 30;

/// The first organization of dentists and that of optometrists; others follow in steps of [`CYCLE`].
pub const DENTISTS: u32 = 5;
pub const OPTOMETRISTS: u32 = 6;

impl Facility {
    /// Of ten organizations, one is a hospital, one a pharmacy, one urgent care, one a clinic, and six are groups.
    pub fn of(number: u32) -> Self {
        match number % 10 {
            0 => Self::Hospital,
            1 => Self::Pharmacy,
            2 => Self::UrgentCare,
            3 => Self::Clinic,
            place => Self::Group(GROUPS[(number / 10 * 6 + place - 4) as usize % GROUPS.len()]),
        }
    }

    /// The organization's type.
    pub fn kind(self) -> Coding {
        match self {
            Self::Group(_) => PROVIDER_GROUP,
            _ => FACILITY,
        }
    }

    /// Its role in a payer's network.
    pub fn affiliation(self) -> Coding {
        match self {
            Self::Hospital => coding(AFFILIATION, "hospital", "Hospital"),
            Self::Pharmacy => coding(AFFILIATION, "pharmacy", "Pharmacy"),
            Self::UrgentCare => coding(AFFILIATION, "urgent", "Urgent Care Center"),
            Self::Clinic => coding(AFFILIATION, "outpatient", "Clinic or Outpatient Facility"),
            Self::Group(specialty) if specialty.behavioral => {
                coding(AFFILIATION, "behavioral", "Outpatient Behavioral Health Provider")
            }
            Self::Group(_) => coding(AFFILIATION, "group", "Medical Group"),
        }
    }

    /// The category of its services.
    pub fn category(self) -> Coding {
        match self {
            Self::Hospital => coding(CATEGORY, "hosp", "Hospital"),
            Self::Pharmacy => coding(CATEGORY, "pharm", "Pharmacy"),
            Self::UrgentCare => coding(CATEGORY, "urg", "Urgent Care"),
            Self::Clinic => coding(CATEGORY, "outpat", "Clinic or Outpatient Facility"),
            Self::Group(specialty) if specialty.behavioral => coding(CATEGORY, "behav", "Behavioral Health"),
            Self::Group(specialty) if std::ptr::eq(specialty, &GENERAL_DENTISTRY) => coding(CATEGORY, "dent", "Dental"),
            Self::Group(specialty) if std::ptr::eq(specialty, &OPTOMETRY) => coding(CATEGORY, "vis", "Vision"),
            Self::Group(_) => MEDICAL_PROVIDER,
        }
    }

    /// Its specialty: a taxonomy code for organizations, or that of its practitioners.
    pub fn specialty(self) -> Coding {
        match self {
            Self::Hospital => coding(NUCC, "282N00000X", "General Acute Care Hospital"),
            Self::Pharmacy => coding(NUCC, "3336C0003X", "Community/Retail Pharmacy"),
            Self::UrgentCare => coding(NUCC, "261QU0200X", "Urgent Care Clinic/Center"),
            Self::Clinic => coding(NUCC, "261QP2300X", "Primary Care Clinic/Center"),
            Self::Group(specialty) => specialty.coding,
        }
    }

    /// The kind of place (v3 RoleCode).
    pub fn place(self) -> Coding {
        match self {
            Self::Hospital => HOSPITAL_UNIT,
            Self::Pharmacy => coding(PLACE, "OUTPHARM", "outpatient pharmacy"),
            Self::UrgentCare => coding(PLACE, "ER", "Emergency room"),
            Self::Clinic => coding(PLACE, "OF", "Outpatient facility"),
            Self::Group(_) => coding(PLACE, "PROFF", "Provider's Office"),
        }
    }

    /// The specialties of those who may work there.
    pub fn staff(self) -> &'static [&'static Specialty] {
        match self {
            Self::Hospital => IN_HOSPITALS,
            Self::Pharmacy => PHARMACY.alone,
            Self::UrgentCare | Self::Clinic => IN_CLINICS,
            Self::Group(specialty) => specialty.alone,
        }
    }

    /// What follows the organization's own name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Hospital => "Medical Center",
            Self::Pharmacy => "Pharmacy",
            Self::UrgentCare => "Urgent Care",
            Self::Clinic => "Community Clinic",
            Self::Group(specialty) => specialty.practice,
        }
    }

    pub fn always_open(self) -> bool {
        matches!(self, Self::Hospital)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dentists_and_optometrists_are_where_claims_look_for_them() {
        for turn in 0..20 {
            let practises = |number: u32, specialty: &Specialty| matches!(Facility::of(number), Facility::Group(found) if std::ptr::eq(found, specialty));
            assert!(practises(DENTISTS + turn * CYCLE, &GENERAL_DENTISTRY), "{turn}");
            assert!(practises(OPTOMETRISTS + turn * CYCLE, &OPTOMETRY), "{turn}");
        }
    }
}
