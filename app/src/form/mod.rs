//! A form between two requests: what was typed, what is wrong with it, and how it is shown. It is declared by
//! [`model::form!`].
//!
//! ```text
//! GET  /signup            Form::of::<SignUpForm>(&web)            an empty form
//! POST /api/signup        web.refuse("signup", "/signup", &typed, errors)    typed values and codes into the flash
//! 303  /signup?form=sign-up.k7…   the form finds the flash: the same form, filled, with its errors
//! ```

pub mod date;
pub mod flash;
pub mod moment;

use leptos::prelude::*;
use model::form::{
    Code,
    input::{Choice, Input, Kind},
};
use serde::Serialize;

use crate::{
    components::field::field,
    failure::Failure,
    form::flash::Flash,
    locale::Locale,
    texts::{errors::error, forms as text},
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
    /// The form as it was refused, if the page's address names this refusal, else empty.
    pub async fn of<F: model::form::Form>(web: &Web) -> Result<Self, Failure> {
        Self::open(web, F::NAME, F::inputs()).await
    }

    /// The same with inputs that this page puts together. Their order is that of the error summary.
    pub async fn open(web: &Web, name: &str, inputs: Vec<Input>) -> Result<Self, Failure> {
        Ok(Self { inputs, flash: web.flash(name).await?, locale: web.locale() })
    }

    /// Offers these answers too, at the select, radio buttons or checkboxes of this name.
    #[must_use]
    pub fn offer(self, name: &str, choices: Vec<Choice>) -> Self {
        self.change(name, |input| input.choices(choices))
    }

    /// Changes one input for this page.
    #[must_use]
    pub fn change(mut self, name: &str, change: impl FnOnce(Input) -> Input) -> Self {
        if let Some(input) = self.inputs.iter_mut().find(|input| input.name == name) {
            *input = change(input.clone());
        }
        self
    }

    /// Leaves out the inputs of these names.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.inputs.retain(|input| !names.contains(&input.name));
        self
    }

    /// Starts with these values, unless it was refused with others.
    #[must_use]
    pub fn fill(mut self, values: &impl Serialize) -> Self {
        if self.flash.values.is_empty() {
            self.flash.values = flash::values_of(values);
        }
        self
    }

    /// Says this in an input, also where the form was refused: it is the page's own and not typed, such as the version of what
    /// is shown.
    #[must_use]
    pub fn own(mut self, name: &str, value: impl Into<String>) -> Self {
        self.flash.values.insert(name.to_owned(), vec![value.into()]);
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
    pub fn error(&self, name: &str) -> Option<String> {
        Some(self.sentence(self.flash.errors.iter().find(|error| error.field == name)?))
    }

    /// What is wrong, in words, and what to do.
    pub fn sentence(&self, wrong: &flash::Error) -> String {
        let input = self.input(&wrong.field);
        match (wrong.code, input.and_then(|input| input.missing), input.and_then(|input| input.max_length)) {
            (Code::Required, Some(missing), _) => missing.of(self.locale).to_owned(),
            (Code::TooLong, _, Some(characters)) => text::at_most(self.locale, characters),
            (code, ..) => error(code).of(self.locale).to_owned(),
        }
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

    /// What the summary calls an input, where its sentence alone does not say which it is: `City:`. A question ends with
    /// its own mark.
    pub fn name_of(&self, input: &Input, code: Code) -> Option<String> {
        let label = input.label.of(self.locale);
        let own = matches!(code, Code::Required) && input.missing.is_some() || matches!(input.kind, Kind::Checkbox);
        match (input.within, own) {
            (None, true) => None,
            (Some(within), true) => Some(format!("{}:", within.of(self.locale))),
            (Some(within), false) => Some(format!("{}, {label}:", within.of(self.locale))),
            (None, false) if label.ends_with('?') => Some(label.into_owned()),
            (None, false) => Some(format!("{label}:")),
        }
    }
}
