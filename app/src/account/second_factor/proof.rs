//! The form that asks who is signed in to prove it again: the password, and a code.

use identity::{error, second_factor::change::Proof};
use serde::{Deserialize, Serialize};

use crate::{
    account::refusal::refusal,
    failure::Failure,
    form::{
        flash::Error,
        input::{Input, Kind},
    },
    locale::Locale,
    web::Web,
};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProofForm {
    #[serde(skip_serializing)]
    current_password: String,
    #[serde(skip_serializing)]
    code: String,
    /// The page to go to afterwards.
    pub next: String,
}

impl ProofForm {
    pub fn proof(&self) -> Proof<'_> {
        Proof { password: &self.current_password, code: &self.code }
    }

    pub fn leading_to(next: String) -> Self {
        Self { next, ..Self::default() }
    }
}

/// Password, code, and where to go afterwards.
pub fn inputs(locale: Locale) -> Vec<Input> {
    vec![password(locale), code(locale), Input::hidden("next")]
}

pub fn password(locale: Locale) -> Input {
    Input::password("current_password", locale.of("Current password", "Contraseña actual"), "current-password")
}

fn code(locale: Locale) -> Input {
    Input::code(Kind::Text, "code", locale.of("Code", "Código")).hint(locale.of(
        "Of your authenticator app, or one of your recovery codes.",
        "De su aplicación de autenticación, o uno de sus códigos de recuperación.",
    ))
}

/// Sends the form back to its page.
pub async fn refuse(web: &Web, form: &str, page: &str, typed: &ProofForm, error: error::Error) -> Result<(), Failure> {
    let error: Error = refusal(error)?;
    web.refuse(form, page, typed, [error]).await
}
