//! Pages on which an app's request does not go on. Each says what happened, leads on by one way, and leads back to the app if
//! its address is known to be good.

use leptos::prelude::*;
use model::texts::Text;

use crate::{
    consent::frame::back_to_app,
    locale::Locale,
    page::{Page, Portal},
    texts::consent::ending as text,
};

/// What such a page says and where it leads.
pub struct Ending {
    pub title: String,
    pub body: AnyView,
    pub on: On,
    pub back: Back,
}

/// Where to go on.
pub enum On {
    /// Another try, or another choice, within the request: address and name.
    Button(String, Text),
    /// Away from the request.
    Link(String, Text),
}

/// The way back to the app.
pub enum Back {
    /// The address may belong to anyone.
    None,
    /// Before the request was kept: the app's own address, with the answer.
    Address(String),
    /// From the request of this handle, by this answer or the one that it already has, and what the button says.
    Answer { handle: String, answer: &'static str, text: String },
}

impl Ending {
    pub fn page(self, locale: Locale) -> Page {
        let Self { title, body, on, back } = self;
        let on = match on {
            On::Button(path, text) => view! { <a class="usa-button" href=path>{text.of(locale)}</a> }.into_any(),
            On::Link(path, text) => view! { <a href=path>{text.of(locale)}</a> }.into_any(),
        };
        let leaves = matches!(back, Back::Answer { .. });
        let back = match back {
            Back::None => None,
            Back::Address(address) => {
                let text = text::BACK.of(locale);
                let link = view! { <a class="usa-button usa-button--outline" rel="noreferrer" href=address>{text}</a> };
                Some(view! { <p>{link}</p> }.into_any())
            }
            Back::Answer { handle, answer, text } => Some(back_to_app(&handle, answer, text).into_any()),
        };
        let view = view! {
            <div class="card card--narrow">
                <h1>{title.clone()}</h1>
                {body}
                <p>{on}</p>
                {back}
            </div>
        };
        let page = Page::new(Portal::Consent, title, view);
        if leaves { page.leaving() } else { page }
    }
}

impl On {
    /// To what apps may do. That page is true whatever became of this request.
    pub fn portal() -> Self {
        Self::Link("/member".to_owned(), text::SEE_APPS)
    }

    /// To the choice of the plan, if the program has several.
    pub fn plan(handle: &str, plans: usize) -> Self {
        if 1 < plans {
            Self::Button(format!("{}/plan", super::path(handle)), text::CHOOSE_ANOTHER_PLAN)
        } else {
            Self::portal()
        }
    }
}

impl Back {
    /// With this answer.
    pub fn answering(handle: &str, answer: &'static str, locale: Locale) -> Self {
        Self::Answer { handle: handle.to_owned(), answer, text: text::BACK.of(locale).to_owned() }
    }

    /// The same, by the name of the app.
    pub fn to(app: &str, handle: &str, answer: &'static str, locale: Locale) -> Self {
        Self::Answer { handle: handle.to_owned(), answer, text: text::back_to(locale, app) }
    }
}
