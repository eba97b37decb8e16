//! Collecting what is wrong while a form is read.

use model::{
    account::{HealthcareIdError, PersonNameError},
    email::EmailError,
    form::Code,
    password::PasswordError,
};

use crate::form::flash::Error;

/// An error of a parser, by its code in [`crate::texts::errors`].
pub trait Coded {
    fn code(&self) -> &'static str;
}

macro_rules! coded {
    ($($error:ty)*) => {$(
        impl Coded for $error {
            fn code(&self) -> &'static str {
                <$error>::code(*self)
            }
        }
    )*};
}

coded! { HealthcareIdError PersonNameError EmailError PasswordError }

impl Coded for Code {
    fn code(&self) -> &'static str {
        self.as_str()
    }
}

#[derive(Debug, Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// The value, or nothing and the field's error noted.
    pub fn take<T>(&mut self, field: &'static str, result: Result<T, impl Coded>) -> Option<T> {
        result.map_err(|error| self.add(field, error.code())).ok()
    }

    pub fn add(&mut self, field: &'static str, code: &'static str) {
        self.0.push(Error::new(field, code));
    }

    /// The whole, where no field had an error.
    pub fn finish<T>(self, whole: Option<T>) -> Result<T, Vec<Error>> {
        match whole {
            Some(whole) if self.0.is_empty() => Ok(whole),
            _ => Err(self.0),
        }
    }
}
