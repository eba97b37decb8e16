//! The formats of primitive types (hl7.org/fhir/R4/datatypes.html#primitive).

use jiff::civil::Date;
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    Base64Binary,
    Boolean,
    Canonical,
    Code,
    Date,
    DateTime,
    Decimal,
    Id,
    Instant,
    Integer,
    Markdown,
    Oid,
    PositiveInt,
    String,
    Time,
    UnsignedInt,
    Uri,
    Url,
    Uuid,
    Xhtml,
}

impl Primitive {
    /// The primitive type with this FHIR name.
    pub fn find(name: &str) -> Option<Self> {
        Some(match name {
            "base64Binary" => Self::Base64Binary,
            "boolean" => Self::Boolean,
            "canonical" => Self::Canonical,
            "code" => Self::Code,
            "date" => Self::Date,
            "dateTime" => Self::DateTime,
            "decimal" => Self::Decimal,
            "id" => Self::Id,
            "instant" => Self::Instant,
            "integer" => Self::Integer,
            "markdown" => Self::Markdown,
            "oid" => Self::Oid,
            "positiveInt" => Self::PositiveInt,
            "string" => Self::String,
            "time" => Self::Time,
            "unsignedInt" => Self::UnsignedInt,
            "uri" => Self::Uri,
            "url" => Self::Url,
            "uuid" => Self::Uuid,
            "xhtml" => Self::Xhtml,
            _ => return None,
        })
    }

    /// Returns the reason if the value is not of this type.
    pub fn check(self, value: &Value) -> Result<(), &'static str> {
        match self {
            Self::Boolean => value.is_boolean().then_some(()).ok_or("is neither true nor false"),
            Self::Decimal => value.is_number().then_some(()).ok_or("is not a JSON number"),
            Self::Integer => whole(value, i64::from(i32::MIN), "is not a 32-bit whole number"),
            Self::UnsignedInt => whole(value, 0, "is not a whole number from 0 to 2147483647"),
            Self::PositiveInt => whole(value, 1, "is not a whole number from 1 to 2147483647"),
            _ => {
                let text = value.as_str().ok_or("is not a JSON string")?;
                if text.is_empty() {
                    return Err("is an empty string");
                }
                self.check_text(text)
            }
        }
    }

    fn check_text(self, text: &str) -> Result<(), &'static str> {
        let (fits, reason) = match self {
            Self::Base64Binary => (is_base64(text), "is not base64"),
            Self::Code => {
                (is_code(text), "is not a code: it may contain only single blanks, and only between other characters")
            }
            Self::Date => {
                (is_date(text), "is not a date: use YYYY, YYYY-MM or YYYY-MM-DD, and a day that the calendar has")
            }
            Self::DateTime => {
                (is_date_time(text), "is not a dateTime: use a date, or YYYY-MM-DDThh:mm:ss with a time zone")
            }
            Self::Id => (is_id(text), "is not an id: use 1 to 64 letters, digits, `-` and `.`"),
            Self::Instant => (is_instant(text), "is not an instant: use YYYY-MM-DDThh:mm:ss with a time zone"),
            Self::Oid => (is_oid(text), "is not an oid: use the form urn:oid:1.2.3"),
            Self::Time => (is_time(text), "is not a time: use hh:mm:ss"),
            Self::Uuid => (is_uuid(text), "is not a uuid: use urn:uuid: and 36 characters"),
            Self::Uri | Self::Url | Self::Canonical => {
                (!text.contains(char::is_whitespace), "is not a URI: it contains blanks")
            }
            Self::Xhtml => (is_div(text), "is not an XHTML `<div>`"),
            _ => (is_text(text), "has control characters or only blanks"),
        };
        if fits { Ok(()) } else { Err(reason) }
    }
}

fn whole(value: &Value, least: i64, reason: &'static str) -> Result<(), &'static str> {
    let fits = value.as_i64().is_some_and(|number| least <= number && number <= i64::from(i32::MAX));
    if fits { Ok(()) } else { Err(reason) }
}

fn is_text(text: &str) -> bool {
    let is_bad = |character: char| character < ' ' && !matches!(character, '\t' | '\r' | '\n');
    !text.contains(is_bad) && !text.trim().is_empty()
}

fn is_code(text: &str) -> bool {
    text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace))
}

pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

