//! An adjudicated claim, as its ExplanationOfBenefit needs it.

use jiff::civil::Date;

use super::{
    cost::{Costs, Decision},
    coverage, inpatient, outpatient,
    person::Member,
    pharmacy, professional,
    visit::{Kind, Visit},
};
use crate::synthesize::{
    datatypes::{Coding, Reference, bare, coding, reference},
    directory::{organization, practitioner},
    specialty::Diagnosis,
    world::World,
};

const TYPE: &str = "http://terminology.hl7.org/CodeSystem/claim-type";
const SUBTYPE: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBInstitutionalClaimSubType";
const CARIN_ROLE: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole";
const DIAGNOSIS: &str = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype";
const CARIN_DIAGNOSIS: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimDiagnosisType";
const INFO: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType";
pub const STATUS: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBPayerAdjudicationStatus";
pub const CPT: &str = "http://www.ama-assn.org/go/cpt";
pub const HCPCS: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";

pub const ATTENDING: Coding = coding(CARIN_ROLE, "attending", "Attending");
pub const PERFORMING: Coding = coding(CARIN_ROLE, "performing", "Performing provider");
pub const PRESCRIBING: Coding = coding(CARIN_ROLE, "prescribing", "Prescribing provider");
pub const REFERRING: Coding = coding(CARIN_ROLE, "referring", "Referring");
pub const PRINCIPAL: Coding = coding(DIAGNOSIS, "principal", "Principal Diagnosis");
pub const ADMITTING: Coding = coding(DIAGNOSIS, "admitting", "Admitting Diagnosis");
pub const OTHER: Coding = coding(CARIN_DIAGNOSIS, "other", "Other");
pub const SECONDARY: Coding = coding(CARIN_DIAGNOSIS, "secondary", "Secondary");
pub const REASON_FOR_VISIT: Coding = coding(CARIN_DIAGNOSIS, "patientreasonforvisit", "Patient Reason for Visit");
pub const IN_NETWORK: Coding = coding(STATUS, "innetwork", "In Network");
pub const OUT_OF_NETWORK: Coding = coding(STATUS, "outofnetwork", "Out Of Network");

/// Everything an ExplanationOfBenefit says.
pub struct Claim {
    /// The ExplanationOfBenefit's id.
    pub id: String,
    /// The payer's own number of the claim.
    pub number: String,
    /// Who numbered it.
    pub system: String,
    pub profile: &'static [&'static str],
    pub kind: Coding,
    pub sub_kind: Option<Coding>,
    pub patient: String,
    pub start: Date,
    pub end: Date,
    /// When the payer received it, and when it answered.
    pub received: Date,
    pub decided: Date,
    pub payer: Reference,
    /// The billing organization.
    pub provider: Reference,
    pub coverage: String,
    /// The number of a claim that this one replaces.
    pub replaces: Option<String>,
    pub team: Vec<Carer>,
    pub info: Vec<Info>,
    pub findings: Vec<Finding>,
    pub operations: Vec<Operation>,
    pub lines: Vec<Line>,
    pub decision: Decision,
    pub in_network: bool,
    /// Institutional claims are adjudicated as a whole or line by line, never both.
    pub as_a_whole: bool,
    /// For the clinical part.
    pub organization: u32,
    pub practitioner: u32,
}

/// Someone who took part, as what.
pub struct Carer {
    pub who: Reference,
    pub role: Coding,
    pub specialty: Option<Coding>,
}

/// What the payer also knows.
pub struct Info {
    pub category: Coding,
    pub value: InfoValue,
}

