//! Where a Location is, for `near`.

use serde_json::Value;

/// A place on Earth, as degrees of latitude and as a point on the unit sphere. The straight line between two such
/// points grows with the distance on the surface and can be compared without trigonometry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    pub latitude: f64,
    pub point: [f64; 3],
}

impl Position {
    /// `None` if the degrees are not a place on Earth.
    pub fn of_degrees(latitude: f64, longitude: f64) -> Option<Self> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return None;
        }
        let (theta, phi) = (latitude.to_radians(), longitude.to_radians());
        let point = [theta.cos() * phi.cos(), theta.cos() * phi.sin(), theta.sin()];
        Some(Self { latitude, point })
    }
}

pub(super) fn read(value: &Value) -> Option<Position> {
    let degrees = |name| value.get(name).and_then(Value::as_f64);
    Position::of_degrees(degrees("latitude")?, degrees("longitude")?)
}
