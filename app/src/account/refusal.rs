//! What an error of the identity service means for the form that caused it.

use identity::error::Error;
use model::form::Code;

use crate::{failure::Failure, form::flash};

/// What to say in the form, and at which field. An error that no entry caused fails the page.
pub fn refusal(error: Error) -> Result<flash::Error, Failure> {
    let (field, code) = match error {
        Error::HealthcareIdTaken => ("healthcare_id", Code::HealthcareIdTaken),
        Error::Password(error) => ("password", error.into()),
        Error::WrongCredentials => ("", Code::SignInFailed),
        Error::NotVerified => ("", Code::EmailUnverified),
        Error::WrongPassword => ("current_password", Code::PasswordWrong),
        Error::WrongCode => ("code", Code::CodeWrong),
        Error::WrongPasskey => ("", Code::PasskeyWrong),
        Error::CopiedPasskey => ("", Code::PasskeyCopied),
        Error::ChallengeExpired => ("", Code::PasskeyExpired),
        Error::PasskeyTaken => ("", Code::PasskeyTaken),
        Error::TooManyPasskeys => ("name", Code::TooManyPasskeys),
        Error::NoPasskeysHere => ("name", Code::NoPasskeysHere),
        Error::SignInExpired => ("", Code::SignInExpired),
        Error::EnrolmentExpired => ("", Code::EnrolmentExpired),
        Error::TooManyAttempts { .. } => ("", Code::TooManyAttempts),
        Error::LinkedToAnother => ("", Code::LinkedToAnother),
        Error::ActsAlready => ("account", Code::ActsAlready),
        Error::OwnAccount => ("account", Code::OwnAccount),
        Error::OwnRecord => ("account", Code::OwnRecord),
        Error::LastAdministrator => ("", Code::LastAdministrator),
        Error::EmailTaken
        | Error::NoSuchRepresentative
        | Error::NoSuchPasskey
        | Error::LinkInvalid
        | Error::NoSuchAccount
        | Error::WrongEnvironment
        | Error::FlashTooLarge
        | Error::Busy
        | Error::Sealed(_)
        | Error::Hash(_)
        | Error::Store(_) => return Err(error.into()),
    };
    Ok(flash::Error::new(field, code))
}
