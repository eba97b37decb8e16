//! What hospitals do, and what they charge for it.

use crate::synthesize::{name::Gender, specialty::Diagnosis};

use super::person::Member;
use jiff::civil::Date;

/// A stay with its group (MS-DRG), reason (ICD-10-CM) and operation (ICD-10-PCS).
pub struct Stay {
    pub group: (&'static str, &'static str),
    pub reason: Diagnosis,
    pub besides: Diagnosis,
    pub operation: Option<(&'static str, &'static str)>,
    /// The fewest and the most nights.
    pub nights: (u32, u32),
    pub planned: bool,
    pub for_whom: ForWhom,
    pub charges: &'static [Charge],
}

/// A visit without an overnight stay.
pub struct Treatment {
    pub reason: Diagnosis,
    pub emergency: bool,
    pub for_whom: ForWhom,
    pub charges: &'static [Charge],
}

/// An NUBC revenue code, a CPT or HCPCS code if there is one, and dollars.
pub struct Charge(pub &'static str, pub Option<&'static str>, pub u32);

/// The patients for whom it is suitable.
pub struct ForWhom {
    pub ages: (u32, u32),
    pub only: Option<Gender>,
}

impl ForWhom {
    const ANYONE: Self = Self { ages: (0, 120), only: None };

    pub fn includes(&self, member: &Member, day: Date) -> bool {
        let age = member.age(day);
        self.ages.0 <= age && age <= self.ages.1 && self.only.is_none_or(|gender| gender == member.gender)
    }
}

/// The first one suits everyone.
pub static STAYS: &[Stay] = &[
    Stay {
        group: ("194", "Simple pneumonia and pleurisy with CC"),
        reason: Diagnosis("J18.9", "Pneumonia, unspecified organism"),
        besides: Diagnosis("J44.9", "Chronic obstructive pulmonary disease, unspecified"),
        operation: None,
        nights: (2, 5),
        planned: false,
        for_whom: ForWhom::ANYONE,
        charges: &[Charge("0120", None, 7800), Charge("0250", None, 1450), Charge("0324", Some("71046"), 310)],
    },
    Stay {
        group: ("399", "Appendix procedures without CC/MCC"),
        reason: Diagnosis("K35.80", "Unspecified acute appendicitis"),
        besides: Diagnosis("E66.9", "Obesity, unspecified"),
        operation: Some(("0DTJ4ZZ", "Resection of Appendix, Percutaneous Endoscopic Approach")),
        nights: (1, 2),
        planned: false,
        for_whom: ForWhom::ANYONE,
        charges: &[Charge("0120", None, 4200), Charge("0360", Some("44970"), 11_800), Charge("0370", None, 2100)],
    },
    Stay {
        group: ("470", "Major hip and knee joint replacement or reattachment of lower extremity without MCC"),
        reason: Diagnosis("M17.11", "Unilateral primary osteoarthritis, right knee"),
        besides: Diagnosis("I10", "Essential (primary) hypertension"),
        operation: Some((
            "0SRC0J9",
            "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach",
        )),
        nights: (1, 3),
        planned: true,
        for_whom: ForWhom { ages: (45, 95), only: None },
        charges: &[
            Charge("0120", None, 5600),
            Charge("0278", Some("C1776"), 9400),
            Charge("0360", Some("27447"), 18_500),
        ],
    },
    Stay {
        group: ("282", "Acute myocardial infarction, discharged alive without CC/MCC"),
        reason: Diagnosis("I21.4", "Non-ST elevation (NSTEMI) myocardial infarction"),
        besides: Diagnosis("E78.5", "Hyperlipidemia, unspecified"),
        operation: Some(("4A023N7", "Measurement of Cardiac Sampling and Pressure, Left Heart, Percutaneous Approach")),
        nights: (2, 4),
        planned: false,
        for_whom: ForWhom { ages: (40, 95), only: None },
        charges: &[
            Charge("0210", None, 12_400),
            Charge("0481", Some("93458"), 9800),
            Charge("0301", Some("84484"), 120),
        ],
    },
    Stay {
        group: ("807", "Vaginal delivery without sterilization or D&C without CC/MCC"),
        reason: Diagnosis("O80", "Encounter for full-term uncomplicated delivery"),
        besides: Diagnosis("Z37.0", "Single live birth"),
        operation: Some(("10E0XZZ", "Delivery of Products of Conception, External Approach")),
        nights: (1, 3),
        planned: true,
        for_whom: ForWhom { ages: (18, 45), only: Some(Gender::Female) },
        charges: &[Charge("0122", None, 5200), Charge("0720", Some("59409"), 4300), Charge("0250", None, 480)],
    },
    Stay {
        group: ("885", "Psychoses"),
        reason: Diagnosis("F33.2", "Major depressive disorder, recurrent severe without psychotic features"),
        besides: Diagnosis("F41.1", "Generalized anxiety disorder"),
        operation: Some(("GZ50ZZZ", "Individual Psychotherapy, Interactive")),
        nights: (4, 9),
        planned: false,
        for_whom: ForWhom { ages: (14, 90), only: None },
        charges: &[Charge("0124", None, 9900), Charge("0914", Some("90834"), 1200)],
    },
];

/// The first one suits everyone.
pub static TREATMENTS: &[Treatment] = &[
    Treatment {
        reason: Diagnosis("S93.401A", "Sprain of unspecified ligament of right ankle, initial encounter"),
        emergency: true,
        for_whom: ForWhom::ANYONE,
        charges: &[Charge("0450", Some("99283"), 640), Charge("0320", Some("73610"), 180)],
    },
    Treatment {
        reason: Diagnosis("E11.9", "Type 2 diabetes mellitus without complications"),
        emergency: false,
        for_whom: ForWhom { ages: (30, 95), only: None },
        charges: &[
            Charge("0301", Some("80053"), 64),
            Charge("0301", Some("83036"), 41),
            Charge("0300", Some("36415"), 15),
        ],
    },
    Treatment {
        reason: Diagnosis("M54.16", "Radiculopathy, lumbar region"),
        emergency: false,
        for_whom: ForWhom { ages: (18, 95), only: None },
        charges: &[Charge("0612", Some("72148"), 1180)],
    },
    Treatment {
        reason: Diagnosis("Z12.11", "Encounter for screening for malignant neoplasm of colon"),
        emergency: false,
        for_whom: ForWhom { ages: (45, 80), only: None },
        charges: &[Charge("0750", Some("45378"), 1650), Charge("0370", Some("00812"), 540)],
    },
    Treatment {
        reason: Diagnosis("Z12.31", "Encounter for screening mammogram for malignant neoplasm of breast"),
        emergency: false,
        for_whom: ForWhom { ages: (40, 80), only: Some(Gender::Female) },
        charges: &[Charge("0403", Some("77067"), 330)],
    },
    Treatment {
        reason: Diagnosis("M25.561", "Pain in right knee"),
        emergency: false,
        for_whom: ForWhom { ages: (10, 95), only: None },
        charges: &[Charge("0420", Some("97110"), 95), Charge("0420", Some("97140"), 88)],
    },
];
