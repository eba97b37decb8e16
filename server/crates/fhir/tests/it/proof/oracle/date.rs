//! Dates are ranges of time (hl7.org/fhir/R4/search.html#date, #prefix).

use serde_json::Value;

/// From the first moment to the first after it, in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    pub from: i64,
    pub to: i64,
}

const DAY: i64 = 86_400_000;

impl Moments {
    /// The range of a date, dateTime, instant or Period.
    pub fn of(value: &Value) -> Option<Self> {
        if let Some(text) = value.as_str() {
            return Self::parse(text);
        }
        let bound = |name: &str| value[name].as_str().and_then(Self::parse);
        match (bound("start"), bound("end")) {
            (None, None) => None,
            (start, end) => {
                Some(Self { from: start.map_or(i64::MIN, |start| start.from), to: end.map_or(i64::MAX, |end| end.to) })
            }
        }
    }

    /// As precise as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let parts = date.split('-').map(|part| part.parse::<i64>().ok()).collect::<Option<Vec<_>>>()?;
        let (from, to) = match parts[..] {
            [year] => (day(year, 1, 1), day(year + 1, 1, 1)),
            [year, month] => (day(year, month, 1), day(year, month + 1, 1)),
            [year, month, date] => (day(year, month, date), day(year, month, date) + 1),
            _ => return None,
        };
        match time {
            None => Some(Self { from: from * DAY, to: to * DAY }),
            Some(time) => Self::in_day(from * DAY, time),
        }
    }

    fn in_day(midnight: i64, text: &str) -> Option<Self> {
        let end = text.find(['Z', '+', '-']).unwrap_or(text.len());
        let (clock, zone) = text.split_at(end);
        let parts: Vec<&str> = clock.split(':').collect();
        let number = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse::<i64>().ok());
        let minute = midnight + (number(0)? * 60 + number(1)? - minutes_east(zone)?) * 60_000;
        let Some(seconds) = parts.get(2) else { return Some(Self { from: minute, to: minute + 60_000 }) };
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
        let known = fraction.len().min(3);
        let step = 10_i64.pow(3 - u32::try_from(known).ok()?);
        let fraction = if known == 0 { 0 } else { fraction[..known].parse::<i64>().ok()? * step };
        let from = minute + whole.parse::<i64>().ok()? * 1000 + fraction;
        Some(Self { from, to: from + step })
    }
}

fn minutes_east(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone == "Z" {
        return Some(0);
    }
    let (hours, minutes) = zone[1..].split_once(':')?;
    let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    Some(if zone.starts_with('-') { -minutes } else { minutes })
}

/// Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is the last day.
fn day(year: i64, month: i64, date: i64) -> i64 {
    let months = year * 12 + month - 3;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + date - 1 - 719_468
}

/// Whether the stored range compares with the sought one as its prefix says. `ap` is relative to `now`.
pub fn meets(there: Moments, sought: &str, now: i64) -> bool {
    let known = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];
    let (prefix, date) =
        known.iter().find_map(|prefix| Some((*prefix, sought.strip_prefix(prefix)?))).unwrap_or(("eq", sought));
    let Moments { from, to } = Moments::parse(date).unwrap_or_else(|| panic!("the oracle cannot read {date}"));
    let within = from <= there.from && there.to <= to;
    match prefix {
        "eq" => within,
        "ne" => !within,
        "gt" => there.to > to,
        "lt" => there.from < from,
        "ge" => there.to > to || within,
        "le" => there.from < from || within,
        "sa" => there.from >= to,
        "eb" => there.to <= from,
        _ => {
            let margin = (now - (from / 2 + to / 2)).abs() / 10;
            there.to > from - margin && there.from < to + margin
        }
    }
}
