//! `near`: within a distance of a place (hl7.org/fhir/R4/location.html#positional).

use serde_json::Value;

/// Kilometers on the surface between two places, by the haversine formula on a sphere of the Earth's mean radius.
pub fn distance((latitude, longitude): (f64, f64), (other_latitude, other_longitude): (f64, f64)) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let (a, b) = (latitude.to_radians().cos(), other_latitude.to_radians().cos());
    let haversine = half(other_latitude - latitude) + a * b * half(other_longitude - longitude);
    2.0 * 6371.0088 * haversine.sqrt().asin()
}

/// The coordinates of a position.
pub fn place(value: &Value) -> Option<(f64, f64)> {
    Some((value["latitude"].as_f64()?, value["longitude"].as_f64()?))
}

/// Whether a position is as near as requested: `latitude|longitude|distance|units`.
pub fn meets(value: &Value, sought: &str) -> bool {
    let parts: Vec<&str> = sought.split('|').collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<f64>().ok());
    let unit = if parts.get(3) == Some(&"mi") { 1.609_344 } else { 1.0 };
    let centre = (number(0).expect("a latitude"), number(1).expect("a longitude"));
    let most = number(2).map_or(50.0, |distance| distance * unit);
    place(value).is_some_and(|place| distance(place, centre) <= most)
}
