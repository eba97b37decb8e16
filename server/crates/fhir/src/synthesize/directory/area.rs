//! Coverage areas: the region and its counties, as Locations.

use std::fmt::Write;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::synthesize::{
    Resource,
    datatypes::{Reference, extension, meta, reference},
    json::{Degrees, Json, json},
    region::Region,
    world::{DIRECTORY_DATE, slug},
};

pub const PROFILES: &[&str] = &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Location"];

/// The region's Location, then its counties'.
pub fn resources(region: &Region) -> Vec<Resource> {
    let mut made = vec![whole(region)];
    made.extend(region.counties().iter().map(|county| part(region, county)));
    made
}

/// A reference to the whole region.
pub fn region(region: &Region) -> Reference {
    reference("Location", format_args!("area-{}", slug(region.state)), region.name)
}

/// A reference to a county.
pub fn county(region: &Region, county: &str) -> Reference {
    let id = format!("area-{}-{}", slug(region.state), slug(county));
    reference("Location", id, format!("{}, {}", region.county(county), region.name))
}

fn whole(region: &Region) -> Resource {
    let Region { state, name, border, .. } = region;
    let id = format!("area-{}", slug(state));
    let description = format!("The state of {name}, as a coverage area");
    Resource::new(
        "Location",
        json!({
            "resourceType": "Location", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "extension": [(boundary(border))],
            "status": "active", "name": name, "alias": [state], "description": description,
            "address": { "state": state, "country": "US" }
        }),
    )
}

fn part(region: &Region, county: &str) -> Resource {
    let id = format!("area-{}-{}", slug(region.state), slug(county));
    let (name, whole, state) =
        (format!("{}, {}", region.county(county), region.name), self::region(region), region.state);
    Resource::new(
        "Location",
        json!({
            "resourceType": "Location", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "status": "active", "name": name, "description": "A county, as a coverage area",
            "address": { "district": county, "state": state, "country": "US" }, "partOf": whole
        }),
    )
}

/// The border as GeoJSON (RFC 7946), in FHIR's extension for it.
pub fn boundary(border: &[(Degrees, Degrees)]) -> impl Json + use<> {
    let mut ring = String::new();
    for (longitude, latitude) in border.iter().chain(border.first()) {
        let (east, north) = (f64::from(longitude.0) / 10_000.0, f64::from(latitude.0) / 10_000.0);
        // Writing to a string cannot fail.
        let _ = write!(ring, "{}[{east},{north}]", if ring.is_empty() { "" } else { "," });
    }
    let data = STANDARD.encode(format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#));
    extension!("http://hl7.org/fhir/StructureDefinition/location-boundary-geojson", "valueAttachment": {
        "contentType": "application/geo+json", "data": data
    })
}
