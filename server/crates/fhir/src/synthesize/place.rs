//! Places: cities with a postal code and coordinates, and fictitious streets in them.

use super::{json::Degrees, random::Random};

/// A city, with the coordinates of its center.
#[derive(Clone, Debug)]
pub struct Place {
    pub city: &'static str,
    pub county: &'static str,
    pub state: &'static str,
    pub zip: &'static str,
    pub latitude: Degrees,
    pub longitude: Degrees,
    /// Telephone area code.
    pub area_code: &'static str,
}

/// Rounded to ten-thousandths.
pub const fn degrees(value: f64) -> Degrees {
    let half = if value < 0.0 { -0.5 } else { 0.5 };
    Degrees((value * 10_000.0 + half) as i32)
}

/// A nonexistent address in a real city.
#[derive(Clone, Debug)]
pub struct Address {
    pub line: String,
    pub place: &'static Place,
    /// The last four digits of the postal code, if they are known.
    pub plus4: Option<u32>,
    pub latitude: Degrees,
    pub longitude: Degrees,
}

#[rustfmt::skip]
const STREETS: &[&str] = &[
    "Alder Street", "Aspen Way", "Birch Lane", "Canyon Road", "Cedar Street", "Cherry Avenue", "Chestnut Street",
    "Church Street", "College Avenue", "Cottonwood Drive", "Elm Street", "First Street", "Foothill Boulevard",
    "Franklin Street", "Garden Avenue", "Grove Street", "Highland Avenue", "Hillcrest Drive", "Jefferson Street",
    "Juniper Court", "Lake Street", "Laurel Avenue", "Lincoln Avenue", "Madison Street", "Main Street",
    "Maple Street", "Meadow Lane", "Mill Road", "Mission Street", "Oak Street", "Orchard Road", "Park Avenue",
    "Pine Street", "Poplar Street", "Railroad Avenue", "Ridge Road", "River Road", "School Street", "Second Street",
    "Spring Street", "Spruce Street", "Summit Avenue", "Sunset Drive", "Sycamore Street", "Valley Road",
    "View Street", "Walnut Street", "Washington Street", "Willow Street", "Third Street",
];

impl Address {
    /// A place within three kilometers of the city's center.
    pub fn near(place: &'static Place, random: &mut Random) -> Self {
        let line = format!("{} {}", random.between(1, 9800), random.pick(STREETS));
        let mut shift = |degrees: Degrees| Degrees(degrees.0 + random.between(0, 500) as i32 - 250);
        let (latitude, longitude) = (shift(place.latitude), shift(place.longitude));
        Self { line, place, plus4: Some(random.between(1001, 9899)), latitude, longitude }
    }

    /// `90012-1234`, or only the five digits.
    pub fn postal_code(&self) -> String {
        let zip = self.place.zip;
        self.plus4.map_or_else(|| zip.to_owned(), |plus4| format!("{zip}-{plus4:04}"))
    }

    /// The whole address on one line.
    pub fn text(&self) -> String {
        format!("{}, {}, {} {}", self.line, self.place.city, self.place.state, self.postal_code())
    }

    /// A telephone number in a range that is never assigned: 555-0100 to 555-0199.
    pub fn phone(&self, random: &mut Random) -> String {
        format!("({}) 555-01{:02}", self.place.area_code, random.below(100))
    }
}
