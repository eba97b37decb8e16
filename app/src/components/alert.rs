//! Messages that catch the eye.

use leptos::prelude::*;

/// The kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Info,
    Success,
    Warning,
    Error,
}

impl Tone {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A message; errors and successes are announced to screen readers.
#[component]
pub fn Alert(tone: Tone, #[prop(optional, into)] heading: String, children: Children) -> impl IntoView {
    let role = match tone {
        Tone::Error => Some("alert"),
        Tone::Success => Some("status"),
        Tone::Info | Tone::Warning => None,
    };
    let heading = (!heading.is_empty()).then(|| view! { <h2 class="usa-alert__heading">{heading}</h2> });
    view! {
        <div class=format!("usa-alert usa-alert--{}", tone.as_str()) role=role>
            <div class="usa-alert__body">{heading} <div class="usa-alert__text">{children()}</div></div>
        </div>
    }
}
