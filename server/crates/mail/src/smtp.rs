//! The settings that lettre needs.

use std::error::Error as _;

use lettre::{
    AsyncSmtpTransport, Tokio1Executor,
    message::header::{Header, HeaderName, HeaderValue},
};

use crate::mailer::{SEND_TIMEOUT, SettingsError};

/// Reads the configured address.
pub fn transport(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, SettingsError> {
    let clear = url.starts_with("smtp:") && !url.contains("tls=required");
    if clear && url.contains('@') {
        return Err(SettingsError::ClearPassword);
    }
    let builder =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| SettingsError::Smtp(describe(&error)))?;
    Ok(builder.timeout(Some(SEND_TIMEOUT / 2)).build())
}

/// Whether the server says no to us and not to the message: RFC 4954 §6 and RFC 3207 §4, authentication and encryption.
pub fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| (530..=538).contains(&u16::from(code)))
}

/// An error with its causes, which lettre leaves out of its own text.
pub fn describe(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        if !text.contains(&error.to_string()) {
            text.push_str(&format!(": {error}"));
        }
        cause = error.source();
    }
    text
}

/// `Auto-Submitted: auto-generated` (RFC 3834 §5).
#[derive(Clone)]
pub struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
