//! The regions that synthetic data can be set in.

mod california;
mod idaho;

use super::{json::Degrees, place::Place};

/// A state with its cities.
#[derive(Debug)]
pub struct Region {
    /// The postal abbreviation.
    pub state: &'static str,
    pub name: &'static str,
    /// Its border, roughly: (longitude, latitude), anticlockwise, without the first point again at the end.
    pub border: &'static [(Degrees, Degrees)],
    /// Ordered by county.
    pub places: &'static [Place],
}

/// The regions there are.
pub static REGIONS: &[&Region] = &[&california::CALIFORNIA, &idaho::IDAHO];

impl Region {
    /// The region with this name or postal abbreviation, in any case.
    pub fn find(name: &str) -> Option<&'static Self> {
        let is_called =
            |region: &&Self| [region.state, region.name].iter().any(|known| known.eq_ignore_ascii_case(name));
        REGIONS.iter().copied().find(is_called)
    }

    /// Its counties, each once.
    pub fn counties(&self) -> Vec<&'static str> {
        let mut counties: Vec<_> = self.places.iter().map(|place| place.county).collect();
        counties.dedup();
        counties
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_lies_in_its_region() {
        for region in REGIONS {
            let within = |value: Degrees, side: fn(&(Degrees, Degrees)) -> Degrees| {
                let sides = || region.border.iter().map(side);
                sides().min() <= Some(value) && Some(value) <= sides().max()
            };
            for place in region.places {
                assert_eq!(place.state, region.state, "{}", place.city);
                assert!(within(place.longitude, |point| point.0), "{} lies east or west of its state", place.city);
                assert!(within(place.latitude, |point| point.1), "{} lies north or south of its state", place.city);
                assert!(
                    place.zip.len() == 5 && place.zip.bytes().all(|digit| digit.is_ascii_digit()),
                    "{}",
                    place.city
                );
            }
            assert!(region.places.is_sorted_by_key(|place| place.county), "{}'s places are by county", region.name);
        }
    }
}
