//! Environment variables.

use super::Place;

#[test]
fn a_service_named_flex_does_not_stop_the_start_and_a_slip_does() {
    let place = Place::new();
    let injected = [
        ("FLEX_SERVICE_HOST", "10.96.0.12"),
        ("FLEX_SERVICE_PORT", "3000"),
        ("FLEX_SERVICE_PORT_HTTP", "3000"),
        ("FLEX_PORT", "tcp://10.96.0.12:3000"),
        ("FLEX_PORT_3000_TCP", "tcp://10.96.0.12:3000"),
        ("FLEX_PORT_3000_TCP_PROTO", "tcp"),
        ("FLEX_PORT_3000_TCP_PORT", "3000"),
        ("FLEX_PORT_3000_TCP_ADDR", "10.96.0.12"),
    ];
    place.flex(&["check-config", "--offline"], &injected).went_well();
    for slip in ["FLEX_LISTNE", "FLEX_DATABASE_URL", "FLEX_LOG__LEVEL"] {
        place.flex(&["check-config", "--offline"], &[(slip, "x")]).refused(&[slip]);
    }
}
