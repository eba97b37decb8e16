//! The fictitious world: its people and organizations, each computed from a number on demand.

use jiff::civil::{Date, date};

use super::{
    Input, Payer,
    facility::Facility,
    name::{self, Gender},
    npi::npi,
    place::{Address, Place},
    random::Random,
    specialty::Specialty,
};

/// The last day of the world. It does not depend on a clock, so that the same seed gives the same bytes at any time.
pub const TODAY: Date = date(2026, 10, 31);

/// When the directory was last updated.
pub const DIRECTORY_DATE: Date = date(2026, 10, 15);

/// Everything derives from these few numbers.
#[derive(Clone, Debug)]
pub struct World {
    pub input: Input,
    /// How many provider organizations there are, at least one of each kind.
    pub organizations: u32,
}

/// A provider organization.
pub struct Organization {
    pub number: u32,
    pub id: String,
    pub facility: Facility,
    pub name: String,
    pub npi: String,
    /// A fictitious federal tax number: no employer has the prefix 00.
    pub tax: String,
    pub address: Address,
    pub phone: String,
    pub fax: String,
    /// `cedar-valley-pharmacy-12.example.org`
    pub domain: String,
}

/// Someone who treats members.
pub struct Practitioner {
    pub number: u32,
    pub id: String,
    pub gender: Gender,
    pub family: &'static str,
    pub given: [&'static str; 2],
    pub specialty: &'static Specialty,
    pub npi: String,
    /// The number of the organization they work for.
    pub employer: u32,
}

impl Practitioner {
    /// `Maria Elena Flores, MD`
    pub fn name(&self) -> String {
        format!("{} {} {}, {}", self.given[0], self.given[1], self.family, self.specialty.suffix)
    }
}

#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "Bay", "Bridge", "Canyon", "Cascade", "Cedar", "Central", "Coastal", "Copper", "Cornerstone", "Crestview",
    "Desert", "Evergreen", "Foothills", "Golden", "Granite", "Harbor", "Heritage", "Highland", "Lakeside", "Liberty",
    "Meadow", "Mesa", "Mountain", "North", "Northstar", "Oakwood", "Pacific", "Pine", "Pioneer", "Prairie", "Redwood",
    "Ridge", "River", "Riverbend", "Saint Anne", "Saint Luke", "Sierra", "Silver", "South", "Spring", "Summit",
    "Sunrise", "Timber", "Trinity", "Unity", "Valley", "Vista", "West", "Willow", "Windward",
];

impl World {
    pub fn new(input: Input) -> Self {
        let organizations = (input.providers / 8).max(10);
        Self { input, organizations }
    }

    /// Whether the program offers this type.
    pub fn makes(&self, kind: &str) -> bool {
        self.input.types.iter().any(|offered| offered == kind)
    }

    pub fn random(&self, kind: &str, number: u32) -> Random {
        Random::of(self.input.seed, kind, u64::from(number))
    }

    /// The payer that covers, or contracts with, the thing with this number.
    pub fn payer(&self, number: u32) -> &Payer {
        &self.input.payers[number as usize % self.input.payers.len()]
    }

    pub fn organization_place(&self, number: u32) -> &'static Place {
        self.random("organization place", number).pick(&self.input.region.places)
    }

    pub fn organization(&self, number: u32) -> Organization {
        let random = &mut self.random("organization", number);
        let (facility, place) = (Facility::of(number), self.organization_place(number));
        let own = if random.percent(40) { place.city } else { *random.pick(PREFIXES) };
        let name = format!("{own} {}", facility.title());
        let address = Address::near(place, random);
        Organization {
            number,
            id: format!("organization-{number}"),
            facility,
            npi: npi(50_000_000 + number),
            tax: format!("00-{:07}", 1_000_000 + number),
            phone: address.phone(random),
            fax: address.phone(random),
            domain: format!("{}-{number}.example.org", slug(&name)),
            name,
            address,
        }
    }

    /// How many locations the organization has: `location-{organization}-{1…}`.
    pub fn locations(&self, organization: u32) -> u32 {
        if organization.is_multiple_of(3) { 2 } else { 1 }
    }

    pub fn practitioner(&self, number: u32) -> Practitioner {
        let random = &mut self.random("practitioner", number);
        let employer = self.employer(number);
        let gender = Gender::draw(random);
        Practitioner {
            number,
            id: format!("practitioner-{number}"),
            gender,
            family: name::family(random),
            given: name::given(gender, random),
            specialty: random.pick::<&Specialty>(Facility::of(employer).staff()),
            npi: npi(number),
            employer,
        }
    }

    /// Practitioners are spread evenly over the organizations; consecutive ones have the same employer.
    fn employer(&self, practitioner: u32) -> u32 {
        let spread = u64::from(practitioner) * u64::from(self.organizations) / u64::from(self.input.providers.max(1));
        u32::try_from(spread).unwrap_or_default()
    }

    /// A practitioner who works for the organization; if it has none, one from elsewhere who helps out.
    pub fn someone_of(&self, organization: u32, random: &mut Random) -> u32 {
        let (providers, organizations) = (u64::from(self.input.providers), u64::from(self.organizations));
        let first = (u64::from(organization) * providers).div_ceil(organizations);
        let next = (u64::from(organization + 1) * providers).div_ceil(organizations);
        let number = first + u64::from(random.below(u32::try_from(next.saturating_sub(first)).unwrap_or_default()));
        u32::try_from(number.min(providers.saturating_sub(1))).unwrap_or_default()
    }

    /// The first practitioner who works for the organization.
    pub fn first_of(&self, organization: u32) -> u32 {
        let (providers, organizations) = (u64::from(self.input.providers), u64::from(self.organizations));
        let first = (u64::from(organization) * providers).div_ceil(organizations);
        u32::try_from(first.min(providers.saturating_sub(1))).unwrap_or_default()
    }

    /// The nearest to the place among some organizations of one kind: those whose number ends in `last_digit`.
    pub fn nearby(&self, place: &Place, last_digit: u32, random: &mut Random) -> u32 {
        self.nearby_of(place, last_digit, 10, random)
    }

    /// The nearest to the place among the organizations `first`, `first + step` and so on.
    pub fn nearby_of(&self, place: &Place, first: u32, step: u32, random: &mut Random) -> u32 {
        let count = self.organizations.saturating_sub(first).div_ceil(step);
        let mut candidate = || random.below(count) * step + first;
        let candidates = [candidate(), candidate(), candidate(), candidate(), candidate()];
        let distance = |number: &u32| {
            let other = self.organization_place(*number);
            let (north, east) = (other.latitude.0 - place.latitude.0, other.longitude.0 - place.longitude.0);
            i64::from(north).pow(2) + i64::from(east).pow(2)
        };
        candidates.into_iter().min_by_key(distance).unwrap_or(first)
    }
}

/// `Coeur d'Alene` as part of an id: `coeur-d-alene`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
