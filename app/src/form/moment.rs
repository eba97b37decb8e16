//! A day with a time, as `<input type="datetime-local">` sends it.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use model::form::Code;

/// The moment in this zone; nothing where none was typed.
pub fn read(typed: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Code> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let moment: DateTime = typed.replacen(' ', "T", 1).parse().map_err(|_| Code::MomentInvalid)?;
    // A time that a change of the clocks leaves out is an hour later; one that occurs twice is the first.
    let found = zone.to_ambiguous_timestamp(moment).compatible();
    found.map(Some).map_err(|_| Code::MomentInvalid)
}

/// The moment as the input shows it: `2026-12-01T09:00`.
pub fn shown(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_their_zone() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let check = |typed: &str, expect: Result<Option<&str>, Code>| {
            let expect = expect.map(|at| at.map(|at| at.parse().unwrap()));
            assert_eq!(read(typed, &zone), expect, "{typed}");
        };
        check("2026-12-01T09:00", Ok(Some("2026-12-01T15:00:00Z")));
        check(" 2026-12-01 09:00 ", Ok(Some("2026-12-01T15:00:00Z")));
        check("2026-12-01T09:00:30", Ok(Some("2026-12-01T15:00:30Z")));
        check("", Ok(None));
        check("2026-03-08T02:30", Ok(Some("2026-03-08T08:30:00Z")));
        check("2026-11-01T01:30", Ok(Some("2026-11-01T06:30:00Z")));
        check("2026-02-30T09:00", Err(Code::MomentInvalid));
        check("tomorrow", Err(Code::MomentInvalid));
        check("9999-12-31T23:59", Err(Code::MomentInvalid));
        assert_eq!(shown("2026-12-01T15:00:30Z".parse().unwrap(), &zone), "2026-12-01T09:00");
    }
}
