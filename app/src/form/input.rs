//! An input as the form describes it: name, label, hint, kind.

use std::borrow::Cow;

use crate::islands::check::Check;

type Text = Cow<'static, str>;

#[derive(Clone, Debug)]
pub struct Input {
    /// The field of the form's struct.
    pub name: &'static str,
    pub label: Text,
    pub hint: Option<Text>,
    /// What the label stands under, where several inputs have it: named in the error summary.
    pub within: Option<Text>,
    pub kind: Kind,
    /// The `autocomplete` token of HTML, so that browsers and password managers help (WCAG 1.3.5).
    pub autocomplete: Option<&'static str>,
    pub required: bool,
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
    /// One box, `on` when checked; the label stands beside it.
    Checkbox,
    Hidden,
}

impl Kind {
    /// Whether it is answered by choosing.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::Select(_) | Self::Radios(_) | Self::Checkboxes(_))
    }
}

/// One of several.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: Text,
    pub label: Text,
    /// Said beneath the label.
    pub about: Option<Text>,
}

impl Choice {
    pub fn new(value: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self { value: value.into(), label: label.into(), about: None }
    }

    #[must_use]
    pub fn about(mut self, about: impl Into<Text>) -> Self {
        self.about = Some(about.into());
        self
    }
}

impl Input {
    /// Required, as most are; say [`Input::optional`] where it is not.
    pub fn new(kind: Kind, name: &'static str, label: impl Into<Text>) -> Self {
        let label = label.into();
        Self {
            name,
            label,
            hint: None,
            within: None,
            kind,
            autocomplete: None,
            required: true,
            max_length: None,
            check: None,
        }
    }

    pub fn text(name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(Kind::Text, name, label)
    }

    pub fn email(name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(Kind::Email, name, label).autocomplete("email").check(Check::Email)
    }

    pub fn tel(name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(Kind::Tel, name, label).autocomplete("tel")
    }

    pub fn url(name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(Kind::Url, name, label)
    }

    pub fn password(name: &'static str, label: impl Into<Text>, autocomplete: &'static str) -> Self {
        Self::new(Kind::Password, name, label).autocomplete(autocomplete)
    }

    /// A code that an app shows, or a paper has (WCAG 1.3.5: `one-time-code`).
    pub fn code(kind: Kind, name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(kind, name, label).autocomplete("one-time-code").max_length(20)
    }

    pub fn area(name: &'static str, label: impl Into<Text>, rows: u32) -> Self {
        Self::new(Kind::Area { rows }, name, label)
    }

    pub fn select(name: &'static str, label: impl Into<Text>, choices: Vec<Choice>) -> Self {
        Self::new(Kind::Select(choices), name, label)
    }

    pub fn radios(name: &'static str, label: impl Into<Text>, choices: Vec<Choice>) -> Self {
        Self::new(Kind::Radios(choices), name, label)
    }

    pub fn checkboxes(name: &'static str, label: impl Into<Text>, choices: Vec<Choice>) -> Self {
        Self::new(Kind::Checkboxes(choices), name, label)
    }

    pub fn checkbox(name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(Kind::Checkbox, name, label)
    }

    pub fn date(name: &'static str, label: impl Into<Text>) -> Self {
        Self::new(Kind::Date, name, label)
    }

    pub fn hidden(name: &'static str) -> Self {
        Self::new(Kind::Hidden, name, "").optional()
    }

    /// Radio buttons whose values are `yes` and `no`.
    pub fn yes_no(name: &'static str, label: impl Into<Text>) -> Self {
        Self::radios(name, label, vec![Choice::new("yes", "Yes"), Choice::new("no", "No")])
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<Text>) -> Self {
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
