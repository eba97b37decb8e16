//! An input as its form describes it: label, what to say where it is empty, hint, kind.

use crate::{
    form::check::Check,
    texts::{Text, Words},
};

#[derive(Clone, Debug)]
pub struct Input {
    /// The field of the form's struct.
    pub name: &'static str,
    pub label: Words,
    /// What to do where it was left empty: "Enter the city."
    pub missing: Option<Text>,
    pub hint: Option<Words>,
    /// The heading above the label, for several inputs with the same label. The error summary names it.
    pub within: Option<Text>,
    pub kind: Kind,
    /// The `autocomplete` token of HTML, so that browsers and password managers help (WCAG 1.3.5).
    pub autocomplete: Option<&'static str>,
    pub required: bool,
    /// In characters.
    pub max_length: Option<u32>,
    /// Validated in the browser when left, with the parser the server uses.
    pub check: Option<Check>,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Text,
    Email,
    Tel,
    Url,
    /// Three boxes: month, day, year, posted as `name_month`, `name_day`, `name_year`.
    Date,
    /// A day with a time, in the zone of the page: `2026-12-01T09:00`.
    Moment,
    Password,
    /// The digits of an authenticator app.
    Code,
    Area {
        rows: u32,
    },
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
    /// Several values under one name, posted as `name[]`.
    Checkboxes(Vec<Choice>),
    /// One box, `on` when checked, with the label beside it.
    Checkbox,
    /// Several files; what they may be is in `accept`.
    Files,
    /// One picture.
    Picture,
    Hidden,
}

/// One of several.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: Words,
    /// Shown below the label.
    pub about: Option<Words>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<Words>) -> Self {
        Self { value: value.into(), label: label.into(), about: None }
    }

    #[must_use]
    pub fn about(mut self, about: impl Into<Words>) -> Self {
        self.about = Some(about.into());
        self
    }
}

/// Inputs are made within [`form!`](crate::form!), which names them. Most are required; say [`Input::optional`] where one
/// is not. `missing` says what to do where it was left empty.
impl Input {
    pub fn new(kind: Kind, label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self { missing: Some(missing.into()), ..Self::silent(kind, label) }
    }

    /// One that cannot be missing.
    fn silent(kind: Kind, label: impl Into<Words>) -> Self {
        Self {
            name: "",
            label: label.into(),
            missing: None,
            hint: None,
            within: None,
            kind,
            autocomplete: None,
            required: true,
            max_length: None,
            check: None,
        }
    }

    pub fn text(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Text, label, missing)
    }

    pub fn email(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Email, label, missing).autocomplete("email").check(Check::Email)
    }

    pub fn tel(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Tel, label, missing).autocomplete("tel")
    }

    pub fn url(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Url, label, missing)
    }

    pub fn password(label: impl Into<Words>, missing: impl Into<Text>, autocomplete: &'static str) -> Self {
        Self::new(Kind::Password, label, missing).autocomplete(autocomplete)
    }

    /// A code that an app shows, or a paper has (WCAG 1.3.5: `one-time-code`).
    pub fn code(kind: Kind, label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(kind, label, missing).autocomplete("one-time-code").max_length(20)
    }

    pub fn area(rows: u32, label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Area { rows }, label, missing)
    }

    pub fn select(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Select(Vec::new()), label, missing)
    }

    pub fn radios(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Radios(Vec::new()), label, missing)
    }

    pub fn checkboxes(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Checkboxes(Vec::new()), label, missing)
    }

    /// Does not offer this choice.
    #[must_use]
    pub fn without_choice(mut self, value: &str) -> Self {
        if let Kind::Select(choices) | Kind::Radios(choices) | Kind::Checkboxes(choices) = &mut self.kind {
            choices.retain(|choice| choice.value != value);
        }
        self
    }

    /// Files that are sent besides the text of the form.
    pub fn files(label: impl Into<Words>) -> Self {
        Self { required: false, ..Self::silent(Kind::Files, label) }
    }

    /// One picture that is sent besides the text of the form.
    pub fn picture(label: impl Into<Words>) -> Self {
        Self { required: false, ..Self::silent(Kind::Picture, label) }
    }

    /// Radio buttons whose values are `yes` and `no`.
    pub fn yes_no(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::radios(label, missing).choice("yes", ["Yes", "Sí"]).choice("no", ["No", "No"])
    }

    pub fn date(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Date, label, missing)
    }

    pub fn moment(label: impl Into<Words>, missing: impl Into<Text>) -> Self {
        Self::new(Kind::Moment, label, missing)
    }

    pub fn checkbox(label: impl Into<Words>) -> Self {
        Self::silent(Kind::Checkbox, label)
    }

    pub fn hidden() -> Self {
        Self::silent(Kind::Hidden, "").optional()
    }

    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// One more answer of a select, of radio buttons or of checkboxes.
    #[must_use]
    pub fn choice(self, value: &str, label: impl Into<Words>) -> Self {
        self.choices([Choice::new(value, label)])
    }

    #[must_use]
    pub fn choices(mut self, more: impl IntoIterator<Item = Choice>) -> Self {
        if let Kind::Select(choices) | Kind::Radios(choices) | Kind::Checkboxes(choices) = &mut self.kind {
            choices.extend(more);
        }
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Tells this input from others with its label.
    #[must_use]
    pub fn within(mut self, group: impl Into<Text>) -> Self {
        self.within = Some(group.into());
        self
    }

    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    #[must_use]
    pub fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }

    #[must_use]
    pub fn check(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }
}
