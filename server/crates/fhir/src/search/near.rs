//! `near` (hl7.org/fhir/R4/location.html#positional).

use store::Query;

use super::value::split;
use crate::index::position::Position;

/// Within a distance of a place.
#[derive(Debug)]
pub struct Match {
    centre: Position,
    /// On the unit sphere: an angle.
    radius: f64,
}

const EARTH_KM: f64 = 6371.0088;
const KM_PER_MILE: f64 = 1.609_344;
/// Used if the request gives no distance.
const DEFAULT_KM: f64 = 50.0;

/// Parses `latitude|longitude|distance|units`. Returns the reason if no search for the value is possible.
pub fn parse(text: &str) -> Result<Match, String> {
    let form = || "it is `latitude|longitude|distance|units`, the units `km` or `mi`".to_owned();
    let parts = split(text, '|');
    if !(2..=4).contains(&parts.len()) {
        return Err(form());
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.trim().parse::<f64>().ok());
    let (latitude, longitude) = number(0).zip(number(1)).ok_or_else(form)?;
    let km = match parts.get(3).map_or("km", |unit| unit.trim()) {
        "" | "km" => 1.0,
        "mi" | "[mi_us]" | "[mi_i]" => KM_PER_MILE,
        _ => return Err(form()),
    };
    let distance = match parts.get(2).map(|part| part.trim()) {
        None | Some("") => DEFAULT_KM,
        Some(_) => number(2).filter(|distance| 0.0 <= *distance && distance.is_finite()).ok_or_else(form)? * km,
    };
    let centre = Position::of_degrees(latitude, longitude).ok_or("there is no such place on Earth")?;
    Ok(Match { centre, radius: (distance / EARTH_KM).min(std::f64::consts::PI) })
}

impl Match {
    /// The same place with another radius.
    pub fn within(&self, radius: f64) -> Self {
        Self { centre: self.centre, radius }
    }

    /// As an angle.
    pub fn radius(&self) -> f64 {
        self.radius
    }

    /// Compares the straight line through the Earth, which grows with the distance along its surface.
    pub fn push(&self, query: &mut Query, alias: &str) {
        let (latitude, degrees) = (self.centre.latitude, self.radius.to_degrees());
        query.push(&format!("{alias}.latitude >= ")).push_bind(latitude - degrees);
        query.push(&format!(" AND {alias}.latitude <= ")).push_bind(latitude + degrees).push(" AND ");
        self.push_square(query, alias);
        let chord = 2.0 * (self.radius / 2.0).sin();
        query.push(" <= ").push_bind(chord * chord);
    }

    /// Appends the square of that line's length.
    pub fn push_square(&self, query: &mut Query, alias: &str) {
        let [x, y, z] = self.centre.point;
        let mut glue = "(";
        for (column, value) in [("x", x), ("y", y), ("z", z)] {
            query.push(glue).push(&format!("({alias}.{column} - ")).push_bind(value);
            query.push(&format!(") * ({alias}.{column} - ")).push_bind(value).push(")");
            glue = " + ";
        }
        query.push(")");
    }
}

/// The angle between two points whose line has this square.
pub fn angle(square: f64) -> f64 {
    2.0 * (square.sqrt() / 2.0).min(1.0).asin()
}
