//! Reading what was typed in one field.

use crate::{
    account::{HealthcareId, HealthcareIdError, PersonName, PersonNameError},
    application::{ClientKind, Platform},
    client_keys::KeySource,
    email::{Email, EmailError},
    form::Code,
    https_url::HttpsUrl,
    partition::Environment,
    password::{Password, PasswordError},
    phone::PhoneKind,
    team::TeamRole,
    text::{Line, Name, Paragraph, Statement},
    tin::TinKind,
};

/// A value that is read from what was typed in one field.
pub trait Field: Sized {
    /// The value, or what is wrong with it: [`Code::Required`] where nothing was typed.
    fn read(typed: &str) -> Result<Self, Code>;
}

macro_rules! parsed {
    ($($type:ty)*) => {$(
        impl Field for $type {
            fn read(typed: &str) -> Result<Self, Code> {
                typed.parse::<Self>().map_err(Into::into)
            }
        }
    )*};
}

parsed! { Email HealthcareId HttpsUrl Line Name Paragraph Password PersonName Statement }

/// Answers of radio buttons or of a list.
macro_rules! chosen {
    ($($type:ty)*) => {$(
        impl Field for $type {
            fn read(typed: &str) -> Result<Self, Code> {
                if typed.is_empty() { Err(Code::Required) } else { typed.parse().map_err(|_| Code::NotAChoice) }
            }
        }
    )*};
}

chosen! { ClientKind Environment KeySource PhoneKind Platform TeamRole TinKind }

/// Nothing where the field was left empty.
impl<T: Field> Field for Option<T> {
    fn read(typed: &str) -> Result<Self, Code> {
        if typed.trim().is_empty() { Ok(None) } else { T::read(typed).map(Some) }
    }
}

/// The answer of two radio buttons.
impl Field for bool {
    fn read(typed: &str) -> Result<Self, Code> {
        match typed {
            "yes" => Ok(true),
            "no" => Ok(false),
            "" => Err(Code::Required),
            _ => Err(Code::NotAChoice),
        }
    }
}

/// The answer as its radio button says it.
pub fn yes_or_no(answer: bool) -> String {
    if answer { "yes" } else { "no" }.to_owned()
}

/// Whether a checkbox was checked: browsers send `on` unless the page says otherwise.
pub fn is_checked(typed: &str) -> bool {
    matches!(typed, "on" | "true" | "yes" | "1")
}

/// What a checkbox sends.
pub fn checked(is_checked: bool) -> String {
    if is_checked { "on".to_owned() } else { String::new() }
}

impl From<EmailError> for Code {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Empty => Self::Required,
            EmailError::TooLong => Self::TooLong,
            EmailError::Malformed => Self::NotAnEmail,
        }
    }
}

impl From<HealthcareIdError> for Code {
    fn from(error: HealthcareIdError) -> Self {
        match error {
            HealthcareIdError::Empty => Self::Required,
            HealthcareIdError::Length => Self::HealthcareIdLength,
            HealthcareIdError::Characters => Self::HealthcareIdCharacters,
        }
    }
}

impl From<PersonNameError> for Code {
    fn from(error: PersonNameError) -> Self {
        match error {
            PersonNameError::Empty => Self::Required,
            PersonNameError::TooLong => Self::TooLong,
            PersonNameError::Characters => Self::NameCharacters,
        }
    }
}

impl From<PasswordError> for Code {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Empty => Self::Required,
            PasswordError::TooShort => Self::PasswordTooShort,
            PasswordError::TooLong => Self::PasswordTooLong,
            PasswordError::TooPlain => Self::PasswordCommon,
            PasswordError::Personal => Self::PasswordContainsName,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_empty_is_required_unless_it_is_optional() {
        assert_eq!(Email::read(" ").map(|_| ()), Err(Code::Required));
        assert_eq!(Line::read("").map(|_| ()), Err(Code::Required));
        assert_eq!(bool::read(""), Err(Code::Required));
        assert_eq!(Environment::read(""), Err(Code::Required));
        assert_eq!(<Option<Line>>::read("  "), Ok(None));
    }

    #[test]
    fn an_answer_is_one_of_those_offered() {
        assert_eq!(bool::read("yes"), Ok(true));
        assert_eq!(bool::read("maybe"), Err(Code::NotAChoice));
        assert_eq!(Environment::read("sandbox"), Ok(Environment::Sandbox));
        assert_eq!(Environment::read("staging"), Err(Code::NotAChoice));
    }
}
