//! Text that was checked when it was written, and is read without another check. A rule that has become stricter since then
//! applies to what is written next. It must not hide old text, nor the list that contains it.

/// A type whose values are checked where they are written, and believed where they are read.
pub trait Stored {
    /// For the reader of a row or of our own JSON. What people send is parsed instead.
    fn stored(text: String) -> Self;
}

/// Gives a newtype over `String` this, in JSON too.
macro_rules! stored_text {
    ($name:ident) => {
        impl $crate::stored::Stored for $name {
            fn stored(text: String) -> Self {
                Self(text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map($crate::stored::Stored::stored)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::{HealthcareId, PersonName},
        address::Address,
        attestation::Attestation,
        email::Email,
        https_url::HttpsUrl,
        phone::Phone,
        redirect_uri::RedirectUri,
        text::{Line, Name, Paragraph},
        tin::{Tin, TinKind},
    };

    /// What no rule of today allows.
    const STALE: &str = "<b>\u{202e}";

    #[test]
    fn what_no_rule_of_today_allows_is_read_as_it_stands() {
        fn check<T: Stored + ToString + serde::Serialize + serde::de::DeserializeOwned>() {
            assert_eq!(T::stored(STALE.to_owned()).to_string(), STALE);
            let json = serde_json::to_string(STALE).unwrap();
            assert_eq!(serde_json::to_string(&serde_json::from_str::<T>(&json).unwrap()).unwrap(), json);
        }
        check::<Name>();
        check::<Line>();
        check::<Paragraph>();
        check::<HttpsUrl>();
        check::<RedirectUri>();
        check::<Phone>();
        check::<Email>();
        check::<PersonName>();
        check::<HealthcareId>();
    }

    #[test]
    fn structures_with_such_text_are_read_too() {
        let address = r#"{"line1":"","line2":"","city":"<b>","region":"Bavaria","postal_code":"x","country":"DD"}"#;
        let address: Address = serde_json::from_str(address).unwrap();
        assert_eq!(address.lines(), ["", "<b> Bavaria x", "Unknown"]);
        let attestation = r#"{"officers_sanctioned":false,"privacy_url":"ftp://x","practices":{"collection":true,"consent":true,
            "disclosure":true,"member_access":true,"safeguards":true,"retention":true},"explanation":""}"#;
        let attestation: Attestation = serde_json::from_str(attestation).unwrap();
        assert_eq!(attestation.privacy_url.as_str(), "ftp://x");
        assert_eq!(Tin::stored(TinKind::Us, "12".to_owned()).number(), "12");
        assert_eq!(Email::stored(String::new()).masked(), "…@");
        assert_eq!(Email::stored("é@x".to_owned()).masked(), "é…@x");
    }
}
