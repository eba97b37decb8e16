//! Postal addresses.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    country::{self, CountryCode},
    form::{Code, Errors, FieldError},
    stored::Stored,
    text::Line,
};

/// A postal address that mail could reach. In the US its state and ZIP code are checked; elsewhere only the country is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "AddressForm")]
pub struct Address {
    pub line1: Line,
    pub line2: Option<Line>,
    pub city: Line,
    /// State, province or region; two letters in the US.
    pub region: Option<Line>,
    pub postal_code: Option<Line>,
    pub country: CountryCode,
}

/// The inputs of an address. `within` is what the address is.
pub mod input {
    use crate::{
        country::CountryCode,
        form::input::{Choice, Input},
        texts::Text,
    };

    pub fn country(within: impl Into<Text>) -> Input {
        let countries = CountryCode::all().map(|(code, name)| Choice::new(code.as_str(), name));
        Input::select("Country", "Choose the country.").choices(countries).autocomplete("country").within(within)
    }

    pub fn line1(within: impl Into<Text>) -> Input {
        line(Input::text("Street address", "Enter the street address."), "address-line1", within)
    }

    pub fn line2(within: impl Into<Text>) -> Input {
        line(Input::text("Street address line 2", "Enter the second line."), "address-line2", within).optional()
    }

    pub fn city(within: impl Into<Text>) -> Input {
        line(Input::text("City", "Enter the city."), "address-level2", within)
    }

    pub fn region(within: impl Into<Text>) -> Input {
        let input = Input::text("State, province, or region", "Enter the state.");
        line(input, "address-level1", within).hint("In the US, two letters such as ID.")
    }

    pub fn postal_code(within: impl Into<Text>) -> Input {
        line(Input::text("ZIP or postal code", "Enter the ZIP Code."), "postal-code", within)
    }

    fn line(input: Input, autocomplete: &'static str, within: impl Into<Text>) -> Input {
        input.autocomplete(autocomplete).max_length(120).within(within)
    }
}

/// An address as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
    pub country: String,
}

impl AddressForm {
    /// The address, or every field's error; the fields are named `{prefix}line1` and so on.
    pub fn parse(&self, prefix: &str) -> Result<Address, Vec<FieldError>> {
        let mut errors = Errors::default();
        let named = |field: &str| format!("{prefix}{field}");
        let line1 = errors.take(named("line1"), Line::parse(&self.line1));
        let line2 = errors.take(named("line2"), Line::parse_optional(&self.line2));
        let city = errors.take(named("city"), Line::parse(&self.city));
        let country = errors.take(named("country"), CountryCode::parse(&self.country));
        let in_us = country == Some(CountryCode::US);
        let region = errors.take(named("region"), region(in_us, &self.region));
        let postal_code = errors.take(named("postal_code"), postal_code(in_us, &self.postal_code));
        let address = || {
            let (line1, line2, city) = (line1?, line2?, city?);
            Some(Address { line1, line2, city, region: region?, postal_code: postal_code?, country: country? })
        };
        let address = address();
        errors.finish(address)
    }
}

fn region(in_us: bool, text: &str) -> Result<Option<Line>, Code> {
    if !in_us {
        return Line::parse_optional(text);
    }
    let state = Line::parse(&text.to_ascii_uppercase())?;
    if country::US_STATES.iter().any(|(code, _)| *code == state.as_str()) {
        Ok(Some(state))
    } else {
        Err(Code::NotAState)
    }
}

fn postal_code(in_us: bool, text: &str) -> Result<Option<Line>, Code> {
    if !in_us {
        return Line::parse_optional(text);
    }
    let code = Line::parse(text)?;
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match code.as_str().split_once('-') {
        Some((zip, four)) => digits(zip, 5) && digits(four, 4),
        None => digits(code.as_str(), 5),
    };
    if fits { Ok(Some(code)) } else { Err(Code::NotAZipCode) }
}

impl Address {
    /// Its lines, as on an envelope.
    pub fn lines(&self) -> Vec<String> {
        let text = |line: &Option<Line>| line.as_ref().map(|line| line.as_str().to_owned());
        let place = [Some(self.city.to_string()), text(&self.region), text(&self.postal_code)];
        let place: Vec<String> = place.into_iter().flatten().collect();
        let lines = [
            Some(self.line1.to_string()),
            text(&self.line2),
            Some(place.join(" ")),
            Some(self.country.name().to_owned()),
        ];
        lines.into_iter().flatten().collect()
    }
}

/// Reads our own JSON.
impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = AddressForm::deserialize(deserializer)?;
        let optional = |text: String| (!text.is_empty()).then(|| Line::stored(text));
        Ok(Self {
            line1: Line::stored(form.line1),
            line2: optional(form.line2),
            city: Line::stored(form.city),
            region: optional(form.region),
            postal_code: optional(form.postal_code),
            country: CountryCode::stored(&form.country),
        })
    }
}

impl From<Address> for AddressForm {
    fn from(address: Address) -> Self {
        let text = |line: Option<Line>| line.map(String::from).unwrap_or_default();
        Self {
            line1: address.line1.into(),
            line2: text(address.line2),
            city: address.city.into(),
            region: text(address.region),
            postal_code: text(address.postal_code),
            country: address.country.as_str().to_owned(),
        }
    }
}
