//! What an error of the registry means for the form that caused it.

use model::form::Code;
use registry::error::Error;

use crate::{failure::Failure, form::flash};

/// What to say at the form. An error that has another cause than what was typed is the failure of the page.
pub fn refusal(error: Error) -> Result<Vec<flash::Error>, Failure> {
    match error {
        Error::Fields(fields) => Ok(fields.into_iter().map(Into::into).collect()),
        Error::UnderAppeal => Ok(vec![flash::Error::general(Code::UnderAppeal)]),
        Error::Stale => Ok(vec![flash::Error::general(Code::Changed)]),
        Error::TwoLiveSecrets => Ok(vec![flash::Error::new("overlap", Code::TwoLiveSecrets)]),
        error => Err(error.into()),
    }
}