pub enum InfoValue {
    Code(Coding),
    Day(Date),
    Days(Date, Date),
    Quantity(u32, Option<&'static str>),
    Text(String),
    About(Reference),
}

pub struct Finding {
    pub diagnosis: &'static Diagnosis,
    pub role: Coding,
    /// Whether it was there at admission.
    pub on_admission: Option<Coding>,
}

pub struct Operation {
    pub code: Coding,
    pub role: Coding,
    pub day: Date,
}

/// One service.
pub struct Line {
    pub code: Coding,
    pub revenue: Option<Coding>,
    pub modifier: Option<Coding>,
    pub day: Date,
    pub place: Coding,
    pub quantity: u32,
    pub unit: Option<&'static str>,
    /// What a compound drug is made of: package, quantity and unit.
    pub ingredients: Vec<(Coding, u32, &'static str)>,
    pub costs: Costs,
}

/// The claim for a visit.
pub fn of(world: &World, member: &Member, visit: &Visit) -> Claim {
    match visit.kind {
        Kind::Inpatient => inpatient::claim(world, member, visit),
        Kind::Outpatient => outpatient::claim(world, member, visit),
        Kind::Professional => professional::claim(world, member, visit),
        Kind::Pharmacy => pharmacy::claim(world, member, visit),
    }
}

impl Claim {
    /// What all claims have in common; ends on the day it begins, and has neither team, findings nor lines yet.
    pub fn draft(
        world: &World,
        member: &Member,
        visit: &Visit,
        kind: &'static str,
        profile: &'static [&'static str],
    ) -> Self {
        let random = &mut visit.random(world, member);
        let decision = match random.below(100) {
            0..8 => Decision::Denied,
            8..16 => Decision::PartiallyPaid,
            _ => Decision::Paid,
        };
        let (received, decided) = (random.between(2, 9), random.between(10, 28));
        let payer = &member.payer;
        let number = |visit: u32| format!("C{:08}{visit:04}", member.number);
        let in_network = random.percent(88);
        let mut claim = Self {
            id: format!("eob-{}-{}", member.id, visit.number),
            number: number(visit.number),
            system: format!("https://{}.example.org/claim", payer.id),
            profile,
            kind: coding(TYPE, kind, titled(kind)),
            sub_kind: None,
            patient: member.id.clone(),
            start: visit.day,
            end: visit.day,
            received: visit.after(received),
            decided: visit.after(decided),
            payer: reference("Organization", &payer.id, &*payer.name),
            provider: organization::reference_to(&world.organization(visit.organization)),
            coverage: coverage::id_on(member, visit.day),
            // A correction follows the claim before it.
            replaces: (1 < visit.number && random.percent(5)).then(|| number(visit.number - 1)),
            team: Vec::new(),
            info: Vec::new(),
            findings: Vec::new(),
            operations: Vec::new(),
            lines: Vec::new(),
            decision,
            in_network,
            as_a_whole: false,
            organization: visit.organization,
            practitioner: visit.practitioner,
        };
        let contracted = if in_network {
            coding(STATUS, "contracted", "Contracted")
        } else {
            coding(STATUS, "noncontracted", "Non-Contracted")
        };
        claim.say("billingnetworkcontractingstatus", "Billing Network Contracting Status", InfoValue::Code(contracted));
        claim.say("clmrecvddate", "Claim Received Date", InfoValue::Day(claim.received));
        claim
    }

    /// Adds a piece of supporting information.
    pub fn say(&mut self, code: &'static str, display: &'static str, value: InfoValue) {
        self.info.push(Info { category: coding(INFO, code, display), value });
    }

    /// The numbers by which the provider files the member.
    pub fn say_file_numbers(&mut self, member: &Member, visit: &Visit) {
        let record = format!("MR{:07}", member.number);
        let account = format!("A{:07}-{}", member.number, visit.number);
        self.say("medicalrecordnumber", "Medical Record Number", InfoValue::Text(record));
        self.say("patientaccountnumber", "Patient Account Number", InfoValue::Text(account));
    }

    /// Makes the claim one for an institution.
    pub fn institutional(&mut self, code: &'static str, display: &'static str) {
        self.sub_kind = Some(coding(SUBTYPE, code, display));
    }

    /// Whoever treated the member takes part as this.
    pub fn carer(&mut self, world: &World, number: u32, role: Coding) {
        let practitioner = world.practitioner(number);
        let specialty = Some(practitioner.specialty.coding);
        self.team.push(Carer { who: practitioner::reference_to(&practitioner), role, specialty });
    }

    /// All lines together.
    pub fn costs(&self) -> Costs {
        self.lines.iter().fold(Costs::default(), |mut sum, line| {
            sum += line.costs;
            sum
        })
    }

    pub fn network_status(&self) -> Coding {
        if self.in_network { IN_NETWORK } else { OUT_OF_NETWORK }
    }
}

fn titled(kind: &str) -> &'static str {
    match kind {
        "institutional" => "Institutional",
        "professional" => "Professional",
        "oral" => "Oral",
        _ => "Pharmacy",
    }
}

/// CPT codes have five digits, HCPCS codes begin with a letter.
pub fn procedure(code: &'static str) -> Coding {
    bare(if code.starts_with(|first: char| first.is_ascii_digit()) { CPT } else { HCPCS }, code)
}

/// A place of service.
pub const fn place(code: &'static str, display: &'static str) -> Coding {
    coding("https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set", code, display)
}
