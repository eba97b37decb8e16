//! An adjudicated claim, with what its ExplanationOfBenefit needs.

use jiff::civil::Date;

use super::{
    ambulance,
    cost::Costs,
    coverage,
    edition::{Edition, Profiles},
    inpatient, oral, outpatient,
    person::Member,
    pharmacy, professional,
    terms::Terms,
    vision,
    visit::{Kind, Visit},
};
use crate::synthesize::{
    datatypes::{Coding, Reference, coding, reference},
    directory::organization,
    history,
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

pub const ATTENDING: Coding = coding(CARIN_ROLE, "attending", "Attending");
pub const PRESCRIBING: Coding = coding(CARIN_ROLE, "prescribing", "Prescribing provider");
pub const REFERRING: Coding = coding(CARIN_ROLE, "referring", "Referring");
pub const PRINCIPAL: Coding = coding(DIAGNOSIS, "principal", "Principal Diagnosis");
pub const ADMITTING: Coding = coding(DIAGNOSIS, "admitting", "Admitting Diagnosis");
pub const OTHER: Coding = coding(CARIN_DIAGNOSIS, "other", "Other");
pub const SECONDARY: Coding = coding(CARIN_DIAGNOSIS, "secondary", "Secondary");
pub const REASON_FOR_VISIT: Coding = coding(CARIN_DIAGNOSIS, "patientreasonforvisit", "Patient Reason for Visit");
pub const IN_NETWORK: Coding = coding(STATUS, "innetwork", "In Network");
pub const OUT_OF_NETWORK: Coding = coding(STATUS, "outofnetwork", "Out Of Network");

/// Everything that an ExplanationOfBenefit states.
pub struct Claim {
    /// The ExplanationOfBenefit's id.
    pub id: String,
    /// The number that the payer gave the claim.
    pub number: String,
    /// The system of that number.
    pub system: String,
    pub edition: Edition,
    pub profile: &'static [&'static str],
    pub kind: Coding,
    pub sub_kind: Option<Coding>,
    pub patient: String,
    pub start: Date,
    pub end: Date,
    /// When the payer received it, and when it responded.
    pub received: Date,
    pub decided: Date,
    pub payer: Reference,
    /// The billing organization.
    pub provider: Reference,
    pub coverage: String,
    /// The number of the claim that this one replaces.
    pub replaces: Option<String>,
    pub team: Vec<Carer>,
    pub info: Vec<Info>,
    pub findings: Vec<Finding>,
    pub operations: Vec<Operation>,
    pub lines: Vec<Line>,
    pub terms: Terms,
    /// The organization's number, for the clinical part.
    pub organization: u32,
    pub practitioner: u32,
    /// Whether it names the version of each practitioner at the time.
    keeps_versions: bool,
}

/// A participant and their role.
pub struct Carer {
    pub who: Reference,
    pub role: Coding,
    pub specialty: Option<Coding>,
}

/// Supporting information.
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
    Flag(bool),
    Reason(Coding),
    About(Reference),
}

pub struct Finding {
    pub diagnosis: &'static Diagnosis,
    pub role: Coding,
    /// Whether the diagnosis was present on admission.
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
    /// The supporting information for this line, by sequence number.
    pub information: Vec<u32>,
    /// The place in the mouth.
    pub site: Option<Coding>,
    pub parts: Vec<Part>,
    pub costs: Costs,
}

/// A component of a service: an ingredient or a supply.
pub struct Part {
    pub code: Coding,
    pub quantity: u32,
    pub unit: Option<&'static str>,
    /// What the component itself consists of.
    pub of: Option<Coding>,
}

impl Line {
    /// A line for one unit, without further details.
    pub fn new(code: Coding, day: Date, place: Coding, costs: Costs) -> Self {
        let (revenue, modifier, unit, site) = (None, None, None, None);
        let (information, parts) = (Vec::new(), Vec::new());
        Self { code, revenue, modifier, day, place, quantity: 1, unit, information, site, parts, costs }
    }
}

/// The claim for a visit.
pub fn of(world: &World, member: &Member, visit: &Visit) -> Claim {
    let mut claim = match visit.kind {
        Kind::Inpatient => inpatient::claim(world, member, visit),
        Kind::Outpatient => outpatient::claim(world, member, visit),
        Kind::Professional => professional::claim(world, member, visit),
        Kind::Pharmacy => pharmacy::claim(world, member, visit),
        Kind::Oral => oral::claim(world, member, visit),
        Kind::Vision => vision::claim(world, member, visit),
        Kind::Ambulance => ambulance::claim(world, member, visit),
    };
    if claim.terms.in_full {
        super::fullness::complete(&mut claim);
    }
    claim
}