fn is_oid(text: &str) -> bool {
    let Some(arcs) = text.strip_prefix("urn:oid:") else { return false };
    let is_arc = |arc: &str| {
        !arc.is_empty() && arc.bytes().all(|byte| byte.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'))
    };
    matches!(arcs.split('.').next(), Some("0" | "1" | "2")) && arcs.contains('.') && arcs.split('.').all(is_arc)
}

fn is_uuid(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    uuid.len() == 36
        && uuid.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_base64(text: &str) -> bool {
    let mut length = 0_usize;
    let mut padding = 0_usize;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        length += 1;
        match byte {
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => {}
            _ => return false,
        }
    }
    0 < length && length.is_multiple_of(4) && padding <= 2
}

fn is_div(text: &str) -> bool {
    let text = text.trim();
    let opens = text
        .strip_prefix("<div")
        .is_some_and(|rest| rest.starts_with(|next: char| next == '>' || next == '/' || next.is_whitespace()));
    opens && (text.ends_with("</div>") || text.ends_with("/>"))
}

/// This many digits, and the rest.
fn digits(text: &str, count: usize) -> Option<(u16, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

fn is_date(text: &str) -> bool {
    let parsed = || {
        let (year, rest) = digits(text, 4)?;
        if year == 0 || rest.is_empty() {
            return Some(year != 0);
        }
        let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
        if rest.is_empty() {
            return Some((1..=12).contains(&month));
        }
        let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Some(rest.is_empty() && date.is_ok())
    };
    parsed().unwrap_or(false)
}

fn is_date_time(text: &str) -> bool {
    if text.contains('T') { is_instant(text) } else { is_date(text) }
}

fn is_instant(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let zoned = time.strip_suffix('Z').or_else(|| {
        let (time, zone) = time.split_at(time.rfind(['+', '-'])?);
        is_offset(&zone[1..]).then_some(time)
    });
    date.len() == 10 && is_date(date) && zoned.is_some_and(is_time)
}

/// At most 14:00.
fn is_offset(zone: &str) -> bool {
    let parsed = || {
        let (hours, rest) = digits(zone, 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
        Some(rest.is_empty() && minutes < 60 && hours * 60 + minutes <= 14 * 60)
    };
    parsed().unwrap_or(false)
}

fn is_time(text: &str) -> bool {
    let parsed = || {
        let (hours, rest) = digits(text, 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
        let (seconds, rest) = digits(rest.strip_prefix(':')?, 2)?;
        let is_fraction = |rest: &str| {
            rest.strip_prefix('.')
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        // 60 is a leap second.
        Some(hours < 24 && minutes < 60 && seconds <= 60 && (rest.is_empty() || is_fraction(rest)))
    };
    parsed().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_primitive_has_its_format() {
        let check = |name: &str, value: Value, expect: bool| {
            let primitive = Primitive::find(name).unwrap();
            assert_eq!(primitive.check(&value).is_ok(), expect, "{name} {value}");
        };
        check("date", json!("2024-02-29"), true);
        check("date", json!("2023-02-29"), false);
        check("date", json!("2023"), true);
        check("date", json!("2023-13"), false);
        check("date", json!("0000"), false);
        check("date", json!("2023-1-1"), false);
        check("date", json!("2023-01-01T00:00:00Z"), false);
        check("date", json!("é023"), false);
        check("dateTime", json!("2023-01-01T10:00:00+14:00"), true);
        check("dateTime", json!("2023-01-01T10:00:00.123Z"), true);
        check("dateTime", json!("2023-01-01T10:00Z"), false);
        check("dateTime", json!("2023-01-01T10:00:00"), false);
        check("dateTime", json!("2023-01-01T10:00:00+15:00"), false);
        check("dateTime", json!("2023-01"), true);
        check("instant", json!("2023-01"), false);
        check("instant", json!("2023-01-01T24:00:00Z"), false);
        check("time", json!("23:59:60"), true);
        check("time", json!("23:59"), false);
        check("code", json!("entered in error"), true);
        check("code", json!(" a"), false);
        check("code", json!("a  b"), false);
        check("id", json!("a-1.B"), true);
        check("id", json!("a_1"), false);
        check("id", json!("a".repeat(65)), false);
        check("uri", json!("urn:x"), true);
        check("uri", json!("a b"), false);
        check("oid", json!("urn:oid:2.16.840"), true);
        check("oid", json!("2.16.840"), false);
        check("uuid", json!("urn:uuid:c757873d-ec9a-4326-a141-556f43239520"), true);
        check("uuid", json!("urn:uuid:c757873d"), false);
        check("base64Binary", json!("YQ=="), true);
        check("base64Binary", json!("YQ="), false);
        check("base64Binary", json!("Y=Q="), false);
        check("boolean", json!("true"), false);
        check("integer", json!(-5), true);
        check("integer", json!(1.0), false);
        check("integer", json!(3_000_000_000_u64), false);
        check("positiveInt", json!(0), false);
        check("unsignedInt", json!(0), true);
        check("decimal", json!(1.5), true);
        check("decimal", json!("1.5"), false);
        check("string", json!(""), false);
        check("string", json!("a\u{1}"), false);
        check("xhtml", json!("<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>"), true);
        check("xhtml", json!("<p>a</p>"), false);
    }
}
