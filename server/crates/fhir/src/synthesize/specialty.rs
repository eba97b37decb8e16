//! What practitioners do: their specialty (NUCC), role (Plan-Net), usual diagnoses (ICD-10-CM) and procedures.

use super::datatypes::{Coding, coding};

pub const NUCC: &str = "http://nucc.org/provider-taxonomy";
const ROLE: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/ProviderRoleCS";
const TYPE: &str = "http://terminology.hl7.org/CodeSystem/service-type";

#[derive(Debug)]
pub struct Specialty {
    pub coding: Coding,
    pub role: Coding,
    /// What follows the name, such as `MD`.
    pub suffix: &'static str,
    /// What such a practice calls itself.
    pub practice: &'static str,
    pub behavioral: bool,
    /// A list of only this specialty: the staff of a group.
    pub alone: &'static [&'static Self],
    /// The closest of the service types that Plan-Net allows.
    pub service: Coding,
    /// Why patients come.
    pub diagnoses: &'static [Diagnosis],
    /// What is done for them.
    pub procedures: &'static [Procedure],
}

/// An ICD-10-CM code with its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Diagnosis(pub &'static str, pub &'static str);

/// A CPT or HCPCS code and the usual charge, in dollars.
#[derive(Debug)]
pub struct Procedure(pub &'static str, pub u32);

macro_rules! specialty {
    ($name:ident, $code:literal $display:literal, $role:literal $role_display:literal, $suffix:literal, $practice:literal,
     $service:literal $service_display:literal, [$($icd:literal $meaning:literal),+], [$($cpt:literal $dollars:literal),+]) => {
        pub static $name: Specialty = Specialty {
            coding: coding(NUCC, $code, $display),
            role: coding(ROLE, $role, $role_display),
            suffix: $suffix,
            practice: $practice,
            alone: &[&$name],
            behavioral: matches!($role.as_bytes(), b"bh" | b"co" | b"mt" | b"py" | b"sw"),
            service: coding(TYPE, $service, $service_display),
            diagnoses: &[$(Diagnosis($icd, $meaning)),+],
            procedures: &[$(Procedure($cpt, $dollars)),+],
        };
    };
}

specialty!(FAMILY_MEDICINE, "207Q00000X" "Family Medicine Physician", "ph" "Physician", "MD", "Family Medicine",
    "554" "Chronic Disease Management",
    ["I10" "Essential (primary) hypertension", "E11.9" "Type 2 diabetes mellitus without complications",
     "J06.9" "Acute upper respiratory infection, unspecified", "E78.5" "Hyperlipidemia, unspecified",
     "Z00.00" "Encounter for general adult medical examination without abnormal findings"],
    ["99213" 145, "99214" 210, "99396" 235, "36415" 18, "80053" 42]);
specialty!(INTERNAL_MEDICINE, "207R00000X" "Internal Medicine Physician", "ph" "Physician", "MD", "Internal Medicine",
    "554" "Chronic Disease Management",
    ["E11.65" "Type 2 diabetes mellitus with hyperglycemia", "I10" "Essential (primary) hypertension",
     "N18.30" "Chronic kidney disease, stage 3 unspecified", "E03.9" "Hypothyroidism, unspecified"],
    ["99214" 215, "99215" 290, "83036" 38, "80061" 45]);
specialty!(PEDIATRICS, "208000000X" "Pediatrics Physician", "ph" "Physician", "MD", "Pediatrics",
    "495" "Youth Health",
    ["Z00.129" "Encounter for routine child health examination without abnormal findings",
     "H66.90" "Otitis media, unspecified, unspecified ear", "J02.9" "Acute pharyngitis, unspecified"],
    ["99392" 190, "99213" 140, "87880" 36]);
specialty!(OBSTETRICS, "207V00000X" "Obstetrics & Gynecology Physician", "ph" "Physician", "MD", "Women's Health",
    "559" "Women's Health",
    ["Z01.419" "Encounter for gynecological examination (general) (routine) without abnormal findings",
     "N92.0" "Excessive and frequent menstruation with regular cycle", "O09.90" "Supervision of high risk pregnancy, unspecified, unspecified trimester"],
    ["99395" 230, "76801" 320, "99213" 150]);
specialty!(CARDIOLOGY, "207RC0000X" "Cardiovascular Disease Physician", "ph" "Physician", "MD", "Heart Specialists",
    "554" "Chronic Disease Management",
    ["I25.10" "Atherosclerotic heart disease of native coronary artery without angina pectoris",
     "I48.91" "Unspecified atrial fibrillation", "R07.9" "Chest pain, unspecified"],
    ["99204" 340, "93000" 65, "93306" 890]);
specialty!(ORTHOPAEDICS, "207X00000X" "Orthopaedic Surgery Physician", "ph" "Physician", "MD", "Orthopaedics",
    "400" "Pain",
    ["M17.11" "Unilateral primary osteoarthritis, right knee", "M75.101" "Unspecified rotator cuff tear or rupture of right shoulder, not specified as traumatic",
     "M54.50" "Low back pain, unspecified"],
    ["99203" 260, "20610" 280, "73562" 95]);
specialty!(DERMATOLOGY, "207N00000X" "Dermatology Physician", "ph" "Physician", "MD", "Dermatology",
    "76" "Health Counselling",
    ["L70.0" "Acne vulgaris", "L57.0" "Actinic keratosis", "L30.9" "Dermatitis, unspecified"],
    ["99213" 150, "17000" 140, "11102" 210]);
specialty!(EMERGENCY_MEDICINE, "207P00000X" "Emergency Medicine Physician", "ph" "Physician", "MD", "Emergency Physicians",
    "309" "Crisis Assistance",
    ["S93.401A" "Sprain of unspecified ligament of right ankle, initial encounter", "R10.9" "Unspecified abdominal pain",
     "S01.81XA" "Laceration without foreign body of other part of head, initial encounter"],
    ["99283" 480, "99284" 760, "12011" 350]);
specialty!(PSYCHIATRY, "2084P0800X" "Psychiatry Physician", "bh" "Behavioral Health & Social Service Providers", "MD", "Psychiatric Associates",
    "316" "Depression",
    ["F33.1" "Major depressive disorder, recurrent, moderate", "F41.1" "Generalized anxiety disorder", "F31.9" "Bipolar disorder, unspecified"],
    ["90792" 320, "99214" 220, "90833" 120]);
specialty!(PSYCHOLOGY, "103TC0700X" "Clinical Psychologist", "py" "Psychologist", "PsyD", "Psychology Group",
    "316" "Depression",
    ["F32.1" "Major depressive disorder, single episode, moderate", "F41.1" "Generalized anxiety disorder", "F90.2" "Attention-deficit hyperactivity disorder, combined type"],
    ["90837" 185, "90834" 140, "96130" 240]);
specialty!(CLINICAL_SOCIAL_WORK, "1041C0700X" "Clinical Social Worker", "sw" "Social Worker", "LCSW", "Counseling Center",
    "71" "Family Counselling/Therapy",
    ["F43.23" "Adjustment disorder with mixed anxiety and depressed mood", "F41.9" "Anxiety disorder, unspecified"],
    ["90834" 130, "90847" 150]);
specialty!(MENTAL_HEALTH_COUNSELING, "101YM0800X" "Mental Health Counselor", "co" "Counselor", "LPC", "Behavioral Health",
    "105" "Drug and/or Alcohol Counselling",
    ["F10.20" "Alcohol dependence, uncomplicated", "F41.1" "Generalized anxiety disorder", "F43.10" "Post-traumatic stress disorder, unspecified"],
    ["90834" 125, "90853" 60]);
specialty!(PHYSICAL_THERAPY, "225100000X" "Physical Therapist", "pt" "Physical Therapist", "DPT", "Physical Therapy",
    "146" "Physical Activity Programs",
    ["M54.50" "Low back pain, unspecified", "M25.561" "Pain in right knee", "M25.511" "Pain in right shoulder", "M54.2" "Cervicalgia"],
    ["97110" 75, "97140" 70, "97161" 160, "97530" 80]);
specialty!(OCCUPATIONAL_THERAPY, "225X00000X" "Occupational Therapist", "ot" "Occupational Therapist", "OTR/L", "Hand and Occupational Therapy",
    "614" "Development-Life Skills",
    ["G56.01" "Carpal tunnel syndrome, right upper limb", "M77.11" "Lateral epicondylitis, right elbow"],
    ["97165" 155, "97530" 85, "97535" 80]);
specialty!(SPEECH_THERAPY, "235Z00000X" "Speech-Language Pathologist", "sp" "Speech Language Pathologist", "CCC-SLP", "Speech Therapy",
    "446" "Speech Therapist",
    ["F80.2" "Mixed receptive-expressive language disorder", "R13.10" "Dysphagia, unspecified"],
    ["92507" 120, "92526" 130]);
specialty!(CHIROPRACTIC, "111N00000X" "Chiropractor", "ch" "Chiropractor", "DC", "Chiropractic",
    "400" "Pain",
    ["M99.03" "Segmental and somatic dysfunction of lumbar region", "M54.2" "Cervicalgia", "M54.50" "Low back pain, unspecified"],
    ["98941" 65, "98940" 50, "97012" 30]);
specialty!(ACUPUNCTURE, "171100000X" "Acupuncturist", "om" "Doctor of Oriental Medicine", "LAc", "Acupuncture",
    "400" "Pain",
    ["G43.909" "Migraine, unspecified, not intractable, without status migrainosus", "M54.50" "Low back pain, unspecified"],
    ["97810" 85, "97811" 65]);
specialty!(NURSE_PRACTICE, "363LF0000X" "Family Nurse Practitioner", "crnp" "Certified Registered Nurse Practitioner", "FNP-C", "Walk-in Care",
    "76" "Health Counselling",
    ["J01.90" "Acute sinusitis, unspecified", "N39.0" "Urinary tract infection, site not specified", "J20.9" "Acute bronchitis, unspecified"],
    ["99203" 190, "99213" 135, "81002" 12]);
specialty!(GENERAL_DENTISTRY, "1223G0001X" "General Practice Dentistry", "de" "Dentist", "DDS", "Family Dentistry",
    "76" "Health Counselling",
    ["K02.9" "Dental caries, unspecified", "K05.10" "Chronic gingivitis, plaque induced",
     "Z01.20" "Encounter for dental examination and cleaning without abnormal findings"],
    ["D1110" 98, "D0120" 55, "D0220" 32, "D2392" 215]);
specialty!(OPTOMETRY, "152W00000X" "Optometrist", "oo" "Optometrist", "OD", "Vision Care",
    "76" "Health Counselling",
    ["H52.13" "Myopia, bilateral", "H52.4" "Presbyopia",
     "Z01.00" "Encounter for examination of eyes and vision without abnormal findings"],
    ["92014" 165, "92015" 35, "V2020" 130, "V2103" 64]);
specialty!(PHARMACY, "183500000X" "Pharmacist", "rx" "Pharmacy Service Providers", "PharmD", "Pharmacy",
    "537" "Medication Reviews",
    ["Z79.899" "Other long term (current) drug therapy"],
    ["99605" 60]);

impl Specialty {
    /// Dentists and optometrists have their own kinds of claims.
    pub fn is_medical(&self) -> bool {
        !std::ptr::eq(self, &GENERAL_DENTISTRY) && !std::ptr::eq(self, &OPTOMETRY)
    }
}

/// The specialties of groups, by their number.
pub static GROUPS: &[&Specialty] = &[
    &FAMILY_MEDICINE,
    &GENERAL_DENTISTRY,
    &OPTOMETRY,
    &PHYSICAL_THERAPY,
    &INTERNAL_MEDICINE,
    &CHIROPRACTIC,
    &PSYCHOLOGY,
    &PEDIATRICS,
    &ORTHOPAEDICS,
    &CLINICAL_SOCIAL_WORK,
    &OBSTETRICS,
    &OCCUPATIONAL_THERAPY,
    &CARDIOLOGY,
    &MENTAL_HEALTH_COUNSELING,
    &DERMATOLOGY,
    &PSYCHIATRY,
    &ACUPUNCTURE,
    &SPEECH_THERAPY,
];

/// The specialties in a hospital.
pub static IN_HOSPITALS: &[&Specialty] =
    &[&EMERGENCY_MEDICINE, &INTERNAL_MEDICINE, &CARDIOLOGY, &ORTHOPAEDICS, &OBSTETRICS, &PHYSICAL_THERAPY, &PSYCHIATRY];

/// The specialties in clinics and urgent care.
pub static IN_CLINICS: &[&Specialty] = &[&FAMILY_MEDICINE, &NURSE_PRACTICE, &INTERNAL_MEDICINE, &PEDIATRICS];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behavioral_roles_are_told_from_the_others() {
        assert!(PSYCHOLOGY.behavioral && CLINICAL_SOCIAL_WORK.behavioral && PSYCHIATRY.behavioral);
        assert!(!FAMILY_MEDICINE.behavioral && !PHYSICAL_THERAPY.behavioral);
    }
}
