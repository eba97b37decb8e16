//! The regions of synthetic data: the states, the District of Columbia and Puerto Rico, and all of them together.

use std::sync::LazyLock;

use super::{
    json::Degrees,
    place::{Place, degrees},
};

/// A state with its cities.
#[derive(Debug)]
pub struct Region {
    /// The postal abbreviation.
    pub state: &'static str,
    pub name: &'static str,
    /// What its parts are called, such as `County`.
    pub division: &'static str,
    /// Its approximate border: (longitude, latitude), counterclockwise, without repeating the first point at the end.
    pub border: Vec<(Degrees, Degrees)>,
    /// Ordered by county.
    pub places: Vec<Place>,
}

/// The states, in the order of their abbreviations.
pub static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| read(include_str!("states.txt")));

/// The region that stands for the whole country.
static COUNTRY: LazyLock<Region> = LazyLock::new(|| {
    let mut places: Vec<Place> = REGIONS.iter().flat_map(|state| state.places.iter().cloned()).collect();
    places.sort_by_key(|place| place.county);
    // The contiguous states.
    let border = [(-125.0, 49.0), (-118.0, 32.5), (-97.0, 25.8), (-80.0, 25.0), (-66.9, 44.8), (-95.2, 49.4)];
    let border = border.map(|(longitude, latitude)| (degrees(longitude), degrees(latitude))).to_vec();
    Region { state: "US", name: "United States", division: "County", border, places }
});

impl Region {
    /// The state with this name or postal abbreviation, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is_called =
            |region: &&Self| [region.state, region.name].iter().any(|known| known.eq_ignore_ascii_case(name));
        REGIONS.iter().find(is_called)
    }

    /// The state that a program means by its region: the one with this name, otherwise the one whose name it contains
    /// (`Eastern Oregon`; of several, the longest), otherwise the whole country.
    pub fn meant(name: &str) -> &'static Self {
        let text = format!(" {} ", name.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), " "));
        let named = || {
            let named = REGIONS.iter().filter(|region| text.contains(&format!(" {} ", region.name.to_lowercase())));
            named.max_by_key(|region| region.name.len())
        };
        Self::find(name).or_else(named).unwrap_or(&COUNTRY)
    }

    /// Its counties, each once.
    pub fn counties(&self) -> Vec<&'static str> {
        let mut counties: Vec<_> = self.places.iter().map(|place| place.county).collect();
        counties.dedup();
        counties
    }

    /// `Ada County`
    pub fn county(&self, county: &str) -> String {
        format!("{county} {}", self.division).trim_end().to_owned()
    }
}

/// Reads the file of facts, which describes its own format. A line that does not parse is left out, which the tests
/// would notice.
fn read(text: &'static str) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&'static str> = line.split('|').map(str::trim).collect();
        match fields[..] {
            [state, name, division, border] => {
                let border = border.split(' ').filter_map(pair).collect();
                regions.push(Region { state, name, division, border, places: Vec::new() });
            }
            [county, city, zip, at, area_code] => {
                if let (Some(region), Some((latitude, longitude))) = (regions.last_mut(), pair(at)) {
                    let state = region.state;
                    region.places.push(Place { city, county, state, zip, latitude, longitude, area_code });
                }
            }
            _ => {}
        }
    }
    regions
}

fn pair(text: &str) -> Option<(Degrees, Degrees)> {
    let (first, second) = text.split_once(',')?;
    Some((degrees(first.parse().ok()?), degrees(second.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_lies_in_its_region() {
        assert_eq!(REGIONS.len(), 52);
        for region in REGIONS.iter() {
            let within = |value: Degrees, side: fn(&(Degrees, Degrees)) -> Degrees| {
                let sides = || region.border.iter().map(side);
                sides().min() <= Some(value) && Some(value) <= sides().max()
            };
            for place in &region.places {
                assert_eq!(place.state, region.state, "{}", place.city);
                assert!(within(place.longitude, |point| point.0), "{} lies east or west of its state", place.city);
                assert!(within(place.latitude, |point| point.1), "{} lies north or south of its state", place.city);
                let is_number = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
                assert!(is_number(place.zip, 5) && is_number(place.area_code, 3), "{}", place.city);
            }
            assert!(region.border.len() > 3 && !region.places.is_empty(), "{}", region.name);
            assert!(region.places.is_sorted_by_key(|place| place.county), "{}'s places are by county", region.name);
        }
        let lines = include_str!("states.txt").lines().filter(|line| line.contains('|') && !line.starts_with('#'));
        let places: usize = REGIONS.iter().map(|region| region.places.len()).sum();
        assert_eq!(lines.count(), REGIONS.len() + places, "a line does not parse");
    }

    #[test]
    fn a_program_means_the_state_that_it_names() {
        let check = |text: &str, expect: &str| assert_eq!(Region::meant(text).state, expect, "{text}");
        check("Idaho", "ID");
        check("oregon", "OR");
        check("PR", "PR");
        check("Eastern Oregon", "OR");
        check("West Virginia", "WV");
        check("the State of West Virginia", "WV");
        check("Washington, D.C.", "WA");
        check("New England", "US");
        check("", "US");
        assert!(Region::meant("the Pacific Northwest").places.len() > 500);
    }
}
