//! Facts that have the names of the inputs they were typed into.

use leptos::prelude::IntoView;
use model::form::{Form, input::Input};

use crate::{components::summary::Fact, locale::Locale};

/// The labels of a form, in English.
pub struct Labels(Vec<Input>);

impl Labels {
    pub fn of<F: Form>() -> Self {
        Self(F::inputs())
    }

    /// The label of the input, which must be one of the form's.
    pub fn label(&self, name: &str) -> String {
        let input = self.0.iter().find(|input| input.name == name);
        debug_assert!(input.is_some(), "the form does not have the input `{name}`");
        input.map(|input| input.label.of(Locale::English).into_owned()).unwrap_or_default()
    }

    /// What was typed there.
    pub fn fact(&self, name: &str, value: impl IntoView + 'static) -> Fact {
        Fact::new(self.label(name), value)
    }
}
