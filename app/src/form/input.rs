//! The inputs of pages that are not declared by `form!` yet.

use std::borrow::Cow;

use model::form::{
    check::Check,
    input::{Choice as NewChoice, Input as New, Kind as NewKind},
};

pub use model::form::input::{Choice, Kind};

type Text = Cow<'static, str>;

#[derive(Clone, Debug)]
pub struct Input(New);

impl From<Input> for New {
    fn from(old: Input) -> Self {
        old.0
    }
}

fn of(kind: NewKind, name: &'static str, label: impl Into<Text>) -> Input {
    let mut input = New::new(kind, label.into().into_owned(), "").named(name);
    input.missing = None;
    Input(input)
}

impl Input {
    pub fn new(kind: NewKind, name: &'static str, label: impl Into<Text>) -> Self {
        of(kind, name, label)
    }
    pub fn text(name: &'static str, label: impl Into<Text>) -> Self {
        of(NewKind::Text, name, label)
    }
    pub fn email(name: &'static str, label: impl Into<Text>) -> Self {
        of(NewKind::Email, name, label).autocomplete("email").check(Check::Email)
    }
    pub fn tel(name: &'static str, label: impl Into<Text>) -> Self {
        of(NewKind::Tel, name, label).autocomplete("tel")
    }
    pub fn password(name: &'static str, label: impl Into<Text>, autocomplete: &'static str) -> Self {
        of(NewKind::Password, name, label).autocomplete(autocomplete)
    }
    pub fn code(kind: NewKind, name: &'static str, label: impl Into<Text>) -> Self {
        of(kind, name, label).autocomplete("one-time-code").max_length(20)
    }
    pub fn area(name: &'static str, label: impl Into<Text>, rows: u32) -> Self {
        of(NewKind::Area { rows }, name, label)
    }
    pub fn select(name: &'static str, label: impl Into<Text>, choices: Vec<NewChoice>) -> Self {
        of(NewKind::Select(choices), name, label)
    }
    pub fn radios(name: &'static str, label: impl Into<Text>, choices: Vec<NewChoice>) -> Self {
        of(NewKind::Radios(choices), name, label)
    }
    pub fn date(name: &'static str, label: impl Into<Text>) -> Self {
        of(NewKind::Date, name, label)
    }
    pub fn hidden(name: &'static str) -> Self {
        of(NewKind::Hidden, name, "").optional()
    }
    #[must_use]
    pub fn hint(self, hint: impl Into<Text>) -> Self {
        Self(self.0.hint(hint.into().into_owned()))
    }
    #[must_use]
    pub fn optional(self) -> Self {
        Self(self.0.optional())
    }
    #[must_use]
    pub fn autocomplete(self, token: &'static str) -> Self {
        Self(self.0.autocomplete(token))
    }
    #[must_use]
    pub fn max_length(self, characters: u32) -> Self {
        Self(self.0.max_length(characters))
    }
    #[must_use]
    pub fn check(self, check: Check) -> Self {
        Self(self.0.check(check))
    }
}
