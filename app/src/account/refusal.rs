//! Which field of a form an error of the identity service is about.

use identity::error::{Error, Kind};

use crate::{failure::Failure, form::flash};

/// What to say at the form; what is no fault of what was typed is the failure of the page.
pub fn refusal(error: Error) -> Result<flash::Error, Failure> {
    if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        return Err(error.into());
    }
    let field = match error {
        Error::HealthcareIdTaken => "healthcare_id",
        Error::Password(_) => "password",
        Error::WrongPassword => "current_password",
        Error::WrongCode => "code",
        Error::NoPasskeysHere | Error::TooManyPasskeys => "name",
        _ => "",
    };
    Ok(flash::Error::new(field, error.code()))
}
