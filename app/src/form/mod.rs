//! A form between two requests: what was typed, what is wrong with it, and how it is shown.
//!
//! ```text
//! GET  /signup            Form::open(&web, "signup", inputs)      an empty form
//! POST /api/signup        web.refuse("signup", "/signup", &typed, errors)    typed values and codes into the flash
//! 303  /signup?form=sign-up.k7…   Form::open finds the flash: the same form, filled, with its errors
//! ```

pub mod errors;
pub mod flash;
pub mod input;

use leptos::prelude::*;
use serde::Serialize;

use crate::{
    components::field::field,
    failure::Failure,
    form::{flash::Flash, input::Input},
    locale::Locale,
    texts::errors::error,
    web::Web,
};

/// A form about to be shown.
#[derive(Clone, Debug)]
pub struct Form {
    pub inputs: Vec<Input>,
    pub flash: Flash,
    pub locale: Locale,
}

impl Form {
    /// The form as it was refused, if the page's address names this refusal, else empty. Its inputs stand in the order in
    /// which the error summary lists them.
    pub async fn open(web: &Web, name: &str, inputs: Vec<Input>) -> Result<Self, Failure> {
        Ok(Self { inputs, flash: web.flash(name).await?, locale: web.locale() })
    }

    /// Starts with these values, unless it was refused with others.
    #[must_use]
    pub fn fill(mut self, values: &impl Serialize) -> Self {
        if self.flash.values.is_empty() {
            self.flash.values = flash::values_of(values);
        }
        self
    }

    /// What to put into an input: one value, or several for checkboxes.
    pub fn values(&self, name: &str) -> &[String] {
        self.flash.values.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn value(&self, name: &str) -> String {
        self.values(name).first().cloned().unwrap_or_default()
    }

    /// The sentence under an input.
    pub fn error(&self, name: &str) -> Option<&'static str> {
        Some(self.sentence(self.flash.errors.iter().find(|error| error.field == name)?))
    }

    /// What is wrong, in words; nobody fills in a choice.
    pub fn sentence(&self, wrong: &flash::Error) -> &'static str {
        let chosen = self.input(&wrong.field).is_some_and(|input| input.kind.is_choice());
        let code = if chosen && wrong.code == "required" { "choose" } else { &wrong.code };
        error(code, self.locale)
    }

    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// Label, hint, error and control of one input.
    pub fn field(&self, name: &'static str) -> AnyView {
        self.input(name).map(|input| field(self, input)).into_any()
    }

    /// Every input, in order.
    pub fn fields(&self) -> Vec<AnyView> {
        self.inputs.iter().map(|input| field(self, input)).collect()
    }

    pub fn is_refused(&self) -> bool {
        !self.flash.errors.is_empty()
    }
}
