//! Writes JSON as text at once. A million claims are made in a minute; a tree of values for each would double that.

use jiff::civil::Date;

use crate::json::push_string;

/// Something that can be written as JSON, once.
pub trait Json: Sized {
    fn write(self, out: &mut String);

    /// Whether there is nothing to write: the element is then left out, as FHIR has neither nulls nor empty lists.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value made by [`json!`].
pub struct Written<F>(pub F);

impl<F: FnOnce(&mut String)> Json for Written<F> {
    fn write(self, out: &mut String) {
        (self.0)(out);
    }
}

/// Writes an object whose elements may be absent, a list, or any expression that is [`Json`]; expressions of more
/// than one word stand in parentheses.
macro_rules! json {
    (@write $out:ident, { $($key:literal : $value:tt),* $(,)? }) => {
        $out.push('{');
        $( json!(@member $out, $key, $value); )*
        $crate::synthesize::json::close($out, '}');
    };
    (@write $out:ident, [ $($value:tt),* $(,)? ]) => {
        $out.push('[');
        $( json!(@element $out, $value); )*
        $crate::synthesize::json::close($out, ']');
    };

    (@member $out:ident, $key:literal, { $($inner:tt)* }) => {
        $out.push_str(concat!("\"", $key, "\":"));
        json!(@write $out, { $($inner)* });
        $out.push(',');
    };
    (@member $out:ident, $key:literal, [ $($inner:tt)* ]) => {
        let start = $out.len();
        $out.push_str(concat!("\"", $key, "\":"));
        json!(@write $out, [ $($inner)* ]);
        $crate::synthesize::json::drop_empty($out, start);
    };
    (@member $out:ident, $key:literal, ( $($value:tt)* )) => {
        let value = $($value)*;
        if !$crate::synthesize::json::Json::is_absent(&value) {
            $out.push_str(concat!("\"", $key, "\":"));
            $crate::synthesize::json::Json::write(value, $out);
            $out.push(',');
        }
    };
    (@member $out:ident, $key:literal, $value:tt) => { json!(@member $out, $key, ($value)); };

    (@element $out:ident, { $($inner:tt)* }) => { json!(@write $out, { $($inner)* }); $out.push(','); };
    (@element $out:ident, ( $($value:tt)* )) => {
        let value = $($value)*;
        if !$crate::synthesize::json::Json::is_absent(&value) {
            $crate::synthesize::json::Json::write(value, $out);
            $out.push(',');
        }
    };
    (@element $out:ident, $value:tt) => { json!(@element $out, ($value)); };

    ($($value:tt)+) => {
        $crate::synthesize::json::Written(move |out: &mut String| { json!(@write out, $($value)+); })
    };
}
pub(crate) use json;

/// Ends an object or a list, whose last element left a comma.
pub fn close(out: &mut String, bracket: char) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push(bracket);
}

/// Takes back a list all of whose elements were absent, with its key; else adds the comma.
pub fn drop_empty(out: &mut String, start: usize) {
    if out.ends_with("[]") {
        out.truncate(start);
    } else {
        out.push(',');
    }
}

/// The JSON text.
pub fn text(value: impl Json) -> String {
    let mut out = String::with_capacity(4096);
    value.write(&mut out);
    out
}

impl<T: Json> Json for Option<T> {
    fn write(self, out: &mut String) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(Json::is_absent)
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(self, out: &mut String) {
        list(self.into_iter(), out);
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<'a, T> Json for &'a [T]
where
    &'a T: Json,
{
    fn write(self, out: &mut String) {
        list(self.iter(), out);
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

fn list<T: Json>(values: impl Iterator<Item = T>, out: &mut String) {
    out.push('[');
    for value in values {
        value.write(out);
        out.push(',');
    }
    close(out, ']');
}

impl Json for &str {
    fn write(self, out: &mut String) {
        // Hardly any text needs escaping, so look first and copy it whole. Looking at all bytes, not only up to the first
        // that does, lets the compiler look at many at a time.
        if self.bytes().fold(false, |found, byte| found | (byte == b'"') | (byte == b'\\') | (byte < b' ')) {
            return push_string(out, self);
        }
        out.push('"');
        out.push_str(self);
        out.push('"');
    }
}

/// The same for a reference, where writing needs no more than one.
macro_rules! by_reference {
    ($($type:ty),*) => {$(
        impl Json for &$type {
            fn write(self, out: &mut String) {
                (*self).write(out);
            }
        }
    )*};
}

by_reference! { &str, u32, Date, Cents, Degrees }

impl Json for String {
    fn write(self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl Json for &String {
    fn write(self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl Json for bool {
    fn write(self, out: &mut String) {
        out.push_str(if self { "true" } else { "false" });
    }
}

impl Json for u32 {
    fn write(self, out: &mut String) {
        digits(out, u64::from(self), 1);
    }
}

/// An amount of money or a decimal of two places, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cents(pub i64);

impl Json for Cents {
    fn write(self, out: &mut String) {
        decimal(out, self.0, 100, 2);
    }
}

/// Degrees of latitude or longitude, in ten-thousandths: eleven metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Degrees(pub i32);

impl Json for Degrees {
    fn write(self, out: &mut String) {
        decimal(out, i64::from(self.0), 10_000, 4);
    }
}

impl Json for Date {
    fn write(self, out: &mut String) {
        out.push('"');
        date(out, self);
        out.push('"');
    }
}

/// A moment of a day, in universal time.
pub struct At(pub Date, pub &'static str);

impl Json for At {
    fn write(self, out: &mut String) {
        out.push('"');
        date(out, self.0);
        out.push('T');
        out.push_str(self.1);
        out.push_str("Z\"");
    }
}

fn date(out: &mut String, date: Date) {
    digits(out, u64::from(date.year().unsigned_abs()), 4);
    out.push('-');
    digits(out, u64::from(date.month().unsigned_abs()), 2);
    out.push('-');
    digits(out, u64::from(date.day().unsigned_abs()), 2);
}

fn decimal(out: &mut String, value: i64, scale: u64, places: usize) {
    if value < 0 {
        out.push('-');
    }
    digits(out, value.unsigned_abs() / scale, 1);
    out.push('.');
    digits(out, value.unsigned_abs() % scale, places);
}

fn digits(out: &mut String, value: u64, least: usize) {
    let (mut value, mut buffer, mut start) = (value, [b'0'; 20], 20);
    while value > 0 || 20 - start < least {
        start -= 1;
        buffer[start] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    buffer[start..].iter().for_each(|digit| out.push(char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(value: impl Json, expect: &str) {
        assert_eq!(text(value), expect);
    }

    #[test]
    fn values_are_written_as_json() {
        check("say \"\\\n", r#""say \"\\\n""#);
        check(Cents(-1205), "-12.05");
        check(Degrees(-1_182_437), "-118.2437");
        check(At(date(2015, 12, 31), "08:00:00"), r#""2015-12-31T08:00:00Z""#);
        check(0, "0");
    }

    #[test]
    fn what_is_absent_leaves_no_trace() {
        let (none, empty) = (None::<&str>, Vec::<u32>::new());
        let value = json!({ "a": none, "b": { "c": empty, "d": 1 }, "e": [none, "x", { "f": true }], "g": [none] });
        check(value, r#"{"b":{"d":1},"e":["x",{"f":true}]}"#);
    }
}