impl Claim {
    /// The part that all claims share. It ends on the day on which it starts, and has no team, diagnoses or lines yet.
    pub fn draft(world: &World, member: &Member, visit: &Visit, kind: &'static str, profiles: Profiles) -> Self {
        let random = &mut world.random("claim dates", member.number.wrapping_mul(1000) + visit.number);
        let (received, decided) = (random.between(2, 9), random.between(10, 28));
        let (payer, terms) = (&member.payer, visit.terms);
        let number = |visit: u32| format!("C{:08}{visit:04}", member.number);
        let mut claim = Self {
            id: format!("eob-{}-{}", member.id, visit.number),
            number: number(visit.number),
            system: format!("https://{}.example.org/claim", payer.id),
            edition: member.edition,
            profile: member.edition.choose(profiles),
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
            replaces: (terms.corrects && 1 < visit.number).then(|| number(visit.number - 1)),
            team: Vec::new(),
            info: Vec::new(),
            findings: Vec::new(),
            operations: Vec::new(),
            lines: Vec::new(),
            terms,
            organization: visit.organization,
            practitioner: visit.practitioner,
            keeps_versions: member.keeps_versions,
        };
        if claim.edition == Edition::First {
            let status = claim.contracting_status();
            claim.say("billingnetworkcontractingstatus", "Billing Network Contracting Status", status);
        }
        claim.say("clmrecvddate", "Claim Received Date", InfoValue::Day(claim.received));
        claim
    }

    /// Adds a piece of supporting information and returns its sequence number.
    pub fn say(&mut self, code: &'static str, display: &'static str, value: InfoValue) -> u32 {
        self.info.push(Info { category: coding(INFO, code, display), value });
        u32::try_from(self.info.len()).unwrap_or_default()
    }

    /// The numbers under which the provider files the member.
    pub fn say_file_numbers(&mut self, member: &Member, visit: &Visit) {
        let record = format!("MR{:07}", member.number);
        let account = format!("A{:07}-{}", member.number, visit.number);
        self.say("medicalrecordnumber", "Medical Record Number", InfoValue::Text(record));
        self.say("patientaccountnumber", "Patient Account Number", InfoValue::Text(account));
    }

    /// Adds the place of service.
    pub fn say_facility(&mut self, world: &World) {
        let facility = organization::reference_to(&world.organization(self.organization));
        self.say("servicefacility", "Service Facility", InfoValue::About(facility));
    }

    /// Makes it an institutional claim.
    pub fn institutional(&mut self, code: &'static str, display: &'static str) {
        self.sub_kind = Some(coding(SUBTYPE, code, display));
    }

    /// Adds the practitioner to the care team in this role.
    pub fn carer(&mut self, world: &World, number: u32, role: Coding) {
        let practitioner = world.practitioner(number);
        let specialty = Some(practitioner.specialty.coding);
        let day = self.keeps_versions.then_some(self.start);
        self.team.push(Carer { who: history::practitioner_on(world, &practitioner, day), role, specialty });
    }

    /// The sum of all lines.
    pub fn costs(&self) -> Costs {
        self.lines.iter().fold(Costs::default(), |mut sum, line| {
            sum += line.costs;
            sum
        })
    }

    /// Whether amounts apply to the whole claim instead of each line; only institutional claims can do this.
    pub fn is_a_whole(&self) -> bool {
        self.terms.as_a_whole && self.sub_kind.is_some()
    }

    pub fn network_status(&self) -> Coding {
        if self.terms.in_network { IN_NETWORK } else { OUT_OF_NETWORK }
    }

    /// Whether the provider has a contract with the payer.
    pub fn contracting_status(&self) -> InfoValue {
        InfoValue::Code(if self.terms.in_network {
            coding(STATUS, "contracted", "Contracted")
        } else {
            coding(STATUS, "noncontracted", "Non-Contracted")
        })
    }
}

fn titled(kind: &str) -> &'static str {
    match kind {
        "institutional" => "Institutional",
        "professional" => "Professional",
        "oral" => "Oral",
        "vision" => "Vision",
        _ => "Pharmacy",
    }
}

/// A place of service.
pub const fn place(code: &'static str, display: &'static str) -> Coding {
    coding("https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set", code, display)
}

/// The principal diagnosis and, if there is another, a secondary one: two adjacent entries of a list, starting at
/// `first`.
pub fn findings(diagnoses: &'static [Diagnosis], first: usize, count: usize) -> Vec<Finding> {
    let chosen = diagnoses.iter().cycle().skip(first).take(count.min(diagnoses.len()));
    let roles = [PRINCIPAL, SECONDARY];
    chosen.zip(roles).map(|(diagnosis, role)| Finding { diagnosis, role, on_admission: None }).collect()
}
