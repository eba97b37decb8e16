//! Countries (ISO 3166-1) and the states and territories of the United States, as postal addresses name them.

use serde::{Deserialize, Serialize};

use crate::form::Code;

/// Two capital letters of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode(&'static str);

/// One line for each: the code, a space, the name; sorted by name.
const COUNTRIES: &str = include_str!("countries.txt");

impl CountryCode {
    pub const US: Self = Self("US");
    /// Left to users of ISO 3166-1: for a stored code that is no longer on the list.
    const UNKNOWN: Self = Self("ZZ");

    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Code::Required);
        }
        let found = Self::all().map(|(code, _)| code).find(|code| code.0.eq_ignore_ascii_case(text));
        found.ok_or(Code::NotACountry)
    }

    /// As a row has it.
    pub(crate) fn stored(text: &str) -> Self {
        Self::parse(text).unwrap_or(Self::UNKNOWN)
    }

    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        Self::all().find(|(code, _)| *code == self).map_or("Unknown", |(_, name)| name)
    }

    /// Every country with its English name, sorted by it.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        COUNTRIES.lines().filter_map(|line| line.split_once(' ')).map(|(code, name)| (Self(code), name))
    }
}

impl TryFrom<String> for CountryCode {
    type Error = Code;

    fn try_from(text: String) -> Result<Self, Code> {
        Self::parse(&text)
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.0.to_owned()
    }
}

/// States, the district, territories and military mail, by their two letters.
#[rustfmt::skip]
pub const US_STATES: [(&str, &str); 59] = [
    ("AL", "Alabama"), ("AK", "Alaska"), ("AZ", "Arizona"), ("AR", "Arkansas"), ("CA", "California"),
    ("CO", "Colorado"), ("CT", "Connecticut"), ("DE", "Delaware"), ("DC", "District of Columbia"), ("FL", "Florida"),
    ("GA", "Georgia"), ("HI", "Hawaii"), ("ID", "Idaho"), ("IL", "Illinois"), ("IN", "Indiana"), ("IA", "Iowa"),
    ("KS", "Kansas"), ("KY", "Kentucky"), ("LA", "Louisiana"), ("ME", "Maine"), ("MD", "Maryland"),
    ("MA", "Massachusetts"), ("MI", "Michigan"), ("MN", "Minnesota"), ("MS", "Mississippi"), ("MO", "Missouri"),
    ("MT", "Montana"), ("NE", "Nebraska"), ("NV", "Nevada"), ("NH", "New Hampshire"), ("NJ", "New Jersey"),
    ("NM", "New Mexico"), ("NY", "New York"), ("NC", "North Carolina"), ("ND", "North Dakota"), ("OH", "Ohio"),
    ("OK", "Oklahoma"), ("OR", "Oregon"), ("PA", "Pennsylvania"), ("RI", "Rhode Island"), ("SC", "South Carolina"),
    ("SD", "South Dakota"), ("TN", "Tennessee"), ("TX", "Texas"), ("UT", "Utah"), ("VT", "Vermont"),
    ("VA", "Virginia"), ("WA", "Washington"), ("WV", "West Virginia"), ("WI", "Wisconsin"), ("WY", "Wyoming"),
    ("AS", "American Samoa"), ("GU", "Guam"), ("MP", "Northern Mariana Islands"), ("PR", "Puerto Rico"),
    ("VI", "U.S. Virgin Islands"), ("AA", "Armed Forces Americas"), ("AE", "Armed Forces Europe"),
    ("AP", "Armed Forces Pacific"),
];
