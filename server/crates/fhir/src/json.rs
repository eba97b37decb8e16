//! JSON as text, taken apart and put together without changing a value, so decimals and unknown extensions survive.

use std::{borrow::Cow, fmt};

use serde::{
    Serialize, Serializer,
    de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor},
    ser,
};
use serde_json::value::RawValue;

/// The members of an object in their order, with values as they are written.
pub struct Members<'a>(pub Vec<(Cow<'a, str>, &'a str)>);

impl<'a> Members<'a> {
    /// The value of this member, as it is written.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| *value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Vec<(Cow<'de, str>, &'de str)> = Vec::new();
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom(format_args!("`{name}` is given twice")));
                    }
                    members.push((name, value.get()));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// A member's name, borrowed unless it has escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Appends JSON without the blanks between its values.
pub fn push_compact(out: &mut String, json: &str) {
    let (mut start, mut in_string, mut escaped) = (0, false, false);
    for (index, byte) in json.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
        } else if byte == b'"' {
            in_string = true;
        } else if byte.is_ascii_whitespace() {
            out.push_str(&json[start..index]);
            start = index + 1;
        }
    }
    out.push_str(&json[start..]);
}

/// JSON with one value per line and two spaces of indentation, its values as they are written, for `_pretty`. Text that is not
/// JSON stays as it is.
pub fn pretty(json: &str) -> String {
    serde_json::to_string_pretty(&Written(json)).unwrap_or_else(|_| json.to_owned())
}

/// JSON text. Its objects and lists are rewritten member by member; its other values stay as they are.
struct Written<'a>(&'a str);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = parsed(self.0)?;
                serializer.collect_map(members.iter().map(|(name, value)| (name, Written(value))))
            }
            Some(b'[') => {
                let elements: Vec<&RawValue> = parsed(self.0)?;
                serializer.collect_seq(elements.iter().map(|element| Written(element.get())))
            }
            _ => parsed::<&RawValue, _>(self.0)?.serialize(serializer),
        }
    }
}

fn parsed<'a, T: Deserialize<'a>, E: ser::Error>(json: &'a str) -> Result<T, E> {
    serde_json::from_str(json).map_err(E::custom)
}

/// Appends text as a JSON string.
pub fn push_string(out: &mut String, text: &str) {
    // Writing a text does not fail.
    out.extend(serde_json::to_string(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_their_text() {
        let members: Members = serde_json::from_str(r#"{"b": 1.50, "a" : {"x": [1 , 2]}, "\u0063":null}"#).unwrap();
        let pairs: Vec<_> = members.0.iter().map(|(name, value)| (name.as_ref(), *value)).collect();
        assert_eq!(pairs, [("b", "1.50"), ("a", r#"{"x": [1 , 2]}"#), ("c", "null")]);
    }

    #[test]
    fn a_member_twice_is_refused() {
        assert!(serde_json::from_str::<Members>(r#"{"id":"a","id":"b"}"#).is_err());
    }

    #[test]
    fn compacting_leaves_strings_and_numbers_alone() {
        let mut out = String::new();
        push_compact(&mut out, "{ \"a b\" : [ 1.0 ,\n\"c \\\" d\\\\\" , true ] }");
        assert_eq!(out, r#"{"a b":[1.0,"c \" d\\",true]}"#);
    }

    #[test]
    fn pretty_text_says_the_same() {
        let compact = r#"{"a":[1,{"b":"x,{}[]:"}],"c":{},"d":[],"e":1.50}"#;
        let pretty = pretty(compact);
        assert_eq!(pretty.lines().count(), 11);
        let mut again = String::new();
        push_compact(&mut again, &pretty);
        assert_eq!(again, compact);
    }

    #[test]
    fn pretty_text_keeps_every_value_as_it_is_written() {
        let compact =
            r#"{"a":[1.50,1E+2,-0,12345678901234567890.0],"b":"\u00e9\/\n","c":{},"d":[[]],"e":[{"f":null}]}"#;
        let expect = r#"{
  "a": [
    1.50,
    1E+2,
    -0,
    12345678901234567890.0
  ],
  "b": "\u00e9\/\n",
  "c": {},
  "d": [
    []
  ],
  "e": [
    {
      "f": null
    }
  ]
}"#;
        assert_eq!(pretty(compact), expect);
        for scalar in ["1.0", "\"a b\"", "true", "", "no JSON", "{\"a\":1", "[1,]"] {
            assert_eq!(pretty(scalar), scalar);
        }
    }

    /// Why values stay text: the library's own reads numbers and strings and writes them in its way.
    #[test]
    fn the_library_alone_changes_decimals_and_escapes() {
        let text = r#"[1.50,"\/"]"#;
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(value.to_string(), r#"[1.5,"/"]"#);
        let mut kept = String::new();
        push_compact(&mut kept, r#"[ 1.50 , "\/" ]"#);
        assert_eq!(kept, text);
    }

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        push_string(&mut out, "a\"b\\c\nd\u{1}é");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), "a\"b\\c\nd\u{1}é");
    }
}
