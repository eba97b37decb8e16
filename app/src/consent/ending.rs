//! Pages on which an app's request does not go on: what happened, one way on, and the way back to the app wherever its
//! address is known good.

use leptos::prelude::*;

use crate::{
    consent::frame::back_to_app,
    locale::Locale,
    page::{Page, Portal},
};

/// What such a page says and where it leads.
pub struct Ending {
    pub title: String,
    pub told: AnyView,
    pub on: On,
    pub back: Back,
}

/// Where to go on.
pub enum On {
    /// Another try, or another choice, within the request: address and name.
    Button(String, &'static str),
    /// Away from the request.
    Link(String, &'static str),
}

/// The way back to the app.
pub enum Back {
    /// The address could be anybody's.
    None,
    /// Before the request was kept: the app's own address, with the answer.
    Address(String),
    /// From the request of this handle, by answering it so, or with the answer that it has: what the button says.
    Answer { handle: String, answer: &'static str, text: String },
}

impl Ending {
    pub fn page(self, locale: Locale) -> Page {
        let Self { title, told, on, back } = self;
        let on = match on {
            On::Button(path, text) => view! { <a class="usa-button" href=path>{text}</a> }.into_any(),
            On::Link(path, text) => view! { <a href=path>{text}</a> }.into_any(),
        };
        let leaves = matches!(back, Back::Answer { .. });
        let back = match back {
            Back::None => None,
            Back::Address(address) => {
                let text = back_text(locale);
                let link = view! { <a class="usa-button usa-button--outline" rel="noreferrer" href=address>{text}</a> };
                Some(view! { <p>{link}</p> }.into_any())
            }
            Back::Answer { handle, answer, text } => Some(back_to_app(&handle, answer, text).into_any()),
        };
        let view = view! {
            <div class="card card--narrow">
                <h1>{title.clone()}</h1>
                {told}
                <p>{on}</p>
                {back}
            </div>
        };
        let page = Page::new(Portal::Consent, title, view);
        if leaves { page.leaving() } else { page }
    }
}

impl On {
    /// To what apps may do: whatever became of this request, that is the truth.
    pub fn portal(locale: Locale) -> Self {
        let text = locale.of("See which apps have access", "Ver qué aplicaciones tienen acceso");
        Self::Link("/member".to_owned(), text)
    }

    /// To the choice of the plan, where the program has several.
    pub fn plan(handle: &str, plans: usize, locale: Locale) -> Self {
        let text = locale.of("Choose another health plan", "Elegir otro plan de salud");
        if 1 < plans { Self::Button(format!("{}/plan", super::path(handle)), text) } else { Self::portal(locale) }
    }
}

impl Back {
    /// With this answer.
    pub fn answering(handle: &str, answer: &'static str, locale: Locale) -> Self {
        Self::Answer { handle: handle.to_owned(), answer, text: back_text(locale).to_owned() }
    }

    /// The same, where the app is known by name.
    pub fn to(app: &str, handle: &str, answer: &'static str, locale: Locale) -> Self {
        let text = match locale {
            Locale::English => format!("Back to {app}"),
            Locale::Spanish => format!("Volver a {app}"),
        };
        Self::Answer { handle: handle.to_owned(), answer, text }
    }
}

fn back_text(locale: Locale) -> &'static str {
    locale.of("Back to the app", "Volver a la aplicación")
}

/// Of a request that waits, and of no other: it may have been answered in another tab.
pub fn nothing_shared(locale: Locale) -> &'static str {
    locale
        .of("You shared nothing in answer to this request.", "Usted no compartió nada como respuesta a esta solicitud.")
}

/// Of a request that was never kept, so that it is not known what became of one like it.
pub fn unchanged(locale: Locale) -> &'static str {
    locale.of(
        "This changed nothing about the apps that you connected before.",
        "Esto no cambió nada en las aplicaciones que conectó antes.",
    )
}
