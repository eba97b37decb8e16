//! FHIR's partial dates as ranges of time (hl7.org/fhir/R4/search.html#date).

use jiff::civil;

/// From `low` to before `high`, in milliseconds since 1970 UTC. Times without a zone are taken as UTC. Fractions finer
/// than a millisecond widen the range to whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub low: i64,
    pub high: i64,
}

impl Range {
    /// Before every moment, for a period without a start.
    pub const BEGINNING: i64 = i64::MIN;
    /// After every moment, for a period without an end.
    pub const END: i64 = i64::MAX;

    /// `2019`, `2019-05`, `2019-05-31`, `2019-05-31T10:00Z`, `2019-05-31T10:00:00.000+02:00`.
    pub fn parse(text: &str) -> Option<Self> {
        if !text.is_ascii() {
            return None;
        }
        match text.split_once(['T', 't']) {
            Some((day, time)) => moment(civil_day(day)?, time),
            None => days(text),
        }
    }

    /// From the start of one to the end of the other, open on a side that is absent.
    pub fn period(start: Option<Self>, end: Option<Self>) -> Option<Self> {
        if start.is_none() && end.is_none() {
            return None;
        }
        let low = start.map_or(Self::BEGINNING, |start| start.low);
        let high = end.map_or(Self::END, |end| end.high);
        (low < high).then_some(Self { low, high })
    }
}

const DAY: i64 = 24 * 60 * 60 * 1000;

fn days(text: &str) -> Option<Range> {
    let (first, last) = match text.len() {
        4 => {
            let year = digits(text)?;
            (civil::Date::new(year, 1, 1).ok()?, civil::Date::new(year, 12, 31).ok()?)
        }
        7 => {
            let (year, month) = text.split_once('-')?;
            let first = civil::Date::new(digits(year)?, i8::try_from(digits(month)?).ok()?, 1).ok()?;
            (first, first.last_of_month())
        }
        _ => {
            let day = civil_day(text)?;
            (day, day)
        }
    };
    Some(Range { low: midnight(first), high: midnight(last) + DAY })
}

/// The start of the day, in milliseconds since 1970 UTC. jiff's own timestamps end a day before 9999-12-31, which
/// records use for "never".
fn midnight(day: civil::Date) -> i64 {
    i64::from((day - civil::date(1970, 1, 1)).get_days()) * DAY
}

fn civil_day(text: &str) -> Option<civil::Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let month = i8::try_from(digits(&text[5..7])?).ok()?;
    let day = i8::try_from(digits(&text[8..])?).ok()?;
    civil::Date::new(digits(&text[..4])?, month, day).ok()
}

/// A time of day, to the minute or finer, and its zone.
fn moment(day: civil::Date, text: &str) -> Option<Range> {
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(zone_at);
    let (hour, rest) = time.split_once(':')?;
    let (minute, second) = rest.split_once(':').map_or((rest, None), |(minute, second)| (minute, Some(second)));
    let minutes = minute_of_day(hour, minute)? - offset(zone)?;
    let minute = midnight(day) + minutes * 60_000;
    Some(match second {
        None => Range { low: minute, high: minute + 60_000 },
        Some(second) => {
            let (low, high) = milliseconds(second)?;
            Range { low: minute + low, high: minute + high }
        }
    })
}

fn minute_of_day(hour: &str, minute: &str) -> Option<i64> {
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The first millisecond and the one after the last, of `15`, `15.2` or `15.1234567`: the last digit given lasts until
/// the next. FHIR allows the leap second 60.
fn milliseconds(text: &str) -> Option<(i64, i64)> {
    let (second, fraction) = text.split_once('.').map_or((text, None), |(second, rest)| (second, Some(rest)));
    let whole = two_digits(second).filter(|second| *second <= 60)? * 1000;
    let Some(fraction) = fraction else { return Some((whole, whole + 1000)) };
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let known = &fraction[..fraction.len().min(3)];
    let step = [1000, 100, 10, 1][known.len()];
    let low = whole + i64::from(digits(known)?) * step;
    Some((low, low + step))
}

/// Minutes east of UTC, from `Z`, `+02:00`, or nothing (UTC).
fn offset(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = zone.split_at(1);
    let (hours, minutes) = rest.split_once(':')?;
    let minutes = minute_of_day(hours, minutes).filter(|minutes| *minutes <= 14 * 60)?;
    Some(if sign == "-" { -minutes } else { minutes })
}

fn two_digits(text: &str) -> Option<i64> {
    (text.len() == 2).then(|| digits(text).map(i64::from)).flatten()
}

/// Digits and nothing else: no sign, no blank.
fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn check(text: &str, low: &str, high: &str) {
        let moment = |text: &str| text.parse::<Timestamp>().expect("a moment").as_millisecond();
        assert_eq!(Range::parse(text), Some(Range { low: moment(low), high: moment(high) }), "{text}");
    }

    #[test]
    fn a_date_lasts_as_long_as_its_precision() {
        check("2019", "2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
        check("2020-02", "2020-02-01T00:00:00Z", "2020-03-01T00:00:00Z");
        check("2020-12-31", "2020-12-31T00:00:00Z", "2021-01-01T00:00:00Z");
        check("2019-05-31T10:30Z", "2019-05-31T10:30:00Z", "2019-05-31T10:31:00Z");
        check("2019-05-31T10:30:15Z", "2019-05-31T10:30:15Z", "2019-05-31T10:30:16Z");
        check("2019-05-31T10:30:15.25Z", "2019-05-31T10:30:15.25Z", "2019-05-31T10:30:15.26Z");
        check("2019-05-31T10:30:15.1234567Z", "2019-05-31T10:30:15.123Z", "2019-05-31T10:30:15.124Z");
    }

    #[test]
    fn zones_count_and_none_is_utc() {
        check("2019-05-31T10:00:00+02:00", "2019-05-31T08:00:00Z", "2019-05-31T08:00:01Z");
        check("2019-05-31T10:00:00-05:30", "2019-05-31T15:30:00Z", "2019-05-31T15:30:01Z");
        check("2019-05-31T10:00:00", "2019-05-31T10:00:00Z", "2019-05-31T10:00:01Z");
    }

    #[test]
    fn never_is_a_date_too() {
        let never = Range::parse("9999-12-31").map(|range| range.high);
        assert_eq!(Range::parse("9999").map(|range| range.high), never);
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "19",
            "2019-13",
            "2019-02-30",
            "2019-2-3",
            "2019-05-31T",
            "2019-05-31T10",
            "2019-05-31T25:00Z",
            "2019-05-31T10:00:00+99:00",
            "2019-05-31T10:00:00.Z",
            "+019",
            "2019-05-31 10:00",
            "２０１９",
            "20190531",
            "2019-05-31T10:00:00:00Z",
            "2019-05-31T10:00:00Zz",
            "2019-05-31T10:00:61Z",
        ] {
            assert_eq!(Range::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn periods_are_open_where_a_bound_is_missing() {
        let may = Range::parse("2019-05");
        let end = Range::parse("2019-06-01").map(|range| range.high);
        assert_eq!(Range::period(may, None).map(|range| range.high), Some(Range::END));
        assert_eq!(Range::period(None, may).map(|range| range.low), Some(Range::BEGINNING));
        assert_eq!(Range::period(may, Range::parse("2019-06-01")).map(|range| range.high), end);
        assert_eq!(Range::period(None, None), None);
        assert_eq!(Range::period(Range::parse("2020"), Range::parse("2019")), None);
    }
}
