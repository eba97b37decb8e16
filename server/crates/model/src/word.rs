//! How the small types of this crate are declared: enumerations of words, and text that was checked.

use std::str::FromStr;

/// A word in a column. While a newer version of this program runs, or after it ran, the column may have a word that this
/// version does not know. Reading it must not hide its list.
pub trait Word: FromStr {
    /// The value for such a word. Forms do not offer it, and it permits nothing.
    const UNKNOWN: Self;
}

/// Declares an enumeration whose variants have one word each: in forms, in JSON, in the database. With `..Unknown` at its end it
/// is a [`Word`].
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ $(..$unknown:ident)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
            $(
                /// A word that this version does not know. It only comes from a column.
                #[serde(skip)]
                $unknown,
            )?
        }

        $(
            impl $crate::word::Word for $name {
                const UNKNOWN: Self = Self::$unknown;
            }
        )?

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word of forms and of the database.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                    $(Self::$unknown => "unknown",)?
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::form::Code;

            fn from_str(text: &str) -> Result<Self, $crate::form::Code> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::form::Code::NotAChoice),
                }
            }
        }
    };
}

/// Gives a newtype over `String` that has `fn parse(&str) -> Result<Self, Code>` its reading and writing.
macro_rules! parsed_text {
    ($name:ident) => {
        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::form::Code;

            fn from_str(text: &str) -> Result<Self, $crate::form::Code> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::Word;
    use crate::application::{AccessType, Approval};

    #[test]
    fn a_word_of_another_version_is_never_typed_and_permits_nothing() {
        assert!("unknown".parse::<Approval>().is_err() && serde_json::from_str::<Approval>("\"unknown\"").is_err());
        assert!(!Approval::ALL.contains(&Approval::UNKNOWN) && !Approval::UNKNOWN.is_granted());
        assert!(!AccessType::UNKNOWN.includes_public() && !AccessType::UNKNOWN.includes_patient());
    }
}
